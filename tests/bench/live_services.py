"""A LAPOR export of 50,000 rows, and the measures and panels of live services with ten years behind them."""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook
from sqlalchemy import Engine, create_engine, text

from dashboard.exploring.filters import Filters
from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.measure import measure
from dashboard.indicators.read import readings
from dashboard.ingestion.run import run_once
from dashboard.store import ingestion_log, measurements
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.keep import keep
from dashboard.store.service_days import service_days
from dashboard.store.service_spells import service_spells
from datasources import registry
from datasources.services.records import DeclaredService, ServiceCheck
from layouts.looks import LOOKS
from layouts.panels.forms import FORMS
from tests.conftest import POSTGRES

ROWS, SERVICES, DAYS = 50_000, 20, 3_650
ROUNDS = 40
NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
IDS = [i for i in CATALOGUE if i.split(".")[0] in ("services", "complaints", "ppid", "delivery", "open_data")]
HEADINGS = "Tracking ID;Nama;Isi;Kelas;Instansi;Status;Masuk;Verifikasi;Jawab;Selesai"
SOURCE = """
[sources.lapor]
reader = "complaints.export"
title = "LAPOR"
owner = "Diskominfo"
path = "{path}"
stale_after = "1h"
[sources.lapor.columns]
id = "Tracking ID"
kind = "Kelas"
opd = "Instansi"
status = "Status"
received = "Masuk"
verified = "Verifikasi"
answered = "Jawab"
closed = "Selesai"
"""


def run() -> list[str]:
    """Lines for each database."""
    with tempfile.TemporaryDirectory() as folder, _postgres() as postgres:
        write_export(Path(folder) / "lapor.csv")
        write_workbook(Path(folder) / "lapor.csv", Path(folder) / "lapor.xlsx")
        urls = (f"sqlite:///{folder}/store.db", postgres)
        return [line for url in urls for line in _measured(Path(folder), url)]


def write_export(path: Path) -> None:
    """Ten years of complaints, 50,000 of them."""
    chance, lines = Random(112), [HEADINGS]
    for n in range(ROWS):
        day = date(2016, 11, 24) + timedelta(days=n * DAYS // ROWS)
        later = [
            day + timedelta(days=d) for d in (chance.randrange(5), 5 + chance.randrange(6), 11 + chance.randrange(20))
        ]
        days = ";".join(f"{d:%d/%m/%Y}" if d <= NOW.date() else "" for d in (day, *later))
        kind = chance.choice(("informasi", "pengaduan", "pengaduan", "pengawasan"))
        lines.append(f"{n};SIMULASI;isi;{kind};OPD {chance.randrange(30)};Proses;{days}")
    path.write_text("\n".join(lines), encoding="utf-8")


def write_workbook(table: Path, path: Path) -> None:
    """The same complaints as an Excel workbook, days as dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("LAPOR")
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()):
        texts, days = line.split(";")[:6], line.split(";")[6:]
        sheet.append([*texts, *(_day(words) if number else words for words in days)])
    book.save(path)


def _day(words: str) -> date | None:
    day, month, year = words.split("/") if words else ("", "", "")
    return date(int(year), int(month), int(day)) if year else None


def _measured(folder: Path, url: str) -> Iterator[str]:
    engine = open_database(url)
    metadata.create_all(engine)
    yield _export(engine, folder / "lapor.csv")
    yield _export(engine, folder / "lapor.xlsx")
    _ten_years_of_services(engine)
    name = engine.dialect.name
    with reading(engine) as connection:
        for indicator in IDS:
            ms = _p95(lambda i=indicator: measure(connection, [CATALOGUE[i]], NOW, []), ROUNDS // 4)  # type: ignore[misc]
            yield f"measuring {indicator} {name}: p95 {ms:.1f} ms"
        new = measure(connection, [CATALOGUE[i] for i in IDS], NOW, [])
    with writing(engine) as connection:
        measurements.append(connection, new)
    each = _p95(lambda: _drawn(engine), ROUNDS) / len(IDS)
    yield f"panels of services {name}: p95 {each:.1f} ms each (promise <= 20)"
    decade = Filters(NOW.date() - timedelta(days=365), NOW.date())
    with reading(engine) as connection:
        for question in ("services.availability", "services.incidents", "complaints.offices"):
            ms = _p95(lambda q=question: QUESTIONS[q].ask(connection, decade, NOW), ROUNDS // 4)  # type: ignore[misc]
            yield f"question {question} {name}, 12 months: p95 {ms:.1f} ms"
    engine.dispose()


def _export(engine: Engine, file: Path) -> str:
    toml = file.parent / "sources.toml"
    toml.write_text(SOURCE.format(path=file), encoding="utf-8")
    (source,) = registry.load(toml, {})
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    start, worked = time.perf_counter(), time.process_time()
    outcome = run_once(engine, source)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    if (outcome.rows, outcome.error) != (ROWS, ""):
        raise RuntimeError(f"{outcome.rows} of {ROWS} complaints kept: {outcome.error}")
    name = f"{file.suffix[1:]} {engine.dialect.name}"
    return f"LAPOR export {name}: {ROWS:,} rows in {seconds:.1f} s, {worked:.1f} s of it ours (promise <= 5)"


def _ten_years_of_services(engine: Engine) -> None:
    """Twenty services with an incident every six days, and a day's counts for each day."""
    chance, first = Random(7), NOW - timedelta(days=DAYS)
    declared = [DeclaredService(f"s{n}", f"Layanan {n}", "OPD", "https://a.go.id/", first, 60, 3, 2, 21, 3000)
                for n in range(SERVICES)]  # fmt: skip
    with writing(engine) as connection:
        keep(connection, "layanan", declared, first)
        for n in range(SERVICES):
            spells, at = [], first
            while at < NOW - timedelta(days=6):
                down = at + timedelta(days=chance.uniform(3, 9))
                up = down + timedelta(minutes=chance.randrange(3, 200))
                for start, end, state in ((at, down, "berjalan"), (down, up, "gagal")):
                    spells.append({"source": "layanan", "service": f"s{n}", "start": start, "end": end, "state": state,
                                   "cause": ""})  # fmt: skip
                at = up
            connection.execute(service_spells.insert(), spells)
            histogram = "{" + ",".join(f'"{ms}":{20}' for ms in range(100, 820, 10)) + "}"
            connection.execute(service_days.insert(), [
                {"source": "layanan", "service": f"s{n}", "day": first.replace(hour=17, minute=0) + timedelta(days=d),
                 "checks": 1440, "failed": 3, "slow": 2, "unknown": 0, "response_ms": histogram}
                for d in range(DAYS)
            ])  # fmt: skip
        newest = [ServiceCheck(d.service, NOW - timedelta(minutes=n), "baik", 130, "", 200, 120)
                  for d in declared for n in (2, 1, 0)]  # fmt: skip
        keep(connection, "layanan", newest, NOW)


def _drawn(engine: Engine) -> None:
    """What a screen does: read the newest measurements and draw them."""
    with reading(engine) as connection:
        found = readings(connection, [], NOW, IDS)
    for indicator, one in found.items():
        FORMS["service_board" if indicator == "services.up_now" else "table"](one, LOOKS["wide"])


def _p95(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds, nearest rank, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[-(-95 * rounds // 100) - 1]


@contextmanager
def _postgres() -> Iterator[str]:
    schema = f"bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
