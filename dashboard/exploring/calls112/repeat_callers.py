"""How many callers the nuisance calls of the last three days come from: never who they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.call_tallies import WHOLE
from dashboard.exploring.calls112.class_counts import BLOCKED
from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.caller_codes import LONGEST_HASH
from dashboard.store.callers import calls_per_caller, classified_per_caller
from dashboard.store.calls_counted import newest_hour
from dashboard.store.class_hours import classes_between
from dashboard.store.meanings import codes
from dashboard.vocabulary112 import call_kinds, folded

ONLY_72_HOURS = "Kode penelepon dihapus setelah 72 jam, maka hanya tiga hari terakhir yang dapat dihitung."
BEFORE = "masa ini lebih dari 72 jam yang lalu; kode penelepon sudah dihapus, tidak dapat dihitung lagi"
NO_CODES = "tidak dapat dihitung dari sumber ini: kode penelepon tidak tersedia"
BUCKETS = ((1, 1, "1 kali"), (2, 4, "2–4 kali"), (5, 9, "5–9 kali"), (10, None, "10 kali atau lebih"))
FEW_CALLERS = 5
"""Below it a share of the busiest callers would speak of single persons."""
COLUMNS = (
    Column("times", "Menelepon", "text", role="label"),
    Column("callers", "Penelepon"),
    Column("calls", "Panggilan", unit="panggilan", role="value"),
    Column("share", "Bagian panggilan", unit="%", decimals=1),
)


def repeat_callers(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Callers and calls by how often a caller rang; of nuisance calls where agents write down classes."""
    start, end = max(filters.start, at - LONGEST_HASH), min(filters.end, at)
    if start >= end:
        return nothing(BEFORE)
    words = _nuisance_words(connection, start, end)
    if words is None:
        what, (counts, withheld) = (
            "panggilan (semua, karena kelas tidak dicatat)",
            calls_per_caller(connection, start, end),
        )
    else:
        what, (counts, withheld) = "panggilan gangguan", classified_per_caller(connection, start, end, words)
    if not counts:
        missing = NO_CODES if withheld else "tidak ada panggilan gangguan dalam tiga hari terakhir"
        return nothing(missing, (ONLY_72_HOURS,))
    total = sum(counts)
    rows = [_row(counts, total, *bucket) for bucket in BUCKETS]
    notes = (f"{whole(total)} {what} dari {whole(len(counts))} penelepon. {_busiest(counts)}".strip(),
             *_withheld(withheld), ONLY_72_HOURS, BLOCKED, WHOLE)  # fmt: skip
    return Answer(COLUMNS, rows, n=total, data_time=newest_hour(connection, end), notes=notes)


def _nuisance_words(connection: Connection, start: datetime, end: datetime) -> list[str] | None:
    """The words in use that mean nuisance; None when no call of these days was classified."""
    used = classes_between(connection, start, end)
    known = codes(connection, "class")
    kinds = {word: call_kinds().get(known.get(folded(word), "")) for word in used}
    return [word for word, kind in kinds.items() if kind and kind.counts_as == "gangguan"] if used else None


def _row(counts: Sequence[int], total: int, least: int, most: int | None, words: str) -> dict[str, Any]:
    these = [n for n in counts if n >= least and (most is None or n <= most)]
    return {"times": words, "callers": len(these), "calls": sum(these), "share": Fraction(100 * sum(these), total)}


def _busiest(counts: Sequence[int]) -> str:
    if len(counts) < 2 * FEW_CALLERS:
        return ""
    share = round(100 * sum(counts[:FEW_CALLERS]) / sum(counts))
    return f"Lima penelepon tersering: {share} % panggilan."


def _withheld(withheld: int) -> tuple[str, ...]:
    return (f"{whole(withheld)} panggilan tanpa nomor tidak dihitung.",) if withheld else ()


QUESTIONS = (
    Question(
        id="calls112.repeat_callers", title="Penelepon gangguan berulang", family="112",
        topics=("calls", "call_classes"), form="bars", clock="Panggilan 72 jam terakhir, menurut kode penelepon",
        ask=repeat_callers, by_kecamatan=False,
    ),
)  # fmt: skip
