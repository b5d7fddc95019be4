"""Who still waits for a call back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.formulas.call_backs import GaveUp, not_called_back
from dashboard.store.queue_now import Attempt

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def tried(minute: float, outcome: str | None = "abandoned", wait: int | None = 20, code: str | None = "a") -> Attempt:
    return Attempt(NOON + timedelta(minutes=minute), outcome, wait, code)


@pytest.mark.parametrize(
    ("calls", "rung", "waiting"),
    [
        ([tried(0)], {}, 1),
        ([tried(0, wait=5)], {}, 0),
        ([tried(0, wait=6)], {}, 1),
        ([tried(0, wait=None)], {}, 1),
        ([tried(0, "timeout", 300)], {}, 1),
        ([tried(0), tried(30, "answered")], {}, 0),
        ([tried(0, "answered"), tried(30)], {}, 1),
        ([tried(0), tried(30, "answered", code="b")], {}, 1),
        ([tried(0)], {"a": [(NOON + timedelta(minutes=5), True)]}, 0),
        ([tried(0)], {"a": [(NOON + timedelta(minutes=5), None)]}, 0),
        ([tried(0)], {"a": [(NOON + timedelta(minutes=5), False)]}, 1),
        ([tried(0)], {"a": [(NOON - timedelta(minutes=5), True)]}, 1),
        ([tried(0)], {"b": [(NOON + timedelta(minutes=5), True)]}, 1),
        ([tried(0), tried(1)], {}, 1),
        ([tried(0), tried(30)], {}, 2),
        ([tried(0, code=None), tried(1, code=None)], {}, 2),
        ([tried(0, None, None)], {}, 0),
    ],
)
def test_who_was_helped_later_is_off_the_list(
    calls: list[Attempt], rung: dict[str, list[tuple[datetime, bool | None]]], waiting: int
) -> None:
    assert len(not_called_back(calls, rung)) == waiting


@pytest.mark.parametrize(("seconds", "callers"), [(80, 1), (81, 2)])
def test_a_retry_within_sixty_seconds_of_giving_up_is_the_same_caller(seconds: int, callers: int) -> None:
    assert len(not_called_back([tried(0), tried(seconds / 60)], {})) == callers


def test_what_is_told_is_when_and_how_long_never_who() -> None:
    rung = {"a": [(NOON + timedelta(minutes=9), False)]}
    assert not_called_back([tried(0), tried(1, wait=50)], rung) == [
        GaveUp(NOON, NOON + timedelta(minutes=1), attempts=2, longest_wait_s=50, rung=True, known=True)
    ]
    assert not not_called_back([tried(0, code=None)], {})[0].known
