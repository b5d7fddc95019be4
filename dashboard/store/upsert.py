"""Keeping many rows at once, harmlessly repeated: natural keys decide, each database by its fastest road."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import repeat
from typing import Any

from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, Date, Table

from dashboard.store.database import UtcTime, to_ms_each
from dashboard.store.restated_rows import RESTATED_AT, ignored

Row = tuple[Any, ...]
Columns = Mapping[str, Sequence[Any]]
"""Name → cells, all equally many."""
_NOTHING: Mapping[str, Any] = {}
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

    The keys within `rows` must be unique. In a table with `restated_at`, rows that came to say something else carry
    the `known_at` of what changed them.
    """
    if rows:
        cells = zip(*(row.values() for row in rows), strict=True)
        upsert_columns(connection, table, dict(zip(rows[0], cells, strict=True)), merge, fixed)


def upsert_columns(
    connection: Connection,
    table: Table,
    columns: Columns,
    merge: Merge,
    fixed: tuple[str, ...] = (),
    same: Mapping[str, Any] = _NOTHING,
    new: bool = False,
) -> None:
    """As `upsert`, column by column and at least one row; `same` holds the columns all rows agree in.

    `new` says that their keys are hardly known yet, which makes many rows cheaper and known ones dearer.
    Goes past SQLAlchemy's per-row work, which cost as much as the database's own (measured at a million rows);
    the statement is made of our own table's names only.
    """
    rows = _as_kept(table, columns, same)
    names = (*columns, *same)
    if connection.dialect.name == "sqlite":
        values = f"VALUES ({', '.join('?' * len(names))})"
        connection.exec_driver_sql(_statement(table, names, merge, fixed, values), rows)
    elif len(rows) < COPY_FROM:
        values = f"VALUES ({', '.join(['%s'] * len(names))})"
        connection.exec_driver_sql(_statement(table, names, merge, fixed, values), rows)
    elif not (new and _copied_straight(connection, table, names, rows)):
        _by_copy(connection, table, names, rows, _statement(table, names, merge, fixed, _from_staging(table, names)))


def upsert_tuples(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    rows: Sequence[Row],
    merge: Merge,
    fixed: tuple[str, ...] = (),
    same: Mapping[str, Any] = _NOTHING,
    new: bool = False,
) -> None:
    """As `upsert_columns`, for rows that are tuples in the order of `names`; no rows are nothing to do."""
    if rows:
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        upsert_columns(connection, table, columns, merge, fixed, same, new)


def _as_kept(table: Table, columns: Columns, same: Mapping[str, Any]) -> list[Row]:
    """Rows for the driver. Column by column: turning columns into rows is C, a Python loop over cells is not."""
    told = [_cells(table, name, cells) for name, cells in columns.items()]
    agreed = [repeat(_cells(table, name, [value])[0], len(told[0])) for name, value in same.items()]
    return list(zip(*told, *agreed, strict=True))


def _cells(table: Table, name: str, cells: Sequence[Any]) -> Sequence[Any]:
    kind = table.c[name].type
    if isinstance(kind, UtcTime):
        return to_ms_each(cells)
    if isinstance(kind, Date):  # as both databases read it, and SQLite keeps it
        return [None if day is None else day.isoformat() for day in cells]
    return cells


@cache
def _statement(table: Table, names: tuple[str, ...], merge: Merge, fixed: tuple[str, ...], values: str) -> str:
    keys = [c.name for c in table.primary_key]
    new: Callable[[str], str] = lambda n: (  # noqa: E731
        f'COALESCE(excluded."{n}", t."{n}")' if merge is Merge.FILL else f'excluded."{n}"'
    )
    updates = [f'"{n}" = {new(n)}' for n in names if n not in keys and n not in fixed]
    kept = {n: f'COALESCE(t."{n}", excluded."{n}")' for n in fixed if n in names and merge is Merge.FILL}
    updates += [f'"{n}" = {value}' for n, value in kept.items()]
    if RESTATED_AT in table.c and updates:
        said = {n: new(n) for n in names if n not in keys and n not in fixed} | kept
        updates.append(
            _noting_change({n: value for n, value in said.items() if n not in ("known_at", *ignored(table))})
        )
    action = f"DO UPDATE SET {', '.join(updates)}" if updates else "DO NOTHING"
    return f'INSERT INTO "{table.name}" AS t ({_quoted(names)}) {values} ON CONFLICT ({_quoted(keys)}) {action}'


def _noting_change(said: Mapping[str, str]) -> str:
    """A row that is told again and says the same is not changed."""
    before, now = ", ".join(f't."{n}"' for n in said), ", ".join(said.values())
    differs = f"({before}) IS DISTINCT FROM ({now})"
    return f'"{RESTATED_AT}" = CASE WHEN {differs} THEN excluded."known_at" ELSE t."{RESTATED_AT}" END'


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
    _copy(connection, staging, names, rows)
    connection.exec_driver_sql(insert)
    connection.exec_driver_sql(f'TRUNCATE "{staging}"')


def _copied_straight(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> bool:
    """COPY into the table itself, in half the time of the staging table; False, and nothing kept, if a key is known."""
    try:
        with connection.begin_nested():
            _copy(connection, table.name, names, rows)
    except UniqueViolation:
        return False
    return True


def _copy(connection: Connection, name: str, names: tuple[str, ...], rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({_quoted(names)}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
