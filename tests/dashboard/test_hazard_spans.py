"""Rivers and rain by hour, day and month: what the readings say, in whatever order and however often they come."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, func, select

from dashboard.store import bmkg
from dashboard.store.database import reading, writing
from dashboard.store.hazard_spans import SummedUp, hazard_spans, summed_up, wettest
from dashboard.store.keep import keep
from datasources.bmkg.records import ForecastSlot
from tests.dashboard.river_kept import NOW, keep_levels, level, levels

FIRST, LAST = NOW - timedelta(days=400), NOW + timedelta(days=9)


def spans(engine: Engine, parameter: str, span: Any) -> list[SummedUp]:
    with reading(engine) as connection:
        return summed_up(connection, parameter, span, FIRST, LAST)


def test_an_hour_holds_the_readings_up_to_its_end(engine: Engine) -> None:
    keep_levels(engine, [level(1.0, 120), level(1.2, 61), level(1.4, 60), level(1.1, 30), level(1.3, 0)])
    found = [(h.start, h.low, h.high, h.last, h.n) for h in spans(engine, "river_level", "hour")]
    assert found == [
        (NOW - timedelta(hours=3), 1.0, 1.0, 1.0, 1),
        (NOW - timedelta(hours=2), 1.2, 1.4, 1.4, 2),
        (NOW - timedelta(hours=1), 1.1, 1.3, 1.3, 2),
    ]
    (day,) = spans(engine, "river_level", "day")
    assert (day.start, day.low, day.high, day.last, day.n, day.name) == (
        datetime(2026, 11, 22, 17, tzinfo=UTC), 1.0, 1.4, 1.3, 5, "Kali Sadar")  # fmt: skip
    (month,) = spans(engine, "river_level", "month")
    assert (month.start, month.low, month.high, month.n) == (datetime(2026, 10, 31, 17, tzinfo=UTC), 1.0, 1.4, 5)


def test_a_spike_is_left_out_and_counted(engine: Engine) -> None:
    keep_levels(engine, levels(1.0, 1.0, 9.0, 1.0, 1.0))
    (hour,) = spans(engine, "river_level", "hour")
    assert (hour.high, hour.n, hour.left_out) == (1.0, 4, 1)


def test_order_and_repetition_change_nothing(engine: Engine) -> None:
    chance = random.Random(7)
    told = [level(round(1 + chance.random(), 2), 7 * n) for n in range(300)]
    keep_levels(engine, told)
    expected = [spans(engine, "river_level", s) for s in ("hour", "day", "month")]
    with writing(engine) as connection:
        connection.execute(hazard_spans.delete())
    chance.shuffle(told)
    keep_levels(engine, *([told[n : n + 17] for n in range(0, 300, 17)]), told[:50])
    assert [spans(engine, "river_level", s) for s in ("hour", "day", "month")] == expected


def test_a_reading_that_turns_out_invalid_takes_its_hour_with_it(engine: Engine) -> None:
    keep_levels(engine, [level(1.0)])
    keep_levels(engine, [level(1.0, quality="invalid")])
    assert [spans(engine, "river_level", s) for s in ("hour", "day", "month")] == [[], [], []]


def test_rain_adds_up(engine: Engine) -> None:
    rain = {"parameter": "rain", "unit": "mm"}
    keep_levels(engine, [level(2.5, 90, **rain), level(0, 30, **rain), level(1.5, 10, **rain)])
    assert [h.total for h in spans(engine, "rain", "hour")] == [2.5, 1.5]
    with reading(engine) as connection:
        assert list(wettest(connection, "rain", "day", FIRST, LAST).values()) == [4.0]


def test_other_parameters_are_not_summed_up(engine: Engine) -> None:
    keep_levels(engine, [level(20, parameter="pm25", unit="ug/m3")])
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(hazard_spans)).scalar_one() == 0


def test_foretold_rain_is_summed_by_kecamatan_and_day_of_its_fall(engine: Engine) -> None:
    midnight = datetime(2026, 11, 23, 17, tzinfo=UTC)
    slots = [slot(midnight, 4), slot(midnight + timedelta(hours=3), 6), slot(midnight, 1, "35.16.03.2005")]
    with writing(engine) as connection:
        keep(connection, "bmkg", slots, NOW)
        keep(connection, "bmkg", [slot(midnight, 5, run=1)], NOW)
    found = {(d.place, d.start): d.total for d in spans(engine, "rain_forecast", "day")}
    day = timedelta(days=1)
    assert found == {
        ("35.16.08", midnight - day): 5.0, ("35.16.08", midnight): 6.0, ("35.16.03", midnight - day): 1.0,
    }  # fmt: skip
    with reading(engine) as connection:
        assert bmkg.newest_analysis_at(connection) == slots[1].analysis_at


def slot(valid_at: datetime, rain: float, adm4: str = "35.16.08.1007", run: int = 0) -> ForecastSlot:
    return ForecastSlot(
        adm4, adm4[:8], valid_at, NOW + timedelta(hours=run), 25, 80, rain, 50, 5.0, 90, 61, "Hujan Ringan"
    )


def test_values_are_those_of_the_readings_to_the_last_digit(engine: Engine) -> None:
    keep_levels(engine, [level(Decimal("1.237"))])
    assert spans(engine, "river_level", "hour")[0].last == 1.237
