"""Keeping rows of files that people correct: repeated it changes nothing, and what a row said before is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, select

from dashboard.store.column_kinds import as_stored
from dashboard.store.row_revisions import Revision, note_revisions
from dashboard.store.upsert import Merge, upsert

Key = tuple[Any, ...]
Cells = dict[str, Any]
Tell = Callable[[Connection, Sequence[tuple[Revision, Cells | None]]], None]
"""Is told each revision with the whole row as it reads now, None for a withdrawn one, in the same transaction."""
APART = ("source", "known_at", "file")
"""Columns that say nothing about the world: alone they make no correction."""


def keeper(table: Table, tell: Tell | None = None) -> Callable[[Connection, str, Sequence[Any], datetime], None]:
    """The keeper of a table whose columns are the record's fields, with `source` and `known_at` beside them.

    A batch of a file carries all of it: what the file said before and says no more is withdrawn. `known_at` is when
    the value that stands was first known.
    """

    def keep(connection: Connection, source: str, records: Sequence[Any], known_at: datetime) -> None:
        revised = _keep(connection, table, source, records, known_at)
        if tell is not None and revised:
            tell(connection, revised)

    return keep


def _keep(
    connection: Connection, table: Table, source: str, records: Sequence[Any], known_at: datetime
) -> list[tuple[Revision, Cells | None]]:
    names = [f.name for f in fields(records[0])]
    told = {_key(table, row): row for row in ({n: as_stored(getattr(r, n)) for n in names} for r in records)}
    stored = dict(_stored(connection, table, source))
    files = {row["file"] for row in told.values()}
    gone = {key: row for key, row in stored.items() if key not in told and row["file"] in files}
    changed = {key: row for key, row in told.items() if key not in stored or _differs(row, stored[key])}
    moved = {k: row for k, row in told.items() if k not in changed and row["file"] != stored[k]["file"]}
    revised: list[tuple[Revision, Cells | None]] = [
        *((_revision(table, source, stored[k], row, known_at), row) for k, row in changed.items() if k in stored),
        *((_revision(table, source, row, None, known_at), None) for row in gone.values()),
    ]
    note_revisions(connection, [revision for revision, _ in revised])
    _delete(connection, table, source, gone)
    new = [{"source": source, **row, "known_at": known_at} for row in changed.values()]
    same = [{"source": source, **row, "known_at": stored[key]["known_at"]} for key, row in moved.items()]
    upsert(connection, table, new + same, Merge.REPLACE)
    return revised


def _key_names(table: Table) -> list[str]:
    return [c.name for c in table.primary_key if c.name != "source"]


def _key(table: Table, row: Cells) -> Key:
    return tuple(row[name] for name in _key_names(table))


def _stored(connection: Connection, table: Table, source: str) -> Iterable[tuple[Key, Cells]]:
    rows: Iterable[Row[Any]] = connection.execute(select(table).where(table.c.source == source))
    for row in rows:
        cells = {n: v if n == "known_at" else as_stored(v) for n, v in row._mapping.items() if n != "source"}
        yield _key(table, cells), cells


def _differs(new: Cells, old: Cells) -> bool:
    return any(value != old[name] for name, value in new.items() if name not in APART)


def _revision(table: Table, source: str, old: Cells, new: Cells | None, at: datetime) -> Revision:
    keys = _key_names(table)
    names = [n for n in old if n not in APART and n not in keys and (new is None or new[n] != old[n])]
    says = None if new is None else {n: new[n] for n in names}
    return Revision(
        table.name, source, old["file"], {n: old[n] for n in keys}, {n: old[n] for n in names}, says,
        old["known_at"], at,
    )  # fmt: skip


def _delete(connection: Connection, table: Table, source: str, gone: dict[Key, Cells]) -> None:
    if gone:
        names = _key_names(table)
        same = [table.c[n] == bindparam(f"key_{n}", type_=_plain(table, n)) for n in names]
        rows = [{f"key_{n}": cell for n, cell in zip(names, key, strict=True)} for key in gone]
        connection.execute(delete(table).where(table.c.source == source, *same), rows)


def _plain(table: Table, name: str) -> Any:
    """The column's own kind below its decorator: keys are as they are stored."""
    kind = table.c[name].type
    return getattr(kind, "impl", kind)
