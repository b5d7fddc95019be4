"""Raw readings stay as they came; flags stand beside them, and change what hours and days say."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.formulas.quality_flags import Flag
from dashboard.store.air_days import days_between, years
from dashboard.store.air_hours import hours_between
from dashboard.store.database import reading
from dashboard.store.reading_flags import Flagged, flagged
from tests.dashboard.air_kept import HOUR, LATER, MIDNIGHT, NOON, every_minute, everything, hourly, observed, put

WAVES = [20, 22, 25, 21, 19, 23, 26, 30, 28, 24, 22, 20, 18, 17, 19, 21, 24, 27, 29, 26, 23, 21, 20, 22]
DAY = 24 * HOUR
END = MIDNIGHT + DAY


@pytest.fixture(autouse=True)
def _frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def flags(engine: Engine) -> list[Flagged]:
    with reading(engine) as connection:
        return flagged(connection, MIDNIGHT - 48 * HOUR, END)


def means(engine: Engine, station: str = "pacet") -> dict[int, Decimal | None]:
    """Hour of the day → mean of PM2.5."""
    with reading(engine) as connection:
        found = hours_between(connection, "pm25", MIDNIGHT, END, ("sensor", station))
    return {(h.hour - MIDNIGHT) // HOUR: h.mean for h in found}


@pytest.mark.timeout(300)
def test_a_month_of_forty_stations_imported_twice_changes_nothing(engine: Engine) -> None:
    month = [
        o
        for n in range(40)
        for o in hourly(
            [15 + (n * 7 + h * 11) % 23 for h in range(30 * 24)],
            first=MIDNIGHT - 29 * 24 * HOUR + HOUR,
            station=f"s{n:02}",
        )
    ]
    put(engine, month)
    before = everything(engine)
    put(engine, month, at=NOON + HOUR)
    assert everything(engine) == before
    assert len(before["observations"]) == 28_800
    assert len(before["air_hours"]) == 28_800
    assert len(before["air_days"]) == 40 * 30
    assert before["observation_revisions"] == []


@pytest.mark.parametrize(
    ("change", "flag", "reason"),
    [
        ({7: 950}, Flag.FAIL, "lonjakan"),
        ({7: 1200}, Flag.FAIL, "di luar rentang sensor"),
        ({7: 0.01}, Flag.SUSPECT, "nilai dasar; kanal mungkin mati"),
        (dict.fromkeys(range(6, 12), 33), Flag.SUSPECT, "6 nilai berturut-turut sama"),
        (dict.fromkeys(range(6, 18), 33), Flag.FAIL, "12 nilai berturut-turut sama"),
    ],
)
def test_a_fault_is_flagged_with_its_reason_and_left_out_of_the_hours(
    engine: Engine, change: dict[int, float], flag: Flag, reason: str
) -> None:
    values = {**dict(enumerate(WAVES)), **change}
    put(engine, hourly(values[place] for place in range(24)))
    found = flags(engine)
    assert {f.flag for f in found} == {flag}
    assert all(reason in f.reasons for f in found)
    assert len(found) == len(change)
    assert all(means(engine)[place + 1] is None for place in change)
    assert means(engine)[1] == 20


def test_a_flag_changes_no_raw_reading(engine: Engine) -> None:
    put(engine, hourly([*WAVES[:5], 1200, *WAVES[6:]]))
    raw = {row[4]: row[5] for row in everything(engine)["observations"]}
    assert raw[MIDNIGHT + 6 * HOUR] == 1200


def test_fine_particles_above_coarse_ones_are_suspect(engine: Engine) -> None:
    coarse = [value * 1.5 for value in WAVES]
    coarse[9] = 12
    put(engine, hourly(WAVES), hourly(coarse, "pm10"))
    assert [(f.parameter, f.flag, f.reasons) for f in flags(engine)] == [
        ("pm25", Flag.SUSPECT, "PM2,5 24 melebihi PM10 12 µg/m³")
    ]


def test_an_hour_far_from_three_neighbours_is_suspect_but_stays_in_its_station(engine: Engine) -> None:
    others = [o for n in range(3) for o in hourly((v + n for v in WAVES), station=f"tetangga{n}")]
    put(engine, others, hourly([*WAVES[:10], 90, *WAVES[11:]]))
    with reading(engine) as connection:
        hours = hours_between(connection, "pm25", MIDNIGHT, END, ("sensor", "pacet"))
    doubted = [h for h in hours if h.flag is Flag.SUSPECT]
    assert [(h.mean, h.reason) for h in doubted] == [(90, "90 jauh dari median 3 stasiun tetangga (23)")]
    assert {h.flag for h in hours} == {Flag.SUSPECT, Flag.PASS}


def test_two_neighbours_judge_nobody(engine: Engine) -> None:
    others = [o for n in range(2) for o in hourly((v + n for v in WAVES), station=f"tetangga{n}")]
    put(engine, others, hourly([*WAVES[:10], 90, *WAVES[11:]]))
    with reading(engine) as connection:
        assert {h.flag for h in hours_between(connection, "pm25", MIDNIGHT, END)} == {Flag.NOT_EVALUATED}


def test_a_stuck_run_is_seen_when_its_readings_come_one_by_one(engine: Engine) -> None:
    for one in hourly([*WAVES[:6], *[33] * 12, *WAVES[18:]]):
        put(engine, [one])
    assert [f.flag for f in flags(engine)] == [Flag.FAIL] * 12


def test_the_order_of_arrival_does_not_matter(engine: Engine) -> None:
    day = hourly([*WAVES[:6], *[33] * 7, *WAVES[13:]])
    put(engine, *[[one] for one in reversed(day)])
    backwards = everything(engine)
    put(engine, day)
    assert everything(engine) == backwards
    assert len(flags(engine)) == 7


def test_an_hour_of_a_minute_sensor_needs_twenty_readings(engine: Engine) -> None:
    put(engine, every_minute([20 + place % 5 for place in range(60 + 19)]))
    assert means(engine) == {1: Decimal("22"), 2: None}


@pytest.mark.parametrize(("hours", "index"), [(24, 59), (18, 59), (17, None)])
def test_a_day_is_valid_from_three_quarters_of_its_hours(engine: Engine, hours: int, index: int | None) -> None:
    put(engine, hourly(WAVES[:hours]))
    with reading(engine) as connection:
        (day,) = days_between(connection, MIDNIGHT, END)
    assert (day.kind, day.ispu, day.hours) == ("hitungan", index, hours)
    assert day.critical == ("pm25" if index else "")
    assert bool(day.reason) is (index is None)


def test_the_required_share_is_a_rule_of_the_source(engine: Engine) -> None:
    put(engine, hourly(WAVES[:12]), required_share=Decimal("0.5"))
    with reading(engine) as connection:
        (day,) = days_between(connection, MIDNIGHT, END)
    assert day.ispu == 60


def test_changed_rules_count_what_was_kept_before_again(engine: Engine) -> None:
    put(engine, hourly(WAVES[:12]))
    put(engine, required_share=Decimal("0.5"))
    with reading(engine) as connection:
        assert [day.ispu for day in days_between(connection, MIDNIGHT, END)] == [60]
        assert [(y.year, y.moderate, y.unknown) for y in years(connection)] == [(2026, 1, 0)]


def test_humid_air_is_corrected_only_where_the_source_asks_and_the_raw_mean_stays(engine: Engine) -> None:
    humid = hourly([80 + place % 3 for place in range(24)], "humidity", unit="%")
    put(engine, hourly(WAVES), humid, humidity_correction="epa_2021")
    with reading(engine) as connection:
        first = hours_between(connection, "pm25", MIDNIGHT, END)[0]
    # 0.524 x 20 - 0.0862 x 80 + 5.75
    assert (first.raw, first.mean) == (20, Decimal("9.334"))
    put(engine, humidity_correction="")
    assert means(engine)[1] == 20


@pytest.mark.parametrize(("last_hour", "index"), [(24, 56), (18, 56), (17, None)])
def test_an_official_day_is_the_window_that_ends_late_enough_in_it(
    engine: Engine, last_hour: int, index: int | None
) -> None:
    published = [
        observed("ispu", 56 if h == last_hour else 40, MIDNIGHT + h * HOUR, averaging="PT24H", unit="indeks",
                 flags=("kritis:pm25",))
        for h in range(1, last_hour + 1)
    ]  # fmt: skip
    put(engine, published)
    with reading(engine) as connection:
        (day,) = days_between(connection, MIDNIGHT, END)
    assert (day.kind, day.ispu, day.critical) == ("resmi", index, "pm25" if index else "")


def test_a_revised_value_stands_and_the_earlier_one_is_kept(engine: Engine) -> None:
    put(engine, hourly(WAVES), at=NOON)
    put(engine, [observed("pm25", 31, MIDNIGHT + HOUR)], at=NOON + HOUR)
    assert means(engine)[1] == 31
    (earlier,) = everything(engine)["observation_revisions"]
    assert earlier[1:7] == ("pacet", "pm25", "PT1H", MIDNIGHT + HOUR, NOON + HOUR, 20.0)


def test_what_its_own_owner_voided_counts_nowhere(engine: Engine) -> None:
    voided: dict[str, Any] = {"quality": "invalid", "flags": ("voided",)}
    put(engine, hourly(WAVES[:23]), [observed("pm25", 400, END, **voided)])
    assert means(engine)[24] is None
    assert flags(engine) == []


def test_a_late_reading_changes_the_day_it_belongs_to_and_no_newest_value(engine: Engine) -> None:
    put(engine, hourly(WAVES, first=MIDNIGHT + 25 * HOUR))
    put(engine, hourly(WAVES))
    with reading(engine) as connection:
        assert [d.ispu for d in days_between(connection, MIDNIGHT, END + timedelta(days=1))] == [59, 59]
    ((*_, first_at, newest_at, value, _quality),) = everything(engine)["station_parameters"]
    assert (first_at, newest_at, value) == (MIDNIGHT + HOUR, MIDNIGHT + 48 * HOUR, 22)
