"""Hazards and what they bring on one axis of time: warnings, rain, rivers, earthquakes, and the calls to 112."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.hazards.stretches import DAY, HOUR, Stretches, first_of_month, stretches
from dashboard.exploring.hazards.warned_time import WarnedTime, warned_time
from dashboard.exploring.hazards.water import RISEN_MEANS, water
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.bmkg import earthquakes_near
from dashboard.store.database import to_ms
from dashboard.store.notes import notes_between
from dashboard.store.offered_calls import offered_per
from dashboard.store.warning_terms import terms_between
from datasources.bmkg.records import Earthquake

NOTHING = "tidak ada peringatan, gempa, hujan, tinggi air maupun panggilan tercatat dalam masa ini"
TOGETHER = "Beriringan belum berarti sebab. Panggilan, penakar hujan dan pos sungai selalu seluruh kabupaten."
CALLS = Column("calls", "Panggilan 112", unit="panggilan", role="y")
WARNED = Column("warned", "Peringatan BMKG berlaku", unit="jam", decimals=1, role="y")
QUAKES = Column("quake", "Gempa terkuat ≤ 300 km", unit="M", decimals=1, role="y")


def on_one_axis(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Calls, warned hours, rain, how high each post rose and the strongest earthquake of each stretch."""
    over = stretches(filters, at)
    calls = _calls(connection, over)
    terms = terms_between(connection, over.start, over.end, at)
    ours = terms if filters.kecamatan is None else terms.over(filters.kecamatan)
    spans = warned_time(ours, over.start, over.end)
    found = water(connection, over, filters.kecamatan)
    quakes = earthquakes_near(connection, over.start, over.end)
    if not (calls or len(spans) or quakes or found.measured or found.foretold or found.highs):
        return nothing(NOTHING)
    warned, shaken = spans.hours_between(_edges(over)), _strongest(over, quakes)
    rows = [
        {"at": over.cell(start), "calls": calls.get(start), "warned": hours,
         **found.cells(start), "quake": shaken.get(start)}
        for start, hours in zip(over, warned, strict=True)
    ]  # fmt: skip
    counted = f"{whole(len(ours))} peringatan, {whole(len(quakes))} gempa, {whole(len(found.names))} pos sungai"
    notes = [f"{counted}. Bidang abu-abu: peringatan berlaku.", RISEN_MEANS, TOGETHER]
    if found.left_out:
        notes.append(f"{whole(found.left_out)} bacaan pos sungai yang mustahil tidak dipakai.")
    marks = [*_shades(over, spans), *_notes(connection, filters, over, at)]
    newest = max((t for t in (found.newest, max(calls, default=None)) if t is not None), default=None)
    return Answer(
        (over.column, CALLS, WARNED, *found.columns, QUAKES), rows, data_time=newest, notes=notes, marks=marks
    )


def _calls(connection: Connection, over: Stretches) -> Mapping[datetime, int]:
    """Calls by the beginning of their stretch; a stretch without any recorded stays empty."""
    width = HOUR if over.span == "hour" else DAY
    counted = {over.start + n * width: calls for n, calls in
               offered_per(connection, over.start, over.end, width).items()}  # fmt: skip
    if over.span != "month":
        return counted
    months: Counter[datetime] = Counter()
    for day, calls in counted.items():
        months[first_of_month(day)] += calls
    return months


def _edges(over: Stretches) -> list[int]:
    """Where the stretches begin, in ms, and where the last of them ends."""
    starts = list(over)
    return [to_ms(start) for start in (*starts, over.after(starts[-1]))]


def _strongest(over: Stretches, quakes: Sequence[Earthquake]) -> dict[datetime, Decimal]:
    found: dict[datetime, Decimal] = {}
    for quake in quakes:
        start = _stretch_of(over, quake.event_at)
        found[start] = max(found.get(start, Decimal(-9)), Decimal(repr(quake.magnitude)))
    return found


def _stretch_of(over: Stretches, moment: datetime) -> datetime:
    if over.span == "month":
        return first_of_month(moment)
    width = HOUR if over.span == "hour" else DAY
    return over.start + (moment - over.start) // width * width


def _shades(over: Stretches, spans: WarnedTime) -> list[dict[str, Any]]:
    """Warnings as fields behind every lane, where hours are wide enough to show them."""
    return [{"x": a, "until": b, "text": ""} for a, b in spans.spans()] if over.span == "hour" else []


def _notes(connection: Connection, filters: Filters, over: Stretches, at: datetime) -> list[dict[str, Any]]:
    found = notes_between(connection, "lingkungan", filters.start, filters.end, at)
    return [
        {"x": over.cell(max(note.start, over.start)), "until": over.cell(note.end) if note.end else None,
         "text": note.text}
        for note in found
    ]  # fmt: skip


def rain_and_river(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Rain measured and foretold, and the highest level of each post, by day; by month beyond 400 days."""
    over = stretches(filters, at, shortest="day")
    found = water(connection, over, filters.kecamatan)
    if not (found.measured or found.foretold or found.highs):
        return nothing("tidak ada hujan maupun tinggi air tercatat dalam masa ini")
    rows = [{"at": over.cell(start), **found.cells(start)} for start in over]
    notes = [
        "Penakar dan pos selalu seluruh kabupaten; prakiraan menurut wilayah yang dipilih, putaran terakhir BMKG.",
        RISEN_MEANS,
    ]
    if found.left_out:
        notes.append(f"{whole(found.left_out)} bacaan pos sungai yang mustahil tidak dipakai.")
    return Answer((over.column, *found.columns), rows, data_time=found.newest, notes=notes)


QUESTIONS = (
    Question(
        id="hazards.timeline", title="Bahaya dan panggilan 112 pada satu garis waktu", family="lingkungan",
        topics=("warnings", "earthquakes", "forecast", "sensors", "river", "calls"), form="lanes", ask=on_one_axis,
        clock="Panggilan menurut jam masuk, tinggi air tertinggi, hujan jumlahnya, gempa terkuat; per jam sampai 14 "
        "hari, per hari sampai 400 hari, lalu per bulan", basis="BMKG data terbuka; telemetri pos sungai",
    ),
    Question(
        id="hazards.rain_and_river", title="Hujan dan tinggi air per hari", family="lingkungan",
        topics=("forecast", "sensors", "river"), form="lanes", ask=rain_and_river,
        clock="Jumlah hujan dan tinggi air tertinggi tiap hari WIB; lebih dari 400 hari per bulan",
        basis="BMKG data terbuka; telemetri pos sungai",
    ),
)  # fmt: skip
