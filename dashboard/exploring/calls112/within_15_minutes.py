"""How many were reached within 15 minutes of the report, as Permendagri 114/2018 asks of fire and rescue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS, typed_sources
from dashboard.exploring.calls112.counted_columns import (
    CountedColumns,
    category_of_words,
    counted_columns,
    day_of,
    numbered,
)
from dashboard.exploring.calls112.filled_columns import filled
from dashboard.exploring.calls112.reached_in_time import Judged, Reached, judged
from dashboard.exploring.calls112.sentences import TOO_FEW, listed, minutes, whole
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, Role, nothing
from dashboard.formulas.percentile import LEAST_FOR_MEDIAN
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.stages import WithinLimit
from dashboard.indicators.percent import percent
from datasources.region import kecamatan

MONDAY = -3
"""The number of a Monday among days: 29 December 1969."""
REGULATED = ("kebakaran", "penyelamatan")
"""Categories that the regulation is about; it speaks of fire and of rescue beside fires."""
BASIS = "Permendagri 114/2018 Pasal 4 (SPM kebakaran dan penyelamatan)"
CLOCK = "Laporan diterima → tim pertama tiba di lokasi; batas 15 menit"
SCOPE = "Lingkup SPM: kategori kebakaran dan penyelamatan; kejadian lain hanya pembanding."
NO_ARRIVAL = (
    "tidak dapat dihitung dari sumber ini: waktu tiba di lokasi yang tercatat sampai detiknya; "
    "yang ada kosong atau diketik tangan (dibulatkan 30 menit)"
)
MOMENTS = ("arrived", "closed")
SHARE = Column("share", "Tiba ≤ 15 menit", unit="%", decimals=1)
LOW, HIGH = Column("low", "Batas bawah 95 %", decimals=1), Column("high", "Batas atas 95 %", decimals=1)
COUNTS = (Column("within", "Dalam 15 menit"), Column("n", "n"))
MEAN = Column("mean", "Rata-rata (bunyi SPM)", unit="menit", decimals=1)


def _asked(connection: Connection, filters: Filters, at: datetime, everywhere: bool = False) -> Judged:
    found = counted_columns(connection, filters, at, MOMENTS, everywhere)
    meant = category_of_words(connection, found)
    return judged(found, [w for w, code in meant.items() if code in REGULATED], typed_sources(connection), at)


def _cells(of: Reached) -> dict[str, Any]:
    """The cells of a row."""
    result = of.result
    limits = wilson(result.within, result.counted)
    enough = limits is not None and result.counted >= LEAST_FOR_MEDIAN
    return {
        "share": percent(result.share) if enough else None,
        "low": round(Decimal(100 * limits[0]), 3) if limits and enough else None,
        "high": round(Decimal(100 * limits[1]), 3) if limits and enough else None,
        "within": result.within,
        "n": result.counted,
        "mean": minutes(of.mean) if enough else None,
        "remark": "" if enough else TOO_FEW,
    }


def _notes(found: CountedColumns, result: WithinLimit) -> tuple[str, ...]:
    left_out = (f"Tidak masuk hitungan 15 menit: {listed(result.excluded)}.",) if result.excluded else ()
    late = "Yang belum tiba sesudah 15 menit langsung dihitung terlambat."
    return (SCOPE, *left_out, late, *found.notes)


def by_scope(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The share of the period, of fire and rescue and of everything, with intervals and the mean of the regulation."""
    judged_ones = _asked(connection, filters, at)
    found = judged_ones.found
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    (of_all,), (own,) = judged_ones.of_groups(np.zeros(len(found), np.int64), 1)
    every = of_all.result
    if not every.counted:
        return nothing(NO_ARRIVAL, _notes(found, every))
    rows = [
        {"scope": "Kebakaran dan penyelamatan", **_cells(own)},
        {"scope": "Semua kejadian", **_cells(of_all)},
    ]
    columns = (Column("scope", "Lingkup", "text", role="label"), *_drawn("value"), *COUNTS, MEAN, _REMARK)
    return Answer(columns, rows, n=every.counted, data_time=found.newest, notes=_notes(found, every))


_REMARK = Column("remark", "Keterangan", "text", role="note")


