"""Thinning of appended histories: what lies long behind is kept by the hour, later by the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, and_, delete, func, select

from dashboard.store.database import slot

KEEP_ALL = timedelta(days=60)
KEEP_HOURLY = timedelta(days=730)
HOUR_MS, DAY_MS = 3_600_000, 86_400_000


def thin(connection: Connection, table: Table, whose: Column[str], moment: Column[datetime], now: datetime) -> int:
    """Drop what nobody can tell apart: all lines for 60 days, the last of each hour for two years, then of each day.

    Returns the number of lines dropped. A kept line is never changed.
    """
    recent = and_(moment < now - KEEP_ALL, moment >= now - KEEP_HOURLY)
    dropped = 0
    for width_ms, inside in ((HOUR_MS, recent), (DAY_MS, moment < now - KEEP_HOURLY)):
        kept = select(func.max(table.c.id)).where(inside).group_by(whose, slot(moment, width_ms))
        dropped += connection.execute(delete(table).where(inside, table.c.id.not_in(kept))).rowcount
    return dropped
