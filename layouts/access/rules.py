"""What each address and each callback asks for: the list that the guard reads. What is not in it nobody gets."""

from __future__ import annotations

from typing import Any

from dash import Output

from dashboard.access.roles import Action
from dashboard.access.tokens import Scope

Rule = tuple[Action, ...]
"""One of these is enough; none at all: open to everybody, and the reason stands beside it."""

OPEN: Rule = ()
VIEW: Rule = ("view",)
ASSESSING: Rule = ("assessments.draft", "assessments.verify", "assessments.send")

ROUTES: dict[str, Rule] = {
    # without anything of ours in them: files of the program
    "/assets/<path:filename>": OPEN,
    "/static/<path:filename>": OPEN,
    "/_favicon.ico": OPEN,
    "/_reload-hash": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/_dash-dependencies": OPEN,
    # the way in and out
    "/masuk": OPEN,
    "/masuk/kode": OPEN,
    "/masuk/tautan/<key>": OPEN,
    "/masuk/sso": OPEN,
    "/masuk/sso/kembali": OPEN,
    "/keluar": OPEN,
    # asked by machines that watch us; they tell states, never values
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/freshz": OPEN,
    # the signature of each message decides
    "/hooks/<source>": OPEN,
    # pages: the frame; each page and callback asks again
    "/": VIEW,
    "/<path:path>": VIEW,
    "/_dash-layout": VIEW,
    "/_dash-update-component": VIEW,
    "/then": VIEW,
    # a screen is no person: its own key decides, or the setting that leaves walls open (layouts/displays/gate.py)
    "/live": OPEN,
    "/wall/<name>": OPEN,
    "/wall/<name>/<int:number>": OPEN,
    "/wall/pairing": OPEN,
    "/wall/beat": OPEN,
    "/wall/keeper.js": OPEN,  # a file of the program
    "/push/receiver.js": OPEN,  # likewise
    "/api/v1/openapi.json": VIEW,
    "/api/v1/indicators": VIEW,
    "/api/v1/indicators/<indicator>": VIEW,
    "/api/v1/indicators/<indicator>/history": VIEW,
    "/export/<name>.<any(csv,xlsx):kind>": VIEW,
    "/export/rencana/<name>.<any(csv,xlsx):kind>": VIEW,
    "/export/audit.csv": ("audit.view",),
    "/templat/<name>.xlsx": VIEW,  # empty
    "/spbe/templat-<int:year>.xlsx": VIEW,  # empty
    "/masterplan/buku-kerja.xlsx": ("masterplan.write",),
    "/laporan/<int:number>.pdf": VIEW,
    "/laporan/<int:number>.xlsx": VIEW,
    "/laporan/<int:number>/<int:page>.png": VIEW,
}
"""By the address as it was registered."""

SCOPES: dict[str, Scope] = {
    "/api/v1/openapi.json": "indikator",
    "/api/v1/indicators": "indikator",
    "/api/v1/indicators/<indicator>": "indikator",
    "/api/v1/indicators/<indicator>/history": "indikator",
    "/export/<name>.<any(csv,xlsx):kind>": "unduhan",
    "/export/rencana/<name>.<any(csv,xlsx):kind>": "unduhan",
    "/laporan/<int:number>.pdf": "laporan",
    "/laporan/<int:number>.xlsx": "laporan",
}
"""Where a key for machines is heard, with the scope it needs; anywhere else it opens nothing."""

CALLBACKS: dict[str, Rule] = {
    "_pages_content.children": VIEW,
    "panel.markup": VIEW,
    "filters.data": VIEW,
    "station-choice.options": VIEW,
    "filter-station.data": VIEW,
    "answer.children": VIEW,  # each question has its own audience
    "plan-answers.children": VIEW,
    "desk-room.children": VIEW,  # a door for those who may not
    "words-list.children": ("meanings.write",),
    "words-said.children": ("meanings.write",),
    "people-kept.children": ("population.write",),
    "people-sum.children": ("population.write",),
    "people.value": ("population.write",),
    "people-said.children": ("population.write",),
    "note-list.children": ("notes.write",),
    "note-said.children": ("notes.write",),
    "links-list.children": ("duplicates.decide",),
    "links-said.children": ("duplicates.decide",),
    "siaga-post.options": ("thresholds.write",),
    "siaga-step.hidden": ("thresholds.write",),
    "siaga-said.children": ("thresholds.write",),
    "level-cell.value": ("assessments.plan",),
    "level-said.children": ("assessments.plan",),
    "maintenance-list.children": ("maintenance.write",),
    "maintenance-said.children": ("maintenance.write",),
    "day-off-list.children": ("holidays.write",),
    "day-off-said.children": ("holidays.write",),
    "alert-list.children": VIEW,
    "alert-said.children": ("alerts.accept",),
    "silence-list.children": VIEW,
    "silence-said.children": ("alerts.silence",),
    "give-form.hidden": VIEW,
    "give-said.children": ("directives.give",),
    "directive-list.children": VIEW,  # history only of those one may see
    "turn-said.children": ("directives.take",),
    "briefing-list.children": VIEW,
    "briefing-said.children": ("briefings.approve",),
    "briefing-older.options": VIEW,
    "briefing-difference.children": VIEW,
    "assess-page.children": VIEW,  # value and stage; evidence asks again
    "assess-said.children": ASSESSING,
    "plan-said.children": ("assessments.plan",),
    "plan-page.children": VIEW,
    "plan-edit-row.options": ("masterplan.write",),
    "plan-edit-said.children": ("masterplan.write",),
    "plan-row-head.children": ("masterplan.write",),
    "plan-row-said.children": ("masterplan.write",),
    "hand-in-source.options": ("data.hand_in",),
    "hand-in-template.children": ("data.hand_in",),
    "hand-in-preview.children": ("data.hand_in",),
    "hand-in-said.children": ("data.hand_in",),
    "own-sessions.children": ("account.own",),
    "own-code.children": ("account.own",),
    "own-said.children": ("account.own",),
    "own-devices.children": ("account.own",),
    "own-device-said.children": ("account.own",),
    "account-list.children": ("people.write",),
    "account-said.children": ("people.write",),
    "token-list.children": ("tokens.write",),
    "token-said.children": ("tokens.write",),
    "audit-rows.children": ("audit.view",),
    "screen-list.children": ("displays.view",),
    "pairing-said.children": ("displays.approve",),
    "change-said.children": ("displays.approve", "displays.control"),  # revoking and another profile ask again
    "screen-said.children": ("displays.control",),
    "screen-glass.data": ("displays.control",),
}
"""By the first thing a callback changes, a family of components by its type."""


def writes(name: str) -> bool:
    """Whether a callback changes something: its refusal is said in words and written down."""
    return name.endswith("-said.children") or name == "hand-in-preview.children"


def named(outputs: list[Output]) -> str:
    """'words-list.children'; for a family '{"type": "panel", …}.markup' → 'panel.markup'."""
    first = outputs[0]
    identity: Any = first.component_id
    return f"{identity['type'] if isinstance(identity, dict) else identity}.{first.component_property}"
