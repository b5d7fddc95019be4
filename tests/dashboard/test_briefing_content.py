"""The content of the weekly briefing: what is spoken of, what it is compared with, and what it never says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dashboard.briefings.comparison import compare, main_points
from dashboard.briefings.content import Briefing, briefing
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from tests.builders import freshness_of, reading, source_state

MONDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""Senin, 23 November 2026 00.00 WIB: the end of week 47."""


def test_the_period_is_monday_to_sunday_in_wib():
    edition = edition_of([])
    assert (edition.number, edition.first, edition.last) == (47, date(2026, 11, 16), date(2026, 11, 22))
    assert not edition.running


@pytest.mark.parametrize(("before_the_end", "running"), [("0.001", False), ("60", False), ("61", True)])
def test_an_edition_before_the_last_minute_of_its_week_is_a_running_one(before_the_end: str, running: bool):
    assert briefing("2026-W47", [], MONDAY - timedelta(seconds=float(before_the_end))).running is running


@pytest.mark.parametrize("week", ["2026-47", "2026-W54", "minggu ini", ""])
def test_a_week_that_is_none_is_refused_with_what_would_be_right(week: str):
    with pytest.raises(ValueError, match="tulis seperti 2026-W47"):
        briefing(week, [], MONDAY)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="tanpa zona"):
        briefing("2026-W47", [], datetime(2026, 11, 23))  # noqa: DTZ001 - the mistake itself


def test_only_indicators_of_the_briefing_enter_each_on_the_page_of_its_family():
    readings = [of("112", "a"), of("spbe", "b"), of("112", "c", in_briefing=False), of("sistem", "d")]
    pages = {family.name: [e.reading.indicator.id for e in family.entries] for family in edition_of(readings).families}
    assert pages == {"112": ["a"], "lingkungan": [], "spbe": ["b"]}


def test_completeness_counts_fresh_values_only_and_is_no_percentage_below_ten():
    stale = [of("112", "s", freshness=freshness_of(FreshState.STALE)), missing("m")]
    fresh = [of("112", f"f{i}") for i in range(8)]
    assert edition_of([*fresh, *stale]).completeness == 80
    assert edition_of(fresh).completeness is None
    assert edition_of(fresh).fresh == 8


def test_points_come_by_severity_then_by_distance_from_the_target_and_are_three_at_most():
    readings = [
        of("112", "near", value=Decimal(85), target=Decimal(90)),
        of("112", "far", value=Decimal(45), target=Decimal(90)),
        of("112", "waspada", status=Status.WASPADA),
        of("112", "kritis", status=Status.KRITIS),
        of("112", "good", value=Decimal(95), target=Decimal(90)),
    ]
    assert points_of(readings) == ["kritis", "waspada", "far"]


def test_chance_few_cases_and_missing_values_are_no_points():
    chance = of("112", "c", value=Decimal(88), target=Decimal(90), detail={"interval_95": [82.0, 93.0]})
    few = of("112", "f", value=Decimal(50), target=Decimal(90), n=4)
    few_raised = of("112", "r", value=Decimal(50), status=Status.WASPADA, n=9)
    assert points_of([chance, few, few_raised, missing("m")]) == []


def test_a_single_warning_is_no_noise_because_it_counts_itself():
    assert points_of([of("112", "w", value=Decimal(1), n=1, unit="peringatan", status=Status.WASPADA)]) == ["w"]


@pytest.mark.parametrize(
    ("better", "value", "met"),
    [
        ("up", "90", True), ("up", "89.9999", False), ("up", "90.0001", True),
        ("down", "90", True), ("down", "90.0001", False), ("none", "95", None),
    ],
)  # fmt: skip
def test_a_target_is_judged_by_the_unrounded_value(better: str, value: str, met: bool | None):
    assert compare(reading(value=Decimal(value), target=Decimal(90), better=better)).met is met


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [("10", "15", 50), ("9", "18", None), ("0", "7", None), ("200", "150", -25)],
)
def test_a_change_from_less_than_ten_has_no_percentage(before: str, after: str, percent: int | None):
    compared = compare(counted(after), counted(before, hours_ago=168)).to_week_before
    assert compared is not None
    assert compared.percent == percent
    assert compared.difference == Decimal(after) - Decimal(before)


def test_shares_never_change_by_per_cent_of_per_cent():
    compared = compare(reading(value=Decimal(80), n=200), reading(value=Decimal(40), n=200)).to_week_before
    assert compared is not None
    assert compared.percent is None


@pytest.mark.parametrize(("before", "after", "chance"), [("31", "32", True), ("30", "60", False), ("3", "9", True)])
def test_small_changes_of_counts_are_marked_as_chance(before: str, after: str, chance: bool):
    compared = compare(counted(after), counted(before, hours_ago=168)).to_week_before
    assert compared is not None
    assert compared.by_chance is chance


def test_the_same_data_as_a_week_before_is_said_to_be_the_same():
    compared = compare(counted("5"), counted("5")).to_week_before
    assert compared is not None
    assert compared.same_data


def test_a_missing_value_is_compared_with_nothing():
    entry = compare(reading(value=None, target=Decimal(90)), reading())
    assert (entry.to_target, entry.to_week_before, entry.met, entry.gap) == (None, None, None, 0)


def test_late_sources_come_first_and_each_source_once():
    late = source_state(id="z", title="Z", answered_at=MONDAY - timedelta(hours=1))
    good = source_state(id="a", title="A", answered_at=MONDAY)
    edition = edition_of([of("112", "1", sources=(good, late)), of("112", "2", sources=(good,))])
    assert [(line.state.id, line.late) for line in edition.sources] == [("z", True), ("a", False)]


def test_the_hash_changes_with_a_value_and_with_nothing_else_of_the_run():
    first, again = edition_of([of("112", "a")]), edition_of([of("112", "a")])
    other = edition_of([of("112", "a", value=Decimal("93.2"))])
    assert first.content_hash == again.content_hash != other.content_hash
    assert len(first.content_hash) == 64


def of(family: str, name: str, **given: Any) -> Reading:
    """A fresh reading of a family under that id."""
    return reading(**{"id": name, "family": family, "at": MONDAY, **given})


def missing(name: str) -> Reading:
    """A reading without a value."""
    return of("112", name, value=None, status=Status.UNKNOWN, band="", n=None, missing="belum ada panggilan hari ini")


def counted(value: str, hours_ago: int = 0) -> Reading:
    """A count of cases."""
    at = MONDAY - timedelta(hours=hours_ago)
    return reading(value=Decimal(value), n=int(value), unit="kejadian", decimals=0, data_time=at)


def edition_of(readings: list[Reading]) -> Briefing:
    return briefing("2026-W47", readings, MONDAY)


def points_of(readings: list[Reading]) -> list[str]:
    """Ids of the main points, by either way of asking."""
    points = [e.reading.indicator.id for e in edition_of(readings).points]
    assert points == [e.reading.indicator.id for e in main_points([compare(r) for r in readings])]
    return points
