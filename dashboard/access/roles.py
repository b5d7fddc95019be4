"""Who may do what: the one table that pages, callbacks, routes and exports ask."""

from __future__ import annotations

from typing import Literal

from dashboard.formulas.same_opd import same_opd
from dashboard.store.people import Person

Role = Literal["bupati", "koordinator", "kepala_opd", "analis", "supervisor_112", "tamu"]
"""tamu: nobody has signed in."""

Action = Literal[
    "view",  # aggregates on pages, walls, API, exports, briefings
    "desk.view",  # the 112 desk: running queue, single cases without names and numbers
    "opd.view",  # the cases of one's own agency, without names and numbers
    "notes.write",  # notes on charts
    "meanings.write",  # what words of a source mean
    "population.write",  # inhabitants per kecamatan
    "thresholds.write",  # siaga thresholds of river posts
    "duplicates.decide",  # accept or reject proposed duplicates
    "alerts.accept",  # take an alert on
    "alerts.silence",  # hold messages back for a while
    "directives.give",  # instructions to an OPD
    "directives.take",  # turns of instructions; each turn asks which side one stands for
    "briefings.approve",  # answer for an edition of the weekly briefing: it is then sent
    "directives.view",  # turns, words and evidence of instructions; the sentence of an open one is a summary
    "briefings.opd",  # editions of the briefing that were made for one OPD
    "assessments.view",  # explanations and evidence of assessed indicators, and who wrote them
    "assessments.draft",  # values and evidence of an OPD's indicators; a head of an OPD only those of the own OPD
    "assessments.verify",  # verify or hand back, and note what external assessors said
    "assessments.send",  # send to the ministry, close as final
    "assessments.plan",  # owners, targets, effort, what is impossible this year; values of level rules
    "masterplan.write",  # targets, realisation, progress and budgets; a head of an OPD only those of own programmes
    "data.hand_in",  # workbooks of an OPD, looked at before they count; a head of an OPD only those of the own OPD
    "maintenance.write",  # announced maintenance of services
    "holidays.write",  # days off beside the calendar
    "displays.view",  # the screens of the wall and how they are
    "displays.approve",  # pair and revoke screens
    "displays.control",  # next, pin, pause, profile of a screen
    "account.own",  # one's own password, second factor and sessions
    "people.write",  # accounts of others
    "tokens.write",  # keys for machines
    "audit.view",
]

ROLE_TITLES: dict[Role, str] = {
    "bupati": "Bupati",
    "koordinator": "Koordinator SPBE (Sekda)",
    "kepala_opd": "Kepala OPD",
    "analis": "Analis Diskominfo",
    "supervisor_112": "Supervisor 112",
    "tamu": "Tamu",
}

EVERYBODY: frozenset[Role] = frozenset(ROLE_TITLES)
SIGNED_IN: frozenset[Role] = EVERYBODY - {"tamu"}

MAY: dict[Action, frozenset[Role]] = {
    "view": EVERYBODY,
    "desk.view": frozenset({"supervisor_112"}),
    "opd.view": frozenset({"kepala_opd"}),
    "notes.write": SIGNED_IN,
    "meanings.write": frozenset({"supervisor_112", "analis"}),
    "population.write": frozenset({"analis"}),
    "thresholds.write": frozenset({"analis"}),
    "duplicates.decide": frozenset({"supervisor_112", "analis"}),
    "alerts.accept": SIGNED_IN,
    "alerts.silence": frozenset({"supervisor_112", "analis"}),
    "directives.give": frozenset({"bupati"}),
    "directives.take": frozenset({"bupati", "kepala_opd"}),
    "briefings.approve": frozenset({"bupati", "analis"}),
    "directives.view": frozenset({"bupati", "koordinator", "kepala_opd", "analis"}),
    "briefings.opd": frozenset({"bupati", "koordinator", "kepala_opd", "analis"}),
    "assessments.view": frozenset({"bupati", "koordinator", "kepala_opd", "analis"}),
    "assessments.draft": frozenset({"kepala_opd", "analis"}),
    "assessments.verify": frozenset({"koordinator", "analis"}),
    "assessments.send": frozenset({"koordinator"}),
    "assessments.plan": frozenset({"koordinator", "analis"}),
    "masterplan.write": frozenset({"kepala_opd", "analis"}),
    "data.hand_in": frozenset({"kepala_opd", "analis"}),
    "maintenance.write": frozenset({"kepala_opd", "analis"}),
    "holidays.write": frozenset({"analis"}),
    "displays.view": SIGNED_IN,
    "displays.approve": frozenset({"analis"}),
    "displays.control": frozenset({"bupati", "koordinator", "analis", "supervisor_112"}),
    "account.own": SIGNED_IN,
    "people.write": frozenset({"analis"}),
    "tokens.write": frozenset({"analis"}),
    "audit.view": frozenset({"bupati", "koordinator", "analis"}),
}
"""Who may; an action that is not in the table nobody may."""

OF_OPD: dict[Action, tuple[Role, frozenset[str]]] = {"thresholds.write": ("kepala_opd", frozenset({"BPBD"}))}
"""What the head of one OPD may beyond the other heads."""


OWN_ONLY: frozenset[Action] = frozenset(
    {"opd.view", "directives.view", "directives.take", "briefings.opd", "assessments.view", "assessments.draft",
     "masterplan.write", "data.hand_in", "maintenance.write"}
)  # fmt: skip
"""What the head of an OPD may about the own OPD alone."""

ANY = ""


def may(person: Person | None, action: Action, of: str | None = ANY) -> bool:
    """Whether somebody (None: nobody signed in) may do this to what belongs to the OPD `of`.

    Without `of` it is asked whether there is anything at all they may do so to; of None belongs to no OPD. A role that
    is not in the table may nothing.
    """
    role = "tamu" if person is None else person.role
    if role in MAY.get(action, frozenset()):
        return _reaches(person, action, of)
    head, opds = OF_OPD.get(action, (None, frozenset()))
    return person is not None and role == head and person.opd in opds


def _reaches(person: Person | None, action: Action, of: str | None) -> bool:
    if person is None or person.role != "kepala_opd" or action not in OWN_ONLY:
        return True
    return bool(person.opd) if of == ANY else same_opd(person.opd, of)
