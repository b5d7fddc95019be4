"""Official IKLH figures with their targets and versions: table and reads."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Connection, Integer, String, Table, select

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from datasources.resources.iklh_records import OfficialIndex

official_indices = Table(
    "official_indices",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("part", String(8), primary_key=True),
    Column("value", Exact, nullable=False),
    Column("target", Exact),
    Column("regulation", String(128), nullable=False),
    Column("document", String(128), nullable=False),
    Column("published_on", Day, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

keep_official_indices = keeper(official_indices)


def official_until(connection: Connection, published: date) -> list[OfficialIndex]:
    """Every figure published on or before a day, by year and part."""
    c = official_indices.c
    columns = [one for one in c if one.name not in ("source", "known_at")]
    rows = connection.execute(
        select(*columns).where(c.published_on <= published).order_by(c.year, c.part, c.published_on)
    )
    return [OfficialIndex(**row._mapping) for row in rows]
