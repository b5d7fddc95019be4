"""The life of an alert: every state meets everything that can happen; stories of what a room sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.alert_state import BLIND, Alert, Event, Severity, State, Timing, accept, happened, step
from dashboard.formulas.escalation import Step, reached

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TIMING = Timing(after=2 * MINUTE, clears_after=5 * MINUTE)
NONE, WASPADA, KRITIS = Severity

S, W = State, Severity.WASPADA
RAISED = {"raised_at": START, "waits_since": START}
TAKEN = {"raised_at": START, "is_accepted": True}

PAIRS = [
    # state, what else is true of it, beneath · raised · worse · well · blind
    (S.PENDING, {}, None, (S.PENDING, S.PENDING, None, S.UNKNOWN)),
    (S.ACTIVE, RAISED, None, (S.ACTIVE, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.ACKNOWLEDGED, TAKEN, None, (S.ACKNOWLEDGED, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.RECOVERING, RAISED, None, (S.ACTIVE, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.RECOVERING, TAKEN, None, (S.ACKNOWLEDGED, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.UNKNOWN, {}, S.PENDING, (S.PENDING, S.PENDING, None, S.UNKNOWN)),
    (S.UNKNOWN, RAISED, S.ACTIVE, (S.ACTIVE, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.UNKNOWN, TAKEN, S.ACKNOWLEDGED, (S.ACKNOWLEDGED, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.UNKNOWN, RAISED, S.RECOVERING, (S.ACTIVE, S.ACTIVE, S.RECOVERING, S.UNKNOWN)),
    (S.CLOSED, RAISED, None, (S.PENDING, S.PENDING, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("state", "more", "beneath", "becomes"), PAIRS)
def test_every_state_meets_everything_that_can_be_seen(
    state: State, more: dict[str, object], beneath: State | None, becomes: tuple[State | None, ...]
) -> None:
    alert = replace(Alert(state, W, START, START, beneath=beneath), **more)  # type: ignore[arg-type]
    seen = [W, KRITIS, NONE, BLIND]
    after = [step(alert, look, START + MINUTE, TIMING) for look in seen]
    assert [a and a.state for a in after] == list(becomes)


@pytest.mark.parametrize("state", [S.PENDING, S.ACKNOWLEDGED, S.RECOVERING, S.CLOSED])
def test_only_what_waits_can_be_accepted(state: State) -> None:
    with pytest.raises(ValueError, match="cannot be accepted"):
        accept(Alert(state, W, START, START, raised_at=START), START, None)


def test_a_short_sign_is_never_told() -> None:
    assert told([(0, W), (1, NONE), (2, W), (3, NONE)]) == []


def test_what_lasts_is_raised_once_and_ends_after_it_was_well_for_long_enough() -> None:
    looks = [(0, W), (1, W), (2, W), (9, W), (10, NONE), (12, W), (13, NONE), (17, NONE), (18, NONE)]
    assert told(looks) == [(2, Event.RAISED), (10, Event.RECOVERING), (12, Event.RELAPSED), (13, Event.RECOVERING),
                           (18, Event.CLOSED)]  # fmt: skip


def test_a_lost_source_never_ends_an_alert_and_keeps_its_severity() -> None:
    alerts = lived([(0, KRITIS), (2, KRITIS), (3, BLIND), (600, BLIND), (601, KRITIS)])
    hidden = alerts[3]
    assert hidden is not None
    assert (hidden.state, hidden.severity, hidden.stands) == (S.UNKNOWN, KRITIS, S.ACTIVE)
    assert told([(0, KRITIS), (2, KRITIS), (3, BLIND), (600, BLIND), (601, KRITIS)]) == [
        (2, Event.RAISED), (3, Event.HIDDEN), (601, Event.SEEN_AGAIN),
    ]  # fmt: skip


def test_a_recovery_that_was_not_watched_begins_anew() -> None:
    looks = [(0, W), (2, W), (3, NONE), (5, BLIND), (30, NONE), (34, NONE), (35, NONE)]
    assert told(looks)[-2:] == [(30, Event.RECOVERING), (35, Event.CLOSED)]


def test_a_word_becomes_milder_only_after_it_looked_milder_for_long_enough() -> None:
    looks = [(0, KRITIS), (2, KRITIS), (3, W), (4, KRITIS), (5, W), (9, W), (10, W)]
    assert [a.severity for a in lived(looks) if a] == [KRITIS] * 6 + [W]
    assert told(looks) == [(2, Event.RAISED)]


def test_what_was_accepted_asks_again_when_it_gets_worse_or_the_check_is_due() -> None:
    taken = accept(alive(W), START + 3 * MINUTE, START + 10 * MINUTE)
    worse = step(taken, KRITIS, START + 4 * MINUTE, TIMING)
    assert happened(taken, worse) is Event.WORSE
    assert worse is not None
    assert worse.waits
    due = step(taken, W, START + 10 * MINUTE, TIMING)
    assert happened(taken, due) is Event.CHECK_AGAIN
    blind = step(taken, BLIND, START + 4 * MINUTE, TIMING)
    assert blind is not None
    assert happened(blind, step(blind, BLIND, START + 10 * MINUTE, TIMING)) is Event.CHECK_AGAIN


LADDER = (Step(timedelta(0), "petugas"), Step(15 * MINUTE, "kepala OPD"), Step(60 * MINUTE, "bupati"))


def test_the_ladder_is_climbed_while_nobody_accepts_it_also_through_a_blackout_and_a_relapse() -> None:
    alert: Alert | None = alive(KRITIS)
    climbed = []
    for minute, seen in [(2, KRITIS), (10, NONE), (12, KRITIS), (16, BLIND), (17, BLIND), (62, BLIND)]:
        alert = step(alert, seen, START + minute * MINUTE, TIMING)
        assert alert is not None
        climbed.append(reached(alert, LADDER, START + minute * MINUTE))
    assert climbed == [1, 0, 1, 1, 2, 3]
    assert alert is not None
    assert reached(accept(alert, START + 63 * MINUTE, None), LADDER, START + 90 * MINUTE) == 0


looks_of = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from([NONE, W, KRITIS, BLIND]), st.booleans()), min_size=1, max_size=60
)


@given(looks_of)
def test_whatever_happens_a_told_alert_ends_only_by_being_seen_well(
    looks: list[tuple[int, Severity | None, bool]],
) -> None:
    alert, at = None, START
    well_since: datetime | None = None
    for minutes, seen, accepts in looks:
        at += minutes * MINUTE
        before, alert = alert, step(alert, seen, at, TIMING)
        well_since = (well_since or at) if seen is NONE else None
        if before is not None and before.is_told and (alert is None or not alert.is_told):
            assert seen is NONE
            assert well_since is not None
            assert at - well_since >= TIMING.clears_after
            assert happened(before, alert) is Event.CLOSED
        if alert is not None and seen is BLIND:
            assert alert.state is S.UNKNOWN
            assert alert.severity >= (before.severity if before and before.is_told else W)
        if alert is not None and seen and alert.is_told:
            assert alert.severity >= seen
        if accepts and alert is not None and alert.waits:
            taken = accept(alert, at, at + 30 * MINUTE)
            assert happened(alert, taken) is Event.ACCEPTED
            alert = taken


def alive(severity: Severity) -> Alert:
    alert = lived([(0, severity), (2, severity)])[-1]
    assert alert is not None
    return alert


def lived(looks: list[tuple[int, Severity | None]]) -> list[Alert | None]:
    """The alert after each look; looks are (minute, what is seen)."""
    alert, after = None, []
    for minute, seen in looks:
        alert = step(alert, seen, START + minute * MINUTE, TIMING)
        after.append(alert)
    return after


def told(looks: list[tuple[int, Severity | None]]) -> list[tuple[int, Event]]:
    """What would be written down, with its minute."""
    alerts = [None, *lived(looks)]
    events = [happened(before, after) for before, after in pairwise(alerts)]
    return [(minute, event) for (minute, _), event in zip(looks, events, strict=True) if event]
