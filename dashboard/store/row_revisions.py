"""What rows said before somebody corrected or withdrew them: no figure and no target changes silently."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, Connection, Index, String, Table, Text, select

from dashboard.store.database import UtcTime, id_column, metadata

row_revisions = Table(
    "row_revisions",
    metadata,
    id_column(),
    Column("table_name", String(64), nullable=False),
    Column("source", String(64), nullable=False),
    Column("file", String(128), nullable=False),
    Column("row_key", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("says", Text),
    Column("known_at", UtcTime, nullable=False),
    Column("replaced_at", UtcTime, nullable=False),
    Index("row_revisions_by_time", "table_name", "replaced_at"),
)

Change = Literal["dikoreksi", "dicabut"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of one row: its key, and the fields that differ, before and after. `says` None: withdrawn."""

    table: str
    source: str
    file: str
    key: Mapping[str, Any]
    said: Mapping[str, Any]
    says: Mapping[str, Any] | None
    known_at: datetime
    replaced_at: datetime

    @property
    def change(self) -> Change:
        """Corrected or withdrawn."""
        return "dicabut" if self.says is None else "dikoreksi"


def note_revisions(connection: Connection, revisions: Sequence[Revision]) -> None:
    """Append revisions; they are never changed."""
    if revisions:
        connection.execute(row_revisions.insert(), [_row(one) for one in revisions])


def revisions_between(
    connection: Connection, tables: Sequence[str], start: datetime, end: datetime, most: int = 500
) -> list[Revision]:
    """The changes of some tables made in [start, end), the newest first, at most `most`."""
    c = row_revisions.c
    rows = connection.execute(
        select(row_revisions)
        .where(c.table_name.in_(tables), c.replaced_at >= start, c.replaced_at < end)
        .order_by(c.replaced_at.desc(), c.id)
        .limit(most)
    )
    return [
        Revision(
            r.table_name, r.source, r.file, json.loads(r.row_key), json.loads(r.said),
            None if r.says is None else json.loads(r.says), r.known_at, r.replaced_at,
        )
        for r in rows
    ]  # fmt: skip


def _row(one: Revision) -> dict[str, Any]:
    return {
        "table_name": one.table,
        "source": one.source,
        "file": one.file,
        "row_key": _text(one.key),
        "said": _text(one.said),
        "says": None if one.says is None else _text(one.says),
        "known_at": one.known_at,
        "replaced_at": one.replaced_at,
    }


def _text(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)
