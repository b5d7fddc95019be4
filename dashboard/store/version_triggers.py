"""The triggers that note what a row said before it was changed: one definition, in the words of either database.

They take names only, so that a migration makes them of the columns its store has, whatever the program has by then.
A key is never changed in place here; a changed one would be noted under its old name only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SAID_BY = ("insert", "update", "delete")
SQLITE_NOW = "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"
POSTGRES_NOW = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)"
POSTGRES_FUNCTION = f"""CREATE OR REPLACE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row_was jsonb; row_is jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN row_is := to_jsonb(NEW); ELSE row_was := to_jsonb(OLD); row_is := row_was; END IF;
  INSERT INTO row_versions (table_name, row_key, said, replaced_at)
  VALUES (TG_TABLE_NAME, (SELECT jsonb_object_agg(k, row_is -> k) FROM unnest(TG_ARGV) k)::text, row_was::text,
          {POSTGRES_NOW});
  RETURN NULL;
END $$"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Shape:
    """A table by its names. `said`: columns whose change is noted; `settled`: condition on {row}, {now} (ms)."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    said: tuple[str, ...]
    settled: str = ""


def making(dialect: str, shapes: Sequence[Shape]) -> Iterator[str]:
    """The statements that make the triggers of some tables, in place of those that stand."""
    if dialect == "postgresql":
        yield POSTGRES_FUNCTION
    for shape in shapes:
        yield from dropping(dialect, [shape.table])
        for verb in SAID_BY:
            yield (_postgres if dialect == "postgresql" else _sqlite)(shape, verb)


def dropping(dialect: str, tables: Sequence[str]) -> Iterator[str]:
    """The statements that take them away again. Do so before a migration drops a column, or SQLite refuses it."""
    for table in tables:
        for verb in SAID_BY:
            on = f' ON "{table}"' if dialect == "postgresql" else ""
            yield f'DROP TRIGGER IF EXISTS "{_name(table, verb)}"{on}'


def _name(table: str, verb: str) -> str:
    return f"note_{verb}_of_{table}"


def _when(shape: Shape, verb: str, differ: str, now: str) -> str:
    row = "NEW" if verb == "insert" else "OLD"
    conditions = [differ] if verb == "update" else []
    conditions += [shape.settled.format(row=row, now=now)] if shape.settled else []
    return f" WHEN ({' AND '.join(conditions)})" if conditions else ""


def _cells(row: str, names: Sequence[str]) -> str:
    cells = [f'{row}."{name}"' for name in names]
    return f"({', '.join(cells)})" if len(cells) > 1 else cells[0]


def _postgres(shape: Shape, verb: str) -> str:
    differ = f"{_cells('OLD', shape.said)} IS DISTINCT FROM {_cells('NEW', shape.said)}"
    keys = ", ".join(f"'{name}'" for name in shape.key)
    return (
        f'CREATE TRIGGER "{_name(shape.table, verb)}" AFTER {verb.upper()} ON "{shape.table}" FOR EACH ROW'
        f"{_when(shape, verb, differ, POSTGRES_NOW)} EXECUTE FUNCTION note_version({keys})"
    )


def _sqlite(shape: Shape, verb: str) -> str:
    differ = f"{_cells('OLD', shape.said)} IS NOT {_cells('NEW', shape.said)}"
    row = "NEW" if verb == "insert" else "OLD"
    key = _json(shape.key, lambda name: f'{row}."{name}"')
    said = "NULL" if verb == "insert" else _json(shape.columns, _exact)
    noting = "INSERT INTO row_versions (table_name, row_key, said, replaced_at) VALUES"
    return (
        f'CREATE TRIGGER "{_name(shape.table, verb)}" AFTER {verb.upper()} ON "{shape.table}"'
        f"{_when(shape, verb, differ, SQLITE_NOW)} BEGIN {noting} ('{shape.table}', {key}, {said}, {SQLITE_NOW}); END"
    )


def _json(names: Sequence[str], cell: Callable[[str], str]) -> str:
    pairs = [f"'{name}', {cell(name)}" for name in names]
    return f"json_object({', '.join(pairs)})"


def _exact(name: str) -> str:
    """SQLite writes 15 figures of a double into JSON; 17 are needed to read the same one again."""
    return f"""CASE typeof(OLD."{name}") WHEN 'real' THEN printf('%!.17g', OLD."{name}") ELSE OLD."{name}" END"""
