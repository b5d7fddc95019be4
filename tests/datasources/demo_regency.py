"""The simulated regency for tests: days, storms, files, and the demonstration's own sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasources import registry
from datasources.contract import Batch
from datasources.demo import http_bmkg, run, world
from datasources.demo.case_table import CaseTable
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, hour_of

START = int(datetime(2025, 1, 6, 17, tzinfo=UTC).timestamp())
DAY = 24 * HOUR
DAYS = 60
END = START + DAYS * DAY
SOURCES = Path(run.__file__).parent / "sources.toml"


def write(writer: QueueLogWriter | CaseTable, start: int, end: int) -> None:
    writer.begin(start)
    writer.write_until(end)


def a_storm() -> world.Storm:
    """The first one of 2025 after a week without any."""
    days = list(days_of_year())
    storms = [world.storm_of_day(SEED, d) for d in days]
    return next(s for n, s in enumerate(storms) if s and s.hours >= 3 and n > 4 and not any(storms[n - 4 : n]))


def days_of_year() -> range:
    first = world.day_of(hour_of(START))
    return range(first, first + 365)


def hours_of(day: int) -> range:
    return range(world.midnight(day), world.midnight(day) + 24)


def sources(var: Path, port: int = http_bmkg.PORT) -> dict[str, registry.ConfiguredSource]:
    """The demonstration's own configuration, with the servers on another port."""
    file = var / f"sources-{port}.toml"
    file.write_text(SOURCES.read_text(encoding="utf-8").replace(":8093/", f":{port}/"), encoding="utf-8")
    return {s.id: s for s in registry.load(file, {"VAR": str(var), "CALLER_HASH_KEY": "k" * 40})}


def fetched(var: Path, source: str, port: int = http_bmkg.PORT) -> Batch:
    """Everything the configured reader finds on a first run, as one batch."""
    reader: Any = sources(var, port)[source].reader
    batches = list(reader.fetch({}))
    return Batch(tuple(r for b in batches for r in b.records), tuple(r for b in batches for r in b.refused))
