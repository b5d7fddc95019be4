"""How many agents an hour needs, and what those who are there can reach."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dashboard.formulas.erlang import EndlessQueue, SteadyQueue, erlang_c
from dashboard.formulas.staffing import Target, needed_agents, reach, staff_the_week

EIGHTY_IN_TWENTY = Target(Fraction(8, 10), 20)


@pytest.mark.parametrize(
    ("calls", "aht_s", "target", "interval_s", "agents"),
    [
        (0, 90, Target(), 3600, 1),
        (6, 90, Target(), 3600, 2),  # EC07 and its neighbour
        (40, 90, Target(), 3600, 3),  # EC08 misses with 2, EC09 reaches with 3
        (150, 120, Target(), 3600, 9),  # EC11 misses with 8
        (100, 180, EIGHTY_IN_TWENTY, 1800, 14),  # EC02 misses with 13 (79.56 %), EC01 reaches
        (360, 240, Target(Fraction(84, 100), 15), 1800, 55),  # EC03
    ],
)
def test_the_fewest_agents_that_reach_the_target(
    calls: int, aht_s: int, target: Target, interval_s: int, agents: int
) -> None:
    need = needed_agents(calls, aht_s, target, interval_s)
    assert need.agents == agents
    assert need.service_level >= target.share
    one_less = erlang_c(calls, interval_s, aht_s, agents - 1)
    assert isinstance(one_less, EndlessQueue) or one_less.service_level(target.within_s) < target.share


def test_one_agent_at_night_cannot_reach_the_target_even_with_six_calls_an_hour() -> None:
    found = reach(6, 90, 1)
    assert found.service_level == pytest.approx(0.869813423233, abs=1e-12)
    assert (found.meets, found.needed) == (False, 2)
    assert found.sentence == (
        "Dengan 1 petugas: paling banyak 86,9 % terjawab dalam 15 detik. "
        "Untuk 90 % dalam 15 detik diperlukan 2 petugas."
    )


def test_enough_agents_are_said_to_be_enough() -> None:
    found = reach(40, 90, 3)
    assert found.meets
    assert found.sentence == "3 petugas cukup untuk 90 % dalam 15 detik."


def test_too_few_agents_leave_an_endless_queue_and_no_service_level() -> None:
    found = reach(150, 120, 4)
    assert isinstance(found.queue, EndlessQueue)
    assert (found.service_level, found.impatient, found.needed) == (None, None, 9)
    assert found.sentence.startswith("Dengan 4 petugas: antrean tak terhingga; beban kerja melebihi kemampuan mereka.")


def test_what_misses_the_target_is_never_rounded_up_to_it() -> None:
    found = reach(100, 180, 13, Target(Fraction("0.7956"), 20), interval_s=1800)
    assert not found.meets
    assert "paling banyak 79,5 % terjawab" in found.sentence


@pytest.mark.parametrize(("agents", "beside"), [(4, True), (5, True), (6, False)])
def test_erlang_a_stands_beside_above_ninety_per_cent_load(agents: int, beside: bool) -> None:
    found = reach(150, 120, agents, patience_s=60)
    assert (found.impatient is not None) == beside
    if agents == 4:
        assert found.impatient is not None
        assert found.impatient.level_without_short(15) == pytest.approx(0.5281874335)  # EA04


def test_exactly_ninety_per_cent_is_not_above_it() -> None:
    at_ninety = reach(36, 90, 1, patience_s=60)
    assert isinstance(at_ninety.queue, SteadyQueue)
    assert at_ninety.queue.occupancy == Fraction(9, 10)
    assert at_ninety.impatient is None


def test_an_hour_nobody_can_foresee_has_no_need_rather_than_none() -> None:
    week = staff_the_week({(0, 8): 40, (0, 3): 0, (6, 23): None, (0, 2): 2.5}, 90)
    assert {hour: need and need.agents for hour, need in week.items()} == {
        (0, 2): 1, (0, 3): 1, (0, 8): 3, (6, 23): None,
    }  # fmt: skip
    assert list(week) == [(0, 2), (0, 3), (0, 8), (6, 23)]


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(9)])
def test_a_target_nobody_can_reach_is_refused(share: Fraction) -> None:
    with pytest.raises(ValueError, match=f"sasaran {share} tidak mungkin; harus di antara 0 dan 1"):
        needed_agents(6, 90, Target(share))


def test_a_load_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="memerlukan lebih dari 500 petugas; periksa jumlahnya"):
        needed_agents(10**6, 90)
