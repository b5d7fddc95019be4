"""Forgetting who called: codes of callers live for 72 hours at most, then the column is emptied, the row stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Engine, Table, and_, func, or_, select, update

from dashboard.store.call_classes import call_classes
from dashboard.store.caller_codes import LONGEST_HASH
from dashboard.store.calls112 import calls, incidents
from dashboard.store.database import reading, writing
from dashboard.store.outbound_calls import outbound_calls

PIECE = timedelta(days=31)
"""Looked through at a time: after years without forgetting no round takes long."""

HASHES: tuple[tuple[Table, Column[datetime], Column[str]], ...] = (
    (calls, calls.c.t_enter, calls.c.caller_hash),
    (call_classes, call_classes.c.at, call_classes.c.caller_hash),
    (outbound_calls, outbound_calls.c.at, outbound_calls.c.called_hash),
    (incidents, incidents.c.t_received, incidents.c.caller_hash),
)
"""Every column that holds the code of a caller, with the time it belongs to."""


def forget_hashes(
    engine: Engine, at: datetime, since: datetime | None = None, kept_for: timedelta = LONGEST_HASH
) -> tuple[datetime, int]:
    """Empty the codes older than `kept_for`, a month of them at most; returns until when, and how many.

    `since` is what the last call returned; None begins with the oldest row. Go on until the answer is `at - kept_for`.
    """
    before = at - kept_for
    with reading(engine) as connection:
        start = since or _oldest(connection) or before
        end = min(start + PIECE, before)
        found = {table.name for table, moment, code in HASHES if _holds(connection, table, moment, code, start, end)}
    if not found:
        return max(start, end), 0
    with writing(engine) as connection:
        emptied = [_empty(connection, *each, start, end) for each in HASHES if each[0].name in found]
    return end, sum(emptied)


def _oldest(connection: Connection) -> datetime | None:
    oldest = [connection.execute(select(func.min(moment))).scalar() for _, moment, _ in HASHES]
    return min((moment for moment in oldest if moment is not None), default=None)


def _old(
    table: Table, moment: Column[datetime], code: Column[str], start: datetime, end: datetime
) -> tuple[object, ...]:
    """Conditions; a row without a time of its own is as old as our knowledge of it."""
    timeless = and_(moment.is_(None), table.c.known_at < end)
    return code.is_not(None), or_(and_(moment >= start, moment < end), timeless)


def _holds(
    connection: Connection, table: Table, moment: Column[datetime], code: Column[str], start: datetime, end: datetime
) -> bool:
    statement = select(table.c.known_at).where(*_old(table, moment, code, start, end)).limit(1)  # type: ignore[arg-type]
    return connection.execute(statement).first() is not None


def _empty(
    connection: Connection, table: Table, moment: Column[datetime], code: Column[str], start: datetime, end: datetime
) -> int:
    statement = update(table).where(*_old(table, moment, code, start, end))  # type: ignore[arg-type]
    return connection.execute(statement.values({code.name: None})).rowcount
