"""A workbook (or a CSV of one of its sheets) that an OPD fills in after our template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.dropped_files import changed_files_named
from datasources.resources.form import Form
from datasources.resources.form_sheet import FormSheet, header_row, missing_headings
from datasources.spreadsheet import Cell


class OpdWorkbook(BaseModel):
    """`path` is a file, or a folder of which every file that fits `pattern` is read. A changed file is read whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]]
    forms: ClassVar[tuple[Form, ...]]

    path: Path
    pattern: str = Field(default="*.*", min_length=1)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch for each changed file, with everything it says. Raises SourceUnavailable."""
        yield from changed_files_named(self.path, self.pattern, cursor, self.model_dump_json(), self._read)

    def _read(self, file: Path) -> tuple[tuple[Any, ...], tuple[Refused, ...]]:
        names = spreadsheet.sheet_names(file)
        found = [self._csv(file)] if names is None else self._sheets(file, names)
        self._together(found)
        return (
            tuple(record for sheet in found for record in sheet.records),
            tuple(refused for sheet in found for refused in sheet.refused),
        )

    def _together(self, sheets: Sequence[FormSheet]) -> None:
        """What the sheets of one file say together; a workbook whose sheets name each other refuses rows here."""

    def _sheets(self, file: Path, names: list[str]) -> list[FormSheet]:
        there = {name.casefold().strip(): name for name in names}
        known = [(form, there[form.sheet.casefold()]) for form in self.forms if form.sheet.casefold() in there]
        if not known:
            wanted = ", ".join(form.sheet for form in self.forms)
            raise SourceUnavailable(
                f"{file.name}: tidak ada lembar {wanted}; lembar yang ada: {', '.join(names)}. "
                "Pakai templat dari manage.py source template."
            )
        rows = spreadsheet.tables(file, [name for _, name in known])
        return [self._sheet(file, form, name, rows[name]) for form, name in known]

    def _sheet(self, file: Path, form: Form, name: str, rows: list[list[Cell]]) -> FormSheet:
        sheet = FormSheet(form, f"{file.name}, lembar {name}")
        if not sheet.read(rows):
            reason = f"kolom {', '.join(missing_headings(form, rows))} tidak ditemukan; pakai judul kolom dari templat"
            sheet.refused.append(Refused("", reason, sheet.where))
        return sheet

    def _csv(self, file: Path) -> FormSheet:
        rows = spreadsheet.table(file)
        for form in self.forms:
            if header_row(form, rows) is not None:
                sheet = FormSheet(form, file.name)
                sheet.read(rows)
                return sheet
        nearest = min(self.forms, key=lambda form: len(missing_headings(form, rows)))
        raise SourceUnavailable(
            f"{file.name}: kolom {', '.join(missing_headings(nearest, rows))} untuk {nearest.sheet} tidak ditemukan; "
            "pakai judul kolom dari templat."
        )
