"""The life cycle of an incident: stages, faults and who was reached within fifteen minutes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from dashboard.formulas.stages import (
    CLOCKS,
    INTERVALS,
    LifeCycle,
    Stage,
    StageTimes,
    WithinLimit,
    first_arriving,
    out_of_order,
    stage_times,
    typed_by_hand,
    within_limit,
)

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NOW = START + timedelta(hours=30)
# Minutes of a fire: received, answered, created, dispatched, acknowledged, en route, arrived, controlled, closed.
MINUTES = {"received": 0, "answered": 0.2, "created": 1, "dispatched": 2, "acknowledged": 2.5, "en_route": 3.5,
           "arrived": 12, "controlled": 40, "closed": 75}  # fmt: skip


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else START + timedelta(minutes=minutes)


def cycle(cancelled: bool = False, outside: bool = False, **minutes: float | None) -> LifeCycle:
    """A whole life cycle with some moments (in minutes) changed or, as None, unknown."""
    moments: dict[str, Any] = {name: at(when) for name, when in {**MINUTES, **minutes}.items()}
    return LifeCycle(**moments, cancelled=cancelled, outside=outside)


@pytest.mark.parametrize(
    ("stage", "minutes"),
    [
        ("answer", 0.2), ("processing", 1.8), ("turnout", 1.5), ("travel", 8.5), ("response", 12), ("handling", 63),
        ("total", 75),
    ],
)  # fmt: skip
def test_each_stage_runs_between_its_two_moments(stage: Stage, minutes: float) -> None:
    assert stage_times([cycle()], stage).times == (timedelta(minutes=minutes),)


def test_every_stage_names_its_clock() -> None:
    assert set(CLOCKS) == set(INTERVALS)


def test_zero_is_a_time_and_counted_negative_is_a_fault_and_counted() -> None:
    cycles = [cycle(), cycle(en_route=2), cycle(en_route=1), cycle(en_route=None), cycle(dispatched=None)]
    found = stage_times(cycles, "turnout")
    assert found == StageTimes((timedelta(minutes=1.5), timedelta(0)), zero=1, negative=1, missing=2)
    assert found.mean == timedelta(minutes=0.75)


def test_without_times_there_is_no_mean() -> None:
    assert stage_times([], "response").mean is None


def test_the_unit_that_arrived_first_stands_for_the_incident() -> None:
    near = cycle(received=1, dispatched=4, en_route=5, arrived=9, closed=50)
    far = cycle(dispatched=2, arrived=14, closed=80)
    first = first_arriving([far, near])
    assert (first.dispatched, first.arrived) == (near.dispatched, near.arrived)
    assert (first.received, first.closed) == (START, far.closed)
    assert stage_times([first], "response").times == (timedelta(minutes=9),)


def test_an_incident_is_open_until_its_last_unit_is_done() -> None:
    assert first_arriving([cycle(), cycle(closed=None)]).closed is None


def test_a_cancelled_unit_stands_for_an_incident_only_when_all_were() -> None:
    cancelled, going = cycle(cancelled=True, arrived=3), cycle(arrived=None, dispatched=6)
    assert first_arriving([cancelled, going]).cancelled is False
    assert first_arriving([cancelled]).cancelled is True


def test_without_arrival_the_unit_sent_first_stands_for_the_incident() -> None:
    waiting = cycle(dispatched=None, arrived=None)
    late, early = cycle(dispatched=5, arrived=None), cycle(dispatched=3, arrived=None)
    assert first_arriving([waiting, late, early]).dispatched == early.dispatched


def test_an_incident_without_units_is_none() -> None:
    with pytest.raises(ValueError, match="kejadian tanpa unit"):
        first_arriving([])


OPEN: dict[str, Any] = {"arrived": None, "controlled": None, "closed": None}


@pytest.mark.parametrize(
    ("incident", "counts"),
    [
        (cycle(), "dalam batas"),
        (cycle(arrived=15), "dalam batas"),
        (cycle(arrived=15.01), "terlambat"),
        (cycle(arrived=0), "dalam batas"),
        (cycle(received=1440, **OPEN), "terlambat"),  # six hours open
        (cycle(received=1790, **OPEN), "masih dalam 15 menit pertama"),
        (cycle(received=1785, **OPEN), "masih dalam 15 menit pertama"),
        (cycle(received=360, **OPEN), "terlambat"),  # 24 hours
        (cycle(received=359, **OPEN), "tiket > 24 jam belum ditutup"),
        (cycle(arrived=None), "ditutup tanpa waktu tiba"),
        (cycle(arrived=-1), "tiba sebelum laporan (salah catat)"),
        (cycle(cancelled=True), "dibatalkan"),
        (cycle(outside=True), "luar wilayah atau bantuan ke tetangga"),
    ],
)
def test_who_counts_for_fifteen_minutes_and_who_does_not_and_why(incident: LifeCycle, counts: str) -> None:
    found = within_limit([incident], NOW)
    if counts in ("dalam batas", "terlambat"):
        assert (found.counted, found.share, found.excluded) == (1, Fraction(counts == "dalam batas"), Counter())
    else:
        assert (found.counted, found.share, found.excluded) == (0, None, Counter({counts: 1}))


def test_another_limit_is_named_in_its_reason() -> None:
    found = within_limit([cycle(received=1795, **OPEN)], NOW, timedelta(minutes=8))
    assert found.excluded == {"masih dalam 8 menit pertama": 1}


def test_periods_are_pooled_with_their_exclusions() -> None:
    one = within_limit([cycle(), cycle(cancelled=True)], NOW)
    other = within_limit([cycle(arrived=20), cycle(arrived=30), cycle(cancelled=True)], NOW)
    both = one + other
    assert (both.share, both.counted, both.excluded) == (Fraction(1, 3), 3, Counter({"dibatalkan": 2}))
    assert both + WithinLimit() == both


def test_moments_out_of_order_are_named() -> None:
    assert out_of_order(cycle()) == []
    assert out_of_order(cycle(en_route=1, created=None)) == [("dispatched", "en_route"), ("acknowledged", "en_route")]
    assert out_of_order(cycle(en_route=2, acknowledged=2)) == []


@pytest.mark.parametrize(
    ("minutes", "by_hand"), [([0, 30, 0, 30, 12], True), ([0, 30, 11, 12], False), ([7], False), ([], None)]
)
def test_moments_on_the_half_hour_were_typed_afterwards(minutes: list[int], by_hand: bool | None) -> None:
    assert typed_by_hand([START + timedelta(minutes=minute) for minute in minutes]) is by_hand
