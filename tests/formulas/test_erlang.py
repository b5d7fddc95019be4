"""Queues of patient and impatient callers, to the digits of published examples and exact fractions."""

from __future__ import annotations

import json
from fractions import Fraction
from math import exp, factorial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.erlang import EndlessQueue, SteadyQueue, erlang_b, erlang_c
from dashboard.formulas.erlang_a import ImpatientQueue, erlang_a

SHARED = Path(__file__).parents[2] / "../shared/data/erlang_vectors.json"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")
FIFTEEN_DIGITS, TEN_DIGITS = 1e-14, 1e-9

# id, calls per interval, interval, handling time, agents, threshold; P(wait), ASA, queue, occupancy, service level
PATIENT = [
    # callcentrehelper.com, worked example; pyworkforce 0.5.1
    ("EC01", 100, 1800, 180, 14, 20,
     "976562500/5608175823", "4882812500/623130647", 0.435329833987625, "5/7", 0.888350019179467),
    # the same with 13 agents; a public test asserts 79.56 %
    ("EC02", 100, 1800, 180, 13, 20,
     "390625000/1369314613", "23437500000/1369314613", 0.950901510121643, "10/13", 0.795594788417783),
    # Westbay, worked example
    ("EC03", 360, 1800, 240, 55, 15,
     "0.238700936378009", "8.18403210438889", 1.63680642087778, "48/55", 0.84588309217058),
    # umontreal-simul/contactcenters MMC.res, simulated 0.902
    ("EC04", 252, 3600, 120, 12, 20,
     "11531769565176/62710617510715", "76878463767840/12542123502143", 0.429073470918166, "7/10", 0.899079779894654),
    # exact M/M/1
    ("EC05", 15, 3600, 120, 1, 20, "1/2", "120", 0.5, "1/2", 0.539977792685338),
    # exact
    ("EC06", 30, 3600, 120, 2, 20, "1/3", "40", 0.333333333333333, "1/2", 0.717839425036462),
    # 112, night, one agent
    ("EC07", 6, 3600, 90, 1, 15, "3/20", "270/17", 0.0264705882352941, "3/20", 0.869813423233308),
    # 112, day
    ("EC08", 40, 3600, 90, 2, 15, "1/3", "30", 0.333333333333333, "1/2", 0.717839425036462),
    # 112, day
    ("EC09", 40, 3600, 90, 3, 15, "1/11", "45/11", 0.0454545454545455, "1/3", 0.934860789947837),
    # 112, storm
    ("EC10", 150, 3600, 120, 6, 15, "3125/5319", "125000/1773", 2.93758225230306, "5/6", 0.481518552251013),
    # 112, storm
    ("EC11", 150, 3600, 120, 8, 15, "78125/467069", "3125000/467069", 0.278777511102928, "5/8", 0.885039523270556),
    # 180**200 overflows a float
    ("EC12", 3600, 3600, 180, 200, 20,
     "0.0944712181775908", "0.850240963598317", 0.850240963598317, "9/10", 0.98976234083473),
    # constructed
    ("EC13", 360, 3600, 180, 21, 20,
     "44472484532444184/112340698167853303", "2668349071946651040/112340698167853303",
     2.37522920496697, "6/7", 0.716345650808646),
    # published comparison table: ASA 20.8 s
    ("EC14", 2880, 3600, 60, 50, 20,
     "0.694455611196834", "20.833668335905", 16.666934668724, "24/25", 0.643454600803303),
]  # fmt: skip

# id, arrivals, service, giving up (rates of one unit of time), agents, threshold
# P(wait), P(abandon), mean wait, queue, occupancy,
# P(served <= T), level over served, level without short, P(abandon after T)
IMPATIENT = [
    # simulated, MMCAb.res: abandoned 2.91 %, level 0.968 and 0.975; minutes
    ("EA01", "4.2", "0.5", "1", 12, "1/3",
     "0.1273722818 0.02967890554 0.02967890554 0.1246514033 0.6792247661 "
     "0.9452695756 0.9741822382 0.9678715387 0.006326671011"),
    # published table: 3.1 % abandon, wait 3.7 s; minutes
    ("EA02", "48", "1", "0.5", 50, "1/3",
     "0.4677740686 0.03091224916 0.06182449832 2.96757592 0.9303242408 "
     "0.9430189547 0.9730996537 0.972029603 0.001066812201"),
    # 112, day; seconds
    ("EA03", "40/3600", "1/90", "1/60", 2, "15",
     "0.2527379236 0.1208931146 7.253586878 0.08059540976 0.4395534427 "
     "0.7978921076 0.9076167198 0.8395935042 0.07122455907"),
    # 112, overload: Erlang C has no answer; seconds
    ("EA04", "150/3600", "1/120", "1/60", 4, "15",
     "0.6478267393 0.3160977953 18.96586772 0.7902444882 0.8548777559 "
     "0.4592173921 0.6714664596 0.5281874335 0.1855190708"),
    # patience as long as service: the number in the system is Poisson(4)
    ("EA05", "4", "1", "1", 4, "1/4",
     "0.5665298796 0.1953668148 0.1953668148 0.7814672593 0.8046331852 "
     "0.600181411 0.7459068579 0.6705907172 0.09037086957"),
]  # fmt: skip