def _drawn(role: Role) -> tuple[Column, ...]:
    return replace(SHARE, role=role), replace(LOW, role="low"), replace(HIGH, role="high")


def by_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The share of each week, Monday to Sunday, of everything that counts; too few make no point."""
    judged_ones = _asked(connection, filters, at)
    found = judged_ones.found
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    weeks = (found.days - MONDAY) // 7
    first, last = int(weeks[0]), int(weeks[-1])
    every, regulated = judged_ones.of_groups(weeks - first, last - first + 1)
    rows, total = [], WithinLimit()
    for week, (of_all, own) in enumerate(zip(every, regulated, strict=True), start=first):
        monday, fire = day_of(7 * week + MONDAY), own.result
        rows.append({"week": monday, **_cells(of_all), "own_within": fire.within, "own_n": fire.counted})
        total += of_all.result
    if not total.counted:
        return nothing(NO_ARRIVAL, _notes(found, total))
    columns = (
        Column("week", "Minggu mulai Senin", "day", role="x"), *_drawn("y"), *COUNTS, MEAN,
        Column("own_within", "Kebakaran & penyelamatan dalam 15 menit"), Column("own_n", "n kebakaran & penyelamatan"),
        _REMARK,
    )  # fmt: skip
    marks = day_marks(connection, filters, at)
    notes = ("Minggu dengan kurang dari 5 kejadian tidak digambar.", *_notes(found, total))
    return Answer(columns, rows, n=total.counted, data_time=found.newest, notes=notes, marks=marks)


def by_kecamatan(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The share of each kecamatan with its interval: nearly all differences lie within it."""
    judged_ones = _asked(connection, filters, at, everywhere=True)
    found = judged_ones.found
    if not any(found.columns.words_there("kecamatan_code")):
        return nothing(NO_INCIDENTS if not len(found) else NO_PLACE, found.notes)
    places = kecamatan()
    groups = numbered(found.columns, "kecamatan_code", {p.code: n for n, p in enumerate(places, start=1)})
    every, regulated = judged_ones.of_groups(groups, len(places) + 1)
    rows, total = [], WithinLimit()
    for place, of_all, own in zip(places, every[1:], regulated[1:], strict=True):
        cells, fire = _cells(of_all), own.result
        rows.append({"kecamatan": place.name, **cells, "own_within": fire.within, "own_n": fire.counted})
        total += of_all.result
    if not total.counted:
        return nothing(NO_ARRIVAL, _notes(found, total))
    elsewhere = int((groups == 0).sum())
    unplaced = (f"{whole(elsewhere)} dari {whole(len(found))} kejadian tanpa kecamatan, tidak ada dalam tabel.",)
    columns = (
        Column("kecamatan", "Kecamatan", "text"), SHARE, LOW, HIGH, *COUNTS, MEAN,
        Column("own_within", "Kebakaran & penyelamatan dalam 15 menit"), Column("own_n", "n kebakaran & penyelamatan"),
        _REMARK,
    )  # fmt: skip
    notes = (*(unplaced if elsewhere else ()), "Selang yang saling menutupi bukan perbedaan.", *_notes(found, total))
    return Answer(filled(columns, rows), rows, n=total.counted, data_time=found.newest, notes=notes)


NO_PLACE = "tidak dapat dihitung dari sumber ini: kecamatan kejadian tidak tercatat"

QUESTIONS = (
    Question(
        id="incidents112.within_15", title="Tiba dalam 15 menit", family="112", topics=("incidents",), form="bars",
        clock=CLOCK, ask=by_scope, basis=BASIS,
    ),
    Question(
        id="incidents112.within_15_weeks", title="Tiba dalam 15 menit, per minggu", family="112",
        topics=("incidents",), form="lines", clock=f"{CLOCK}; semua kejadian, pita = selang 95 %", ask=by_week,
        basis=BASIS,
    ),
    Question(
        id="incidents112.within_15_kecamatan", title="Tiba dalam 15 menit, per kecamatan", family="112",
        topics=("incidents",), form="table", clock=CLOCK, ask=by_kecamatan, basis=BASIS, by_kecamatan=False,
    ),
)  # fmt: skip
