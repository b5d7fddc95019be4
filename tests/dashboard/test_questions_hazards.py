"""Questions of hazards: lanes on one axis, rain and rivers by day, warnings told and over, earthquakes near us."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep as keep_records
from datasources.bmkg.records import Earthquake, Warning
from datasources.calls112.records import Call
from tests.dashboard.incidents_kept import NOW, PACET, SOOKO, TODAY, ask, cells, keep, minutes
from tests.dashboard.river_kept import keep_levels, level
from tests.dashboard.test_hazard_spans import slot

WEEK, MONTH = Filters(date(2026, 11, 17), TODAY), Filters(date(2026, 10, 20), TODAY)
YEARS = Filters(date(2025, 1, 1), TODAY)


def hazards(engine: Engine) -> None:
    """A warning and rain yesterday, a river that rose by a metre, a call, an earthquake near and one far away."""
    morning = NOW - timedelta(days=1)
    keep_levels(engine, [level(1.2, 3000), level(1.0, 2880), level(2.0, 1440), level(1.5)],
                [level(7.5, 1430, parameter="rain", unit="mm")])  # fmt: skip
    call = Call("c1", "112", morning + minutes(10), None, morning + minutes(11), 60, None, None, "abandoned")
    keep(engine, [], [call])
    with writing(engine) as connection:
        keep_records(connection, "bmkg", [warning(morning)], NOW)
        keep_records(connection, "bmkg", [quake(NOW - timedelta(days=2)), quake(NOW, lat=2.6, lon=95.9)], NOW)


def test_everything_stands_on_one_axis_by_day(engine: Engine) -> None:
    hazards(engine)
    answer = ask(engine, "hazards.timeline", MONTH)
    told = {row["at"]: row for row in answer.rows}
    yesterday, before = told[date(2026, 11, 22)], told[date(2026, 11, 21)]
    assert (yesterday["calls"], yesterday["warned"], yesterday["rain"]) == (1, 2, 7.5)
    assert (before["quake"], before["calls"]) == (5, None)
    assert [(r["river:sadar"], r["above:sadar"]) for r in (before, yesterday, told[TODAY])] == [
        (1.2, 0), (2.0, 0.8), (1.5, 0.3)]  # fmt: skip
    assert [c.title for c in answer.columns if c.role == "y"][-2:] == ["Kali Sadar", "Gempa terkuat ≤ 300 km"]
    assert "1 peringatan, 1 gempa, 1 pos sungai" in answer.notes[0]
    assert any("Beriringan belum berarti sebab" in note for note in answer.notes)


def test_a_week_is_told_by_the_hour_with_the_warning_as_a_field(engine: Engine) -> None:
    hazards(engine)
    answer = ask(engine, "hazards.timeline", WEEK)
    start = NOW - timedelta(days=1)
    assert [(m["x"], m["until"]) for m in answer.marks] == [(start, start + timedelta(hours=2))]
    warned = [(r["at"], r["warned"]) for r in answer.rows if r["warned"]]
    assert warned == [(start, 1), (start + timedelta(hours=1), 1)]
    assert next(r["calls"] for r in answer.rows if r["at"] == start) == 1


def test_years_are_told_by_the_month(engine: Engine) -> None:
    hazards(engine)
    answer = ask(engine, "hazards.timeline", YEARS)
    assert [r["at"] for r in answer.rows][-2:] == [date(2026, 10, 1), date(2026, 11, 1)]
    last = answer.rows[-1]
    assert (last["calls"], last["warned"], last["rain"], last["river:sadar"], last["quake"]) == (1, 2, 7.5, 2.0, 5)


def test_a_warning_elsewhere_does_not_count_for_the_chosen_kecamatan(engine: Engine) -> None:
    hazards(engine)
    there = Filters(MONTH.first, TODAY, SOOKO)
    assert not any(row["warned"] for row in ask(engine, "hazards.timeline", there).rows)
    assert ask(engine, "hazards.warnings", there).missing.startswith("tidak ada peringatan dini BMKG")


def test_rain_and_rivers_by_day_with_the_forecast_of_the_place_asked_for(engine: Engine) -> None:
    midnight = datetime(2026, 11, 22, 17, tzinfo=UTC)
    keep_levels(engine, [level(1.0)])
    with writing(engine) as connection:
        keep_records(connection, "bmkg", [slot(midnight + timedelta(hours=3), 6), slot(midnight + timedelta(hours=3), 2,
                     "35.16.03.2005")], NOW)  # fmt: skip
    whole = ask(engine, "hazards.rain_and_river", WEEK).rows[-1]
    pacet = ask(engine, "hazards.rain_and_river", Filters(WEEK.first, TODAY, PACET)).rows[-1]
    assert (whole["at"], whole["rain_forecast"], pacet["rain_forecast"], whole["rain"]) == (TODAY, 6.0, 2.0, None)


def test_nothing_at_all_is_said(engine: Engine) -> None:
    assert ask(engine, "hazards.timeline", WEEK).missing.startswith("tidak ada peringatan, gempa, hujan")
    assert ask(engine, "hazards.rain_and_river", WEEK).missing == (
        "tidak ada hujan maupun tinggi air tercatat dalam masa ini"
    )
    assert ask(engine, "hazards.quakes_near", WEEK).missing.startswith("tidak ada gempa ≤ 300 km")
    assert ask(engine, "hazards.warned_kecamatan", WEEK).missing.startswith("tidak ada peringatan dini")


def test_each_warning_says_how_it_ended(engine: Engine) -> None:
    start = NOW - timedelta(hours=6)
    told = [
        warning(start, identifier="habis"),
        warning(start, identifier="batal", hours=5),
        warning(start + timedelta(hours=1), identifier="c", message_type="Cancel", references=("batal",)),
        warning(NOW - timedelta(hours=1), identifier="kini", hours=3),
    ]
    with writing(engine) as connection:
        keep_records(connection, "bmkg", told, NOW)
    rows = cells(ask(engine, "hazards.warnings", WEEK), "start", "end", "over", "kecamatan")
    assert rows == [
        (NOW - timedelta(hours=1), NOW + timedelta(hours=2), "berlaku", "Pacet"),
        (start, start + timedelta(hours=2), "habis masanya", "Pacet"),
        (start, start + timedelta(hours=1), "diganti atau dibatalkan", "Pacet"),
    ]
    hours = {r["code"]: (r["hours"], r["n"]) for r in ask(engine, "hazards.warned_kecamatan", WEEK).rows}
    assert (hours[PACET], hours[SOOKO]) == ((3, 3), (0, 0))


def test_a_warning_cancelled_before_the_period_is_not_in_it(engine: Engine) -> None:
    long_ago = datetime(2026, 11, 15, tzinfo=UTC)
    told = [
        warning(long_ago, identifier="a", hours=24 * 20),
        warning(long_ago + timedelta(hours=1), identifier="b", message_type="Cancel", references=("a",), hours=0),
    ]
    with writing(engine) as connection:
        keep_records(connection, "bmkg", told, NOW)
    assert ask(engine, "hazards.warnings", WEEK).missing.startswith("tidak ada peringatan dini BMKG")


def test_an_earthquake_has_distance_and_direction_from_mojosari_or_the_chosen_kecamatan(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_records(connection, "bmkg", [quake(NOW, felt="II Malang"), quake(NOW - minutes(9), 2.6, 95.9),
                              quake(NOW - minutes(99), 2.6, 95.9, felt="II Mojokerto")], NOW + minutes(1))  # fmt: skip
    near = ask(engine, "hazards.quakes_near", WEEK, NOW + minutes(1))
    assert cells(near, "km", "direction", "nearest", "felt") == [
        (165, "selatan", "Pacet", "II Malang"), (2164, "barat laut", None, "II Mojokerto"),
    ]  # fmt: skip
    pacet = ask(engine, "hazards.quakes_near", Filters(WEEK.first, TODAY, PACET), NOW + minutes(1))
    assert (pacet.rows[0]["km"], pacet.columns[3].title) == (148, "Jarak dari Kecamatan Pacet")
    assert ask(engine, "hazards.quakes_listed", WEEK, NOW + minutes(1)).n == 3


def test_one_earthquake_of_three_lists_is_one(engine: Engine) -> None:
    with writing(engine) as connection:
        for lat in (-9.00, -9.03, -8.97):
            keep_records(connection, "bmkg", [quake(NOW - minutes(5), lat)], NOW)
    assert ask(engine, "hazards.quakes_near", WEEK).n == 1


def warning(start: datetime, hours: float = 2, **given: Any) -> Warning:
    defaults: dict[str, Any] = {
        "identifier": "w", "sent": start, "message_type": "Alert", "references": (), "event": "Hujan Lebat",
        "severity": "Moderate", "urgency": "Immediate", "certainty": "Observed", "effective": start,
        "expires": start + timedelta(hours=hours), "headline": "", "description": "", "kecamatan": (PACET,),
    }  # fmt: skip
    return Warning(**{**defaults, **given})


def quake(at: datetime, lat: float = -9.0, lon: float = 112.6, felt: str | None = None) -> Earthquake:
    return Earthquake(at, lat, lon, 5.0, 40, "laut", felt, None)


def test_the_week_of_warnings_counts_parallel_ones_once(engine: Engine) -> None:
    start = NOW - timedelta(days=3)
    told = [warning(start), warning(start, identifier="b", hours=3), warning(NOW - timedelta(days=9), identifier="c")]
    with writing(engine) as connection:
        keep_records(connection, "bmkg", told, NOW)
    with reading(engine) as connection:
        found = CATALOGUE["weather.warned_week"].formula(connection, NOW)
    assert (found.value, found.n, found.detail["kecamatan"][PACET], found.detail["kecamatan"][SOOKO]) == (3, 2, 3, 0)
