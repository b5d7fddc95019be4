"""The form of one row of the masterplan, made of the sheet's own declaration: columns, choices, what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.editing.plan_sheets import Sheet
from datasources.resources.form import Field
from layouts.editing.saving import field
from layouts.masterplan.row_choices import Option

CELL = "plan-cell"
WIDE = 34
"""A column of the workbook that is this wide gets a line of its own."""
LONGEST = 400
NOTHING = "-"
"""A cell that says nothing, as the workbook reads it; an empty value would show no choice at all."""


def cells(
    sheet: Sheet, options: Mapping[str, Sequence[Option]], values: Mapping[str, str], fixed: Sequence[str]
) -> html.Div:
    """Its fields with their values; those that are `fixed` are seen and not changed."""
    shown = [one for one in sheet.fields() if one.name != "basis" or not fixed]
    return html.Div([_labelled(one, options, values, one.name in fixed) for one in shown], className="form-row cells")


def _labelled(
    one: Field, options: Mapping[str, Sequence[Option]], values: Mapping[str, str], is_fixed: bool
) -> html.Label:
    found = options.get(one.name) or [{"label": word, "value": word} for word in one.choices]
    value = values.get(one.name, "")
    chosen = found and not is_fixed
    control = _choice(one, found, value) if chosen else _input(one, value, is_fixed)
    wide = one.width >= WIDE or one.name in options
    hint = "" if chosen or is_fixed else one.meaning
    return field(f"{one.heading}{'*' if one.needed else ''}", control, hint, className="wide" if wide else "")


def _choice(one: Field, found: Sequence[Option], value: str) -> Any:
    """A value that is not offered, because a workbook brought it, stays one of the choices."""
    known = {option["value"] for option in found}
    own = [{"label": value, "value": value}] if value and value not in known else []
    none = {"label": "– belum dipilih –" if one.needed else "– tidak ada –", "value": NOTHING}
    offered = [*own, *found] if one.needed and value else [none, *own, *found]
    return dbc.Select(offered, value or NOTHING, id=_name(one))


def _input(one: Field, value: str, is_fixed: bool) -> Any:
    kind = "date" if one.is_day else "text"
    return dbc.Input(id=_name(one), type=kind, value=value, readonly=is_fixed, maxLength=LONGEST, autocomplete="off")


def _name(one: Field) -> dict[str, str]:
    return {"type": CELL, "name": one.name}
