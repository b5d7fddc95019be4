"""The form by which the OPD of a programme reports and corrects; empty until it is known who asks."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.editing.masterplan import KINDS, Kind
from dashboard.editing.plan_cells import LONGEST_REASON
from dashboard.editing.plan_sheets import SHEETS
from dashboard.formulas.plan_periods import NAMES
from dashboard.indicators.standing_plan import StandingPlan
from datasources.resources.masterplan_forms import COURSES
from datasources.resources.masterplan_records import Programme
from layouts.editing.saving import field, said
from layouts.masterplan.row_words import row_address
from layouts.masterplan.workbook_file import link

TITLES: dict[Kind, str] = {
    "realisasi": "Realisasi indikator", "target": "Target indikator", "aksi": "Progres rencana aksi (%)",
    "belanja": "Realisasi anggaran (Rp)", "pagu": "Pagu anggaran (Rp)", "status": "Status program",
}  # fmt: skip
NEEDS: dict[Kind, tuple[str, ...]] = {
    "realisasi": ("row", "year", "period", "day", "evidence"), "target": ("row", "year", "period"),
    "aksi": ("row", "day", "evidence"), "belanja": ("year",), "pagu": ("year",), "status": (),
}  # fmt: skip
"""Which fields an entry takes, beside its value and its reason."""
OPTIONAL = ("row", "year", "period", "day", "evidence")
FIELDS = ("kind", "row", "year", "period", "value", "day", "evidence", "reason")


def form(code: str) -> html.Div:
    """The fields; which of them show follows what is entered."""
    kinds = [{"label": TITLES[kind], "value": kind} for kind in KINDS]
    why = f"Alasan (wajib bila mengganti angka atau target; paling banyak {LONGEST_REASON} huruf)"
    return html.Div(
        [
            html.H2("Ubah rencana"),
            html.P("Tambah, ubah, atau akhiri baris dokumen; perubahan tercatat dengan alasannya.", className="lead"),
            html.P(
                [html.A(one.form.sheet, href=row_address(name, code)) for name, one in SHEETS.items()],
                className="sheets",
            ),
            html.H2("Isi laporan"),
            html.P(["Yang banyak lebih mudah lewat buku kerja: ", link(), "."], className="lead"),
            field("Yang diisi", dbc.Select(kinds, KINDS[0], id="plan-edit-kind")),
            _hideable("row", "Indikator atau aksi", dbc.Select([], id="plan-edit-row")),
            html.Div(
                [
                    _hideable("year", "Tahun", dbc.Select([], id="plan-edit-year")),
                    _hideable("period", "Masa", dbc.Select(list(NAMES), NAMES[0], id="plan-edit-period")),
                    field("Nilai", dbc.Input(id="plan-edit-value", maxLength=40, autocomplete="off")),
                    _hideable("day", "Tanggal data", dbc.Input(type="date", id="plan-edit-day")),
                ],
                className="form-row",
            ),
            _hideable("evidence", "Tautan bukti (https://…)", dbc.Input(id="plan-edit-evidence", autocomplete="off")),
            field(why, dbc.Input(id="plan-edit-reason", maxLength=LONGEST_REASON, autocomplete="off")),
            html.Button("Simpan", id="plan-edit-save", type="button"),
            said("plan-edit"),
        ],
        id="plan-edit-form",
        className="panel edit-part",
        hidden=True,
    )


def _hideable(name: str, label: str, control: Any) -> html.Div:
    return html.Div(field(label, control), id=f"plan-edit-{name}-field")


def hidden_fields(kind: object) -> list[bool]:
    """Of OPTIONAL, whether each is hidden."""
    needed = next((NEEDS[known] for known in KINDS if known == kind), ())
    return [name not in needed for name in OPTIONAL]


def rows_of(plan: StandingPlan, programme: Programme, kind: object) -> list[dict[str, str]]:
    """Indicators or actions to choose from; those that the application tells itself take no realisation."""
    if kind == "aksi":
        found = plan.actions.get(programme.code, ())
        return [{"label": f"{one.activity} (tenggat {one.due_on:%d-%m-%Y})", "value": one.code} for one in found]
    if kind not in ("realisasi", "target"):
        return []
    shown = [i for i in plan.indicators.get(programme.code, ()) if kind == "target" or not i.live]
    return [{"label": f"{one.name} ({one.unit}, {one.direction})", "value": one.code} for one in shown]


def years_of(programme: Programme) -> list[str]:
    """The years of the programme."""
    return [str(year) for year in range(programme.first_year, programme.last_year + 1)]


HINTS: dict[Kind, str] = {"status": f"salah satu dari {', '.join(COURSES)}", "target": "angka, atau rentang 40–60"}
