"""Kinds of incidents so rare that a line says nothing: how likely the last week is, and the days since the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import (
    CountedColumns,
    category_of_words,
    counted_columns,
    day_of,
    numbered,
)
from dashboard.exploring.calls112.incident_categories import title_of
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.rare_events import LEAST_GAPS, TAIL, chance_of_at_least, days_between, gap_limits
from dashboard.indicators.counted_incidents import is_sensitive

RARE_A_WEEK = 5
WEEK = timedelta(days=7)
LEAST_WEEKS = 4
"""Earlier weeks that a mean needs before seven days are held against it."""
COLUMNS = (
    Column("category", "Kategori", "text"),
    Column("n", "Masa ini"),
    Column("recent", "7 hari terakhir"),
    Column("usual", "Biasanya per 7 hari", decimals=1),
    Column("chance", "Peluang kebetulan", unit="%", decimals=1),
    Column("since", "Sejak yang terakhir", unit="hari"),
    Column("gap", "Jeda biasa", "text"),
    Column("verdict", "Keterangan", "text", role="note"),
)


def rare(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Categories of fewer than five a week, none of them sensitive: exact Poisson, and gaps between events."""
    found = counted_columns(connection, filters, at)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    last, first = min(filters.last, clock.wib(at).date()), day_of(found.days[0])
    most = RARE_A_WEEK * Decimal((last - first).days + 1) / 7
    rows = [_row(code, on, first, last) for code, on in _days_of_rare(connection, found, most).items()]
    if not rows:
        return nothing("tidak ada kategori yang jarang dalam masa ini", found.notes)
    rows.sort(key=lambda row: (row["chance"] is None, row["chance"], row["category"]))
    notes = (
        "Peluang: sebanyak itu atau lebih secara kebetulan (Poisson eksak), dari rata-rata hari-hari sebelumnya.",
        f"Jeda biasa: batas sebaran geometris dari sedikitnya {LEAST_GAPS} jeda.",
        "Kategori sensitif dan yang belum dipetakan tidak ditampilkan.",
        *found.notes,
    )
    return Answer(COLUMNS, rows, n=sum(row["n"] for row in rows), data_time=found.newest, notes=notes)


def _days_of_rare(connection: Connection, found: CountedColumns, most: Decimal) -> dict[str, list[date]]:
    """Code → the day of each of its incidents, of what happened less often than `most` and is not sensitive."""
    meant = category_of_words(connection, found)
    codes = sorted(set(meant.values()))
    code_of = numbered(found.columns, "category_raw", {word: codes.index(code) for word, code in meant.items()})
    n, days = np.bincount(code_of, minlength=len(codes)), found.days
    shown = [place for place, code in enumerate(codes) if 0 < n[place] < most and not is_sensitive(code)]
    return {codes[place]: [day_of(day) for day in days[code_of == place].tolist()] for place in shown}


def _row(code: str, on: Sequence[date], first: date, last: date) -> dict[str, Any]:
    start = last - WEEK + timedelta(days=1)
    recent, earlier = sum(day >= start for day in on), sum(day < start for day in on)
    before = (start - first).days
    usual = earlier * 7 / before if before >= LEAST_WEEKS * 7 else None
    chance = chance_of_at_least(recent, usual) if usual else None
    limits = gap_limits(days_between(on))
    since = (last - max(on)).days
    often = chance is not None and recent > 0 and chance < TAIL
    return {
        "category": title_of(code),
        "n": len(on),
        "recent": recent,
        "usual": usual,
        "chance": None if chance is None else 100 * chance,
        "since": since,
        "gap": f"{limits.low}–{limits.high} hari" if limits else "",
        "verdict": "lebih sering dari biasa" if often else limits.judge(since) if limits else "terlalu sedikit",
        "status": "waspada" if often else None,
    }


QUESTIONS = (
    Question(
        id="incidents112.rare", title="Kejadian yang jarang", family="112", topics=("incidents",), form="table",
        clock="Kejadian menurut waktu laporan diterima; 7 hari sampai akhir masa di samping hari-hari sebelumnya",
        ask=rare,
    ),
)  # fmt: skip
