"""Every change of a masterplan after it was first told, by file or by hand: old → new, by whom and why. Appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text, insert, or_, select, update

from dashboard.store import audit
from dashboard.store.column_kinds import Day
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import Cells
from dashboard.store.masterplan_words import ABOUT_IT, NO_REASON, PARTS, SUBJECTS, TARGET, WITHDRAWN, as_text, shown
from dashboard.store.row_revisions import Revision

masterplan_changes = Table(
    "masterplan_changes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("subject", String(32), nullable=False),
    Column("code", String(128), nullable=False),
    Column("year", Integer, nullable=False),
    Column("part", String(32), nullable=False),
    Column("old", String(400)),
    Column("new", String(400)),
    Column("by", String(128), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("file", String(128)),
    Column("day", Day),
    Column("evidence", Text),
    Column("superseded_at", UtcTime),
    Index("masterplan_changes_by_time", "at"),
    Index("masterplan_changes_by_row", "subject", "code"),
)
"""`file` is None for what a person entered; a later word of the file about the same cell supersedes it."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of one cell. `old` None: there was none; `new` None: withdrawn. `year` 0 where the row has none."""

    at: datetime
    subject: str
    code: str
    year: int
    part: str
    old: str | None
    new: str | None
    by: str
    reason: str
    file: str | None = None
    day: Any = None
    evidence: str | None = None
    superseded_at: datetime | None = None

    @property
    def cell(self) -> tuple[str, str, int, str]:
        """What was changed."""
        return self.subject, self.code, self.year, self.part


def append(connection: Connection, changes: Sequence[PlanChange], who: str = "") -> None:
    """Append changes; each of a target into the audit log as well, signed by the account `who` or whom a file names."""
    if changes:
        names = list(PlanChange.__dataclass_fields__)
        connection.execute(insert(masterplan_changes), [{n: getattr(one, n) for n in names} for one in changes])
    for one in changes:
        if one.subject == TARGET:
            audit.write(connection, one.at, who or one.by, "target masterplan", words(one))


def words(one: PlanChange) -> str:
    """'GOV-01-I1 2027 TW2: 40 → 45; lampiran perbup diubah'."""
    return f"{one.code} {one.year} {one.part}: {shown(one.old)} → {shown(one.new)}; {one.reason or NO_REASON}"


def tell(connection: Connection, revised: Sequence[tuple[Revision, Cells | None]]) -> None:
    """Note what a file says anew of rows that were there; what people entered for the same cells before gives way.

    All revisions are of one table.
    """
    by_hand = {one.cell: one for one in standing(connection, SUBJECTS[revised[0][0].table])}
    found: list[PlanChange] = []
    for revision, row in revised:
        for name, said in revision.said.items():
            if name in ABOUT_IT:
                continue
            one = _change(revision, row, name, said)
            if (entered := by_hand.get(one.cell)) is not None:
                _supersede(connection, one)
                one = replace(one, old=entered.new)
            if one.old != one.new:
                found.append(one)
    append(connection, found)


def _code(revision: Revision) -> str:
    key = revision.key
    return str(key.get("code") or key.get("indicator") or key.get("programme") or key.get("position"))


def _change(revision: Revision, row: Cells | None, name: str, said: Any) -> PlanChange:
    part = str(revision.key["period"]) if name == "value" else PARTS.get(name, name)
    reason = WITHDRAWN if row is None else str((revision.says or {}).get("reason") or "")
    by = str((row or {}).get("set_by") or (row or {}).get("reported_by") or revision.source)
    new = None if row is None else as_text(row[name])
    file = str((row or {}).get("file") or revision.file)  # a row that a person added is corrected by the file's word
    return PlanChange(revision.replaced_at, SUBJECTS[revision.table], _code(revision), int(revision.key.get("year", 0)),
                      part, as_text(said), new, by, reason, file)  # fmt: skip


def _supersede(connection: Connection, one: PlanChange) -> None:
    c = masterplan_changes.c
    same = (c.subject == one.subject, c.code == one.code, c.year == one.year, c.part == one.part)
    by_hand = (c.file.is_(None), c.superseded_at.is_(None))
    connection.execute(update(masterplan_changes).where(*same, *by_hand).values(superseded_at=one.at))


def standing(
    connection: Connection, subject: str, code: str | None = None, at: datetime | None = None
) -> list[PlanChange]:
    """What people entered of a subject that no file has spoken about since, the newest of each cell; as of `at`."""
    c = masterplan_changes.c
    asked = select(masterplan_changes).where(c.subject == subject, c.file.is_(None)).order_by(c.id)
    if code is not None:
        asked = asked.where(c.code == code)
    if at is None:
        asked = asked.where(c.superseded_at.is_(None))
    else:
        asked = asked.where(c.at <= at, or_(c.superseded_at.is_(None), c.superseded_at > at))
    return list({one.cell: one for one in _found(connection, asked)}.values())


def changes_between(
    connection: Connection, start: datetime, end: datetime, subject: str | None = None, most: int = 1000
) -> list[PlanChange]:
    """The changes made in [start, end), the newest first."""
    c = masterplan_changes.c
    asked = select(masterplan_changes).where(c.at >= start, c.at < end)
    if subject is not None:
        asked = asked.where(c.subject == subject)
    return _found(connection, asked.order_by(c.at.desc(), c.id.desc()).limit(most))


def changes_of(connection: Connection, codes: Sequence[str], most: int) -> list[PlanChange]:
    """The changes of some programmes, indicators and actions, the newest first."""
    c = masterplan_changes.c
    asked = select(masterplan_changes).where(c.code.in_(codes)).order_by(c.at.desc(), c.id.desc())
    return _found(connection, asked.limit(most))


def _found(connection: Connection, asked: Any) -> list[PlanChange]:
    names = list(PlanChange.__dataclass_fields__)
    return [PlanChange(**{name: getattr(row, name) for name in names}) for row in connection.execute(asked)]