def steady(*given: int) -> SteadyQueue:
    queue = erlang_c(*given)
    assert isinstance(queue, SteadyQueue)
    return queue


@pytest.mark.parametrize(
    ("calls", "interval_s", "aht_s", "agents", "threshold_s", "wait", "asa", "length", "occupancy", "level"),
    [row[1:] for row in PATIENT],
    ids=[row[0] for row in PATIENT],
)
def test_patient_callers(
    calls: int, interval_s: int, aht_s: int, agents: int, threshold_s: int,
    wait: str, asa: str, length: float, occupancy: str, level: float,
) -> None:  # fmt: skip
    queue = steady(calls, interval_s, aht_s, agents)
    for found, expected in ((queue.wait_chance, wait), (queue.asa_s, asa)):
        if "." in expected:
            assert float(found) == pytest.approx(float(expected), rel=FIFTEEN_DIGITS)
        else:
            assert found == Fraction(expected)
    assert queue.occupancy == Fraction(occupancy)
    assert float(queue.queue_length) == pytest.approx(length, rel=FIFTEEN_DIGITS)
    assert queue.service_level(threshold_s) == pytest.approx(level, rel=FIFTEEN_DIGITS)


@needs_shared
def test_the_table_holds_every_shared_vector_exactly() -> None:
    shared = json.loads(SHARED.read_text(encoding="utf-8"))["erlang_c"]
    assert [row[0] for row in PATIENT] == [vector["id"] for vector in shared]
    for vector in shared:
        queue = steady(vector["calls"], vector["interval_s"], vector["aht_s"], vector["agents"])
        assert queue.load == Fraction(vector["load_erl"])
        assert queue.wait_chance == Fraction(vector["pw_exact"])
        assert queue.asa_s == Fraction(vector["asa_s_exact"])
        assert queue.occupancy == Fraction(vector["occupancy"])
        assert float(queue.queue_length) == pytest.approx(float(vector["lq"]), rel=FIFTEEN_DIGITS)
        level = queue.service_level(vector["threshold_s"])
        assert level == pytest.approx(float(vector["service_level"]), rel=FIFTEEN_DIGITS)


@pytest.mark.parametrize(
    ("load", "agents", "expected"),
    [(2, 3, "4/19"), (25, 30, "0.0526031722281406"), (1, 0, "1"), (0, 3, "0"), (Fraction(1, 2), 1, "1/3")],
)
def test_lost_calls(load: int | Fraction, agents: int, expected: str) -> None:
    assert float(erlang_b(load, agents)) == pytest.approx(float(Fraction(expected)), rel=FIFTEEN_DIGITS)


def test_two_erlang_on_three_agents_is_exact() -> None:
    assert erlang_b(2, 3) == Fraction(4, 19)
    assert steady(2, 1, 1, 3).wait_chance == Fraction(4, 9)


@needs_shared
def test_the_shared_losses_are_reproduced() -> None:
    for vector in json.loads(SHARED.read_text(encoding="utf-8"))["erlang_b"]:
        found = erlang_b(Fraction(vector["A"]), vector["n"])
        assert float(found) == pytest.approx(float(Fraction(vector["B"])), rel=FIFTEEN_DIGITS)


@given(load=st.fractions(min_value=0, max_value=12, max_denominator=9), agents=st.integers(1, 14))
def test_the_recursion_is_the_textbook_formula(load: Fraction, agents: int) -> None:
    terms = [load**k / factorial(k) for k in range(agents + 1)]
    assert erlang_b(load, agents) == terms[-1] / sum(terms)


@pytest.mark.parametrize(("calls", "agents"), [(80, 2), (81, 2), (6, 0), (0, 0)])
def test_with_as_much_work_as_agents_or_more_the_queue_has_no_end(calls: int, agents: int) -> None:
    queue = erlang_c(calls, 3600, 90, agents)
    assert isinstance(queue, EndlessQueue)
    assert queue.word == "antrean tak terhingga"
    assert queue.load == Fraction(calls, 40)


