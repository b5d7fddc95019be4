"""Calls of each week on an XmR chart: which weeks ask for a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE
from dashboard.exploring.calls112.call_weeks import WEEK, first_monday, first_positions, monday_of, redefined_at
from dashboard.exploring.calls112.recap_tallies import recap_tallies
from dashboard.exploring.calls112.sentences import day_words, whole
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.xmr import LEAST_POINTS, Segment, segments
from dashboard.store.calls_counted import days_between, newest_hour

MONTHLY_ONLY = (
    "tidak dapat dihitung dari sumber ini: jumlah per minggu; hanya ada rekap yang lebih panjang dari satu minggu"
)
COLUMNS = (
    Column("week", "Minggu mulai", "day", role="x"),
    Column("offered", "Masuk", unit="panggilan", role="y"),
    Column("low", "Batas bawah", unit="panggilan", decimals=1, role="low"),
    Column("high", "Batas atas", unit="panggilan", decimals=1, role="high"),
    Column("mean", "Rata-rata", unit="panggilan", decimals=1),
    Column("signal", "Tanda", "text", role="note"),
)


def weekly_calls(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Totals of whole weeks with natural limits and the four rules; a change of definition begins them anew."""
    start, end = first_monday(filters), min(filters.end, at)
    totals, unfinished = _totals(connection, start, end)
    if not totals:
        recaps = recap_tallies(connection, filters.start, filters.end)
        return nothing(MONTHLY_ONLY if recaps.periods else NO_CALLS)
    mondays = sorted(totals)
    changes = first_positions(redefined_at(connection, start, end, at), mondays, WEEK)
    found = segments([float(totals[monday]) for monday in mondays], changes)
    rows = [_row(mondays[place], totals, segment, place) for segment in found for place in _places(segment)]
    notes = (*_notes(found, unfinished), WHOLE)
    newest = newest_hour(connection, end) or mondays[-1] + WEEK
    n = sum(totals.values())
    return Answer(COLUMNS, rows, n=n, data_time=newest, notes=notes, marks=day_marks(connection, filters, at))


def _totals(connection: Connection, start: datetime, end: datetime) -> tuple[dict[datetime, int], list[str]]:
    """Monday → calls of the weeks that are over and have calls on each day; and the others, in words."""
    totals: Counter[datetime] = Counter()
    days: Counter[datetime] = Counter()
    for day in days_between(connection, start, end):
        monday = clock.week_start(day.hour)
        totals[monday] += day.offered
        days[monday] += 1
    if not totals:
        tallies = recap_tallies(connection, start, end).by_week()
        return {monday: t.offered for monday, t in sorted(tallies.items()) if t.offered is not None}, []
    said = [
        f"Minggu {day_words(monday_of(monday))} {_why(monday, end, days)} ({whole(totals[monday])} panggilan)"
        for monday in sorted(totals)
        if monday + WEEK > end or days[monday] < 7
    ]
    return {m: n for m, n in sorted(totals.items()) if m + WEEK <= end and days[m] == 7}, said


def _why(monday: datetime, end: datetime, days: Counter[datetime]) -> str:
    return "belum selesai" if monday + WEEK > end else f"hanya {days[monday]} hari berdata"


def _places(segment: Segment) -> range:
    return range(segment.start, segment.stop)


def _row(monday: datetime, totals: dict[datetime, int], segment: Segment, place: int) -> dict[str, Any]:
    limits = segment.limits
    return {
        "week": monday_of(monday),
        "offered": totals[monday],
        "low": max(0.0, limits.low) if limits else None,
        "high": limits.high if limits else None,
        "mean": limits.mean if limits else None,
        "signal": "; ".join(segment.signals.get(place, ())) if limits else "belum ada batas",
    }


def _notes(found: Sequence[Segment], unfinished: Sequence[str]) -> list[str]:
    known = [segment for segment in found if segment.limits]
    short = [segment.stop - segment.start for segment in found if not segment.limits]
    said = [f"Batas XmR: rata-rata ± 2,66 rata-rata selisih minggu berurutan, {_spans(known)}."] if known else []
    said += [f"{n} minggu dengan satu definisi belum cukup untuk batas; perlu {LEAST_POINTS}." for n in short]
    signals = sum(len(segment.signals) for segment in known)
    if known:
        said.append(
            f"{signals} minggu bertanda dan perlu dicari sebabnya." if signals else "Tidak ada minggu bertanda."
        )
    said += [f"{words}; tidak ikut dihitung." for words in unfinished]
    return said


def _spans(known: Sequence[Segment]) -> str:
    return " dan ".join(f"{segment.stop - segment.start} minggu" for segment in known)


QUESTIONS = (
    Question(
        id="calls112.by_week", title="Panggilan per minggu", family="112", topics=("calls", "recaps"), form="lines",
        clock="Panggilan masuk antrean, Senin 00.00 sampai Minggu 24.00 WIB; minggu pertama dihitung utuh",
        ask=weekly_calls, by_kecamatan=False,
        basis="XmR; tanda: di luar batas, 8 di satu sisi, 6 searah, 2 dari 3 dekat batas",
    ),
)  # fmt: skip
