"""Ten years of 40 stations by the hour: what each question and panel of air costs, and how fast it is counted."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Engine, Table, create_engine, func, insert, literal, select, text, type_coerce

from dashboard import clock
from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.measure import measure
from dashboard.indicators.read import readings
from dashboard.store import measurements
from dashboard.store.air_days import air_days, air_years
from dashboard.store.air_hours import air_hours
from dashboard.store.air_region import air_region_days, air_region_hours
from dashboard.store.air_rolling import air_rolling
from dashboard.store.air_rules import AirRules, keep_rules
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.observations import keep_observations, observations
from dashboard.store.recount import recount_all
from dashboard.store.stations import station_parameters, stations
from datasources.observation import Observation
from layouts.drawing.canvas import PAGE_WIDE
from layouts.panels.forms import FORMS
from tests.bench.processor import settled, spent_ms
from tests.conftest import POSTGRES

STATIONS, YEARS = int(os.environ.get("BENCH_STATIONS", "40")), int(os.environ.get("BENCH_YEARS", "10"))
ROUNDS = 20
YEAR_MS = 365 * 86_400_000
HOUR = timedelta(hours=1)
END = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
BATCH = 5000
PANELS = {"air.ispu": "bullet", "air.pm25_now": "tile", "air.pm25_24h_index": "bullet", "air.strip": "strip",
          "air.stations": "table", "air.exceedance_days": "tile"}  # fmt: skip


def run() -> Iterator[str]:
    """The lines of both databases, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(f"sqlite:///{folder}/store.db")
    with _schema() as url:
        yield from _measured(url)


@contextmanager
def _schema() -> Iterator[str]:
    schema = f"bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


def _measured(url: str) -> Iterator[str]:
    engine = open_database(url)
    metadata.create_all(engine)
    name, began = engine.dialect.name, time.perf_counter()
    kept = _fill(engine)
    filled = time.perf_counter()
    recount_all(engine)
    counted = time.perf_counter()
    _copy(engine)
    if name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    with reading(engine) as connection:
        rows = connection.execute(select(func.count()).select_from(observations)).scalar_one()
    yield (
        f"air {name}: {kept:,} readings of a year kept at {kept / (filled - began):,.0f}/s, judged and counted at "
        f"{kept / (counted - filled):,.0f}/s; {rows:,} in all"
    )
    settled()
    yield from _questions(engine)
    yield from _panels(engine)
    yield _again(engine)
    engine.dispose()


def _fill(engine: Engine) -> int:
    """A year of an official station and of a sensor, by the road that every reading takes."""
    with writing(engine) as connection:
        keep_rules(connection, {"udara": AirRules(reference="klh/s00")}, END)
    hours, kept = 363 * 24, 0
    for number, source in enumerate(("klh", "udara")):
        for start in range(0, hours, BATCH):
            backs = range(start, min(start + BATCH, hours))
            batch = [_reading(number, back) for back in backs]
            batch += [_index(back) for back in backs] if number == 0 else []
            with writing(engine) as connection:
                keep_observations(connection, source, batch, END)
            kept += len(batch)
    return kept


def _copy(engine: Engine) -> None:
    """The other stations and years, row by row the same: what is measured is reading, not keeping."""
    moments = {observations: ("observed_at",), air_hours: ("hour",), air_rolling: ("hour",), air_days: ("day",)}
    for table, (moment,) in moments.items():
        for years in range(1, YEARS):
            _shifted(engine, table, moment, years)
    for table, moment in ((air_region_hours, "hour"), (air_region_days, "day")):
        for years in range(1, YEARS):
            _shifted(engine, table, moment, years)
    for table in (*moments, air_years, stations, station_parameters):
        for number in range(2, STATIONS):
            named = [literal(f"s{number:02}") if c.name == "station" else c for c in table.c]
            of_sensor = select(*named).where(table.c.source == "udara", table.c.station == "s01")
            with writing(engine) as connection:
                connection.execute(insert(table).from_select([c.name for c in table.c], of_sensor))


