"""Counting a part of a table again in a transaction that covers it, and showing that part beside the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import CreateTable


def empty(connection: Connection, table: Table) -> None:
    """Cover a table with an empty one, for those who count into it by its name."""
    made = str(CreateTable(table).compile(dialect=connection.dialect))
    connection.execute(text(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1)))


@contextmanager
def again(connection: Connection, table: Table, rest: str) -> Iterator[None]:
    """Inside, the table is empty and may be counted into; afterwards it is that and `rest`, a SELECT of its columns."""
    empty(connection, table)
    yield
    beside(connection, table, rest)


def beside(connection: Connection, table: Table, rest: str) -> None:
    """A table that was covered with an empty one is from now on what was counted into it, and `rest`."""
    covered = "temp" if connection.dialect.name == "sqlite" else "pg_temp"
    counted = f"{table.name}_again"
    connection.execute(text(f'ALTER TABLE {covered}."{table.name}" RENAME TO {counted}'))
    cells = ", ".join(f'm."{column.name}"' for column in table.c)
    connection.execute(text(f'CREATE TEMP VIEW "{table.name}" AS SELECT {cells} FROM {counted} m UNION ALL {rest}'))  # noqa: S608
