"""Which person stands on which rung: what goes to a rung of an agency goes to the devices of these people."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.office_names import offices_in
from dashboard.store.people import Person
from dashboard.vocabulary112 import folded

RUNGS: Mapping[str, str] = {
    "bupati": "bupati", "koordinator": "sekda", "kepala_opd": "kepala OPD", "analis": "petugas",
    "supervisor_112": "petugas",
}  # fmt: skip
"""By role; local practice, to be confirmed by Diskominfo."""
OF_ALL = ("bupati", "sekda")
"""Rungs above the agencies."""


def hears(person: Person, rung: str, owner: str) -> bool:
    """Whether somebody is told what goes to that rung of that owner. The head of an OPD hears of the own OPD alone; an
    officer of everything, or of the one OPD that the account names.
    """
    if RUNGS.get(person.role) != rung:
        return False
    if rung in OF_ALL or (rung == "petugas" and not person.opd):
        return True
    return bool(_names(person.opd or "") & _names(owner))


def _names(owner: str) -> set[str]:
    return {folded(name) for name in offices_in(owner)}
