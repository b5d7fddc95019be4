"""The rows of a span that is counted again, emptying its counts, and cutting moments down to hours and days in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Table, and_, delete, func, literal, type_coerce

from dashboard.store.database import slot
from dashboard.store.recount_due import Due

HOUR_MS = 3_600_000


def clear(connection: Connection, table: Table, moment: Any, piece: Due) -> None:
    """Delete the rows of the piece's source whose `moment` lies in its span."""
    connection.execute(delete(table).where(table.c.source == piece.source, moment >= piece.start, moment < piece.end))


def rows_of(source: Any, moment: Any, piece: Due) -> Any:
    """The condition for the rows of the piece's source whose `moment` lies in its span, found by their time.

    The source is wrapped, because SQLite would find them by it, the first column of their key: all rows there are.
    """
    return and_(func.coalesce(source, "") == piece.source, moment >= piece.start, moment < piece.end)


def floor(column: Any, width_ms: int, origin_ms: int = 0) -> Any:
    """The beginning of the slot a moment lies in, as UtcTime keeps it."""
    return type_coerce(slot(column, width_ms, origin_ms) * literal(width_ms) + literal(origin_ms), BigInteger)
