"""BMKG's warnings beside incidents and calls on one axis of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import CountedColumns, counted_columns
from dashboard.exploring.calls112.sentences import figure, whole
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.hazards.warned_time import WarnedTime, warned_time
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.two_periods import CHANCE, two_sided_p
from dashboard.store.database import to_ms
from dashboard.store.offered_calls import offered_per
from dashboard.store.warning_terms import terms_between

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MS = timedelta(milliseconds=1)
HOURLY_UP_TO = 14
"""Days up to which the axis is in hours; above it in days."""
MOST_TESTED = 1000
"""The exact test multiplies numbers of as many digits as there are incidents."""


def beside_incidents(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Incidents per hour or day and how long a warning was in force, with calls in the table."""
    return _beside("incidents", connection, filters, at)


def beside_calls(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Calls per hour or day and how long a warning was in force: many more than incidents, so a scale of their own."""
    return _beside("calls", connection, filters, at)


def _beside(drawn: str, connection: Connection, filters: Filters, at: datetime) -> Answer:
    end = min(filters.end, at)
    found = counted_columns(connection, filters, at)
    step = HOUR if filters.days <= HOURLY_UP_TO else DAY
    calls = offered_per(connection, filters.start, end, step)
    if not len(found) and not calls:
        return nothing(f"{NO_INCIDENTS}, juga tidak ada panggilan")
    terms = terms_between(connection, filters.start, end, at)
    ours = terms if filters.kecamatan is None else terms.over(filters.kecamatan)
    spans = warned_time(ours, filters.start, end)
    counts = np.bincount((found.columns.cells["received"] - to_ms(filters.start)) // (step // MS))
    incidents = {number: int(n) for number, n in enumerate(counts) if n}
    rows = _rows(filters.start, step, incidents, calls, spans)
    notes = (*_comparison(found, spans, end - filters.start), *found.notes, CALLS_EVERYWHERE)
    newest = max(filter(None, (found.newest, filters.start + max(calls) * step if calls else None)))
    shades = [{"x": begin, "until": over, "text": ""} for begin, over in spans.spans()] if step == HOUR else []
    marks = [*shades, *day_marks(connection, filters, at)]
    return Answer(_columns(step, drawn), rows, n=len(found), data_time=newest, notes=notes, marks=marks)


CALLS_EVERYWHERE = "Panggilan selalu seluruh kabupaten. Jam atau hari tanpa panggilan tercatat dibiarkan kosong."


def _columns(step: timedelta, drawn: str) -> tuple[Column, ...]:
    columns = (
        Column("at", "Jam", "moment", role="x") if step == HOUR else Column("at", "Hari", "day", role="x"),
        Column("incidents", "Kejadian", unit="kejadian"),
        Column("calls", "Panggilan masuk", unit="panggilan"),
        Column("warned", "Lama peringatan BMKG", unit="jam", decimals=1, role="y"),
    )
    return tuple(replace(column, role="y") if column.key == drawn else column for column in columns)


def _rows(
    start: datetime, step: timedelta, incidents: Mapping[int, int], calls: Mapping[int, int], spans: WarnedTime
) -> list[dict[str, Any]]:
    """Every stretch from the first to the last with anything known."""
    known = {*incidents, *calls}
    numbers = range(min(known), max(known) + 1)
    edges = [to_ms(start + number * step) for number in (*numbers, numbers.stop)]
    return [
        {
            "at": start + number * step if step == HOUR else clock.wib(start + number * step).date(),
            "incidents": incidents.get(number, 0),
            "calls": calls.get(number),
            "warned": hours,
        }
        for number, hours in zip(numbers, spans.hours_between(edges), strict=True)
    ]


def _comparison(found: CountedColumns, spans: WarnedTime, period: timedelta) -> tuple[str, ...]:
    """How often incidents came under a warning and otherwise, and whether chance explains the difference."""
    if not len(spans):
        return ("Tidak ada peringatan dini BMKG untuk wilayah ini dalam masa ini.",)
    warned = spans.ms * MS
    received = found.columns.cells["received"]
    under = int((np.searchsorted(received, spans.over) - np.searchsorted(received, spans.begin)).sum())
    other, rest = len(found) - under, period - warned
    shaded = "Batang dan bidang abu-abu: peringatan dini BMKG berlaku."
    if rest < HOUR or warned < HOUR:
        return (shaded,)
    said = (
        f"Selama {_hours(warned)} jam berperingatan {whole(under)} kejadian ({_daily(under, warned)} per hari), di "
        f"luarnya {whole(other)} dalam {_hours(rest)} jam ({_daily(other, rest)} per hari)"
    )
    p = two_sided_p(under, other, warned // HOUR, rest // HOUR) if 0 < len(found) <= MOST_TESTED else None
    verdict = "" if p is None else f"; {'berbeda nyata' if p < CHANCE else 'tidak berbeda nyata'}"
    return (shaded, f"{said}{verdict}. Beriringan belum berarti sebab.")


def _hours(length: timedelta) -> str:
    return whole(length // HOUR)


def _daily(n: int, length: timedelta) -> str:
    return figure(Decimal(n * 86_400) / Decimal(length // timedelta(seconds=1)), 1)


_TOPICS = ("incidents", "calls", "warnings")
_PER = "per jam sampai 14 hari, lalu per hari"

QUESTIONS = (
    Question(
        id="incidents112.weather", title="Peringatan BMKG di samping kejadian", family="112", topics=_TOPICS,
        form="lanes", ask=beside_incidents, clock=f"Kejadian menurut waktu laporan diterima; {_PER}",
    ),
    Question(
        id="incidents112.weather_calls", title="Peringatan BMKG di samping panggilan", family="112", topics=_TOPICS,
        form="lanes", ask=beside_calls, clock=f"Panggilan menurut waktu masuk antrean; {_PER}",
    ),
)  # fmt: skip
