"""Rows of the masterplan in words: what the form is about, and the rows of a sheet to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.editing.plan_sheets import SHEETS, Name, key_of
from dashboard.store.masterplan_words import PARTS
from datasources.resources.masterplan_cells import typed_target
from datasources.resources.masterplan_indicator_forms import AIMS
from datasources.resources.masterplan_records import Programme
from layouts.format import number
from layouts.masterplan.words import table

PATH = "/masterplan/isian"
TITLES: dict[Name, str] = {
    "program": "program", "aksi": "rencana aksi", "indikator": "indikator", "target": "target", "anggaran": "anggaran",
}  # fmt: skip


def row_address(name: Name, programme: str = "", row: str = "") -> str:
    """Where a row is added, or an existing one changed."""
    asked = {"lembar": name, "kode": programme, "baris": row}
    return f"{PATH}?{urlencode({key: value for key, value in asked.items() if value})}"


def heading(name: Name, programme: Programme | None, row: Any) -> list[Any]:
    """What is done, and to which programme it belongs."""
    if row is None:
        title = f"Tambah {TITLES[name]}" + (" atau quick win" if name == "program" else "")
    else:
        title = f"Ubah atau akhiri {TITLES[name]}" if hasattr(row, "valid_until") else f"Ubah {TITLES[name]}"
    lead = f"Program {programme.code}: {programme.name} (OPD {programme.opd})" if programme else "Program baru"
    return [html.H2(title), html.P(lead, className="lead")]


def listed(name: Name, programme: str, rows: Sequence[Any], chosen: str) -> html.Div:
    """The rows of a sheet with a way to change each; empty for a programme, which is one row."""
    if name == "program" or not rows:
        return html.Div()
    sheet = SHEETS[name]
    lines = [[_label(name, one), _value(name, one), _link(name, programme, one, chosen)] for one in rows]
    add = html.P(html.A(f"Tambah {TITLES[name]}", href=row_address(name, programme))) if chosen else None
    return html.Div(
        [html.H2(f"Yang ada · {len(rows)}"), table((sheet.form.sheet, "Isi", ""), lines), add],
        className="panel edit-part",
    )


def _link(name: Name, programme: str, one: Any, chosen: str) -> Any:
    key = key_of(SHEETS[name], one)
    if key == chosen:
        return "sedang diubah"
    return html.A("Ubah", href=row_address(name, programme, key), title=f"Ubah {_label(name, one)}")


def _label(name: Name, one: Any) -> str:
    if name == "target":
        return f"{one.indicator} {one.year}"
    return str(one.year) if name == "anggaran" else f"{one.code}: {getattr(one, 'name', None) or one.activity}"


def _value(name: Name, one: Any) -> str:
    if name == "target":
        told = [f"{PARTS[aim]} {typed_target(getattr(one, aim))}" for aim in AIMS if getattr(one, aim) is not None]
        return ", ".join(told) or "tanpa target"
    if name == "anggaran":
        return f"pagu Rp {number(one.planned)}"
    ends = f"berlaku sampai {one.valid_until:%d-%m-%Y}" if one.valid_until else ""
    about = f"tenggat {one.due_on:%d-%m-%Y}" if name == "aksi" else f"{one.unit}, {one.direction}"
    return ", ".join(part for part in (about, ends) if part)
