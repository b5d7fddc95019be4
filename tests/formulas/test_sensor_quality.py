"""Quality of a sensor: each test of QARTOD by its table, the correction, the drift, the hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.air_hour import corrected_hours, end_of_hour, hours_of
from dashboard.formulas.air_limits import LIMITS
from dashboard.formulas.air_series import judged_station
from dashboard.formulas.change_test import spike_test
from dashboard.formulas.company_test import against_neighbours, fine_within_coarse
from dashboard.formulas.flat_line_test import flat_line_test
from dashboard.formulas.humidity_correction import EPA_2021, Corrected, corrected_pm25, mean_of_channels
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.quality_flags import MISSING, PASSED, Flag, Judged, Sample, worst
from dashboard.formulas.range_test import range_test, time_test
from dashboard.formulas.sensor_drift import Drift, Pair, drift

START = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
P, N, S, F, M = Flag.PASS, Flag.NOT_EVALUATED, Flag.SUSPECT, Flag.FAIL, Flag.MISSING


@pytest.mark.parametrize(
    ("value", "flag"),
    [("0", S), ("0.01", S), ("0.02", P), ("500", P), ("500.1", S), ("1000", S), ("1000.1", F), ("-1", F), ("NaN", F),
     (None, M)],
)  # fmt: skip
def test_range_of_fine_particles(value: str | None, flag: Flag) -> None:
    (found,) = range_test(series([value]), LIMITS["pm25"])
    assert found.flag is flag


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([20, 20, 20], [N, P, N]),
        ([20, 120, 20], [N, P, N]),
        ([20, 120.1, 20], [N, S, N]),
        ([20, 321, 20], [N, F, N]),
        ([20, 22, 900, 24, 20], [N, P, F, P, N]),
        ([900, 20, 900], [N, F, N]),
        ([20, 200, 400], [N, P, N]),
        ([20, None, 900, 20], [N, M, N, N]),
    ],
)
def test_a_leap_is_a_spike_and_its_neighbours_are_not(values: Sequence[float | None], flags: list[Flag]) -> None:
    assert [j.flag for j in spike_test(series(values), LIMITS["pm25"])] == flags


@pytest.mark.parametrize(("equal", "flag"), [(5, P), (6, S), (11, S), (12, F)])
def test_a_run_of_equal_hours_is_a_stuck_sensor(equal: int, flag: Flag) -> None:
    judged = flat_line_test(series([1, 2, *[7] * equal, 3, 4]), LIMITS["pm25"])
    assert {j.flag for j in judged[2 : 2 + equal]} == {flag}
    assert {j.flag for j in (*judged[:2], *judged[-2:])} == {P}


def test_saturated_air_may_stay_at_a_hundred_per_cent() -> None:
    assert {j.flag for j in flat_line_test(series([100] * 20), LIMITS["humidity"])} == {P}


def test_a_reading_of_a_moment_to_come_fails() -> None:
    judged = time_test(series([1, 2]), START + timedelta(minutes=50))
    assert [j.flag for j in judged] == [P, F]


@pytest.mark.parametrize(
    ("fine", "coarse", "flag"), [("10", "10", P), ("11", "10", P), ("11.01", "10", S), ("10", None, N), (None, "10", M)]
)
def test_fine_particles_are_part_of_the_coarse(fine: str | None, coarse: str | None, flag: Flag) -> None:
    (found,) = fine_within_coarse([number(fine)], [number(coarse)], Decimal("0.1"))
    assert found.flag is flag


@pytest.mark.parametrize(
    ("value", "neighbours", "flag"),
    [
        (20, [20, 22, 24], P),
        (28, [20, 22, 24], P),  # median 22, MAD 2: three of them are 6
        (29, [20, 22, 24], S),
        (22, [22, 22, 22], P),
        (90, [20, 22], N),
        (90, [20, None, 22], N),
        (None, [20, 22, 24], M),
    ],
)
def test_neighbours_judge_from_three_on(value: float | None, neighbours: list[float | None], flag: Flag) -> None:
    assert against_neighbours(number(value), [number(n) for n in neighbours]).flag is flag


def test_the_gravest_flag_counts_and_every_reason_is_kept() -> None:
    assert worst([PASSED, Judged(S, ("a",)), Judged(F, ("b",))]) == Judged(F, ("a", "b"))
    assert worst([Judged(F, ("b",)), MISSING]) == MISSING
    assert worst([Judged(N), PASSED]).flag is P
    assert worst([]).flag is N


def test_a_station_is_judged_series_by_series_and_what_has_no_limits_is_left_out() -> None:
    found = judged_station(
        {("pm25", "PT1H"): series([20, 30]), ("pm10", "PT1H"): series([40, 20]), ("battery", "inst"): series([3])},
        START + timedelta(days=1),
    )
    assert set(found) == {("pm25", "PT1H"), ("pm10", "PT1H")}
    assert [j.flag for j in found["pm25", "PT1H"]] == [P, S]


def test_a_rolling_mean_cannot_leap() -> None:
    found = judged_station({("pm25", "PT24H"): series([20, 450, 20])}, START + timedelta(days=1))
    assert {j.flag for j in found["pm25", "PT24H"]} == {P}


@pytest.mark.parametrize(
    ("raw", "humidity", "corrected"),
    [("20", "80", "9.334"), ("100", "50", "53.84"), ("0", "0", "5.75")],
)
def test_the_correction_of_the_epa(raw: str, humidity: str, corrected: str) -> None:
    found = corrected_pm25(Decimal(raw), Decimal(humidity), EPA_2021)
    assert isinstance(found, Corrected)
    assert (found.value, found.raw) == (Decimal(corrected), Decimal(raw))


@pytest.mark.parametrize(("raw", "humidity"), [("0", "100"), ("344", "50")])
def test_where_the_correction_does_not_hold_nothing_is_computed(raw: str, humidity: str) -> None:
    assert isinstance(corrected_pm25(Decimal(raw), Decimal(humidity), EPA_2021), NotComputable)


def test_an_hour_without_humidity_or_beyond_the_formula_keeps_its_raw_mean() -> None:
    fine, humid = series([20, 20, 400]), series([80, None, 80])
    hours = [hours_of(s, [PASSED] * 3, HOUR) for s in (fine, humid)]
    assert [h.mean for h in corrected_hours(hours[0], hours[1], EPA_2021)] == [Decimal("9.334"), 20, 400]


@pytest.mark.parametrize(
    ("a", "b", "mean"), [("10", "15", "12.5"), ("10", "15.1", "12.55"), ("10", "30", None), ("100", "200", "150")]
)
def test_two_channels_agree_or_are_void(a: str, b: str, mean: str | None) -> None:
    assert mean_of_channels(Decimal(a), Decimal(b)) == (None if mean is None else Decimal(mean))


@pytest.mark.parametrize(("ratio", "flag"), [("0.69", S), ("0.7", P), ("1.3", P), ("1.31", S)])
def test_drift_is_suspect_outside_seven_tenths_to_thirteen_tenths(ratio: str, flag: Flag) -> None:
    found = drift([Pair(Decimal(ratio) * (20 + n % 7), Decimal(20 + n % 7)) for n in range(72)])
    assert isinstance(found, Drift)
    assert (found.judged.flag, found.n) == (flag, 72)


def test_humid_hours_tell_no_drift() -> None:
    pairs = [Pair(Decimal(40), Decimal(20 + n % 7), Decimal(90)) for n in range(200)]
    assert isinstance(drift(pairs), NotComputable)


@pytest.mark.parametrize(("minute", "end"), [(0, 0), (1, 1), (59, 1), (60, 1), (61, 2)])
def test_a_reading_on_the_full_hour_ends_its_hour(minute: int, end: int) -> None:
    assert end_of_hour(START + timedelta(minutes=minute)) == START + end * HOUR


@given(st.lists(st.sampled_from([P, S, F]), min_size=1, max_size=24))
def test_an_hour_speaks_only_of_readings_that_passed(flags: list[Flag]) -> None:
    samples = [Sample(START + n * HOUR, Decimal(n)) for n in range(len(flags))]
    hours = hours_of(samples, [Judged(flag) for flag in flags], HOUR)
    assert [h.mean is not None for h in hours] == [flag is P for flag in flags]
    assert sum(h.used + h.excluded for h in hours) == len(flags)


def series(values: Sequence[object]) -> list[Sample]:
    return [Sample(START + place * HOUR, number(value)) for place, value in enumerate(values)]


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
