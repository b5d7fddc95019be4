"""Ten years behind an edition: figures of its week, the snapshot, and from the snapshot to the PDF in a new process."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from dashboard.briefings import selection
from dashboard.briefings.compose import Order, compose
from dashboard.briefings.edition import Edition, to_json
from dashboard.indicators import weekly
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.settings import ROOT
from dashboard.store import calls112, week_figures
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.week_figures import WeekFigure
from datasources.calls112.records import Call

WEEK = timedelta(days=7)
MONDAY = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
AS_OF = MONDAY + WEEK + timedelta(hours=6)
WEEKS = 522
CALLS_A_WEEK = 700
PRINT = """
import sys, time
from pathlib import Path
from dashboard.briefings.edition import from_json
from layouts.briefing.document import render
kept = Path(sys.argv[1]).read_bytes()
start = time.perf_counter()
pdf = render(from_json(kept))
first = time.perf_counter() - start
start = time.perf_counter()
again = render(from_json(kept))
second = time.perf_counter() - start
# Not ru_maxrss: a child inherits in it what its parent took.
peak_kb = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(first, second, int(peak_kb) / 1024, pdf == again)
Path(sys.argv[2]).write_bytes(pdf)
"""


def run() -> Iterator[str]:
    """Figures beside their promises, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/store.db")
        metadata.create_all(engine)
        _ten_years(engine)
        yield _figures_of_a_week(engine)
        snapshot = Path(folder) / "edisi.json"
        yield _snapshot(engine, snapshot)
        yield _printed(snapshot, Path(folder) / "laporan.pdf")
        engine.dispose()


def _ten_years(engine: Engine) -> None:
    dice = random.Random(112)
    shown = [i for i in CATALOGUE.values() if i.in_briefing]
    for back in range(WEEKS):
        monday = MONDAY - back * WEEK
        calls = [
            Call(
                f"{back}-{k}",
                "112",
                monday + timedelta(seconds=864 * k),
                outcome="answered",
                wait_s=dice.randint(0, 30),
            )
            for k in range(CALLS_A_WEEK)
        ]
        lines = [_line(indicator.id, monday, dice) for indicator in shown]
        with writing(engine) as connection:
            calls112.keep_calls(connection, "antrean", calls, monday + WEEK)
            week_figures.append_new(connection, lines)


def _line(indicator: str, monday: datetime, dice: random.Random) -> WeekFigure:
    value = Decimal(str(round(dice.gauss(80, 6), 1)))
    known = monday + WEEK + timedelta(minutes=5)
    return WeekFigure(indicator, monday, value, 120, None, "", "normal", monday + WEEK - WEEK / 100, "", True, known)


def _figures_of_a_week(engine: Engine) -> str:
    start = time.perf_counter()
    with reading(engine) as connection:
        weekly.figures_of(connection, [i for i in CATALOGUE.values() if i.in_briefing], MONDAY, AS_OF, ())
    return f"figures of one week, {WEEKS * CALLS_A_WEEK:,} calls in the store: {time.perf_counter() - start:.2f} s"


def _snapshot(engine: Engine, file: Path) -> str:
    start = time.perf_counter()
    with reading(engine) as connection:
        edition = compose(connection, (), Order(MONDAY, AS_OF, previous_as_of=AS_OF - WEEK))
    file.write_bytes(to_json(_known(edition)))
    took = time.perf_counter() - start
    return f"snapshot of {len(edition.figures)} figures from {WEEKS} weeks: {took:.2f} s (promised <= 5 s)"


def _known(edition: Edition) -> Edition:
    """Without sources nothing would be known; a page full of charts is what is measured."""
    figures = tuple(replace(f, value=f.weeks[-1].value, missing="", n=120) for f in edition.figures)
    return replace(edition, figures=figures, charts=selection.charts(figures), points=selection.main_points(figures))


def _printed(snapshot: Path, pdf: Path) -> str:
    command = [sys.executable, "-c", PRINT, str(snapshot), str(pdf)]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    first, second, memory = (float(figure) for figure in out[:3])
    pages = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    count = next(line.split()[-1] for line in pages.splitlines() if line.startswith("Pages"))
    same = "same bytes" if out[3] == "True" else "BYTES DIFFER"
    return (
        f"snapshot to PDF, {count} pages: {first:.2f} s first, {second:.2f} s again, process {memory:.0f} MB, {same} "
        "(promised <= 1 s, <= 150 MB)"
    )
