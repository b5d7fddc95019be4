"""Ask a source once without keeping anything, and say what was understood."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dashboard import clock
from dashboard.ingestion.run import unexpected
from datasources.contract import Batch, Listener, Receiver, Record, Refused, SourceUnavailable
from datasources.outbound import permitting
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

LISTEN_S = 10
REFUSED_SHOWN = 10
ROWS_LIMIT = 50_000


@dataclass(slots=True)
class Report:
    """What one question to a source brought."""

    source: str
    rows: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    newest: datetime | None = None
    samples: list[Record] = field(default_factory=list)
    error: str = ""
    is_receiver: bool = False

    @property
    def answered(self) -> bool:
        """Whether the source could be asked."""
        return not self.error

    def add(self, batch: Batch, keep: int) -> None:
        """Count a batch."""
        for record in batch.records:
            self.rows[record.topic] += 1
            self.newest = max(self.newest, record.data_time) if self.newest else record.data_time
        self.refused.extend(batch.refused)
        self.samples.extend(batch.records[: keep - len(self.samples)])

    def lines(self) -> Iterator[str]:
        """The report in words."""
        if self.is_receiver:
            yield f"{self.source}: menerima kiriman di POST /hooks/{self.source}; tidak ada yang dapat ditanya."
            return
        if self.error:
            yield f"{self.source}: TIDAK DAPAT DITANYA. {self.error}"
        rows = ", ".join(f"{n} {topic}" for topic, n in self.rows.items()) or "tidak ada baris baru"
        yield f"{self.source}: dipahami {rows}; ditolak {len(self.refused)}."
        newest = clock.wib(self.newest).strftime("%d-%m-%Y %H.%M.%S WIB") if self.newest else "tidak ada"
        yield f"Data terbaru: {newest}."
        for refusal in self.refused[:REFUSED_SHOWN]:
            yield f"Ditolak, {refusal.place}: {refusal.reason}"
        if len(self.refused) > REFUSED_SHOWN:
            yield f"… dan {len(self.refused) - REFUSED_SHOWN} lagi."


def check(source: ConfiguredSource, keep: int = 3) -> Report:
    """Ask from the beginning (a listener listens for ten seconds, a receiver is not asked); stops after 50,000 rows."""
    report = Report(source.id, is_receiver=isinstance(source.reader, Receiver))
    try:
        if isinstance(source.reader, Listener):
            _listen(source.reader, report, keep)
        elif not isinstance(source.reader, Receiver):
            with permitting(source.networks):
                for batch in source.reader.fetch({}):
                    report.add(batch, keep)
                    if report.rows.total() >= ROWS_LIMIT:
                        break
    except SourceUnavailable as unavailable:
        report.error = str(unavailable)
    except Exception as bug:
        log.debug("source %s: its reader failed", source.id, exc_info=bug)
        report.error = unexpected(bug)
    return report


def _listen(listener: Listener, report: Report, keep: int) -> None:
    stop = threading.Event()
    timer = threading.Timer(LISTEN_S, stop.set)
    timer.daemon = True
    timer.start()
    try:
        listener.listen(lambda batch: report.add(batch, keep), stop)
    finally:
        timer.cancel()
