"""Incidents by day, with what is usual for a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.call_weeks import redefined_at
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import counted_columns, day_of
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.u_chart import RateLimits, chart
from dashboard.formulas.xmr import LEAST_POINTS

ZERO_DAYS = "Hari tanpa kejadian di antara kejadian pertama dan terakhir ditulis nol; sumber yang mati tidak tampak."
RUNNING_DAY = "Hari ini belum selesai."
COLUMNS = (
    Column("day", "Hari", "day", role="x"),
    Column("n", "Kejadian", unit="kejadian", role="y"),
    Column("low", "Batas bawah", unit="kejadian", decimals=1, role="low"),
    Column("high", "Batas atas", unit="kejadian", decimals=1, role="high"),
)

Usual = tuple[float, float] | None


def by_day(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Incidents of each day from the first to the last that is known; before and after nothing is said."""
    found = counted_columns(connection, filters, at)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    numbers, times = np.unique(found.days, return_counts=True)
    counts = Counter({day_of(number): int(n) for number, n in zip(numbers, times, strict=True)})
    days, today = days_from(min(counts), max(counts)), clock.wib(at).date()
    changes = [clock.wib(moment).date() for moment in redefined_at(connection, filters.start, filters.end, at)]
    limits, said = _limits(counts, [day for day in days if day < today], changes)
    rows = [{"day": day, "n": counts[day], **_usual(limits.get(day))} for day in days]
    running = (RUNNING_DAY,) if days[-1] == today else ()
    return Answer(
        COLUMNS, rows, n=len(found), data_time=found.newest, notes=(said, *running, ZERO_DAYS, *found.notes),
        marks=day_marks(connection, filters, at),
    )  # fmt: skip


def days_from(first: date, last: date) -> list[date]:
    """Each day, both ends included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _limits(counts: Counter[date], days: Sequence[date], changes: Sequence[date]) -> tuple[dict[date, Usual], str]:
    """The limits of each whole day, anew from every change of definition, and what they rest on."""
    found: dict[date, Usual] = {}
    known: list[RateLimits] = []
    edges = [date.min, *sorted(changes), date.max]
    for start, stop in pairwise(edges):
        part = [day for day in days if start <= day < stop]
        limits = chart([counts[day] for day in part], [1.0] * len(part)) if part else None
        if limits:
            known.append(limits)
            found.update(zip(part, limits.limits, strict=True))
    if not known:
        return found, f"Belum ada batas: perlu {LEAST_POINTS} hari penuh dengan satu definisi."
    return found, f"Pita: batas 3 sigma ({'; '.join(limits.window('hari') for limits in known)})."


def _usual(limits: Usual) -> dict[str, float | None]:
    low, high = limits or (None, None)
    return {"low": low, "high": high}


QUESTIONS = (
    Question(
        id="incidents112.by_day", title="Kejadian per hari", family="112", topics=("incidents",), form="lines",
        clock="Kejadian menurut waktu laporan diterima, per hari WIB, dengan batas yang biasa", ask=by_day,
        basis="u-chart; Laney u′ bila ragam lebih dari 1,3 kali rata-rata",
    ),
)  # fmt: skip
