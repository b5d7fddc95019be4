"""How the queue answers over a period: the named service levels, NENA's lines beside them, rates and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112 import answering_figures as shown
from dashboard.exploring.calls112.agents_there import staffed_seconds
from dashboard.exploring.calls112.answering_figures import CANNOT, Shown, seconds_of
from dashboard.exploring.calls112.call_tallies import NO_CALLS, Tallied, tallied, timed
from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas import agent_work
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.queue_tally import QueueTally

VARIANTS: tuple[tuple[levels.Over, str, str], ...] = (
    ("answered", "a · dari yang terjawab", "definisi NENA"),
    ("offered", "b · dari semua yang masuk", "paling ketat: terputus cepat pun dihitung"),
    ("without_short", "c · tanpa yang terputus cepat", "dipakai di sini: terputus dalam batas waktu tidak dihitung"),
)
THRESHOLDS = (15, 20)
SHORT_RULE = "Terputus sampai 5 detik dianggap salah pencet dan tidak dihitung dalam 'terputus > 5 detik'."
POOLED = "Dihitung dari jumlah seluruh masa, bukan rata-rata dari persentase per jam."
NENA = "NENA-STA-020.1-2020: 90 % dalam 15 detik dan 95 % dalam 20 detik dari yang terjawab; pembanding"


def service_levels(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Three variants at 15 and 20 seconds, pooled over the period, and NENA's two lines."""
    found = tallied(connection, filters, at)
    if found is None:
        return nothing(NO_CALLS)
    rows = [
        {"variant": title, **_levels(found, over), "remark": remark} for over, title, remark in VARIANTS
    ]  # fmt: skip
    if all(row["level_15"] is None and row["level_20"] is None for row in rows):
        return nothing(f"{CANNOT}: {_why(found)}", found.notes)
    rows.append(_nena(found))
    columns = (
        Column("variant", "Tingkat layanan", "text"),
        Column("level_15", "≤ 15 detik", unit="%", decimals=1),
        Column("n_15", "dari (15)"),
        Column("level_20", "≤ 20 detik", unit="%", decimals=1),
        Column("n_20", "dari (20)"),
        Column("remark", "Keterangan", "text", role="note"),
    )
    notes = (POOLED, *_left_out(found), *found.notes)
    return Answer(columns, rows, n=found.tally.offered, data_time=found.newest, notes=notes)


def _levels(found: Tallied, over: levels.Over) -> dict[str, Any]:
    calls, typed = found.tally, found.typed_by_hand
    each = {t: seconds_of(calls, typed, partial(shown.level, threshold_s=t, over=over)) for t in THRESHOLDS}
    return {f"level_{t}": level.value for t, level in each.items()} | {f"n_{t}": level.n for t, level in each.items()}


def _why(found: Tallied) -> str:
    return seconds_of(found.tally, found.typed_by_hand, partial(shown.level, threshold_s=15, over="answered")).missing


def _nena(found: Tallied) -> dict[str, Any]:
    """Whether the lines are met, by the unrounded share."""
    lines = () if found.typed_by_hand else levels.nena_lines(timed(found.tally)[0])
    targets = {f"level_{line.within_s}": 100 * line.target for line in lines}
    said = [f"{line.within_s} detik: {_MET[line.met]}" for line in lines]
    return {"variant": "Pembanding NENA (a)", **targets, "remark": "; ".join(said)}


_MET = {True: "tercapai", False: "belum tercapai", None: "tidak dapat dinilai"}


