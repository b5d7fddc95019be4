"""The one way to ask somebody else's database: read-only, one connection, a statement timeout, plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from pydantic import SecretStr
from sqlalchemy import (
    Connection,
    Engine,
    Select,
    column,
    create_engine,
    event,
    inspect,
    quoted_name,
    select,
    table,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.sql.expression import ColumnElement

from datasources.contract import SourceUnavailable

CONNECT_SECONDS = 10
DRIVERS = ("mariadb+pymysql", "mysql+pymysql", "postgresql+psycopg", "sqlite")


def checked_url(url: SecretStr) -> URL:
    """The address as SQLAlchemy knows it. Raises ValueError, without the address: it holds a password."""
    try:
        made = make_url(url.get_secret_value())
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise ValueError("alamat basis data tidak sah; tulis mariadb+pymysql://pengguna:sandi@server/nama") from None
    if made.drivername not in DRIVERS:
        raise ValueError(f"jenis basis data '{made.drivername}' tidak dikenal; yang ada: {', '.join(DRIVERS)}")
    if made.drivername == "sqlite" and not made.database:
        raise ValueError("alamat sqlite harus menyebut berkas: sqlite:////folder/berkas.db")
    return made


@contextmanager
def reading(url: SecretStr, statement_timeout: timedelta) -> Iterator[Connection]:
    """A connection that cannot write and whose statements end after `statement_timeout`. Raises SourceUnavailable."""
    address = checked_url(url)
    engine = _engine(address, statement_timeout)
    try:
        with engine.connect() as connection:
            yield connection
            connection.rollback()
    except SQLAlchemyError as error:
        raise SourceUnavailable(f"Basis data {_place(address)} tidak dapat ditanya: {_cause(error)}.") from None
    finally:
        engine.dispose()


def selection(connection: Connection, name: str, columns: Mapping[str, str]) -> Select[Any]:
    """SELECT of only those columns of table or view `name` ('schema.table' too), labelled with the keys of `columns`.

    Raises SourceUnavailable naming the table or columns that are missing, and those that exist.
    """
    schema, _, bare = name.rpartition(".")
    there = [c["name"] for c in _columns(connection, bare, schema or None)]
    if missing := sorted(set(columns.values()) - set(there)):
        raise SourceUnavailable(
            f"Tabel {name}: kolom {', '.join(missing)} tidak ada; kolom yang ada: {', '.join(there)}."
        )
    from_table = table(_quoted(bare), *(column(_quoted(c)) for c in set(columns.values())), schema=schema or None)
    return select(*(from_table.c[theirs].label(ours) for ours, theirs in columns.items()))


def pages(
    connection: Connection, statement: Select[Any], key: ColumnElement[int], after: int | None, size: int
) -> Iterator[list[dict[str, Any]]]:
    """Rows with `key` (labelled 'id') > `after` in its order, `size` at a time, each page from where the last ended."""
    while True:
        page = statement if after is None else statement.where(key > after)
        found = connection.execute(page.order_by(key).limit(size)).mappings()
        rows = [{str(name): value for name, value in row.items()} for row in found]
        if rows:
            yield rows
        if len(rows) < size:
            return
        after = rows[-1]["id"]


def _columns(connection: Connection, name: str, schema: str | None) -> Sequence[Any]:
    inspector = inspect(connection)
    if inspector.has_table(name, schema):
        return inspector.get_columns(name, schema)
    tables = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    raise SourceUnavailable(f"Tabel {name} tidak ada; yang ada: {', '.join(sorted(tables)) or 'tidak satu pun'}.")


def _quoted(name: str) -> quoted_name:
    return quoted_name(name, quote=True)


def _engine(address: URL, timeout: timedelta) -> Engine:
    seconds = max(1, round(timeout.total_seconds()))
    if address.drivername == "sqlite":
        file = address.set(database=f"file:{quote(str(address.database))}", query={"mode": "ro", "uri": "true"})
        return create_engine(file, connect_args={"timeout": seconds}, pool_size=1, max_overflow=0)
    if address.drivername.startswith("postgresql"):
        options = f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000}"
        arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "options": options}
        return create_engine(address, connect_args=arguments, pool_size=1, max_overflow=0)
    # The socket is given longer than the statement, so that the server's own answer arrives first.
    arguments = {"connect_timeout": CONNECT_SECONDS, "read_timeout": seconds + 5, "charset": "utf8mb4"}
    engine = create_engine(address, connect_args=arguments, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", lambda raw, _: _limit_mysql(raw, seconds))
    return engine


def _limit_mysql(raw: Any, seconds: int) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
        cursor.execute("SELECT VERSION()")
        is_mariadb = "mariadb" in cursor.fetchone()[0].lower()
        # MariaDB counts seconds, MySQL milliseconds.
        limit = ("max_statement_time", seconds) if is_mariadb else ("max_execution_time", seconds * 1000)
        cursor.execute(f"SET SESSION {limit[0]} = {limit[1]}")
    raw.rollback()


def _place(address: URL) -> str:
    """Without user and password."""
    where = f"{address.host}:{address.port}/" if address.port else f"{address.host}/" if address.host else ""
    return f"{where}{address.database or ''}"


def _cause(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    lines = str(cause.args[-1] if cause.args else cause).strip().splitlines()
    return lines[0][:200] if lines else type(cause).__name__
