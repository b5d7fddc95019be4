"""Who is to be told what: the first rung at the beginning, the next while nobody accepts it, all of them later on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.alerts.rule import AlertRule
from dashboard.clock import day_start
from dashboard.formulas.alert_state import Event, Severity
from dashboard.formulas.escalation import reached
from dashboard.store import alerts, silences
from dashboard.store.alert_notices import Notice, add_notices, rungs_told
from dashboard.store.alerts import Happening, Kept
from dashboard.store.database import to_ms
from dashboard.store.silences import Silence

TOLD = (Event.RAISED, Event.WORSE, Event.CHECK_AGAIN, Event.HIDDEN, Event.SEEN_AGAIN, Event.CLOSED)
"""Recoveries and relapses are written down and not told: a value that trembles would ring all night."""
CLIMBED = "belum ada yang menerima"


def tell(connection: Connection, rules: Mapping[str, AlertRule], happened: Sequence[Happening], at: datetime) -> None:
    """Keep the notices that follow from what happened, and from what nobody has accepted for too long."""
    standing = [kept for kept in alerts.standing(connection) if kept.alert.is_told and kept.rule in rules]
    by_number = {kept.id: kept for kept in standing} | _ended(connection, happened)
    told = rungs_told(connection, by_number)
    holds = silences.silences_at(connection, at)
    new: list[Notice] = []
    for kept in standing:
        new += _climbed(kept, rules[kept.rule], at)
    for line in happened:
        kept_or_none = by_number.get(line.alert)
        if kept_or_none is not None and line.event in TOLD and kept_or_none.rule in rules:
            new += _of(line, kept_or_none, rules[kept_or_none.rule], told.get(line.alert, set()))
    add_notices(connection, [_held(n, by_number[n.alert].rule, rules, holds, at) for n in new])


def _ended(connection: Connection, happened: Iterable[Happening]) -> dict[int, Kept]:
    closed = [line.alert for line in happened if line.event is Event.CLOSED]
    return {number: kept for number in closed if (kept := alerts.one(connection, number)) is not None}


def _of(line: Happening, kept: Kept, rule: AlertRule, told: set[str]) -> list[Notice]:
    """The end of an alert is told to those who heard of it; its beginning to the first rung."""
    rungs = {rule.steps[0].to} if line.event is Event.RAISED else told
    moment = to_ms(line.at)
    return [
        _notice(
            kept, rung, line.event.value, line.severity, line.said, line.at, f"{kept.id}:{line.event}:{moment}:{rung}"
        )
        for rung in sorted(rungs)
    ]


def _climbed(kept: Kept, rule: AlertRule, at: datetime) -> list[Notice]:
    """One for each rung above the first that is due, once for each time the alert began to wait."""
    since = kept.alert.waits_since
    if since is None:
        return []
    due = rule.steps[1 : reached(kept.alert, rule.steps, at)]
    return [
        _notice(kept, step.to, CLIMBED, kept.alert.severity, kept.said, at, f"{kept.id}:naik:{to_ms(since)}:{step.to}")
        for step in due
    ]


def _notice(kept: Kept, rung: str, event: str, severity: Severity, said: str, at: datetime, key: str) -> Notice:
    return Notice(key, kept.id, rung, kept.owner, kept.cause, event, int(severity), said, at, at)


def _held(notice: Notice, name: str, rules: Mapping[str, AlertRule], holds: Sequence[Silence], at: datetime) -> Notice:
    """A silence holds everything it covers, quiet hours what is not critical; both until they end, nothing is lost."""
    rule = rules[name]
    covering = [s for s in holds if s.covers(name)]
    due, why = notice.due_at, ""
    if rule.is_quiet(at) and notice.severity < Severity.KRITIS:
        due, why = _quiet_ends(rule, at), "jam tenang"
    if covering:
        last = max(covering, key=lambda s: s.end)
        due, why = max(due, last.end), f"senyap oleh {last.by}: {last.reason}"
    return Notice(
        **{n: getattr(notice, n) for n in Notice.__dataclass_fields__} | {"due_at": due, "held_by": why[:128]}
    )


def _quiet_ends(rule: AlertRule, at: datetime) -> datetime:
    assert rule.quiet is not None  # noqa: S101 - is_quiet() said so
    end = day_start(at) + timedelta(hours=rule.quiet[1].hour, minutes=rule.quiet[1].minute)
    return end if end > at else end + timedelta(days=1)
