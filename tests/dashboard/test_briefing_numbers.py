"""Every number in the text of ten editions is of the kept rows, of their limits, or of the catalogue's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from sqlalchemy import Connection, text

from dashboard.briefings.compose import Order, compose
from dashboard.briefings.edition import Edition
from dashboard.briefings.figure import Figure
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator
from dashboard.store import ingestion_log, source_spells, week_figures
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.week_figures import WeekFigure
from datasources.contract import Batch, Cursor
from layouts.briefing.document import render
from layouts.briefing.weeks_months import weeks_and_months
from tests.dashboard.scripted import source
from tests.editions import text_of

MONDAY = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
WEEK, SIX = timedelta(days=7), timedelta(days=7, hours=6)
WEEKS, EDITIONS = 24, 10
SHOWN = [i for i in CATALOGUE.values() if i.in_briefing and i.family != "sistem"]
NUMBER = re.compile(r"-?\d[\d.]*(?:,\d+)?")
MONTH = r"(?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des)[a-z]*"
NO_MEASURE = re.compile(
    rf"\d{{1,2}}(?:–\d{{1,2}})? {MONTH}(?: \d{{4}})?(?: \d\d\.\d\d)?"
    r"|\d\d\.\d\d WIB|\bM\d\d?\b|2026-W\d\d"
    r"|Minggu \d+ · \d+|Halaman \d+ dari \d+|[0-9a-f]{64}"
)
"""Dates, hours, week numbers, page numbers and the hash: checked elsewhere."""
COUNTS = re.compile(
    r"Dari \d+ indikator: [^.]*\.|Tidak satu pun dari \d+ indikator|\d+ indikator lain|\d+ % \(\d+ dari \d+"
    r"|\d minggu searah|\d minggu di satu sisi|2 dari 3 minggu dekat batas"
)
"""How many indicators there are of a kind, and the names of the rules of signals: checked by tests of their own."""
HOW_TO_READ = "Cara membaca"


@dataclass
class _Everything:
    """A source that speaks of every topic; its rows are put into the store by hand."""

    topics: Sequence[str] = field(default_factory=lambda: sorted({t for i in SHOWN for t in i.topics}))

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        yield from ()


@pytest.mark.slow
def test_every_number_on_every_page_of_ten_editions_is_of_the_rows(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_database(sqlite_url)
    metadata.create_all(engine)
    sources = (source(_Everything(), simulated=False, stale_after=timedelta(hours=1)),)
    with writing(engine) as connection:
        _fill(connection)
    for back in range(EDITIONS):
        monday = MONDAY - WEEK * back
        with reading(engine) as connection:
            made = compose(connection, sources, Order(monday, monday + SIX))
            kept = _rows(connection, monday)
        pages = [" ".join(page.split()) for page in text_of(render(made), tmp_path)]
        families = [f for f in ("112", "lingkungan", "spbe") if made.of_family(f)]
        parts = [(pages[0], made.figures)]
        parts += [(pages[place], made.of_family(family)) for place, family in enumerate(families, 1)]
        parts += [(page.partition(HOW_TO_READ)[0], made.figures) for page in pages[4:]]
        for place, (page, figures) in enumerate(parts):
            odd = _numbers(page) - _allowed(made, figures, kept)
            assert not odd, (made.week, place, odd, page)
        for name in made.charts:
            figure = made.figure(name)
            page = pages[1 + families.index(figure.of.family)]
            assert f"{id_id(float(kept[name][-1][0]), figure.of.decimals)} {figure.of.unit}".strip() in page, name
    engine.dispose()


def test_a_number_of_nowhere_is_found_out() -> None:
    assert _numbers("Naik dari biasanya (batas 394–746, 14 minggu), 12 Nov 06.00 WIB; M47") == {"394", "746", "14"}
    assert _numbers("Dari 9 indikator: 2 memburuk. 1.234,5 menit") == {"1.234,5"}


def _numbers(page: str) -> set[str]:
    return {found.rstrip(".") for found in NUMBER.findall(COUNTS.sub(" ", NO_MEASURE.sub(" ", page)).replace("–", " "))}


def _allowed(made: Edition, figures: Sequence[Figure], kept: dict[str, list[tuple[str, int | None]]]) -> set[str]:
    """What may stand on a page: of each of its figures the row of the week and the one before, and their limits."""
    found = {"0", "12", "14", "15"}
    for figure in figures:
        of, rows = figure.of, kept[figure.of.id]
        values = [float(value) for value, _ in rows]
        found |= {id_id(value, of.decimals) for value in values[-2:]} | {
            id_id(rows[-1][1] or 0, 0),
            str(len(rows)),
            "6",
        }
        found |= {id_id(limit, of.decimals) for limit in _limits(values, of.unit)}
        found |= {re.sub(r"\.", ",", f"{of.target.normalize():f}")} if of.target is not None else set()
        words = f"{of.title} {of.unit} {of.clock} {of.basis} {of.target_basis}"
        found |= {word.rstrip(".") for word in NUMBER.findall(words.replace("–", " "))}
        if of.id in made.charts:
            found |= set(re.findall(r'text-anchor="end"[^>]*>(-?[\d.,]+)', weeks_and_months(figure)))
    return found | {"1"}


def _limits(values: Sequence[float], unit: str) -> tuple[float, ...]:
    """XmR by its definition; a share ends at 100, nothing at less than zero."""
    reach, mean = 2.66 * fmean(abs(b - a) for a, b in pairwise(values)), fmean(values)
    return max(0.0, mean - reach), min(100.0, mean + reach) if unit == "%" else mean + reach


def _fill(connection: Connection) -> None:
    ingestion_log.register(connection, ["antrean"])
    dice = random.Random(58)
    for back in reversed(range(WEEKS)):
        monday = MONDAY - WEEK * back
        source_spells.extend(connection, "antrean", "answered", monday + SIX, timedelta(hours=1))
        week_figures.append_new(connection, [_row(i, place, monday, dice) for place, i in enumerate(SHOWN)])
    ingestion_log.answered(connection, "antrean", MONDAY + SIX)


def _row(i: Indicator, place: int, monday: datetime, dice: random.Random) -> WeekFigure:
    middle = 21 + 1.7 * place
    value = Decimal(str(round(dice.gauss(middle, middle / 20), max(1, i.decimals))))
    n = dice.randrange(2000, 9999) if i.unit in ("%", "menit", "detik", "jam") else None
    return WeekFigure(i.id, monday, value, n, None, "", "normal", monday + WEEK, "", False, monday + SIX)


def _rows(connection: Connection, monday: datetime) -> dict[str, list[tuple[str, int | None]]]:
    """The rows as they lie in the table, oldest first, up to a week."""
    asked: Any = connection.execute(text("SELECT indicator, value, n, week FROM week_figures ORDER BY week"))
    until = int(monday.timestamp() * 1000)
    found: dict[str, list[tuple[str, int | None]]] = {}
    for indicator, value, n, week in asked:
        if week <= until:
            found.setdefault(indicator, []).append((value, n))
    return found


def id_id(value: float, decimals: int) -> str:
    """'1.234,5' by hand, rounded half up."""
    rounded = Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")
    return f"{rounded:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
