"""Calls of each day beside what is usual for such a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.day_types import day_type
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE
from dashboard.exploring.calls112.call_weeks import redefined_at
from dashboard.exploring.calls112.sentences import day_words, whole
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.usual_band import LEAST_DAYS, UsualBand, usual_band
from dashboard.like_days import kind_of
from dashboard.store.calls_counted import CallHour, days_between

WINDOW = timedelta(weeks=26)
"""Days of one kind that limits rest on: 26 Saturdays. Older ones would speak of another year."""
COLUMNS = (
    Column("day", "Hari", "day", role="x"),
    Column("offered", "Masuk", unit="panggilan", role="y"),
    Column("low", "Batas bawah", unit="panggilan", role="low"),
    Column("high", "Batas atas", unit="panggilan", role="high"),
    Column("answered", "Terjawab", unit="panggilan"),
    Column("abandoned", "Terputus", unit="panggilan"),
    Column("kind", "Jenis hari", "text"),
    Column("verdict", "Keterangan", "text", role="note"),
)

Kind = tuple[int, tuple[str, str]]
"""Which definition (counted from 0) and what kind of day: what is compared with each other."""


def by_day(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Offered calls of each day with the band of its kind; a day without any call is missing, not zero.

    The day that still runs stands in the table only.
    """
    end = min(filters.end, at)
    since = clock.day_start(end - timedelta(seconds=1)) + timedelta(days=1) - WINDOW
    days = {clock.wib(d.hour).date(): d for d in days_between(connection, min(since, filters.start), end)}
    shown = {day: counted for day, counted in days.items() if day >= filters.first}
    if not shown:
        return nothing(NO_CALLS)
    today = clock.wib(at).date()
    changes = [clock.wib(moment).date() for moment in redefined_at(connection, since, end, at)]
    whole_days = {day: counted for day, counted in days.items() if day != today}
    bands = _bands(whole_days, clock.wib(since).date(), changes)
    rows = [_row(day, counted, bands.get(_kind(day, changes)), since, today) for day, counted in shown.items()]
    newest = max(days[max(shown)].hour, min(end, at) - timedelta(hours=1)) if today in shown else days[max(shown)].hour
    n = sum(counted.offered for counted in shown.values())
    notes = (_window_words(bands, since, len(changes)), *_running_words(shown.get(today), at), WHOLE)
    return Answer(COLUMNS, rows, n=n, data_time=newest, notes=notes, marks=day_marks(connection, filters, at))


def _kind(day: date, changes: Sequence[date]) -> Kind:
    return sum(change <= day for change in changes), kind_of(day)


def _bands(days: dict[date, CallHour], since: date, changes: Sequence[date]) -> dict[Kind, UsualBand]:
    like: defaultdict[Kind, list[int]] = defaultdict(list)
    for day, counted in days.items():
        if day >= since:
            like[_kind(day, changes)].append(counted.offered)
    found = {kind: usual_band(counts) for kind, counts in like.items()}
    return {kind: band for kind, band in found.items() if band is not None}


def _row(day: date, counted: CallHour, band: UsualBand | None, since: datetime, today: date) -> dict[str, Any]:
    running = day == today
    if clock.wib(since).date() > day:
        band = None
    return {
        "day": day,
        "offered": None if running else counted.offered,
        "low": band.low if band else None,
        "high": band.high if band else None,
        "answered": None if running else counted.answered,
        "abandoned": None if running else counted.abandoned,
        "kind": day_type(day).words,
        "verdict": "hari berjalan" if running else band.judge(counted.offered) if band else "belum ada batas",
    }


def _window_words(bands: dict[Kind, UsualBand], since: datetime, changes: int) -> str:
    if not bands:
        return f"Belum ada batas kebiasaan: perlu {LEAST_DAYS} hari sejenis sejak definisi yang sama."
    models = " dan ".join(sorted({band.model for band in bands.values()}))
    again = ", dihitung ulang sejak perubahan definisi" if changes else ""
    return (
        f"Pita: batas kebiasaan menurut jenis hari ({models}, setara 3 sigma) dari hari sejenis sejak "
        f"{day_words(clock.wib(since).date())}, 26 minggu{again}; Ramadan dan pekan Lebaran tersendiri."
    )


def _running_words(running: CallHour | None, at: datetime) -> tuple[str, ...]:
    if running is None:
        return ()
    return (
        f"Hari ini belum selesai dan tidak digambar: {whole(running.offered)} panggilan sampai {clock.wib(at):%H.%M}.",
    )


QUESTIONS = (
    Question(
        id="calls112.by_day", title="Panggilan per hari", family="112", topics=("calls",), form="lines",
        clock="Panggilan masuk antrean, per hari WIB, dengan pita yang biasa bagi jenis hari itu", ask=by_day,
        by_kecamatan=False, basis="Kuantil 0,135–99,865 % Poisson atau binomial negatif",
    ),
)  # fmt: skip
