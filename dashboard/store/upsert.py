"""Keeping many rows at once, harmlessly repeated: natural keys decide, each database by its fastest road."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from dashboard.store.database import UtcTime, to_ms

Row = Sequence[Any]
COPY_FROM = 500
"""Rows from which a COPY into a staging table is faster than executemany (twice as fast at 5,000)."""


class Merge(Enum):
    """What happens to a row whose key is known already."""

    REPLACE = "the new row replaces the old"
    FILL = "what the new row knows replaces the old; what it does not know stays"


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[dict[str, Any]],
    merge: Merge,
    fixed: tuple[str, ...] = (),
) -> None:
    """Insert or merge `rows` (all with the same columns) by the primary key; `fixed` columns keep their first value.

    The keys within `rows` must be unique.
    """
    if rows:
        names = tuple(rows[0])
        upsert_tuples(connection, table, names, [tuple(row.values()) for row in rows], merge, fixed)


def upsert_tuples(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    rows: Sequence[Row],
    merge: Merge,
    fixed: tuple[str, ...] = (),
) -> None:
    """As `upsert`, for rows that are tuples in the order of `names`.

    Goes past SQLAlchemy's per-row work, which cost as much as the database's own (measured at a million rows);
    the statement is made of our own table's names only.
    """
    if not rows:
        return
    rows = _with_moments_as_ms(table, names, rows)
    if connection.dialect.name == "sqlite":
        values = f"VALUES ({', '.join('?' * len(names))})"
        connection.exec_driver_sql(_statement(table, names, merge, fixed, values), rows)
    elif len(rows) < COPY_FROM:
        values = f"VALUES ({', '.join(['%s'] * len(names))})"
        connection.exec_driver_sql(_statement(table, names, merge, fixed, values), rows)
    else:
        _by_copy(connection, table, names, rows, _statement(table, names, merge, fixed, _from_staging(table, names)))


def _with_moments_as_ms(table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Column by column: turning rows into columns and back is C, a Python loop over cells is not."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, name in enumerate(names):
        if isinstance(table.c[name].type, UtcTime):
            columns[place] = [None if moment is None else to_ms(moment) for moment in columns[place]]
    return list(zip(*columns, strict=True))


@cache
def _statement(table: Table, names: tuple[str, ...], merge: Merge, fixed: tuple[str, ...], values: str) -> str:
    keys = [c.name for c in table.primary_key]
    new: Callable[[str], str] = lambda n: (  # noqa: E731
        f'COALESCE(excluded."{n}", t."{n}")' if merge is Merge.FILL else f'excluded."{n}"'
    )
    updates = [f'"{n}" = {new(n)}' for n in names if n not in keys and n not in fixed]
    updates += [f'"{n}" = COALESCE(t."{n}", excluded."{n}")' for n in fixed if n in names and merge is Merge.FILL]
    action = f"DO UPDATE SET {', '.join(updates)}" if updates else "DO NOTHING"
    return f'INSERT INTO "{table.name}" AS t ({_quoted(names)}) {values} ON CONFLICT ({_quoted(keys)}) {action}'


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)


def _staging(table: Table) -> str:
    return f"staging_{table.name}"


def _from_staging(table: Table, names: tuple[str, ...]) -> str:
    return f'SELECT {_quoted(names)} FROM "{_staging(table)}"'  # noqa: S608


def _by_copy(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Row], insert: str) -> None:
    staging = _staging(table)
    connection.exec_driver_sql(
        f'CREATE TEMP TABLE IF NOT EXISTS "{staging}" (LIKE "{table.name}") ON COMMIT DELETE ROWS'
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{staging}" ({_quoted(names)}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(insert)
    connection.exec_driver_sql(f'TRUNCATE "{staging}"')
