"""Every panel and question of the 112 page with ten years behind it: milliseconds of store and formula."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.exploring.filters import last_days
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import readings
from dashboard.store.database import open_database, reading
from datasources.region import kecamatan
from layouts.exploring.table import ROWS_SHOWN
from tests.bench import history
from tests.bench.postgres_schema import postgres_schema
from tests.bench.processor import settled, spent_ms, yardstick_ms
from tests.bench.waits import percentile

CALLS = int(os.environ.get("BENCH_HISTORY", "1800000"))
PROMISE_MS = 20 if CALLS <= 500 * history.DAYS else 100
ROUNDS = 20
SECONDS_EACH = 0.6
"""Of processor time: what misses the promise by far need not be asked twenty times, and on a busy machine the clock
must not end it after the first.
"""
WORST = int(os.environ.get("BENCH_WORST", "12"))
CACHE = Path(tempfile.gettempdir()) / "mojokerto-bench"
FAMILY = "112"
TODAY = clock.wib(history.NOW).date()
PERIODS = {
    "12 minggu": last_days(84, TODAY),
    "12 bulan": last_days(365, TODAY),
    "satu kecamatan": last_days(84, TODAY, kecamatan()[0].code),
    **({"10 tahun": last_days(3650, TODAY)} if os.environ.get("BENCH_TEN_YEARS") else {}),
}
"""What the page offers by name; ten years can be chosen by date and promise nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one panel or question costs, in ms: by the clock the least, p50, p95 and the first; on the processor the
    least and, from the second time on, p95: ours and the database's, to be trusted where other programs take the
    processor away.
    """

    what: str
    own: float
    own95: float
    least: float
    p50: float
    p95: float
    first: float
    missing: str = ""
    """What it answered instead of rows: too many of these, and the bench measures an empty store."""


def run() -> Iterator[str]:
    """The worst of each database, and whether all keep the promise."""
    with ExitStack() as stack:
        urls = [f"sqlite:///{_kept_history()}", stack.enter_context(postgres_schema())]
        for url in filter(None, urls):
            engine = open_database(url)
            if engine.dialect.name == "postgresql":
                history.make(engine, CALLS, _indicators())
            yield from _measured(engine)
            engine.dispose()


def _kept_history() -> Path:
    """Made once, and again when what it is made of changes."""
    CACHE.mkdir(exist_ok=True)
    tables = ";".join(f"{column} {column.type!r}" for table in history.metadata.sorted_tables for column in table.c)
    digest = hashlib.sha256(Path(history.__file__).read_bytes() + tables.encode()).hexdigest()[:12]
    file = CACHE / f"history-{CALLS}-{history.DAYS}-{digest}.db"
    if not file.exists():
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        engine = open_database(f"sqlite:///{making}")
        history.make(engine, CALLS, _indicators())
        engine.dispose()
        making.rename(file)
    return file


def _indicators() -> list[str]:
    return [i.id for i in CATALOGUE.values() if i.family == FAMILY]


def _asked() -> Iterator[tuple[str, Callable[[Connection], object]]]:
    for name in _indicators():
        yield f"indikator {name}", lambda c, i=CATALOGUE[name]: i.formula(c, history.NOW)  # type: ignore[misc]
        yield f"panel {name}", lambda c, n=name: readings(c, (), history.NOW, [n])  # type: ignore[misc]
    for question in QUESTIONS.values():
        for period, filters in PERIODS.items():
            if question.family == FAMILY and (filters.kecamatan is None or question.by_kecamatan):
                yield (
                    f"{question.id} ({period})",
                    lambda c, q=question, f=filters: q.ask(c, f, history.NOW),  # type: ignore[misc]
                )


def _measured(engine: Engine) -> list[str]:
    settled()
    costs = sorted((_cost(engine, what, ask) for what, ask in _asked()), key=lambda c: -c.own95)
    rows_of = (*PERIODS, "panel", "indikator")
    missed = Counter(kind for c in costs if c.p95 > PROMISE_MS for kind in rows_of if kind in c.what)
    own95 = sum(c.own95 > PROMISE_MS for c in costs)
    own = sum(c.own > PROMISE_MS for c in costs)
    least = sum(c.least > PROMISE_MS for c in costs)
    head = (
        f"112 page, {engine.dialect.name}, {CALLS:,} calls behind it, {len(costs)} panels and questions, promise p95 "
        f"<= {PROMISE_MS} ms each; it is missed by: {', '.join(f'{kind} {missed[kind]}' for kind in rows_of)}; by p95 "
        f"of processor time of {own95}, by the least of it of {own}, by the least time of {least}; load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, 100,000 turns of a loop {yardstick_ms():.1f} ms; worst:"
    )
    unanswered = [f"  {c.what} answers: {c.missing}" for c in costs if c.missing]
    rows = [
        f"  own {c.own:6.1f}  own p95 {c.own95:6.1f}  least {c.least:6.1f}  p50 {c.p50:6.1f}  p95 {c.p95:6.1f}  "
        f"first {c.first:6.1f} ms  {c.what}"
        for c in costs
    ]
    return [head, *rows[:WORST], *unanswered]


def _cost(engine: Engine, what: str, ask: Callable[[Connection], object]) -> Cost:
    """Of a list that makes its rows on demand those that a page shows are part of the price."""
    times: list[float] = []
    own: list[float] = []
    found: object = None
    while len(times) < ROUNDS and sum(own) < SECONDS_EACH * 1000:
        start = time.perf_counter()
        with reading(engine) as connection:
            begun = spent_ms(connection)
            found = ask(connection)
            _ = found.rows[:ROWS_SHOWN] if isinstance(found, Answer) else None
            own.append(spent_ms(connection) - begun)
        times.append((time.perf_counter() - start) * 1000)
    warm = own[1:] or own
    missing = found.missing if isinstance(found, Answer) else ""
    waits = (min(times), percentile(times, 50), percentile(times, 95), times[0])
    return Cost(what, min(own), percentile(warm, 95), *waits, missing)


if __name__ == "__main__":
    for line in run():
        print(line, file=sys.stdout, flush=True)
