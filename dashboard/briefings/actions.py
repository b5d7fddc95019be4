"""What was done about the numbers: the instructions until they are closed, and the alerts of the week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.briefings.edition import REGENT, AlertLine, AlertWeek, Directive
from dashboard.clock import wib
from dashboard.formulas.alert_state import Event, Severity, State
from dashboard.formulas.directive_course import Stage
from dashboard.store import alerts, directives
from dashboard.store.alerts import Happening, Kept
from dashboard.store.directives import TurnTaken

LISTED = 6


def directives_of_week(connection: Connection, audience: str, week: datetime, as_of: datetime) -> tuple[Directive, ...]:
    """Every instruction open at `as_of` or ended since the Monday `week`: the overdue first, the ended last."""
    found = [
        _directive(given, turn, as_of)
        for given, turn in directives.stood_at(connection, as_of, ended_since=week)
        if _concerns(audience, given.opd)
    ]
    return tuple(sorted(found, key=lambda d: (d.ended, not d.late, d.due, d.text)))


def _directive(given: directives.Directive, turn: TurnTaken, as_of: datetime) -> Directive:
    last_day = wib(turn.due_at - timedelta(seconds=1)).date()
    late = turn.stage.is_open and turn.stage is not Stage.REPORTED_DONE and as_of > turn.due_at
    return Directive(given.what, given.opd, last_day, turn.stage.value, late, not turn.stage.is_open)


def alerts_of_week(connection: Connection, audience: str, week: datetime, as_of: datetime) -> AlertWeek:
    """What people were told of in [week, as_of), and what stood at its end."""
    stood = {kept.id: (kept, last) for kept, last in alerts.stood_at(connection, as_of)}
    for last in alerts.happenings_between(connection, week, as_of):
        if last.alert not in stood and last.event is Event.CLOSED and (kept := alerts.one(connection, last.alert)):
            stood[last.alert] = kept, last
    found = [(kept, last) for kept, last in stood.values() if _concerns(audience, kept.owner) and kept.alert.raised_at]
    raised = [kept for kept, _ in found if kept.alert.raised_at and kept.alert.raised_at >= week]
    ordered = sorted(found, key=lambda pair: (pair[1].state is State.CLOSED, -pair[1].severity, -pair[0].id))
    return AlertWeek(
        raised=len(raised),
        critical=sum(kept.id in _critical(found) for kept in raised),
        standing=sum(last.state is not State.CLOSED for _, last in found),
        lines=tuple(_line(connection, kept, last, as_of) for kept, last in ordered[:LISTED]),
    )


def _critical(found: Iterable[tuple[Kept, Happening]]) -> set[int]:
    return {kept.id for kept, last in found if last.severity is Severity.KRITIS}


def _line(connection: Connection, kept: Kept, last: Happening, as_of: datetime) -> AlertLine:
    taken = [h.at for h in alerts.history(connection, kept.id) if h.event is Event.ACCEPTED and h.at <= as_of]
    raised = kept.alert.raised_at or last.at
    return AlertLine(last.said, kept.owner, last.severity.word, raised, min(taken, default=None), last.state.value,
                     kept.simulated)  # fmt: skip


def _concerns(audience: str, owner: str) -> bool:
    return audience in (REGENT, owner) or audience in owner.split(", ")