def test_without_calls_nobody_waits() -> None:
    queue = steady(0, 3600, 90, 1)
    assert [queue.wait_chance, queue.asa_s, queue.occupancy, queue.service_level(0)] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("calls", "interval_s", "aht_s", "agents", "message"),
    [
        (-1, 3600, 90, 1, "-1 panggilan dalam 3600 detik dengan 90 detik per panggilan tidak mungkin"),
        (1, 0, 90, 1, "1 panggilan dalam 0 detik"),
        (1, 3600, 0, 1, "dengan 0 detik per panggilan"),
        (1, 3600, 90, -1, "-1 petugas tidak mungkin"),
    ],
)
def test_queues_that_cannot_be_are_refused(calls: int, interval_s: int, aht_s: int, agents: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        erlang_c(calls, interval_s, aht_s, agents)


def test_a_negative_load_is_refused() -> None:
    with pytest.raises(ValueError, match="beban -1 erlang tidak mungkin"):
        erlang_b(-1, 2)


def figures(queue: ImpatientQueue, threshold: float) -> list[float]:
    return [
        queue.wait_chance,
        queue.abandon_chance,
        queue.mean_wait_s,
        queue.queue_length,
        queue.occupancy,
        queue.served_within(threshold),
        queue.level_over_answered(threshold),
        queue.level_without_short(threshold),
        queue.abandon_chance - queue.abandoned_within(threshold),
    ]


def impatient(arrival: Fraction, service: Fraction, giving_up: Fraction, agents: int) -> ImpatientQueue:
    """The formulas hold in any unit of time, as long as it is one."""
    return erlang_a(arrival, 1, 1 / service, 1 / giving_up, agents)


@pytest.mark.parametrize(
    ("arrival", "service", "giving_up", "agents", "threshold", "expected"),
    [row[1:] for row in IMPATIENT],
    ids=[row[0] for row in IMPATIENT],
)
def test_impatient_callers(
    arrival: str, service: str, giving_up: str, agents: int, threshold: str, expected: str
) -> None:
    queue = impatient(Fraction(arrival), Fraction(service), Fraction(giving_up), agents)
    printed = [float(figure) for figure in expected.split()]
    assert figures(queue, float(Fraction(threshold))) == pytest.approx(printed, rel=TEN_DIGITS)


@needs_shared
def test_the_table_holds_every_shared_vector_of_impatience() -> None:
    shared = json.loads(SHARED.read_text(encoding="utf-8"))["erlang_a"]
    assert [row[0] for row in IMPATIENT] == [vector["id"] for vector in shared]
    names = ("Pw", "Pab", "EW", "Lq", "occ", "P_served_le_T", "SL_over_served", "SL_excl_shortab", "PabT")
    for vector in shared:
        arrival, service, giving_up = (Fraction(vector[name]) for name in ("lam", "mu", "theta"))
        found = figures(impatient(arrival, service, giving_up, vector["n"]), float(vector["T"]))
        assert found == pytest.approx([float(vector[name]) for name in names], rel=TEN_DIGITS)
        assert found[0] == pytest.approx(float(vector["PV0"]), rel=TEN_DIGITS)
        assert found[1] == pytest.approx(float(vector["Pab_closed"]), rel=TEN_DIGITS)


def test_patience_as_long_as_service_makes_the_system_poisson() -> None:
    fewer_than_four = sum(exp(-4) * 4**k / factorial(k) for k in range(4))
    assert erlang_a(4, 1, 1, 1, 4).wait_chance == pytest.approx(1 - fewer_than_four, rel=FIFTEEN_DIGITS)


def test_endless_patience_is_erlang_c() -> None:
    patient, queue = steady(40, 3600, 90, 2), erlang_a(40, 3600, 90, 10_000_000, 2)
    assert queue.wait_chance == pytest.approx(float(patient.wait_chance), rel=1e-4)
    assert queue.mean_wait_s == pytest.approx(float(patient.asa_s), rel=1e-4)
    assert queue.level_without_short(15) == pytest.approx(patient.service_level(15), rel=1e-4)


@pytest.mark.parametrize(("calls", "agents"), [(0, 1), (1, 200), (40_000, 3), (3600, 200)])
def test_neither_idle_nor_drowned_queues_overflow(calls: int, agents: int) -> None:
    found = figures(erlang_a(calls, 3600, 180, 3600, agents), 20)
    shares = [found[0], found[1], *found[4:]]
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)


@pytest.mark.parametrize(("patience_s", "agents"), [(0, 2), (60, 0)])
def test_impatient_queues_need_agents_and_patience(patience_s: int, agents: int) -> None:
    with pytest.raises(ValueError, match=f"{agents} petugas dan kesabaran {patience_s} detik tidak mungkin"):
        erlang_a(40, 3600, 90, patience_s, agents)
