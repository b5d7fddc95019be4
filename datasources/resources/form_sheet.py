"""One filled-in form to records: each cell that cannot be is refused by file, sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasources.contract import Refused
from datasources.resources.form import BadRow, Field, Form
from datasources.resources.numbers import BadCell, is_nothing, shown
from datasources.spreadsheet import HEADER_WITHIN, Cell


@dataclass
class FormSheet:
    """Reads the rows of a form; `where` names file and sheet. The first row with a key is the one kept.

    `seen_keys` are the keys of all rows whose key could be read, also of those that are refused.
    """

    form: Form
    where: str
    records: list[Any] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    first_rows: dict[tuple[Any, ...], int] = field(default_factory=dict)
    seen_keys: set[tuple[Any, ...]] = field(default_factory=set)

    def read(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Fill `records` and `refused`; False when no row holds the headings."""
        header = header_row(self.form, rows)
        if header is None:
            return False
        columns = columns_of(self.form, rows[header])
        for number, row in enumerate(rows[header + 1 :], header + 2):
            cells = {name: row[place] if place < len(row) else None for name, place in columns.items()}
            if not all(is_nothing(cells.get(name)) for name in self.form.values):
                self.read_row(number, cells)
        return True

    def read_row(self, number: int, cells: Mapping[str, Cell]) -> None:
        """One row by the names of its fields: a record more, or one refusal for each cell that cannot be."""
        before = len(self.refused)
        values = {one.name: self._cell(number, one, cells.get(one.name)) for one in self.form.fields}
        key = tuple(values[name] for name in self.form.key)
        if None not in key:
            self.seen_keys.add(key)
        if len(self.refused) > before:
            return
        if (first := self.first_rows.setdefault(key, number)) != number:
            last = self._named(self.form.key[-1])
            self._refuse(number, last, cells.get(last.name), f"sudah diisi di baris {first}; hapus salah satu")
            return
        try:
            self.records.append(self.form.build(**values))
        except BadRow as bad:
            self._refuse(number, self._named(bad.name), cells.get(bad.name), bad.reason)

    def _cell(self, number: int, one: Field, cell: Cell) -> Any:
        if is_nothing(cell):
            if one.needed:
                self._refuse(number, one, cell, f"kosong; {one.meaning}")
            return None
        try:
            return one.read(cell)
        except BadCell as bad:
            self._refuse(number, one, cell, str(bad))
            return None

    def _refuse(self, number: int, one: Field, cell: Cell, reason: str) -> None:
        place = f"{self.where}, baris {number}, kolom {one.heading}"
        self.refused.append(Refused(shown(cell), reason, place))

    def _named(self, name: str) -> Field:
        return next(one for one in self.form.fields if one.name == name)


def header_row(form: Form, rows: Sequence[Sequence[Cell]]) -> int | None:
    """Place of the first row that holds every heading that is needed; None when there is none."""
    needed = {folded(one.heading) for one in form.fields if one.needed}
    return next(
        (at for at, row in enumerate(rows[:HEADER_WITHIN]) if needed <= {folded(cell) for cell in row}),
        None,
    )


def columns_of(form: Form, header: Sequence[Cell]) -> dict[str, int]:
    """Field name → column of its heading, the first where a heading stands twice."""
    found = [folded(cell) for cell in header]
    return {one.name: found.index(folded(one.heading)) for one in form.fields if folded(one.heading) in found}


def missing_headings(form: Form, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Headings that are needed and stand in no row, beside the row that holds most of them."""
    needed = [one.heading for one in form.fields if one.needed]
    seen = [{folded(cell) for cell in row} for row in rows[:HEADER_WITHIN]]
    best = max(seen, key=lambda there: sum(folded(h) in there for h in needed), default=set())
    return [heading for heading in needed if folded(heading) not in best]


def folded(cell: Cell) -> str:
    """A heading as it is compared: without a star for "needed" and without regard to case and spaces."""
    return " ".join(str(cell or "").replace("*", "").casefold().split())
