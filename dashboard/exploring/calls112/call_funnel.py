"""From the calls that came in to the incidents they were: each step with its share of the step before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.call_classes import class_notes
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE, Tallied, tallied
from dashboard.exploring.calls112.class_counts import ClassCounts, class_counts
from dashboard.exploring.calls112.counted_columns import CountedColumns, counted_columns
from dashboard.exploring.calls112.recap_tallies import apart
from dashboard.exploring.calls112.sentences import figure
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.indicators.percent import percent
from dashboard.store.recaps import recaps_between

CANNOT = "tidak dapat dihitung dari sumber ini"
COLUMNS = (
    Column("step", "Tahap", "text", role="label"),
    Column("n", "Jumlah", role="value"),
    Column("share", "Dari tahap sebelumnya", unit="%", decimals=1),
    Column("remark", "Keterangan", "text", role="note"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `n` is None where the sources cannot tell, and `missing` says what they lack."""

    name: str
    n: int | None
    missing: str = ""


def funnel(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Offered, answered, classified, valid, incidents; accepted duplicates are one incident."""
    calls = tallied(connection, filters, at, with_waits=False)
    classes = class_counts(connection, filters, at)
    incidents = counted_columns(connection, filters, at, everywhere=True)
    if calls is None and classes is None and not len(incidents):
        return nothing(NO_CALLS)
    steps = _steps(calls, classes, _incidents(connection, filters, incidents))
    rows = [_row(step, before) for step, before in zip(steps, [None, *steps[:-1]], strict=True)]
    notes = (*(calls.notes if calls else (WHOLE,)), *(class_notes(classes) if classes else ()), *incidents.notes)
    newest = max((t for t in (calls.newest if calls else None, incidents.newest) if t), default=None)
    return Answer(COLUMNS, rows, n=steps[0].n, data_time=newest, notes=tuple(dict.fromkeys(notes)))


def _steps(calls: Tallied | None, classes: ClassCounts | None, incidents: int | None) -> list[Step]:
    tally = calls.tally if calls else None
    unclassified = "kelas panggilan tidak dicatat"
    return [
        Step("Masuk", tally.offered if tally else None, "jumlah panggilan masuk tidak tercatat"),
        Step("Terjawab", _answered(calls), "jumlah panggilan terjawab tidak tercatat"),
        Step("Terklasifikasi", classes.classified if classes else None, unclassified),
        Step("Sah (darurat)", classes.counting_as("darurat") if classes else None, unclassified),
        Step("Kejadian", incidents, "kejadian tidak dicatat"),
    ]


def _answered(calls: Tallied | None) -> int | None:
    """Nobody knows how many were answered while the end of some calls is not known."""
    return None if calls is None or calls.tally.unknown else calls.tally.answered


def _incidents(connection: Connection, filters: Filters, found: CountedColumns) -> int | None:
    """Incidents that count; where only recaps tell of them, the sum over their categories."""
    if len(found) or found.excluded:
        return len(found)
    recaps = [r for r in recaps_between(connection, "categories", filters.start, filters.end) if not r.is_total]
    chosen = set(apart(list({(r.start, r.end) for r in recaps})))
    return sum(r.n for r in recaps if (r.start, r.end) in chosen) if recaps else None


def _row(step: Step, before: Step | None) -> dict[str, Any]:
    share = None
    if before is not None and before.n and step.n is not None:
        share = percent(Fraction(step.n, before.n))
    if step.n is None:
        remark = f"{CANNOT}: {step.missing}"
    elif share is None or before is None:
        remark = ""
    else:
        other_scope = "; sumbernya berbeda lingkup" if share > 100 else ""
        remark = f"{figure(share)} % dari {before.name.lower()}{other_scope}"
    return {"step": step.name, "n": step.n, "share": share, "remark": remark}


QUESTIONS = (
    Question(
        id="calls112.funnel", title="Dari panggilan sampai kejadian", family="112",
        topics=("calls", "call_classes", "incidents", "recaps"), form="funnel",
        clock="Panggilan masuk antrean dalam masa ini; kejadian menurut waktu laporan", ask=funnel, by_kecamatan=False,
        basis="Bagian sah tidak dapat dibandingkan antarkota: definisinya berbeda",
    ),
)  # fmt: skip
