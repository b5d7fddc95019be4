"""Ten years of river telemetry, warnings, forecasts and earthquakes: milliseconds of each panel and question, p95.

Beside the time on the wall stands that on the processor, which a busy machine does not lengthen.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, select, text

from dashboard import clock
from dashboard.exploring.filters import NAMED, Filters, last_days
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.near_quake import is_near
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store import bmkg, hazard_spans, observations
from dashboard.store.bmkg import OURS
from dashboard.store.call_hours import call_hours
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.river_thresholds import Threshold, keep_thresholds
from dashboard.store.tables import TABLES
from dashboard.store.upsert import Merge, upsert_tuples
from dashboard.store.warning_terms import recount_terms
from datasources.region import MOJOSARI, kecamatan
from tests.bench.processor import settled, spent_ms
from tests.conftest import POSTGRES

assert TABLES
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
YEARS = int(os.environ.get("BENCH_YEARS", "10"))
POSTS, STEP = 6, timedelta(minutes=10)
PROMISE_MS = 20.0
ROUNDS = 40
BATCH = 50_000
PANELS = [i for i in CATALOGUE.values() if i.id.startswith(("weather.", "river."))]
ASKED = [q for q in QUESTIONS.values() if q.id.startswith("hazards.")]
Row = tuple[Any, ...]


def run() -> Iterator[str]:
    """Lines for each database, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(f"sqlite:///{folder}/store.db")
    schema = f"bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with _schema(admin, schema):
        yield from _measured(f"{POSTGRES}?options=-csearch_path%3D{schema}")


@contextmanager
def _schema(admin: Engine, name: str) -> Iterator[None]:
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def _measured(url: str) -> Iterator[str]:
    engine = open_database(url)
    metadata.create_all(engine)
    counts = filled(engine)
    name = engine.dialect.name
    yield f"hazards {name}: {YEARS} years, " + ", ".join(f"{n:,} {what}" for what, n in counts.items())
    settled()
    for indicator in PANELS:
        yield _line(engine, f"{name} panel {indicator.id}", indicator.formula, [()])
    for question in ASKED:
        for words, days in {**NAMED, "10 tahun": 3650}.items():
            filters = last_days(days, clock.wib(NOW).date())
            yield _line(engine, f"{name} {question.id} {words}", question.ask, [(filters,)])
    engine.dispose()


def _line(engine: Engine, what: str, ask: Callable[..., Any], given: list[tuple[Filters, ...]]) -> str:
    wall, processor = [], []
    for place in range(ROUNDS + 3):
        start = time.perf_counter()
        with reading(engine) as connection:
            begun = spent_ms(connection)
            ask(connection, *given[0], NOW + timedelta(seconds=place))
            processor.append(spent_ms(connection) - begun)
        wall.append((time.perf_counter() - start) * 1000)
    late = "  LATE" if _p95(processor[3:]) > PROMISE_MS else ""
    return (
        f"{what}: p95 {_p95(wall[3:]):.1f} ms (promise <= {PROMISE_MS:.0f}), median {median(wall[3:]):.1f}, "
        f"p95 on the processor {_p95(processor[3:]):.1f}{late}"
    )


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95) - 1]


