"""Who may move the assessment of an indicator from where to where."""

from __future__ import annotations

from dashboard.access.roles import may
from dashboard.assessment_stages import MOVES, Stage
from dashboard.store.people import Person


def may_move(person: Person | None, owner: str | None, stage: Stage, to: Stage) -> bool:
    """Whether somebody may bring an indicator owned by the OPD `owner` from `stage` to `to`.

    The head of an OPD reaches only indicators that this very OPD owns; an indicator without an owner is nobody's.
    """
    right = MOVES.get((stage, to))
    return right is not None and may(person, right, owner or None)
