"""What a briefing speaks of: points, charts and the one proposal, by their rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dashboard.briefings import selection
from dashboard.briefings.figure import Figure
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from tests.editions import AS_OF, figure, source_line

STEADY = (88, 90, 87, 91, 89, 90, 88, 92, 89, 88, 90, 91, 89)


def test_points_come_by_signal_target_status_and_weight_and_are_three_at_most():
    worse = of("worse", STEADY, value=Decimal(60))
    better = of("better", STEADY, value=Decimal(99))
    missed = of("missed", STEADY, value=Decimal(90), target=Decimal(95))
    kritis = of("kritis", STEADY, value=Decimal(90), status=Status.KRITIS, weight=2)
    steady = of("steady", STEADY, value=Decimal(90))
    points = selection.main_points([steady, missed, better, worse, kritis])
    assert points == ("kritis", "worse", "missed")


def test_of_two_that_score_alike_the_one_farther_from_its_target_comes_first():
    near, far = (of(str(v), STEADY, value=Decimal(v), target=Decimal(95)) for v in (91, 88))
    assert selection.main_points([near, far]) == ("88", "91")


def test_noise_is_no_point():
    chance = of("chance", value=Decimal(88), target=Decimal(90), interval=(82.0, 93.0))
    few = of("few", value=Decimal(50), target=Decimal(90), n=9)
    told = of("told", STEADY, value=Decimal(60), target=Decimal(90), data_time=AS_OF, previous_data_time=AS_OF)
    missing = of("missing", value=None, target=Decimal(90))
    steady = of("steady", STEADY, value=Decimal(91))
    assert selection.main_points([chance, few, told, missing, steady]) == ()


def test_a_single_warning_is_no_small_share():
    one = of("w", value=Decimal(1), n=1, unit="peringatan", status=Status.WASPADA)
    assert selection.main_points([one]) == ("w",)


def test_four_charts_of_each_family_and_twelve_in_all():
    full = [of(f"{family}{k}", STEADY, family=family) for family in selection.FAMILIES for k in range(9)]
    assert [name[:-1] for name in selection.charts(full)] == ["112"] * 4 + ["lingkungan"] * 4 + ["spbe"] * 4


def test_a_family_with_few_charts_leaves_room_for_six_of_another():
    some = [of(f"112{k}", STEADY) for k in range(9)] + [of("spbe0", STEADY, family="spbe")]
    assert selection.charts(some) == (*tuple(f"112{k}" for k in range(6)), "spbe0")


def test_what_speaks_is_drawn_before_what_has_a_target_and_that_before_the_rest():
    plain, aimed, worse = (
        of("plain", STEADY),
        of("aimed", STEADY, target=Decimal(90)),
        of("worse", STEADY, value=Decimal(50)),
    )
    assert selection.charts([plain, aimed, worse]) == ("worse", "aimed", "plain")


def test_a_figure_without_a_past_has_no_chart():
    assert selection.charts([of("new")]) == ()


def test_one_decision_is_proposed_about_the_first_point_that_is_not_good_news():
    better, worse = of("better", STEADY, value=Decimal(99)), of("worse", STEADY, value=Decimal(60))
    assert selection.proposal([better, worse], []).about == "worse"
    assert selection.proposal([better], []).kind == "pertahankan"
    assert selection.proposal([better], [source_line(state=FreshState.LOST)]).kind == "pulihkan"
    assert selection.proposal([], [source_line()]).kind == "tidak ada"


def of(name: str, past: tuple[float, ...] = (), **given: Any) -> Figure:
    return figure(past, id=name, **given)