def filled(engine: Engine) -> dict[str, int]:
    """Write the ten years straight into the tables, as the keepers would have left them; returns rows by table."""
    chance = random.Random(10)
    start = NOW - timedelta(days=int(365.25 * YEARS))
    counts = {}
    for table, names, rows in (
        (observations.observations, OBSERVED, _levels(chance, start)),
        (hazard_spans.hazard_spans, SPANNED, _spans(chance, start)),
        (bmkg.forecast, FORECAST, _forecast(chance, start)),
        (bmkg.warnings, WARNED, _warnings(chance, start)),
        (bmkg.earthquakes, SHAKEN, _quakes(chance, start)),
        (call_hours, CALLED, _calls(chance, start)),
    ):
        counts[table.name] = _written(engine, table, names, rows)
    with writing(engine) as connection:
        _thresholds(connection)
        decide_terms(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return counts


def _written(engine: Engine, table: Any, names: tuple[str, ...], rows: Iterator[Row]) -> int:
    total, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            total += _batch(engine, table, names, batch)
            batch = []
    return total + _batch(engine, table, names, batch)


def _batch(engine: Engine, table: Any, names: tuple[str, ...], batch: list[Row]) -> int:
    with writing(engine) as connection:
        upsert_tuples(connection, table, names, batch, Merge.REPLACE, new=True)
    return len(batch)


OBSERVED = ("source", "station", "parameter", "averaging", "observed_at", "value", "unit", "quality", "flags",
            "received_at", "station_name", "known_at")  # fmt: skip


def _levels(chance: random.Random, start: datetime) -> Iterator[Row]:
    at, level = start, [1.0 + n for n in range(POSTS)]
    while at <= NOW:
        for post in range(POSTS):
            level[post] = min(6.0, max(0.2, level[post] + chance.uniform(-0.01, 0.01)))
            yield ("telemetri", f"pos-{post}", "river_level", "inst", at, round(level[post], 2), "m", "valid", "", at,
                   f"Kali {post}", at)  # fmt: skip
        at += STEP


SPANNED = ("parameter", "span", "place", "start", "low", "high", "last", "total", "name", "n", "left_out")


def _spans(chance: random.Random, start: datetime) -> Iterator[Row]:
    first = clock.day_start(start)
    for parameter, places, total in (
        ("river_level", [f"pos-{n}" for n in range(POSTS)], False), ("rain", ["pos-0", "pos-1"], True),
        ("rain_forecast", [k.code for k in kecamatan()], True),
    ):  # fmt: skip
        days = [first + timedelta(days=n) for n in range((NOW - first).days + 1)]
        spans = {"day": days, "month": sorted({clock.day_start(clock.wib(d).replace(day=1, hour=12)) for d in days})}
        if parameter != "rain_forecast":
            spans["hour"] = [first + timedelta(hours=n) for n in range((NOW - first) // timedelta(hours=1))]
        for span, starts in spans.items():
            for at in starts:
                for place in places:
                    high = round(chance.uniform(0.5, 5), 2)
                    yield (parameter, span, place, at, 0.4, high, high, high if total else None, f"Kali {place}", 6, 0)


FORECAST = (
    "adm4", "valid_at", "source", "kecamatan_code", "analysis_at", "temperature_c", "humidity_pct", "rain_mm",
    "cloud_pct", "wind_kmh", "wind_from_deg", "weather_code", "weather", "visibility_m", "known_at",
)  # fmt: skip


def _forecast(chance: random.Random, start: datetime) -> Iterator[Row]:
    at, end = start.replace(hour=0, minute=0), NOW + timedelta(days=3)
    while at <= end:
        for k in kecamatan():
            rain = round(chance.uniform(0, 9), 1)
            yield (k.adm4, at, "bmkg", k.code, at - timedelta(hours=9), 27, 80, rain, 70, 9.5, 90, 61, "Hujan Ringan",
                   None, at)  # fmt: skip
        at += timedelta(hours=3)


WARNED = ("identifier", "source", "sent", "message_type", "references", "event", "severity", "urgency", "certainty",
          "effective", "expires", "headline", "description", "kecamatan", "polygons", "known_at")  # fmt: skip


def _warnings(chance: random.Random, start: datetime) -> Iterator[Row]:
    """Six alerts of the province a day, one in four over us, one in five an update, one in twenty a cancel."""
    codes = [k.code for k in kecamatan()]
    before = ""
    for number in range(int((NOW - start).days * 6)):
        sent = start + timedelta(hours=4 * number)
        kind = chance.choices(("Alert", "Update", "Cancel"), (75, 20, 5))[0] if before else "Alert"
        ours = " ".join(sorted(chance.sample(codes, chance.randint(1, 9)))) if chance.random() < 0.25 else ""
        identifier = f"2.49.0.1.360.0.{sent:%Y.%m.%d.%H}.35.{number % 1000:03d}"
        yield (identifier, "bmkg", sent, kind, before if kind != "Alert" else "", "Hujan Lebat", "Moderate",
               "Immediate", "Observed", sent, sent + timedelta(hours=3), "x", "y" * 300, ours,
               "-7.5,112.5 -7.6,112.6 -7.5,112.6" if ours else None, sent)  # fmt: skip
        before = identifier


def decide_terms(connection: Connection) -> None:
    """Of all warnings, as their keeper would have."""
    c = bmkg.warnings.c
    rows = connection.execute(select(c.identifier, c.references)).all()
    recount_terms(connection, [SimpleNamespace(identifier=i, references=r.split()) for i, r in rows])  # type: ignore[misc]


SHAKEN = (
    "event_at",
    "twin",
    "source",
    "lat",
    "lon",
    "magnitude",
    "depth_km",
    "region",
    "felt",
    "potential",
    "near",
    "known_at",
)


def _quakes(chance: random.Random, start: datetime) -> Iterator[Row]:
    for number in range((NOW - start).days * 4):
        at = start + timedelta(hours=6 * number, seconds=chance.randrange(20_000))
        lat, lon = round(chance.uniform(-11, 6), 2), round(chance.uniform(95, 141), 2)
        yield (at.replace(microsecond=0), 0, "bmkg", lat, lon, round(chance.uniform(3, 6), 1), 40.0, "laut",
               "II Lembata" if number % 3 else None, None, is_near((lat, lon), MOJOSARI, None, OURS), at)  # fmt: skip


CALLED = ("source", "hour", "offered", "answered", "abandoned", "short_abandoned", "timeout", "unknown", "waited_s",
          "waited_n", "talked_s", "talked_n")  # fmt: skip


def _calls(chance: random.Random, start: datetime) -> Iterator[Row]:
    first = clock.day_start(start)
    for n in range((NOW - first) // timedelta(hours=1)):
        yield ("antrean", first + timedelta(hours=n), chance.randint(1, 9), 1, 0, 0, 0, 0, 9, 1, 60, 1)


def _thresholds(connection: Connection) -> None:
    for post in range(POSTS):
        steps = [Threshold(w, Decimal(2 + n), None, "BPBD", "siaga") for n, w in enumerate(("Siaga II", "Siaga I"))]
        keep_thresholds(connection, f"pos-{post}", "river_level", NOW - timedelta(days=900), steps, "x", "y", NOW)


if __name__ == "__main__":
    for line in run():
        print(line, file=sys.stdout, flush=True)
