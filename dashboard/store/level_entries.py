"""Values for rules of levels, the level they gave and the level that was decreed: appended, never recalculated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, func, insert, select

from dashboard.store.database import UtcTime, id_column, metadata

level_entries = Table(
    "level_entries",
    metadata,
    id_column(),
    Column("rule", String(32), nullable=False),
    Column("item", String(32), nullable=False),
    Column("value", String(32), nullable=False),
    Column("note", String(400), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("level_entries_by_item", "rule", "item"),
)
"""`item` is a measure of the rule, or one of ASSESSED and DECREED; an empty value says: not known any more."""

ASSESSED, DECREED = "level_sistem", "level_ditetapkan"


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """One line. `note` holds the reason of an assessed level, and the legal reference of a decreed one."""

    item: str
    value: str
    note: str
    by: str
    at: datetime


def append(connection: Connection, rule: str, entry: LevelEntry) -> None:
    """Add a line."""
    values = {"rule": rule, "item": entry.item, "value": entry.value, "note": entry.note, "by": entry.by}
    connection.execute(insert(level_entries).values(**values, at=entry.at))


def newest(connection: Connection, rule: str) -> dict[str, LevelEntry]:
    """Item → its newest line."""
    c = level_entries.c
    last = select(func.max(c.id)).where(c.rule == rule).group_by(c.item)
    rows = connection.execute(select(level_entries).where(c.id.in_(last)))
    return {row.item: LevelEntry(row.item, row.value, row.note, row.by, row.at) for row in rows}
