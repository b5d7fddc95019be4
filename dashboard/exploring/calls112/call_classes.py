"""Classes of answered calls: how many are nuisance, and how many nobody classified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.call_tallies import WHOLE, weekly_tallies
from dashboard.exploring.calls112.call_weeks import WEEK, first_monday, monday_of
from dashboard.exploring.calls112.class_counts import BLOCKED, NOT_CLASSIFIED, ClassCounts, by_class, class_counts
from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.queue_tally import NO_CALLS as NONE_TALLIED
from dashboard.formulas.queue_tally import QueueTally
from dashboard.formulas.small_numbers import wilson
from dashboard.store.calls_counted import newest_hour
from dashboard.store.class_hours import weekly_classes
from dashboard.store.meanings import codes
from dashboard.vocabulary112 import call_kinds

COUNTS_AS = {
    "darurat": "darurat", "layanan": "bukan darurat", "gangguan": "gangguan", "luar wilayah": "luar wilayah",
    "diblokir": "diblokir, tidak dihitung",
}  # fmt: skip
RUNNING = "minggu berjalan"


def classes(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Calls of the period by class with their share of the classified ones; words without a meaning stand last."""
    found = class_counts(connection, filters, at)
    if found is None:
        return nothing(NOT_CLASSIFIED)
    rows = [
        {"class": kind.title, "n": found.by_code[code], "share": _percent(found.by_code[code], found.classified)
         if kind.counts_as != "diblokir" else None, "counts_as": COUNTS_AS[kind.counts_as]}
        for code, kind in call_kinds().items() if found.by_code.get(code)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["counts_as"] == COUNTS_AS["diblokir"], -int(row["n"] or 0)))
    if found.unmapped:
        share = _percent(found.unmapped, found.classified)
        rows.append({"class": "Belum dipetakan", "n": found.unmapped, "share": share, "counts_as": "belum diketahui"})
    columns = (
        Column("class", "Kelas", "text", role="label"),
        Column("n", "Panggilan", role="value"),
        Column("share", "Bagian dari terklasifikasi", unit="%", decimals=1, role="note"),
        Column("counts_as", "Dihitung sebagai", "text"),
    )
    newest = newest_hour(connection, min(filters.end, at))
    return Answer(columns, rows, n=found.classified, data_time=newest, notes=(*class_notes(found), WHOLE))


def class_notes(found: ClassCounts) -> tuple[str, ...]:
    """What is unmapped, blocked, or counted by others."""
    said = []
    if found.unmapped:
        said.append(
            f"{whole(found.unmapped)} panggilan memakai {found.unmapped_words} kata kelas yang belum dipetakan; "
            "artinya dapat diisi di halaman arti kata."
        )
    if blocked := found.counting_as("diblokir"):
        said.append(f"{whole(blocked)} diblokir. {BLOCKED}")
    if found.from_recaps:
        said.append("Dari rekap yang seluruhnya di dalam masa ini.")
    return tuple(said)


def nuisance_by_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Nuisance over classified answered calls of each week with its interval, and the classified share beside it."""
    start, end = first_monday(filters), min(filters.end, at)
    weeks = weekly_classes(connection, start, end)
    if not weeks:
        only_recaps = class_counts(connection, filters, at) is not None
        missing = f"{NOT_CLASSIFIED} per minggu; hanya ada rekap" if only_recaps else NOT_CLASSIFIED
        return nothing(missing)
    tallies = weekly_tallies(connection, start, end, with_waits=False)
    known = codes(connection, "class")
    rows = [
        _week(monday, by_class(words, known), tallies.get(monday, NONE_TALLIED), end) for monday, words in weeks.items()
    ]
    columns = (
        Column("week", "Minggu mulai", "day", role="x"),
        Column("nuisance", "Gangguan", unit="%", decimals=1, role="y"),
        Column("low", "Batas bawah 95 %", unit="%", decimals=1, role="low"),
        Column("high", "Batas atas 95 %", unit="%", decimals=1, role="high"),
        Column("classified_share", "Terklasifikasi", unit="%", decimals=1, role="y"),
        Column("classified", "Panggilan terklasifikasi"),
        Column("unmapped", "Belum dipetakan"),
        Column("answered", "Terjawab"),
        Column("remark", "Keterangan", "text", role="note"),
    )
    n = sum(row["classified"] for row in rows)
    notes = ("Gangguan: prank, ghost, salah sambung dan percobaan, dibagi panggilan terjawab yang diklasifikasi; "
             "pita: selang Wilson 95 %.", *_over(rows), WHOLE)  # fmt: skip
    return Answer(columns, rows, n=n, data_time=newest_hour(connection, end), notes=notes,
                  marks=day_marks(connection, filters, at))  # fmt: skip


def _week(monday: datetime, found: ClassCounts, tally: QueueTally, end: datetime) -> dict[str, Any]:
    nuisance = found.counting_as("gangguan")
    limits = wilson(nuisance, found.classified)
    return {
        "week": monday_of(monday),
        "nuisance": _percent(nuisance, found.classified),
        "low": 100 * limits[0] if limits else None,
        "high": 100 * limits[1] if limits else None,
        "classified_share": _percent(found.classified, tally.answered or 0),
        "classified": found.classified,
        "unmapped": found.unmapped,
        "answered": tally.answered,
        "remark": RUNNING if monday + WEEK > end else "",
    }


def _over(rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> tuple[str, ...]:
    over = sum(1 for row in rows if (row["classified_share"] or 0) > 100)
    if not over:
        return ()
    return (f"{over} minggu punya lebih banyak panggilan terklasifikasi daripada terjawab: sumbernya berbeda lingkup.",)


def _percent(part: int, whole_n: int) -> Fraction | None:
    return Fraction(100 * part, whole_n) if whole_n else None


QUESTIONS = (
    Question(
        id="calls112.nuisance_by_week", title="Panggilan gangguan", family="112",
        topics=("calls", "call_classes", "recaps"), form="lines",
        clock="Panggilan terjawab yang diklasifikasi petugas, per minggu Senin–Minggu WIB", ask=nuisance_by_week,
        by_kecamatan=False,
    ),
    Question(
        id="calls112.classes", title="Kelas panggilan", family="112", topics=("calls", "call_classes", "recaps"),
        form="bars", clock="Panggilan terjawab menurut kelas yang ditulis petugas, seluruh masa", ask=classes,
        by_kecamatan=False, basis="Perbandingan antarkota tidak sah: definisi kelas berbeda",
    ),
)  # fmt: skip
