"""What rows said before they were changed in place, so that any table can be read as it stood at a moment.

One line a change, written by triggers of the database (version_triggers), so that no writer can forget it. `said` is
the whole row as it stood before, NULL when it was not there. It is not `row_revisions`, which people read: that
tells corrections of files in their own words; this log tells nobody anything and covers every change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Index, String, Table, Text, and_, delete, func, insert, select, update

from dashboard.store.database import UtcTime, id_column, metadata, slot
from dashboard.store.thinning import HOUR_MS, KEEP_ALL, KEEP_HOURLY

row_versions = Table(
    "row_versions",
    metadata,
    id_column(),
    Column("table_name", String(64), nullable=False),
    Column("row_key", Text, nullable=False),
    Column("said", Text),
    Column("replaced_at", UtcTime, nullable=False),
    Index("row_versions_by_time", "table_name", "replaced_at"),
)
LOOKED_THROUGH = timedelta(days=31)
BEGAN = ""
"""The `row_key` of the line that says since when a table is noted; retention moves it forward."""


def begin(connection: Connection, tables: Collection[str], at: datetime) -> None:
    """Write down since when tables are noted, for those of which it is not known yet."""
    known = began(connection)
    rows = [{"table_name": t, "row_key": BEGAN, "said": None, "replaced_at": at} for t in tables if t not in known]
    if rows:
        connection.execute(insert(row_versions), rows)


def began(connection: Connection) -> dict[str, datetime]:
    """Table → since when each of its changes is noted and kept."""
    c = row_versions.c
    rows = connection.execute(select(c.table_name, c.replaced_at).where(c.row_key == BEGAN))
    return {row.table_name: row.replaced_at for row in rows}


def thin(connection: Connection, now: datetime, sooner: Mapping[str, timedelta]) -> int:
    """Of each row all changes for 60 days and the first of each hour for two years, then none; returns how many went.

    The first change of an hour says how the row stood when the hour began: moments on the hour stay exact. `sooner`
    names tables that are forgotten earlier, for they change much.
    """
    dropped = 0
    for table in began(connection):
        dropped += _forget(connection, table, now - sooner.get(table, KEEP_HOURLY))
        dropped += _keep_first_of_hours(connection, table, now - KEEP_ALL)
    return dropped


def _forget(connection: Connection, table: str, before: datetime) -> int:
    c = row_versions.c
    old = (c.table_name == table, c.replaced_at < before)
    connection.execute(update(row_versions).where(*old, c.row_key == BEGAN).values(replaced_at=before))
    return connection.execute(delete(row_versions).where(*old, c.row_key != BEGAN)).rowcount


def _keep_first_of_hours(connection: Connection, table: str, before: datetime) -> int:
    """Only of the last month before: what is older was looked through in its time, and a whole log takes seconds."""
    c = row_versions.c
    old = and_(
        c.table_name == table, c.replaced_at >= before - LOOKED_THROUGH, c.replaced_at < before, c.row_key != BEGAN
    )
    first = select(func.min(c.id)).where(old).group_by(c.row_key, slot(c.replaced_at, HOUR_MS))
    return connection.execute(delete(row_versions).where(old, c.id.not_in(first))).rowcount
