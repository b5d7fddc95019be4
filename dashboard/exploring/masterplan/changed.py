"""What was changed of the plan after it was first told: old → new, by whom, why, by file or in the application."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.masterplan.asked_plan import TOPICS
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.indicators.standing_plan import BY_HAND
from dashboard.store.masterplan_changes import PlanChange, changes_between
from dashboard.store.masterplan_words import NO_REASON, TARGET, shown

MOST = 1000
COLUMNS = (
    Column("at", "Kapan", "moment"), Column("what", "Yang diubah", "text"), Column("old", "Semula", "text"),
    Column("new", "Menjadi", "text"), Column("by", "Oleh", "text"), Column("reason", "Alasan", "text"),
    Column("way", "Lewat", "text"),
)  # fmt: skip
WHAT = "Target yang diubah tercatat juga di log audit dan laporan mingguan; yang pertama kali diisi bukan perubahan."


def changed(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row a change, the newest first."""
    found = changes_between(connection, filters.start, min(filters.end, at), most=MOST)
    if not found:
        return nothing("tidak ada yang diubah pada masterplan dalam masa ini")
    notes = [WHAT] + ([f"Hanya {MOST} perubahan terbaru."] if len(found) == MOST else [])
    return Answer(COLUMNS, [_row(one) for one in found], n=len(found), data_time=found[0].at, notes=notes)


def _row(one: PlanChange) -> dict[str, Any]:
    year = f" {one.year}" if one.year else ""
    silent = one.subject == TARGET and not one.reason
    return {
        "at": one.at,
        "what": f"{one.subject} {one.code}{year}, {one.part}",
        "old": shown(one.old),
        "new": "dicabut" if one.new is None else shown(one.new),
        "by": one.by,
        "reason": NO_REASON if silent else one.reason or None,
        "way": f"berkas {one.file}" if one.file else BY_HAND,
        "status": "waspada" if silent else None,
    }


QUESTIONS = (
    Question(
        id="masterplan.changed", title="Yang diubah sejak itu", family="spbe", topics=TOPICS, form="table",
        clock="Perubahan dalam masa ini, dari berkas maupun aplikasi", ask=changed, by_kecamatan=False,
    ),
)  # fmt: skip
