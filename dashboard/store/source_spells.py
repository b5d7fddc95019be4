"""Since when and until when each source kept its promise: spells of answering and of data, for past freshness.

A spell grows while the next answer comes in time, and a new one begins after a gap; a year of a good source is one row.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Column, Connection, String, Table, func, insert, select, update

from dashboard.store.database import UtcTime, metadata

Kind = Literal["answered", "data"]

source_spells = Table(
    "source_spells",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("first_at", UtcTime, primary_key=True),
    Column("last_at", UtcTime, nullable=False),
)


def extend(connection: Connection, source: str, kind: Kind, at: datetime, gap: timedelta) -> None:
    """Note that the source answered (or had data) at `at`; after more than `gap` a new spell begins."""
    c = source_spells.c
    newest = connection.execute(
        select(func.max(c.first_at), func.max(c.last_at)).where(c.source == source, c.kind == kind)
    ).one()
    if newest[1] is not None and at <= newest[1] + gap:
        if at > newest[1]:
            spell = (c.source == source, c.kind == kind, c.first_at == newest[0])
            connection.execute(update(source_spells).where(*spell).values(last_at=at))
        return
    connection.execute(insert(source_spells).values(source=source, kind=kind, first_at=at, last_at=at))


def last_at(connection: Connection, kind: Kind, at: datetime) -> dict[str, datetime]:
    """Source → when it had last answered (or had data) as of `at`; a source that had not yet is absent."""
    c = source_spells.c
    rows = connection.execute(
        select(c.source, func.max(c.last_at)).where(c.kind == kind, c.first_at <= at).group_by(c.source)
    )
    return {row[0]: min(row[1], at) for row in rows}
