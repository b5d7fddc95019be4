"""One row of the masterplan typed into a form: read and refused as the same row of the workbook would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datasources.contract import Refused
from datasources.resources.form import Form
from datasources.resources.form_sheet import FormSheet
from datasources.resources.masterplan_references import check_together
from datasources.resources.numbers import is_nothing
from datasources.spreadsheet import Cell

ONLY_ROW = 2
"""Below the headings, as the first row of a sheet."""
NOWHERE = ("",)
"""A key that no row has: a sheet without rows means in a file that they are elsewhere, here that there are none."""


def read_entry(
    form: Form, cells: Mapping[str, Cell], known: Sequence[tuple[Form, Sequence[Any]]]
) -> tuple[Any | None, list[Refused]]:
    """The record of a row, or None and what is refused, each with its place.

    `known` are the standing records of the sheets that the row names or that name it.
    """
    sheet = FormSheet(form, f"lembar {form.sheet}")
    sheet.read_row(ONLY_ROW, cells)
    if not sheet.refused and all(is_nothing(cells.get(name)) for name in form.values):
        first = next(one for one in form.fields if one.name == form.values[0])
        sheet.refused.append(Refused("", f"kosong; {first.meaning}", f"{sheet.where}, kolom {first.heading}"))
    sheets = [sheet, *(_standing(other, rows) for other, rows in known)]
    check_together(sheets)
    refused = [one for each in sheets for one in each.refused]
    return (None if refused else sheet.records[0]), refused


def _standing(form: Form, records: Sequence[Any]) -> FormSheet:
    keys = [tuple(getattr(record, name) for name in form.key) for record in records]
    return FormSheet(form, f"lembar {form.sheet}", list(records), first_rows=dict.fromkeys(keys, 0),
                     seen_keys={NOWHERE, *keys})  # fmt: skip
