"""The call queue: twelve constructed calls whose figures were worked out by hand, told by sources of every kind."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas import agent_work as work
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.queue_levels import Over
from dashboard.formulas.queue_tally import QueueCall, QueueTally, Spent, tally_buckets, tally_calls
from dashboard.formulas.waits import Bucket, Waits

EXPECTED = Path(__file__).parents[2] / "../shared/data/asterisk_samples/expected.json"
TWELVE_CALLS = [
    QueueCall("answered", 4, 95),
    QueueCall("abandoned", 3),
    QueueCall("answered", 9, 40),
    QueueCall("answered", 15, 120),
    QueueCall("answered", 16, 60),
    QueueCall("abandoned", 25),
    QueueCall("answered", 20, 5),
    QueueCall("timeout", 60),
    QueueCall("answered", 2, 0),
    QueueCall("answered", 7, 200),
    QueueCall(None, 6),
    QueueCall("answered", 12, 70),
]
TWELVE = tally_calls(TWELVE_CALLS)

# Alexandria (VA), hourly telephone export of five weeks, buckets pooled by week: all calls, abandoned, answered up to
# 10 s and 15 s; published with it the service level of 15 s over answered calls and over all.
FIVE_WEEKS = [
    (44, 1565, 456, 976, 1058, 0.9540, 0.676),
    (45, 1953, 788, 1040, 1116, 0.9579, 0.571),
    (46, 1287, 164, 1021, 1088, 0.9688, 0.845),
    (47, 1275, 153, 998, 1073, 0.9563, 0.842),
    (48, 1146, 112, 935, 997, 0.9642, 0.870),
]


def missing(figure: object) -> str:
    assert isinstance(figure, NotComputable)
    return figure.missing


def rounded(share: Fraction | NotComputable, digits: int) -> float:
    assert isinstance(share, Fraction)
    return round(float(share), digits)


def figures(tally: QueueTally) -> dict[str, object]:
    return {
        "offered": tally.offered,
        "answered": tally.answered,
        "abandoned": tally.abandoned,
        "timeout": tally.timeout,
        "waiting": tally.waiting,
        "short_abandoned": levels.short_abandoned(tally),
        "answer_rate": levels.answer_rate(tally),
        "abandon_rate": levels.abandon_rate(tally),
        "abandon_rate_without_short": levels.abandon_rate_without_short(tally),
        "asa_s": levels.asa_s(tally),
        "p90_s": levels.wait_percentile_s(tally, 90),
        "longest_wait_s": levels.longest_wait_s(tally),
        "aht_s": work.aht_s(tally),
        "aht_without_zero_s": work.aht_without_zero_s(tally),
    }


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("offered", "12"), ("answered", "9"), ("abandoned", "2"), ("short_abandoned", "1"), ("timeout", "1"),
        ("waiting", "0"), ("answer_rate", "3/4"), ("asa_s", "91/9"), ("abandon_rate", "1/6"), ("p90_s", "20"),
        ("abandon_rate_without_short", "1/11"), ("aht_s", "295/4"), ("aht_without_zero_s", "590/7"),
        ("longest_wait_s", "60"),
    ],
)  # fmt: skip
def test_the_figures_of_twelve_calls(figure: str, expected: str) -> None:
    assert figures(TWELVE)[figure] == Fraction(expected)


@pytest.mark.parametrize(
    ("threshold_s", "over", "expected"),
    [
        (15, "answered", "7/9"), (15, "offered", "7/12"), (15, "without_short", "7/11"),
        (10, "answered", "5/9"), (20, "answered", "1"), (25, "without_short", "9/10"),
    ],
)  # fmt: skip
def test_the_three_service_levels(threshold_s: int, over: Over, expected: str) -> None:
    assert levels.service_level(TWELVE, threshold_s, over) == Fraction(expected)


@pytest.mark.skipif(not EXPECTED.exists(), reason="the shared figures are not on this machine")
def test_the_shared_figures_agree() -> None:
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    found = figures(TWELVE)
    names = {
        "offered": "offered", "answered": "answered", "abandoned": "abandoned", "timeout": "timeout",
        "short_abandoned": "short_abandoned_le_5s", "asa_s": "asa_s", "aht_s": "aht_talk_s",
        "aht_without_zero_s": "aht_excl_zero_talk", "abandon_rate": "abandon_rate_all",
        "abandon_rate_without_short": "abandon_rate_excl_short", "p90_s": "p90_wait_nearest_rank",
        "longest_wait_s": "longest_wait_any",
    }  # fmt: skip
    assert {name: found[name] for name in names} == {name: Fraction(expected[key]) for name, key in names.items()}
    for threshold_s in (10, 15, 20):
        assert levels.answered_within(TWELVE, threshold_s) == expected[f"answered_le_{threshold_s}"]
    assert levels.service_level(TWELVE, 15, "answered") == Fraction(expected["sl15_over_answered"])
    assert levels.service_level(TWELVE, 15, "offered") == Fraction(expected["sl15_over_offered"])
    assert levels.service_level(TWELVE, 15) == Fraction(expected["sl15_excl_short_abandon"])
    assert TWELVE.talking == expected["in_progress"]


def test_a_call_that_still_waits_is_offered_but_lowers_no_share() -> None:
    found = tally_calls([*TWELVE_CALLS, QueueCall(None)])
    assert (found.offered, found.waiting, found.decided) == (13, 1, 12)
    assert levels.answer_rate(found) == Fraction(3, 4)


def test_without_calls_there_are_no_shares_rather_than_zeros() -> None:
    found = tally_calls([])
    assert found.offered == 0
    nothing = "tidak ada panggilan pada masa ini"
    for figure in (levels.answer_rate(found), levels.abandon_rate(found), levels.service_level(found, 15)):
        assert missing(figure) == nothing
    assert missing(levels.longest_wait_s(found)) == nothing
    for figure in (levels.asa_s(found), work.aht_s(found), levels.service_level(found, 15, "answered")):
        assert missing(figure) == "tidak ada panggilan terjawab pada masa ini"
    assert missing(levels.wait_percentile_s(found, 90)) == "tidak ada panggilan terjawab pada masa ini"


def test_a_queue_of_pocket_dials_has_no_service_level() -> None:
    found = tally_calls([QueueCall("abandoned", 2), QueueCall("abandoned", 3)])
    assert levels.abandon_rate(found) == 1
    assert missing(levels.abandon_rate_without_short(found)) == "tidak ada panggilan pada masa ini"
    assert missing(levels.service_level(found, 15)) == "tidak ada panggilan pada masa ini"


@pytest.mark.parametrize("ended", [QueueCall("unknown"), QueueCall("unknown", 7, 30)])
def test_calls_that_ended_nobody_knows_how_leave_no_share(ended: QueueCall) -> None:
    found = tally_calls([*TWELVE_CALLS, ended])
    assert (found.offered, found.unknown) == (13, 1)
    rates = [levels.answer_rate(found), levels.abandon_rate(found), levels.abandon_rate_without_short(found)]
    overs: list[Over] = ["answered", "offered", "without_short"]
    for figure in [*rates, *(levels.service_level(found, 15, over) for over in overs), levels.asa_s(found)]:
        assert missing(figure) == "nasib 1 panggilan (terjawab atau tidak) tidak tercatat"
    worked = tally_calls([*TWELVE_CALLS, ended], staffed_s=3600)
    assert missing(work.aht_s(found)) == missing(work.calls_per_agent_hour(worked)) == missing(rates[0])


def test_a_telephone_bill_knows_only_how_many_rang() -> None:
    found = tally_calls([QueueCall("unknown", None, 40)] * 3)
    assert found.offered == 3
    assert missing(levels.longest_wait_s(found)) == "nasib 3 panggilan (terjawab atau tidak) tidak tercatat"
    assert missing(levels.answered_within(found, 15)) == "nasib 3 panggilan (terjawab atau tidak) tidak tercatat"


def test_a_monthly_workbook_has_rates_and_says_what_it_lacks() -> None:
    """Kota Batu, Jun-Dec 2024: 61,897 calls, 57,073 cut off, 4,824 reached an operator."""
    found = QueueTally(offered=61_897, answered=4_824, abandoned=57_073)
    assert levels.answer_rate(found) == Fraction(4_824, 61_897)
    assert levels.abandon_rate(found) == Fraction(57_073, 61_897)
    assert missing(levels.abandon_rate_without_short(found)) == "waktu tunggu panggilan terputus tidak tercatat"
    assert missing(levels.service_level(found, 15)) == "waktu tunggu panggilan terputus tidak tercatat"
    assert missing(levels.service_level(found, 15, "offered")) == "waktu tunggu panggilan terjawab tidak tercatat"
    assert missing(levels.asa_s(found)) == "waktu tunggu panggilan terjawab tidak tercatat"
    assert missing(work.aht_s(found)) == "lama bicara panggilan terjawab tidak tercatat"
    assert missing(work.occupancy(found)) == "jam kerja petugas tidak tercatat"


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (QueueTally(answered=5), "jumlah panggilan masuk tidak tercatat"),
        (QueueTally(offered=5), "jumlah panggilan terjawab tidak tercatat"),
    ],
)
def test_an_answer_rate_needs_both_counts(tally: QueueTally, words: str) -> None:
    assert missing(levels.answer_rate(tally)) == words


def test_an_abandonment_needs_the_abandoned() -> None:
    assert missing(levels.abandon_rate(QueueTally(offered=5, answered=3))) == "jumlah panggilan terputus tidak tercatat"


def test_offered_calls_are_counted_from_their_ends_where_all_are_known() -> None:
    assert levels.answer_rate(QueueTally(answered=6, abandoned=3, timeout=3)) == Fraction(1, 2)


def test_without_abandoned_calls_nobody_needs_their_waits() -> None:
    found = QueueTally(offered=4, answered=4, abandoned=0, answered_waits=Waits({3: 3, 18: 1}))
    assert levels.service_level(found, 15) == Fraction(3, 4)


def test_waits_told_of_some_calls_only_give_no_level() -> None:
    found = tally_calls([*TWELVE_CALLS, QueueCall("answered", None, 30)])
    assert missing(levels.service_level(found, 15)) == "waktu tunggu 1 dari 10 panggilan terjawab tidak tercatat"
    assert missing(levels.asa_s(found)) == "waktu tunggu 1 dari 10 panggilan terjawab tidak tercatat"


@pytest.mark.parametrize(("week", "total", "abandoned", "in_10", "in_15", "over_answered", "over_all"), FIVE_WEEKS)
def test_five_published_weeks_of_a_telephone_export(
    week: int, total: int, abandoned: int, in_10: int, in_15: int, over_answered: float, over_all: float
) -> None:
    answered = total - abandoned
    buckets: dict[Bucket, int] = {(0, 10): in_10, (10, 15): in_15 - in_10, (15, None): answered - in_15}
    found = tally_buckets(buckets, offered=total, abandoned=abandoned)
    assert found.answered == answered, week
    assert rounded(levels.service_level(found, 15, "answered"), 4) == over_answered
    assert rounded(levels.service_level(found, 15, "offered"), 3) == over_all
    assert missing(levels.service_level(found, 12, "answered")) == (
        "panggilan terjawab sampai 12 detik tidak tercatat tersendiri"
    )
    assert missing(levels.asa_s(found)) == "waktu tunggu panggilan terjawab hanya tercatat per kelompok"
    assert missing(levels.longest_wait_s(found)) == "waktu tunggu panggilan terjawab hanya tercatat per kelompok"


def test_a_published_bank_pools_its_abandonment() -> None:
    """Technion, February 1999: 27,162 served and 5,904 hung up make 17.86 % abandoned."""
    assert rounded(levels.abandon_rate(QueueTally(answered=27_162, abandoned=5_904, timeout=0)), 4) == 0.1786


def test_the_two_lines_of_nena_stand_side_by_side() -> None:
    in_15, in_20 = levels.nena_lines(TWELVE)
    assert (in_15.within_s, in_15.target, in_15.level, in_15.met) == (15, Fraction(9, 10), Fraction(7, 9), False)
    assert (in_20.within_s, in_20.target, in_20.level, in_20.met) == (20, Fraction(19, 20), Fraction(1), True)
    assert [line.met for line in levels.nena_lines(QueueTally(offered=3, answered=3))] == [None, None]


def test_exactly_ninety_per_cent_meets_the_line() -> None:
    found = QueueTally(offered=10, answered=10, answered_waits=Waits({15: 9, 16: 1}))
    assert levels.nena_lines(found)[0].met is True


def staffed(**known: object) -> QueueTally:
    """Nine answered calls of 590 s in all, by agents who worked an hour."""
    given: dict[str, object] = {"offered": 9, "answered": 9, "talk": Spent(590, 9, 1), "staffed_s": 3600, **known}
    return QueueTally(**given)  # type: ignore[arg-type]


def test_handling_time_adds_hold_and_wrap_up_where_they_are_told() -> None:
    found = staffed(hold=Spent(90, 9), wrap=Spent(180, 9))
    assert work.aht_s(found) == Fraction(590 + 90 + 180, 9)
    assert work.aht_parts(found) == ("bicara", "ditahan", "pencatatan sesudah panggilan")
    assert work.aht_parts(TWELVE) == ("bicara",)


def test_occupancy_is_handled_over_staffed_time() -> None:
    assert work.occupancy(staffed(wrap=Spent(130, 9))) == Fraction(1, 5)
    assert work.calls_per_agent_hour(staffed()) == 9
    assert work.occupancy(tally_calls([], staffed_s=3600)) == 0


def test_a_call_that_goes_on_does_not_hide_the_occupancy() -> None:
    found = tally_calls(TWELVE_CALLS, staffed_s=5900)
    assert (found.talking, work.occupancy(found)) == (1, Fraction(1, 10))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"staffed_s": None}, "jam kerja petugas tidak tercatat"),
        ({"staffed_s": 0}, "jam kerja petugas tidak tercatat"),
        ({"talk": Spent(300, 5)}, "lama bicara 4 dari 9 panggilan terjawab tidak tercatat"),
        ({"talk": None}, "lama bicara panggilan terjawab tidak tercatat"),
        ({"unknown": 2}, "nasib 2 panggilan (terjawab atau tidak) tidak tercatat"),
    ],
)
def test_what_an_occupancy_lacks(known: dict[str, object], words: str) -> None:
    assert missing(work.occupancy(staffed(**known))) == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"answered": None}, "jumlah panggilan terjawab tidak tercatat"),
        ({"staffed_s": None}, "jam kerja petugas tidak tercatat"),
    ],
)
def test_what_calls_per_agent_hour_lack(known: dict[str, object], words: str) -> None:
    assert missing(work.calls_per_agent_hour(staffed(**known))) == words


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (Spent(590, 9), "jumlah panggilan dengan lama bicara 0 detik tidak tercatat"),
        (Spent(0, 9, 9), "tidak ada panggilan terjawab pada masa ini"),
        (None, "lama bicara panggilan terjawab tidak tercatat"),
    ],
)
def test_what_a_talk_time_without_zeros_lacks(talk: Spent | None, words: str) -> None:
    assert missing(work.aht_without_zero_s(staffed(talk=talk))) == words
