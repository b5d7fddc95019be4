"""A form: the columns of one sheet, declared once for the template that is filled in and the reader that reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from datasources.resources.cells import Parse
from datasources.spreadsheet import Cell


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its heading, the record's field it becomes, how a cell is read, and what it means to its writer.

    A field that is not `needed` may stay empty and is None then. `choices` and `lowest` limit the template's cells.
    """

    heading: str
    name: str
    read: Parse
    meaning: str
    width: int = 14
    needed: bool = True
    choices: tuple[str, ...] = ()
    lowest: int | None = None
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet. `key` names the fields that tell its rows apart; a row whose `values` are all empty says nothing.

    `build` makes the record and may raise BadRow for what two cells say together. `rows` are written into the template
    beforehand.
    """

    sheet: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    values: tuple[str, ...]
    build: Callable[..., Any]
    rows: Callable[[int], Sequence[Sequence[Cell]]] = lambda year: ()

    def headings(self) -> list[str]:
        """The headings in their order."""
        return [field.heading for field in self.fields]


class BadRow(ValueError):
    """Two cells of a row that cannot be together; `name` is the field that is refused."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name, self.reason = name, reason


def months_of(year: int) -> list[list[Cell]]:
    """Twelve rows that begin with their month, '2026-01' and so on."""
    return [[f"{year}-{month:02d}"] for month in range(1, 13)]
