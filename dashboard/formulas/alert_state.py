"""The life of an alert: from the first sign to its end, and through the times when nobody can see.

A value that cannot be seen never ends an alert: it hides what stands beneath it, and its last severity stays visible
(design: reliability.md P5; the counter-example is Grafana's MissingSeries, which sends "Resolved").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


class State(StrEnum):
    """The words are shown. NORMAL is the state of no alert at all, CLOSED the end of one."""

    NORMAL = "normal"
    PENDING = "menunggu"
    ACTIVE = "aktif"
    ACKNOWLEDGED = "diterima"
    RECOVERING = "pulih"
    UNKNOWN = "tidak diketahui"
    CLOSED = "selesai"


class Severity(IntEnum):
    """How much it matters, in order."""

    NONE = 0
    WASPADA = 1
    KRITIS = 2

    @property
    def word(self) -> str:
        """The word beside the shape; empty for none."""
        return "" if self is Severity.NONE else self.name.lower()


BLIND = None
"""What is seen of a value whose data stopped: neither raised nor clear."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long it must last before anybody is told, and how long it must be well before it ends."""

    after: timedelta = timedelta(0)
    clears_after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode. `since` is when its state began, `first_at` its first sign, `raised_at` when it became an alert.

    `beneath` is what stands under UNKNOWN. `is_accepted` outlives a short recovery, so that nobody is asked twice;
    `check_at` is when whoever accepted it will look again. `waits_since` is when it began to wait for somebody; a
    recovery or a blackout does not set that clock back. `eased_since` is since when it looks less severe than it is
    called: the word follows after `clears_after`. `times` counts how often it was raised in this episode.
    """

    state: State
    severity: Severity
    since: datetime
    first_at: datetime
    raised_at: datetime | None = None
    beneath: State | None = None
    is_accepted: bool = False
    check_at: datetime | None = None
    waits_since: datetime | None = None
    eased_since: datetime | None = None
    times: int = 1

    @property
    def stands(self) -> State:
        """What it is when seen through a blackout: its own state, or the one beneath UNKNOWN."""
        return self.beneath or self.state

    @property
    def is_told(self) -> bool:
        """Whether it is an alert that people have heard of or must hear of, and has not ended."""
        return self.raised_at is not None and self.state is not State.CLOSED

    @property
    def waits(self) -> bool:
        """Whether somebody must still accept it."""
        return self.stands is State.ACTIVE


def step(alert: Alert | None, seen: Severity | None, at: datetime, timing: Timing) -> Alert | None:
    """The alert after looking at `at`: `seen` is what the rule sees now, NONE for well, BLIND for not to be seen.

    None stands for no alert: before one, and for a sign that went away before anybody was told.
    """
    if alert is None or alert.state is State.CLOSED:
        return _first_sign(seen, at, timing)
    alert = _due_again(alert, at)
    if seen is BLIND:
        return _hidden(alert, at)
    return _raised(alert, seen, at, timing) if seen else _well(alert, at, timing)


def _first_sign(seen: Severity | None, at: datetime, timing: Timing) -> Alert | None:
    if not seen:
        return None
    return _matured(Alert(State.PENDING, seen, at, at), at, timing)


def _matured(alert: Alert, at: datetime, timing: Timing) -> Alert:
    """Time spent blind counts: a duplicate is better than a miss."""
    if at - alert.first_at < timing.after:
        return alert
    return replace(alert, state=State.ACTIVE, since=at, raised_at=at, waits_since=at)


def _due_again(alert: Alert, at: datetime) -> Alert:
    """Whoever accepted it said when to look again; it waits once more from then on, also while nobody can see."""
    if alert.check_at is None or at < alert.check_at or alert.stands is not State.ACKNOWLEDGED:
        return alert
    again = replace(alert, is_accepted=False, check_at=None, waits_since=at)
    if alert.state is State.UNKNOWN:
        return replace(again, beneath=State.ACTIVE)
    return replace(again, state=State.ACTIVE, since=at)


def _hidden(alert: Alert, at: datetime) -> Alert:
    if alert.state is State.UNKNOWN:
        return alert
    return replace(alert, state=State.UNKNOWN, beneath=alert.state, since=at)


def _raised(alert: Alert, seen: Severity, at: datetime, timing: Timing) -> Alert:
    if alert.stands is State.PENDING:
        return _matured(
            replace(alert, state=State.PENDING, beneath=None, severity=max(seen, alert.severity)), at, timing
        )
    worse, was = seen > alert.severity, alert
    alert = replace(_eased(alert, seen, at, timing), beneath=None)
    if worse and was.is_accepted:
        return replace(alert, state=State.ACTIVE, since=at, is_accepted=False, check_at=None, waits_since=at)
    state = State.ACKNOWLEDGED if was.is_accepted else State.ACTIVE
    relapsed = was.stands is State.RECOVERING
    return replace(alert, state=state, since=was.since if state is was.state else at, times=was.times + relapsed)


def _eased(alert: Alert, seen: Severity, at: datetime, timing: Timing) -> Alert:
    if seen >= alert.severity:
        return replace(alert, severity=seen, eased_since=None)
    since = alert.eased_since or at
    if at - since < timing.clears_after:
        return replace(alert, eased_since=since)
    return replace(alert, severity=seen, eased_since=None)


def _well(alert: Alert, at: datetime, timing: Timing) -> Alert | None:
    """A blackout while recovering begins the recovery anew: only what was seen counts as well."""
    if alert.stands is State.PENDING:
        return None
    if alert.state is not State.RECOVERING:
        alert = replace(alert, state=State.RECOVERING, beneath=None, since=at)
    if at - alert.since < timing.clears_after:
        return alert
    return replace(alert, state=State.CLOSED, since=at, waits_since=None, check_at=None)


def accept(alert: Alert, at: datetime, check_at: datetime | None) -> Alert:
    """Somebody takes it on, and looks again at `check_at`. Raises ValueError when there is nothing to accept."""
    if not alert.waits:
        raise ValueError(f"an alert that is {alert.stands} cannot be accepted")
    taken = replace(alert, is_accepted=True, check_at=check_at, waits_since=None)
    if alert.state is State.UNKNOWN:
        return replace(taken, beneath=State.ACKNOWLEDGED)
    return replace(taken, state=State.ACKNOWLEDGED, since=at)


class Event(StrEnum):
    """What is written down and told; the words are shown."""

    RAISED = "mulai"
    WORSE = "memburuk"
    CHECK_AGAIN = "perlu diperiksa lagi"
    ACCEPTED = "diterima"
    HIDDEN = "data terputus"
    SEEN_AGAIN = "data kembali"
    RECOVERING = "membaik"
    RELAPSED = "kambuh"
    CLOSED = "selesai"


def happened(before: Alert | None, after: Alert | None) -> Event | None:
    """What a person would say happened between two looks; None when nothing worth writing down did."""
    if after is None or after.raised_at is None:
        return None
    if before is None or before.raised_at is None or before.state is State.CLOSED:
        return Event.RAISED
    if before.is_accepted is not after.is_accepted:
        return Event.ACCEPTED if after.is_accepted else _asked_again(before, after)
    return _moved(before, after)


def _asked_again(before: Alert, after: Alert) -> Event:
    return Event.WORSE if after.severity > before.severity else Event.CHECK_AGAIN


def _moved(before: Alert, after: Alert) -> Event | None:
    if after.severity > before.severity:
        return Event.WORSE
    if after.state is before.state:
        return None
    if after.state is State.UNKNOWN:
        return Event.HIDDEN
    if after.state in (State.RECOVERING, State.CLOSED):
        return Event.CLOSED if after.state is State.CLOSED else Event.RECOVERING
    return Event.SEEN_AGAIN if before.state is State.UNKNOWN else Event.RELAPSED
