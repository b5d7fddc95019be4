"""The database: one engine for SQLite and PostgreSQL, reading and writing transactions, exact time columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.pq import Format
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    literal,
    text,
    type_coerce,
)

metadata = MetaData()

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class UtcTime(TypeDecorator[datetime]):
    """A moment as whole milliseconds since 1970 UTC: the same arithmetic and order in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Refuses a moment without a zone: it would silently shift by seven hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"moment without a time zone: {value}")
        return (value - EPOCH) // _MILLISECOND

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], datetime | None]:
        """Back to an aware datetime in UTC, by one call for a cell: process_result_value takes twice as long."""
        return from_ms


def id_column() -> Column[int]:
    """A counting key. SQLite counts only in a column that is called INTEGER."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def from_ms(value: int | None) -> datetime | None:
    """The moment of so many milliseconds since 1970 UTC, exactly."""
    if value is None:
        return None
    seconds, rest = divmod(value, 1000)
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment + rest * _MILLISECOND if rest else moment


def moments_of(values: Iterable[int]) -> dict[int, datetime]:
    """The moment of each value: many rows share few moments, and making one costs more than looking it up."""
    return {value: moment for value in values if (moment := from_ms(value)) is not None}


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, as UtcTime keeps it. Refuses a moment without a zone."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def to_ms_up(moment: datetime) -> int:
    """As `to_ms`, rounded up: a whole millisecond lies before the moment exactly when it lies before this."""
    return -((EPOCH - moment) // _MILLISECOND)


def to_ms_each(moments: Iterable[datetime | None]) -> list[int | None]:
    """`to_ms` of many; written out, because a call for each costs a quarter more."""
    return [
        None if m is None else ((d := m - EPOCH).days * 86_400 + d.seconds) * 1000 + d.microseconds // 1000
        for m in moments
    ]


def slot(column: Any, width_ms: int, origin_ms: int = 0) -> Any:
    """The number of the time slot a moment lies in, for grouping: whole milliseconds divided, in every database."""
    return (type_coerce(column, BigInteger) - literal(origin_ms)) // literal(width_ms)


def open_database(url: str) -> Engine:
    """An engine for `url`. SQLite runs in WAL mode with a 10 s busy time-out and real transactions."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)
        event.listen(engine, "before_cursor_execute", _answer_in_binary)
        return engine
    engine = create_engine(url, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


IN_BINARY = {"in_binary": True}
"""Execution options of a statement whose blocks PostgreSQL shall send as they are: as text they are twice as long."""


def _answer_in_binary(_connection: Any, cursor: Any, _statement: Any, _given: Any, context: Any, _many: bool) -> None:
    if context is not None and context.execution_options.get("in_binary"):
        cursor.format = Format.BINARY


def _prepare_sqlite(dbapi_connection: sqlite3.Connection, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    mode = dbapi_connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode not in ("wal", "memory"):
        raise RuntimeError(f"SQLite refused WAL mode and answered '{mode}': is the file on a network disk?")
    dbapi_connection.execute("PRAGMA synchronous=NORMAL")
    dbapi_connection.execute("PRAGMA foreign_keys=ON")
    dbapi_connection.execute("PRAGMA cache_size=-65536")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: all of it or nothing. SQLite takes the write lock at once, so it cannot lose it."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads a single picture of the store."""
    with engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield connection


@contextmanager
def supposing(engine: Engine) -> Iterator[Connection]:
    """One transaction on a single picture of the store that may cover it with tables of its own; nothing of it stays.

    What it covers lives in the temporary schema, which both databases look into first; the store itself is not locked.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        try:
            yield connection
        finally:
            connection.rollback()
