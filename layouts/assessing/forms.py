"""The forms of an indicator: to move its assessment one stage on, and to plan it; empty until it is known who asks."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.access.assessing import may_move
from dashboard.assessment_stages import STAGE_TITLES, Stage, next_stages
from dashboard.editing.assessment_plans import LONGEST_WHY
from dashboard.editing.assessments import LONGEST_EXPLANATION
from dashboard.store.assessment_plans import IndicatorPlan
from dashboard.store.assessments import Entry
from dashboard.store.people import Person
from datasources.spbe.instrument import Instrument
from layouts.editing.saving import field, said
from layouts.format import number

VERBS: dict[Stage, str] = {
    "draf": "simpan sebagai draf OPD",
    "diverifikasi": "verifikasi (asesor internal)",
    "dikirim": "kirim (koordinator)",
    "dokumen": "catat nilai dokumen",
    "interviu": "catat nilai interviu",
    "visitasi": "catat nilai visitasi",
    "final": "tetapkan sebagai final",
}
MOVE_FIELDS = ("assess-to", "assess-value", "assess-why", "assess-links")
PLAN_FIELDS = ("plan-owner", "plan-aim", "plan-effort", "plan-blocked")
PLAN_WHY = "plan-why"


def move_form() -> html.Div:
    """The fields of a move."""
    why = f"Penjelasan, paling banyak {LONGEST_EXPLANATION} huruf, tanpa nomor orang"
    links = "Tautan bukti, satu per baris (https://…, http://…, atau /…)"
    fields = [
        field("Langkah", dbc.Select([], id="assess-to")),
        field("Nilai", dbc.Input(id="assess-value", inputmode="decimal", maxLength=8, autocomplete="off")),
        field(why, dbc.Textarea(id="assess-why", rows=3)),
        field(links, dbc.Textarea(id="assess-links", rows=3)),
        html.Button("Simpan", id="assess-save", type="button"),
        said("assess"),
    ]
    return html.Div(
        [html.H2("Ubah penilaian"), html.Div(fields, className="assess-form")], id="assess-form", hidden=True
    )


def plan_form() -> html.Div:
    """The fields of a plan."""
    fields = [
        field("OPD pemilik", dbc.Input(id="plan-owner", maxLength=64, autocomplete="off")),
        field("Sasaran tahun ini", dbc.Input(id="plan-aim", inputmode="decimal", maxLength=8, autocomplete="off")),
        field("Alasan, bila sasaran berubah", dbc.Input(id=PLAN_WHY, maxLength=LONGEST_WHY, autocomplete="off")),
        field("Upaya untuk satu level (bawaan 1)", dbc.Input(id="plan-effort", inputmode="decimal", maxLength=6)),
        dbc.Checkbox(id="plan-blocked", value=False, label="Tidak mungkin naik tahun ini"),
        html.Button("Simpan rencana", id="plan-save", type="button"),
        said("plan"),
    ]
    return html.Div([html.H2("Ubah rencana"), html.Div(fields, className="assess-form")], id="plan-form", hidden=True)


def move_values(instrument: Instrument, entry: Entry | None, owner: str | None, who: Person | None) -> tuple[Any, ...]:
    """Hidden or not, the moves this person may make, the first of them, and the fields as they stand."""
    stage: Stage = entry.stage if entry else "kosong"
    choices = [to for to in next_stages(stage) if may_move(who, owner, stage, to)]
    options = [{"label": _verb(stage, to), "value": to} for to in choices]
    value = "" if entry is None else number(entry.value, instrument.values.decimals)
    why, links = (entry.explanation, "\n".join(entry.evidence)) if entry else ("", "")
    return not choices, options, choices[0] if choices else None, value, why, links


def plan_values(instrument: Instrument, plan: IndicatorPlan, allowed: bool) -> tuple[Any, ...]:
    """Hidden or not, and the fields as they stand."""
    target = "" if plan.target is None else number(plan.target, instrument.values.decimals)
    return not allowed, plan.owner or "", target, _effort(plan) if plan.effort else "", plan.blocked


def _effort(plan: IndicatorPlan) -> str:
    return "1 (bawaan)" if plan.effort is None else f"{float(plan.effort):g}".replace(".", ",")


def _verb(stage: Stage, to: Stage) -> str:
    if stage == to:
        return f"perbaiki {STAGE_TITLES[to]}"
    return "kembalikan ke draf OPD" if (stage, to) == ("diverifikasi", "draf") else VERBS[to]


def why_not(stage: Stage, owner: str | None, who: Person | None) -> str:
    """Why there is no form."""
    if not next_stages(stage):
        return "Penilaian ini sudah final."
    if who is not None and who.role == "kepala_opd" and not owner:
        return "Indikator ini belum punya OPD pemilik; Diskominfo menetapkannya dahulu."
    whose = f" Pemiliknya {owner}." if owner else ""
    return f"Tahap {STAGE_TITLES[stage]}: langkah berikutnya bukan wewenang akun Anda.{whose}"


def plan_words(instrument: Instrument, plan: IndicatorPlan) -> str:
    """The plan in one line, for those who only read."""
    target = "belum ada" if plan.target is None else number(plan.target, instrument.values.decimals)
    blocked = " · tidak mungkin naik tahun ini" if plan.blocked else ""
    return (
        f"Pemilik: {plan.owner or 'belum ada'} · sasaran (lokal): {target} · upaya per level: {_effort(plan)}{blocked}"
    )
