"""This period and the one before it, in words: whether a difference could be chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import erfc, sqrt
from statistics import fmean, variance
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE
from dashboard.exploring.calls112.class_counts import by_class
from dashboard.exploring.calls112.sentences import day_words
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.two_periods import LEAST_BASE, Change, change
from dashboard.store.calls_counted import CallHour, days_between, newest_hour
from dashboard.store.class_hours import classes_between
from dashboard.store.meanings import codes

MOST_EXACT = 1000
"""Calls of both periods together: beyond it the exact test multiplies numbers of thousands of digits."""
EXACT, APPROXIMATE = "uji eksak bersyarat", "uji dengan sebaran harian"
COLUMNS = (
    Column("what", "Ukuran", "text"),
    Column("before", "Masa sebelumnya"),
    Column("now", "Masa ini"),
    Column("words", "Perubahan", "text"),
    Column("test", "Uji", "text", role="note"),
)


def compared(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Counts of the hours that are over and of the same hours of the days just before."""
    end = min(filters.end, at.replace(minute=0, second=0, microsecond=0))
    back = timedelta(days=filters.days)
    spans = ((filters.start - back, end - back), (filters.start, end))
    days = [days_between(connection, *span) for span in spans]
    if not days[1]:
        return nothing(NO_CALLS)
    first = clock.wib(spans[0][0]).date()
    if not days[0]:
        return nothing(f"tidak ada panggilan tercatat dalam masa sebelumnya, sejak {day_words(first)}")
    spread = max(_spread(days[0]), _spread(days[1]), 1.0)
    rows = [
        _row(title, [sum(getattr(day, name) for day in each) for each in days], spread) for name, title in COUNTED
    ]  # fmt: skip
    rows += _classes(connection, spans, spread)
    notes = (
        f"Masa sebelumnya: {filters.days} hari sejak {day_words(first)}, sampai jam yang sama.",
        "Uji eksak menganggap panggilan saling bebas; di atas 1.000 panggilan sebaran antarhari ikut dihitung.",
        *_gaps(days, filters.days), WHOLE,
    )  # fmt: skip
    return Answer(COLUMNS, rows, n=sum(d.offered for d in days[1]), data_time=newest_hour(connection, end), notes=notes)


COUNTED = (("offered", "Masuk"), ("answered", "Terjawab"), ("abandoned", "Terputus"), ("timeout", "Habis waktu"))


def _classes(connection: Connection, spans: Sequence[tuple[datetime, datetime]], spread: float) -> list[dict[str, Any]]:
    known = codes(connection, "class")
    found = [by_class(classes_between(connection, *span), known) for span in spans]
    if not all(each.by_code for each in found):
        return []
    return [
        _row("Sah (darurat)", [each.counting_as("darurat") for each in found], spread),
        _row("Gangguan", [each.counting_as("gangguan") for each in found], spread),
    ]


def _row(title: str, counts: Sequence[int], spread: float) -> dict[str, Any]:
    before, now = counts
    exact = before + now <= MOST_EXACT
    found = change(before, now) if exact else spread_change(before, now, spread)
    return {"what": title, "before": before, "now": now, "words": found.words, "test": EXACT if exact else APPROXIMATE}


def spread_change(before: int, now: int, spread: float) -> Change:
    """Two large counts of equally long periods; `spread` is the variance of a day over its mean, at least 1."""
    z = abs(now - before) / sqrt(spread * (before + now))
    p = Fraction(erfc(z / sqrt(2)))
    return Change(before, now, Fraction(now - before, before) if before >= LEAST_BASE else None, p)


def _spread(days: Sequence[CallHour]) -> float:
    """Variance over mean of the daily calls: 1 for Poisson counts."""
    counts = [day.offered for day in days]
    return variance(counts) / fmean(counts) if len(counts) > 1 else 1.0


def _gaps(days: Sequence[Sequence[CallHour]], length: int) -> tuple[str, ...]:
    missing = [length - len(each) for each in days]
    if not any(missing):
        return ()
    return (f"Hari tanpa panggilan tercatat: {missing[0]} di masa sebelumnya, {missing[1]} di masa ini.",)


QUESTIONS = (
    Question(
        id="calls112.periods_compared", title="Dibandingkan masa sebelumnya", family="112",
        topics=("calls", "call_classes"), form="table", clock="Masa ini dan masa sama panjang tepat sebelumnya",
        ask=compared, by_kecamatan=False, basis="Przyborowski dan Wilenski 1940",
    ),
)  # fmt: skip