def _shifted(engine: Engine, table: Table, moment: str, years: int) -> None:
    """The newest year of a table once more, so many years earlier; whole days, so that days stay days."""
    column = table.c[moment]
    earlier = type_coerce(type_coerce(column, BigInteger) - literal(years * YEAR_MS), BigInteger)
    cells = [earlier if c is column else c for c in table.c]
    newest = select(*cells).where(column > END - timedelta(days=364))
    with writing(engine) as connection:
        connection.execute(insert(table).from_select([c.name for c in table.c], newest))


def _reading(number: int, back: int) -> Observation:
    at = END - back * HOUR
    value = Decimal(10 + (back * 7 + number * 13) % 61) + Decimal(back % 9) / 10
    return Observation(f"s{number:02}", "pm25", value, "ug/m3", "PT1H", at, at, station_name=f"Stasiun {number}")


def _index(back: int) -> Observation:
    at = END - back * HOUR
    return Observation("s00", "ispu", Decimal(40 + (back // 24 * 17) % 90), "indeks", "PT24H", at, at,
                       flags=("kritis:pm25",), station_name="Stasiun 0")  # fmt: skip


def _questions(engine: Engine) -> Iterator[str]:
    today = clock.wib(END).date()
    asked = [q for q in QUESTIONS.values() if q.id.startswith(("air.", "station."))]
    for name, filters in (("12 weeks", last_days(84, today)), ("10 years", last_days(3650, today))):
        for question in asked:
            one = Filters(filters.first, filters.last, station="udara/s07") if question.of_station else filters
            yield _line(engine, f"{question.id}, {name}", lambda c, q=question, f=one: q.ask(c, f, END))


def _panels(engine: Engine) -> Iterator[str]:
    with reading(engine) as connection:
        new = measure(connection, [CATALOGUE[i] for i in PANELS], END, [])
    with writing(engine) as connection:
        measurements.append(connection, new)
    for indicator, form in PANELS.items():

        def paint(connection: Any, i: str = indicator, f: str = form) -> object:
            return FORMS[f](readings(connection, [], END, [i])[i], PAGE_WIDE)

        yield _line(engine, f"panel {form} {indicator}", paint)
    settled()
    for indicator in PANELS:
        yield _line(engine, f"worker measures {indicator}",
                    lambda c, i=indicator: CATALOGUE[i].formula(c, END), "")  # fmt: skip


def _line(engine: Engine, name: str, ask: Callable[[Any], object], promise: str = " (promise p95 <= 20 ms)") -> str:
    waits, works = [], []
    for _ in range(ROUNDS):
        with reading(engine) as connection:
            began, worked = time.perf_counter(), spent_ms(connection)
            ask(connection)
            waits.append(time.perf_counter() - began)
            works.append((spent_ms(connection) - worked) / 1000)
    p50, p95, cpu = (_percentile(waits, 0.5), _percentile(waits, 0.95), _percentile(works, 0.95))
    late = "  LATE" if promise and cpu > 20 else ""
    of_ours = f"p95 on the processor {cpu:.1f} ms"
    return f"air {engine.dialect.name}: {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, {of_ours}{promise}{late}"


def _percentile(seconds: list[float], share: float) -> float:
    """In ms, nearest rank."""
    return sorted(seconds)[math.ceil(share * len(seconds)) - 1] * 1000


def _again(engine: Engine) -> str:
    """One more hour of one sensor: what keeping and counting it costs in the full store."""
    fresh = _reading(7, -1)
    began = time.perf_counter()
    with writing(engine) as connection:
        keep_observations(connection, "udara", [fresh], END)
    recount_all(engine)
    took = (time.perf_counter() - began) * 1000
    return f"air {engine.dialect.name}: one more hour kept, judged and counted in {took:.0f} ms"


if __name__ == "__main__":
    for line in run():
        print(line, file=sys.stdout, flush=True)