def answering(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Rates, waits, handling time and occupancy of the period, each with its n, limits, or what is missing."""
    found = tallied(connection, filters, at)
    if found is None:
        return nothing(NO_CALLS)
    tally, typed = found.tally, found.typed_by_hand
    staffed = staffed_seconds(connection, filters.start, min(filters.end, at))
    at_work = replace(tally, staffed_s=staffed)
    figures: Sequence[tuple[str, str, Shown]] = (
        ("Terjawab", "%", shown.share(levels.answer_rate(tally), tally.decided or 0)),
        ("Terputus", "%", shown.share(levels.abandon_rate(tally), tally.decided or 0)),
        ("Terputus > 5 detik", "%", seconds_of(tally, typed, shown.abandoned_long)),
        ("Terputus ≤ 5 detik", "panggilan", _short(tally, typed)),
        ("Rata-rata waktu tunggu (ASA)", "detik", seconds_of(tally, typed, _asa)),
        ("Waktu tunggu p50", "detik", seconds_of(tally, typed, partial(shown.limited_percentile, percent=50))),
        ("Waktu tunggu p90", "detik", seconds_of(tally, typed, partial(shown.limited_percentile, percent=90))),
        ("Waktu tunggu terlama", "detik", seconds_of(tally, typed, _longest)),
        ("Rata-rata lama layanan (AHT)", "detik", seconds_of(tally, typed, shown.handling)),
        ("Okupansi petugas", "%", shown.share(agent_work.occupancy(at_work), 0)),
        ("Panggilan per jam petugas", "panggilan", shown.number(agent_work.calls_per_agent_hour(at_work), None)),
    )
    rows = [_row(name, unit, each) for name, unit, each in figures]
    columns = (
        Column("name", "Ukuran", "text"),
        Column("value", "Nilai", decimals=1),
        Column("unit", "Satuan", "text"),
        Column("low", "Batas bawah", decimals=1),
        Column("high", "Batas atas", decimals=1),
        Column("n", "n"),
        Column("remark", "Keterangan", "text", role="note"),
    )
    notes = (POOLED, SHORT_RULE, "ASA termasuk tunggu 0 detik; persentil: nilai peringkat terdekat.",
             *_left_out(found), *found.notes)  # fmt: skip
    return Answer(columns, rows, n=tally.offered, data_time=found.newest, notes=notes)


def _short(tally: QueueTally, typed: bool) -> Shown:
    return seconds_of(tally, typed, lambda counted: shown.number(levels.short_abandoned(counted), counted.abandoned))


def _asa(tally: QueueTally) -> Shown:
    zero = tally.answered_waits.within(0) if tally.answered_waits else None
    found = shown.number(levels.asa_s(tally), tally.answered)
    return found if found.value is None else replace(found, remark=f"{whole(zero or 0)} tanpa menunggu")


def _longest(tally: QueueTally) -> Shown:
    return shown.number(levels.longest_wait_s(tally), tally.decided)


def _row(name: str, unit: str, each: Shown) -> dict[str, Any]:
    remark = f"{CANNOT}: {each.missing}" if each.value is None else each.remark
    if name == "Okupansi petugas" and each.value is not None:
        remark = "5–15 % wajar di pusat kecil: petugas harus siap, bukan menganggur"
    return {"name": name, "value": each.value, "unit": unit, "low": each.low, "high": each.high, "n": each.n,
            "remark": remark}  # fmt: skip


def _left_out(found: Tallied) -> tuple[str, ...]:
    left_out = timed(found.tally)[1]
    said = [f"{whole(left_out)} panggilan tanpa waktu tunggu tercatat tidak dihitung dalam detik."] if left_out else []
    if found.tally.talking:
        said.append(f"{whole(found.tally.talking)} panggilan tanpa lama bicara (masih bicara atau tidak tercatat).")
    return tuple(said)


QUESTIONS = (
    Question(
        id="calls112.service_levels", title="Tingkat layanan, tiga definisi", family="112",
        topics=("calls", "recaps"), form="table", clock="Masuk antrean → dijawab petugas", ask=service_levels,
        basis=NENA, by_kecamatan=False,
    ),
    Question(
        id="calls112.answering", title="Menjawab panggilan", family="112", topics=("calls", "agent_spells", "recaps"),
        form="table", clock="Masuk antrean → dijawab atau terputus; bicara: dijawab → selesai", ask=answering,
        by_kecamatan=False,
    ),
)  # fmt: skip
