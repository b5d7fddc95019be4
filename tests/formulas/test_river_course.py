"""How fast a river rises: spikes, leaps, gaps and flat lines do not turn the slope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.quality_flags import Sample
from dashboard.formulas.river_course import Rise, course, rise
from dashboard.formulas.river_limits import LIMITS
from dashboard.formulas.time_to_threshold import FAR, NOT_RISING, OVER, time_to

LEVEL = LIMITS["river_level"]
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def samples(*values: float | str | None, every: int = 10) -> list[Sample]:
    """Readings so many minutes apart, the last at noon; None did not come."""
    first = NOON - timedelta(minutes=every * (len(values) - 1))
    return [
        Sample(first + timedelta(minutes=every * n), None if v is None else Decimal(str(v)))
        for n, v in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "cm_per_hour"),
    [
        ((1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6), 60),
        ((1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0), -60),
        ((1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), 0),
        ((1.0, 1.1, 9.9, 1.3, 1.4, 1.5, 1.6), 60),  # debris
        ((1.0, 1.1, -9.5, 1.3, 1.4, 1.5, 1.6), 60),
        ((1.0, 1.1, 99, 1.3, 1.4, 1.5, 1.6), 60),  # out of the span of the post
        ((1.0, None, 1.2, None, 1.4, 1.5, 1.6), 60),  # gaps are not filled
        ((7.0, 7.1, 7.2, 1.0, 1.1, 1.2, 1.3, 1.4), 60),  # set back to another datum
    ],
)
def test_the_rise_is_that_of_the_water(values: tuple[float | None, ...], cm_per_hour: float) -> None:
    found = rise(course(samples(*values), LEVEL))
    assert found.per_hour == pytest.approx(cm_per_hour / 100)


def test_a_steep_rise_is_no_spike_and_no_leap() -> None:
    found = course(samples(1.0, 1.0, 1.6, 2.2, 2.2), LEVEL)
    assert (len(found.good), found.left_out, found.leap) == (5, 0, None)


def test_a_leap_is_told_with_both_of_its_readings() -> None:
    found = course(samples(7.0, 7.1, 1.0, 1.1), LEVEL)
    assert found.leap is not None
    assert [str(r.value) for r in found.leap] == ["7.1", "1.0"]
    assert rise(found).missing == "baru 2 bacaan dalam 3 jam sesudah lompatan, perlu 4"


def test_the_newest_reading_stands_until_the_next_one_comes() -> None:
    assert course(samples(1.0, 1.0, 1.9), LEVEL).good[-1].value == Decimal("1.9")
    assert course(samples(1.0, 1.0, 1.9, 1.0), LEVEL).left_out == 1


@pytest.mark.parametrize(
    ("count", "every", "window_h"), [(7, 10, 1), (5, 30, 2), (4, 60, 3), (3, 60, None), (4, 5, None), (3601, 1 / 60, 1)]
)
def test_the_window_is_named_and_grows_where_readings_are_few(count: int, every: float, window_h: int | None) -> None:
    first = NOON - timedelta(minutes=every * (count - 1))
    given = [Sample(first + timedelta(minutes=every * n), Decimal(n) / 1000) for n in range(count)]
    found = rise(course(given, LEVEL))
    assert (found.per_hour is not None) == (window_h is not None)
    if window_h:
        assert found.window == timedelta(hours=window_h)


@given(st.lists(st.decimals(-20, 60, places=2) | st.none(), max_size=80), st.sampled_from(["river_level", "discharge"]))
def test_no_reading_is_invented_and_none_is_lost_uncounted(values: list[Decimal | None], quantity: str) -> None:
    found = course([Sample(NOON + timedelta(minutes=n), v) for n, v in enumerate(values)], LIMITS[quantity])
    known = [v for v in values if v is not None]
    assert len(found.good) + found.left_out == len(known)
    told = {(r.at, r.value) for r in found.good}
    assert told <= {(NOON + timedelta(minutes=n), v) for n, v in enumerate(values)}
    if found.good:
        rise(found)


@pytest.mark.parametrize(
    ("threshold", "value", "rise_m", "expected"),
    [
        ("3.00", "2.40", Rise(0.6, 0.5, 0.8, 7), (60, 45, 72, "")),
        ("3.00", "2.40", Rise(0.6), (60, None, None, "")),
        ("3.00", "3.00", Rise(0.6, 0.5, 0.8), (0, 0, 0, "")),
        ("3.00", "2.40", Rise(0.0, -0.1, 0.1), (None, None, None, NOT_RISING)),
        ("3.00", "2.40", Rise(-0.3, -0.4, -0.2), (None, None, None, NOT_RISING)),
        ("3.00", "2.40", Rise(0.05, -0.01, 0.2), (None, None, None, NOT_RISING)),
        ("3.00", "2.40", Rise(0.02, 0.011, 0.03), (None, None, None, FAR)),
        ("3.00", "2.40", Rise(None, missing="baru 2 bacaan"), (None, None, None, "baru 2 bacaan")),
        (None, "9.99", Rise(0.6), (None, None, None, OVER)),
    ],
)
def test_the_time_to_a_threshold_or_why_there_is_none(
    threshold: str | None, value: str, rise_m: Rise, expected: tuple[object, ...]
) -> None:
    found = time_to(None if threshold is None else Decimal(threshold), Decimal(value), rise_m, LEVEL.still)
    assert (found.minutes, found.soonest, found.latest, found.why) == expected
