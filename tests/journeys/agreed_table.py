"""The table of roles as it was agreed: written down a second time, so that no change of the first goes unnoticed."""

from __future__ import annotations

from dashboard.access.roles import Action, Role

COLUMNS: tuple[Role, ...] = ("tamu", "bupati", "koordinator", "kepala_opd", "analis", "supervisor_112")
TABLE = """
view                X X X X X X
desk.view           . . . . . X
opd.view            . . . o . .
notes.write         . X X X X X
meanings.write      . . . . X X
population.write    . . . . X .
thresholds.write    . . . b X .
duplicates.decide   . . . . X X
alerts.accept       . X X X X X
alerts.silence      . . . . X X
directives.give     . X . . . .
directives.take     . X . o . .
directives.view     . X X o X .
briefings.approve   . X . . X .
briefings.opd       . X X o X .
assessments.view    . X X o X .
assessments.draft   . . . o X .
assessments.verify  . . X . X .
assessments.send    . . X . . .
assessments.plan    . . X . X .
masterplan.write    . . . o X .
data.hand_in        . . . o X .
maintenance.write   . . . o X .
holidays.write      . . . . X .
account.own         . X X X X X
displays.view       . X X X X X
displays.approve    . . . . X .
displays.control    . X X . X X
people.write        . . . . X .
tokens.write        . . . . X .
audit.view          . X X . X .
"""
"""X: may; o: about the own OPD only; b: the head of one OPD only. """
MARKS: dict[str, dict[str, str]] = {
    line.split()[0]: dict(zip(COLUMNS, line.split()[1:], strict=True)) for line in TABLE.strip().splitlines()
}


def agreed(role: Role, action: Action, own: bool, opd: str | None) -> bool:
    """Whether the table lets somebody do this to what belongs to an OPD: `own`, whether that is theirs."""
    mark = MARKS[action][role]
    return mark == "X" or (mark == "o" and own) or (mark == "b" and opd == "BPBD")
