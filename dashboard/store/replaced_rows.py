"""Writing what was counted again: only rows that differ from those that stand, for most of them do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, type_coerce

from dashboard.store.database import UtcTime, to_ms
from dashboard.store.upsert import Merge, Row, upsert_tuples


def replace_rows(
    connection: Connection,
    table: Table,
    inside: Collection[Any],
    same: Mapping[str, Any],
    names: tuple[str, ...],
    rows: Sequence[Row],
    unsaid: Collection[str] = (),
) -> None:
    """The rows of a table that lie `inside` are these and no others, each the cells of `names` beside `same`.

    A row that stands and says the same is left alone, whatever its `unsaid` columns hold.
    """
    keys = [names.index(c.name) for c in table.primary_key if c.name not in same]
    said = [place for place, name in enumerate(names) if name not in unsaid]
    stood = _standing(connection, table, inside, names)
    before = {tuple(row[k] for k in keys): row for row in stood}
    told = {tuple(_plain(row[k]) for k in keys): row for row in rows}
    new = [row for key, row in told.items() if _differs(before.get(key), row, said)]
    _drop(connection, table, same, [names[k] for k in keys], before.keys() - told.keys())
    upsert_tuples(connection, table, names, new, Merge.REPLACE, same=same, new=not stood)


def _standing(connection: Connection, table: Table, inside: Collection[Any], names: Sequence[str]) -> list[Row]:
    """As the database keeps them: moments are compared as numbers."""
    columns = [_as_kept(table, name) for name in names]
    return [tuple(row) for row in connection.execute(select(*columns).where(*inside))]


def _as_kept(table: Table, name: str) -> Any:
    kind = table.c[name].type
    return type_coerce(table.c[name], kind.impl) if isinstance(kind, UtcTime) else table.c[name]


def _plain(cell: Any) -> Any:
    return to_ms(cell) if hasattr(cell, "tzinfo") else cell


def _differs(before: Row | None, row: Row, said: Sequence[int]) -> bool:
    return before is None or any(before[place] != _plain(row[place]) for place in said)


def _drop(
    connection: Connection, table: Table, same: Mapping[str, Any], names: Sequence[str], gone: Collection[Row]
) -> None:
    if gone:
        of = [table.c[name] == value for name, value in same.items()]
        here = [_as_kept(table, name) == bindparam(f"key_{name}") for name in names]
        rows = [{f"key_{name}": cell for name, cell in zip(names, key, strict=True)} for key in gone]
        connection.execute(delete(table).where(*of, *here), rows)
