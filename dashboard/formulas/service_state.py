"""What a probed service does, from one check after another: it flaps only past so many of a kind in a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

State = Literal["berjalan", "gagal", "tidak diketahui"]

UP: State = "berjalan"
DOWN: State = "gagal"
UNKNOWN: State = "tidak diketahui"


@dataclass(frozen=True, slots=True)
class Limits:
    """Failures in a row that open an incident, successes in a row that close it; each at least 1."""

    failures: int = 3
    successes: int = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `good` None: nobody can tell, because our own line was down. Past `holds` it says nothing more."""

    at: datetime
    good: bool | None
    holds: timedelta
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """Time in one state, [start, end). `cause` is that of the first failure."""

    start: datetime
    end: datetime
    state: State
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The spell that is running, and the checks in a row that speak against it, if any.

    `until` is how far the spell is certain. `known` is the last state that was not "tidak diketahui".
    """

    state: State
    since: datetime
    until: datetime
    checked_at: datetime
    holds: timedelta
    cause: str = ""
    known: State | None = None
    turning_since: datetime | None = None
    turning_n: int = 0
    turning_cause: str = ""

    @property
    def spell(self) -> Spell:
        """The running spell as far as it is certain."""
        return Spell(self.since, self.until, self.state, self.cause)


def after(before: Standing | None, check: Check, limits: Limits) -> tuple[Standing, tuple[Spell, ...]]:
    """The standing after a check, and the spells that it ended. A check that is not newer changes nothing.

    A verdict holds until the next check. An incident begins with the first of its failures and ends with the first of
    its successes. Time past what a check vouches for belongs to no spell.
    """
    if before is None:
        return _beginning(check, limits, None), ()
    if check.at <= before.checked_at:
        return before, ()
    if check.at - before.checked_at > before.holds:
        ended = replace(before, until=max(before.until, _vouched(before)))
        return _beginning(check, limits, before.known), _worth(ended.spell)
    if check.good is None or before.state == UNKNOWN:
        return _through_unknown(before, check, limits)
    if check.good == (before.state == UP):
        steady = replace(before, turning_since=None, turning_n=0, turning_cause="")
        return replace(steady, until=check.at, checked_at=check.at, holds=check.holds), ()
    return _turning(before, check, limits)


def _vouched(before: Standing) -> datetime:
    """How far the last check vouches; one that spoke against the spell does not vouch for it."""
    return before.until if before.turning_n else before.checked_at + before.holds


def _worth(*spells: Spell) -> tuple[Spell, ...]:
    return tuple(spell for spell in spells if spell.end > spell.start)


def _beginning(check: Check, limits: Limits, known: State | None) -> Standing:
    """A failure is an incident at once when there was one before the silence, and counts to the limit otherwise."""
    at, cause = check.at, check.cause if check.good is False else ""
    fresh = Standing(UNKNOWN, at, at, at, check.holds, known=known)
    if check.good:
        return replace(fresh, state=UP, known=UP)
    if check.good is None:
        return fresh
    if known == DOWN or limits.failures == 1:
        return replace(fresh, state=DOWN, known=DOWN, cause=cause)
    return replace(fresh, turning_since=at, turning_n=1, turning_cause=cause)


def _through_unknown(before: Standing, check: Check, limits: Limits) -> tuple[Standing, tuple[Spell, ...]]:
    if check.good is False and before.turning_n and before.state == UNKNOWN:
        return _turning(before, check, limits)
    fresh = _beginning(check, limits, before.known)
    if fresh.state == before.state == UNKNOWN:
        return replace(fresh, since=before.since), ()
    until = before.until if before.turning_n else check.at
    return fresh, _worth(replace(before, until=until).spell)


def _turning(before: Standing, check: Check, limits: Limits) -> tuple[Standing, tuple[Spell, ...]]:
    """One more check against the running state; enough of them end it where the first of them was."""
    first, n = before.turning_since or check.at, before.turning_n + 1
    cause = before.turning_cause or (check.cause if check.good is False else "")
    if n < (limits.successes if check.good else limits.failures):
        held = replace(before, until=max(before.until, first) if n == 1 else before.until)
        held = replace(held, checked_at=check.at, holds=check.holds)
        return replace(held, turning_since=first, turning_n=n, turning_cause=cause), ()
    state = UP if check.good else DOWN
    new = Standing(state, first, check.at, check.at, check.holds, "" if check.good else cause, known=state)
    return new, _worth(replace(before, until=first).spell)
