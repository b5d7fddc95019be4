"""A source is judged by its own contract; the word on the panel follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.formulas.freshness import Contract, Freshness, FreshState, freshness, worst

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
MINUTES = {"contact": Contract(timedelta(minutes=10)), "data": Contract(timedelta(minutes=10), timedelta(hours=1))}


@pytest.mark.parametrize(
    ("contract", "answered_ago_min", "data_ago_min", "answering", "state"),
    [
        ("contact", 0, 9999, True, "segar"),
        ("contact", 10, None, True, "segar"),
        ("contact", 11, None, False, "terlambat"),
        ("contact", 20, None, False, "terlambat"),
        ("contact", 21, None, False, "putus"),
        ("contact", None, None, False, "putus"),
        ("data", 1, 59, True, "segar"),
        ("data", 1, 61, True, "terlambat"),
        ("data", 1, 121, True, "basi"),
        ("data", 1, 121, False, "putus"),
        ("data", 25, 121, True, "putus"),
    ],
)
def test_the_clock_furthest_past_its_contract_decides(
    contract: str, answered_ago_min: int | None, data_ago_min: int | None, answering: bool, state: str
) -> None:
    found = freshness(MINUTES[contract], NOW, ago(answered_ago_min), ago(data_ago_min), answering)
    assert found.state == state


def test_a_value_is_as_fresh_as_its_worst_source() -> None:
    states = [Freshness(FreshState.FRESH, NOW), Freshness(FreshState.LOST, None), Freshness(FreshState.LATE, NOW)]
    assert worst(states).state is FreshState.LOST


def test_without_any_source_there_is_no_freshness_to_speak_of() -> None:
    assert worst([]).state is FreshState.NONE


def ago(minutes: int | None) -> datetime | None:
    return None if minutes is None else NOW - timedelta(minutes=minutes)
