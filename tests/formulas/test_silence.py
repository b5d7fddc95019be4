"""A source is silent for too long when 99 % of its own gaps were shorter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.formulas.silence import silence

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def moments(gaps: list[int]) -> list[datetime]:
    """Moments with so many hours between them."""
    found = [START]
    for gap in gaps:
        found.append(found[-1] + gap * HOUR)
    return found


REGULAR = [1] * 98 + [5, 9]
"""A hundred gaps: the 99th is five hours, the longest nine."""


@pytest.mark.parametrize(("hours", "unusual"), [(0, False), (5, False), (6, True), (9, True)])
def test_silence_is_unusual_beyond_the_99th_percentile_of_the_own_gaps(hours: int, unusual: bool) -> None:
    heard = moments(REGULAR)
    found = silence(heard, heard[-1] + hours * HOUR)
    assert found is not None
    assert (found.usual, found.gaps, found.last) == (5 * HOUR, 100, heard[-1])
    assert found.unusual is unusual


def test_an_hour_of_counted_calls_lasts_an_hour() -> None:
    heard = moments([1] * 40)
    assert silence(heard, heard[-1] + 2 * HOUR, HOUR).unusual is False  # type: ignore[union-attr]
    assert silence(heard, heard[-1] + 2.5 * HOUR, HOUR).unusual is True  # type: ignore[union-attr]
    assert silence(heard, heard[-1], HOUR).present == timedelta(0)  # type: ignore[union-attr]


def test_moments_told_twice_and_moments_ahead_make_no_gap() -> None:
    heard = moments([1] * 40)
    found = silence([*heard, *heard, heard[-1] + 90 * HOUR], heard[-1] + HOUR)
    assert found is not None
    assert (found.gaps, found.present) == (40, HOUR)


@pytest.mark.parametrize("gaps", [0, 29])
def test_few_gaps_do_not_tell_what_is_usual(gaps: int) -> None:
    assert silence(moments([1] * gaps), START + 900 * HOUR) is None
    assert silence([], START) is None
