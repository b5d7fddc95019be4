"""Assessed values of indicators, stage by stage: appended, never rewritten. One history for workbook and hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, func, insert, select

from dashboard.assessment_stages import STAGES, Stage, stage_after
from dashboard.store.database import UtcTime, id_column, metadata
from datasources.spbe.records import AssessedValue

assessments = Table(
    "assessments",
    metadata,
    id_column(),
    Column("instrument", String(32), nullable=False),
    Column("year", Integer, nullable=False),
    Column("indicator", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("value", String(16), nullable=False),
    Column("explanation", String(400), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("owner", String(64)),
    Column("by", String(128), nullable=False),
    Column("source", String(64)),
    Column("assessed_at", UtcTime),
    Column("known_at", UtcTime, nullable=False),
    Index("assessments_by_indicator", "instrument", "year", "indicator"),
)
"""`source` is None for what somebody entered; `by` is that person, or the source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history of an indicator: its value at a stage, why, on what evidence, by whom and when."""

    instrument: str
    year: int
    indicator: int
    stage: Stage
    value: Decimal
    explanation: str
    evidence: tuple[str, ...]
    owner: str | None
    by: str
    source: str | None
    assessed_at: datetime | None
    known_at: datetime
    id: int = 0

    @property
    def by_hand(self) -> bool:
        """Whether a person entered it, and not a workbook."""
        return self.source is None


def append(connection: Connection, entries: Iterable[Entry]) -> None:
    """Add lines to the history."""
    rows = [
        {
            "instrument": e.instrument,
            "year": e.year,
            "indicator": e.indicator,
            "stage": e.stage,
            "value": f"{e.value:f}",
            "explanation": e.explanation,
            "evidence": json.dumps(e.evidence),
            "owner": e.owner,
            "by": e.by,
            "source": e.source,
            "assessed_at": e.assessed_at,
            "known_at": e.known_at,
        }
        for e in entries
    ]
    if rows:
        connection.execute(insert(assessments), rows)


def keep_values(connection: Connection, source: str, records: Sequence[AssessedValue], known_at: datetime) -> None:
    """Append what a workbook says anew: a row that it said before, unchanged, does not speak again."""
    said: dict[tuple[str, int, int, str], Entry] = {}
    for instrument, year in {(r.instrument, r.year) for r in records}:
        for entry in history(connection, instrument, year):
            if entry.source == source:
                said[instrument, year, entry.indicator, entry.stage] = entry
    new = []
    for r in sorted(records, key=lambda r: STAGES.index(r.stage)):  # type: ignore[arg-type]
        entry = Entry(r.instrument, r.year, r.indicator, r.stage, r.value, r.explanation, r.evidence, None, source,  # type: ignore[arg-type]
                      source, r.assessed_at, known_at)  # fmt: skip
        before = said.get((r.instrument, r.year, r.indicator, r.stage))
        if before is None or replace(before, known_at=known_at, id=0, owner=None) != entry:
            new.append(entry)
    append(connection, new)


def history(
    connection: Connection,
    instrument: str,
    year: int | None = None,
    indicator: int | None = None,
    at: datetime | None = None,
) -> list[Entry]:
    """The lines of an instrument, oldest first; of one year, of one indicator, as known at a moment when asked."""
    c = assessments.c
    asked = select(assessments).where(c.instrument == instrument).order_by(c.id)
    if at is not None:
        asked = asked.where(c.known_at <= at)
    if year is not None:
        asked = asked.where(c.year == year)
    if indicator is not None:
        asked = asked.where(c.indicator == indicator)
    return [
        Entry(
            row.instrument, row.year, row.indicator, row.stage, Decimal(row.value), row.explanation,
            tuple(json.loads(row.evidence)), row.owner, row.by, row.source, row.assessed_at, row.known_at, row.id,
        )
        for row in connection.execute(asked)
    ]  # fmt: skip


def standing(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Indicator → the line that holds now, with the stage it has reached.

    Entries by hand move as they say; a workbook brings an indicator forward or corrects the stage it stands at, and
    never takes it back.
    """
    found: dict[int, Entry] = {}
    for entry in entries:
        now = found.get(entry.indicator)
        stage = stage_after(now.stage if now else "kosong", entry.stage, entry.by_hand)
        if now is None or stage == entry.stage:
            found[entry.indicator] = entry
    return found


def years(connection: Connection, instrument: str, at: datetime | None = None) -> list[int]:
    """The years of which anything is known, or was known at a moment, oldest first."""
    c = assessments.c
    asked = select(c.year).where(c.instrument == instrument).group_by(c.year).order_by(c.year)
    return list(connection.execute(asked if at is None else asked.where(c.known_at <= at)).scalars())


def newest_at(connection: Connection, instrument: str, year: int, at: datetime | None = None) -> datetime | None:
    """The newest assessment day of a year; when we knew it, where no day was written. As known at a moment if asked."""
    c = assessments.c
    newest = select(func.max(func.coalesce(c.assessed_at, c.known_at)))
    asked = newest.where(c.instrument == instrument, c.year == year)
    found: datetime | None = connection.execute(asked if at is None else asked.where(c.known_at <= at)).scalar()
    return found
