"""Look at everything by every rule, move the alerts, and write down what happened; all in the caller's transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dashboard.alerts.rule import AlertRule, Look, Picture
from dashboard.formulas.alert_state import BLIND, Alert, Severity, State, happened, step
from dashboard.indicators.reading import Reading
from dashboard.store import alerts as store
from dashboard.store.alerts import Happening, Kept
from dashboard.store.source_states import SourceState

log = logging.getLogger(__name__)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """An episode before and after a look, under the rule that moved it."""

    rule: AlertRule
    place: str
    kept: Kept | None
    after: Alert | None
    said: str
    simulated: bool


def evaluate(
    connection: Connection,
    rules: Sequence[AlertRule],
    readings: Mapping[str, Reading],
    sources: Sequence[SourceState],
    at: datetime,
) -> list[Happening]:
    """Move every alert to how it stands at `at`; returns what happened, in the order of the rules."""
    standing = {(kept.rule, kept.place): kept for kept in store.standing(connection, locked=True)}
    picture = Picture(at, readings, sources, {key: k.alert.severity for key, k in standing.items()})
    moves = [move for rule in rules for move in _moves(rule, picture, standing)]
    return _keep(connection, [*moves, *_orphans(rules, standing, at)], at)


def _moves(rule: AlertRule, picture: Picture, standing: Mapping[Key, Kept]) -> Iterable[Move]:
    """One rule at all its places; a rule that fails sees nothing, so its alerts are hidden and not ended."""
    try:
        looks = dict(rule.look(rule, picture))
        elsewhere: Severity | None = Severity.NONE
    except (ArithmeticError, LookupError, TypeError, ValueError):
        log.exception("alert rule %s: it could not look", rule.id)
        looks, elsewhere = {}, BLIND
    mine = {place: kept for (name, place), kept in standing.items() if name == rule.id}
    for place in dict.fromkeys([*looks, *mine]):
        kept = mine.get(place)
        look = looks.get(place) or Look(elsewhere, kept.said if kept else "", kept is not None and kept.simulated)
        after = step(kept.alert if kept else None, look.seen, picture.at, rule.timing)
        said = kept.said if kept and not look.seen else look.said
        yield Move(rule, place, kept, after, said, look.simulated)


def _orphans(rules: Sequence[AlertRule], standing: Mapping[Key, Kept], at: datetime) -> list[Move]:
    """Alerts whose rule is gone from the program cannot be seen any more; they do not end by themselves."""
    known = {rule.id for rule in rules}
    return [
        Move(_GONE, place, kept, step(kept.alert, BLIND, at, _GONE.timing), kept.said, kept.simulated)
        for (name, place), kept in standing.items()
        if name not in known
    ]


_GONE = AlertRule("", "Aturan yang sudah tidak ada", "", "Diskominfo", "", lambda rule, picture: {})


def _keep(connection: Connection, moves: Iterable[Move], at: datetime) -> list[Happening]:
    happenings = []
    for move in moves:
        number = _moved(connection, move)
        event = happened(move.kept.alert if move.kept else None, move.after)
        if event is not None and move.after is not None and number is not None:
            happenings.append(Happening(number, at, event, move.after.state, move.after.severity, move.said))
    store.write_down(connection, happenings)
    return happenings


def _moved(connection: Connection, move: Move) -> int | None:
    """Keep how an episode stands; returns its number. What has not moved is not written again."""
    kept, after = move.kept, move.after
    if kept is None:
        if after is None:
            return None
        rule = move.rule
        return store.begin(
            connection,
            Kept(0, rule.id, move.place, after, move.said, rule.cause, rule.owner, move.simulated, rule.on_wall),
        )
    if after is None:
        store.drop(connection, kept.id)
    elif after != kept.alert or move.said != kept.said:
        store.move(connection, kept.id, after, move.said)
    return kept.id


def unaccepted(kept: Iterable[Kept]) -> list[Kept]:
    """Those that somebody must still accept."""
    return [k for k in kept if k.alert.is_told and k.alert.waits]


def shown(kept: Iterable[Kept]) -> list[Kept]:
    """Those that people are shown: told and not ended; signs that have not lasted long enough are not."""
    return [k for k in kept if k.alert.is_told and k.alert.state is not State.CLOSED]
