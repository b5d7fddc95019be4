"""Noted tables as they stood at a moment: views of the same name that cover them, made of the log of their changes.

A row with changes after the moment stood as the first of them says, or was not there; every other row stands as it did.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Connection, MetaData, Table, select, text

from dashboard.store.counts_again import empty
from dashboard.store.noted_tables import Noted
from dashboard.store.row_versions import BEGAN, row_versions
from dashboard.store.rows_then import store_itself

STOOD = "stood"
"""Column beside those of the table: whether the row was there."""


def cover_noted(connection: Connection, one: Noted, at_ms: int) -> None:
    """Cover a noted table with its rows of `at_ms`; one that has not changed since is left as it is."""
    if one.moment or one.cells or _is_changed(connection, one, at_ms):
        rows = rows_then(connection, one, at_ms)
        connection.execute(text(f'CREATE TEMP VIEW "{one.table.name}" AS {rows}'))


def rows_then(connection: Connection, one: Noted, at_ms: int) -> str:
    """The rows of a noted table at `at_ms`, as a SELECT of its columns. Ask for it once."""
    own = store_itself(connection)
    if not _is_changed(connection, one, at_ms):
        return _standing(one, own, at_ms)
    empty(connection, _stood(one.table))
    connection.execute(text(_filling(connection.dialect.name, one.table, own, at_ms)))
    return f"{_standing(one, own, at_ms, _untouched(one.table))} UNION ALL {_remembered(one, own, at_ms)}"


def oldest_changed(connection: Connection, one: Noted, at_ms: int) -> int | None:
    """The earliest time (ms) of a row that came to say something else, once its rows of then were asked for."""
    if not _is_changed(connection, one, at_ms):
        return None
    asked = f'SELECT min("{one.moment}") FROM {_name(one.table)}'  # noqa: S608
    oldest: int | None = connection.execute(text(asked)).scalar()
    return oldest


def _is_changed(connection: Connection, one: Noted, at_ms: int) -> bool:
    c = row_versions.c
    later = (c.table_name == one.table.name, c.row_key != BEGAN, text(f"replaced_at > {at_ms}"))
    return connection.execute(select(c.id).where(*later).limit(1)).first() is not None


def _stood(table: Table) -> Table:
    columns = [Column(c.name, c.type, primary_key=c.primary_key, autoincrement=False) for c in table.c]
    return Table(_name(table), MetaData(), *columns, Column(STOOD, Boolean))


def _name(table: Table) -> str:
    return f"{table.name}_{STOOD}"


def _filling(dialect: str, table: Table, own: str, at_ms: int) -> str:
    """The first change of each row after the moment, as a row."""
    first = (
        f"SELECT min(id) FROM {own}.row_versions WHERE table_name = '{table.name}' AND replaced_at > {at_ms} "  # noqa: S608
        f"AND row_key <> '{BEGAN}' GROUP BY row_key"
    )
    names = [column.name for column in table.c]
    told = "COALESCE(v.said, v.row_key)"
    if dialect == "sqlite":
        cells, as_row = [f"json_extract({told}, '$.\"{name}\"')" for name in names], ""
    else:
        cells = [f'r."{name}"' for name in names]
        as_row = f' CROSS JOIN LATERAL jsonb_populate_record(NULL::{own}."{table.name}", {told}::jsonb) r'
    into = ", ".join(f'"{name}"' for name in (*names, STOOD))
    return (
        f"INSERT INTO {_name(table)} ({into}) SELECT {', '.join(cells)}, v.said IS NOT NULL "  # noqa: S608
        f"FROM {own}.row_versions v{as_row} WHERE v.id IN ({first})"
    )


def _untouched(table: Table) -> str:
    same = " AND ".join(f's."{column.name}" = m."{column.name}"' for column in table.primary_key)
    return f"NOT EXISTS (SELECT 1 FROM {_name(table)} s WHERE {same})"  # noqa: S608


def _standing(one: Noted, own: str, at_ms: int, *more: str) -> str:
    return _select(one, at_ms, own, f'{own}."{one.table.name}" m', more)


def _remembered(one: Noted, own: str, at_ms: int) -> str:
    return _select(one, at_ms, own, f"{_name(one.table)} m", (f"m.{STOOD}",))


def _select(one: Noted, at_ms: int, own: str, source: str, more: tuple[str, ...]) -> str:
    cells = ", ".join(_cell(one, column.name, own, at_ms) for column in one.table.c)
    conditions = [condition for condition in (one.over("m", str(at_ms)), *more) if condition]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {cells} FROM {source}{where}"  # noqa: S608


def _cell(one: Noted, name: str, own: str, at_ms: int) -> str:
    if name not in one.cells:
        return f'm."{name}"'
    return f'{one.cells[name].format(name=name, own=own, at=at_ms)} AS "{name}"'
