"""Questions of air: days, years, stations, flags, completeness, drift, weather beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.exploring.filters import Filters, parsed
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.bmkg import keep_forecast
from dashboard.store.database import reading, writing
from datasources.bmkg.records import ForecastSlot
from datasources.observation import Observation
from tests.dashboard.air_kept import HOUR, LATER, MIDNIGHT, NOON, hourly, observed, put

WAVES = [20, 22, 25, 21, 19, 23, 26, 30, 28, 24, 22, 20, 18, 17, 19, 21, 24, 27, 29, 26, 23, 21, 20, 22]
MONDAY = date(2026, 11, 23)
DAY = 24 * HOUR
END = MIDNIGHT + DAY
WEEK = Filters(MONDAY - timedelta(days=6), MONDAY)
AIR = [q for q in QUESTIONS.values() if q.id.startswith(("air.", "station."))]


@pytest.fixture(autouse=True)
def _frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def ask(engine: Engine, name: str, filters: Filters = WEEK, at: Any = END + HOUR) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, filters, at)


def of(station: str, source: str = "sensor") -> Filters:
    return Filters(WEEK.first, WEEK.last, station=f"{source}/{station}")


def published(index: int, at: Any = END, station: str = "klh") -> Observation:
    return observed("ispu", index, at, averaging="PT24H", unit="indeks", station=station, station_name="Mojosari",
                    flags=("kritis:pm25",))  # fmt: skip


@pytest.mark.parametrize("name", [q.id for q in AIR])
def test_without_anything_known_a_question_says_so_and_never_zero(engine: Engine, name: str) -> None:
    shown = ask(engine, name)
    assert shown.missing
    assert list(shown.rows) == []


def test_the_calendar_takes_the_official_day_and_else_the_computed_one(engine: Engine) -> None:
    put(engine, [published(120)], hourly(WAVES), hourly(WAVES, first=MIDNIGHT - DAY + HOUR))
    shown = ask(engine, "air.calendar")
    assert [(r["day"], r["ispu"], r["kind"]) for r in shown.rows] == [
        (MONDAY - timedelta(days=1), 59, "hitungan"), (MONDAY, 120, "resmi")]  # fmt: skip
    assert shown.rows[1]["critical"] == "PM2,5"
    assert "1 dari 2 hari di atas 100" in shown.notes[0]


def test_the_calendar_of_one_station_is_its_own_and_a_day_with_too_little_stays_empty(engine: Engine) -> None:
    put(engine, [published(120)], hourly(WAVES[:10]))
    (row,) = ask(engine, "air.calendar", of("pacet")).rows
    assert (row["ispu"], row["category"], row["station"]) == (None, "data tidak cukup", "Udara Pacet")
    assert "10 dari 24 jam, perlu 18" in row["reason"]


def test_the_day_that_runs_is_not_in_the_calendar(engine: Engine) -> None:
    put(engine, hourly(WAVES[:20]))
    assert ask(engine, "air.calendar", at=MIDNIGHT + 20 * HOUR).missing


def test_years_count_days_above_100_with_how_many_are_known(engine: Engine) -> None:
    put(engine, [published(index, END - n * DAY) for n, index in enumerate((101, 100, 250, 320))])
    (row,) = ask(engine, "air.exceedance").rows
    assert (row["year"], row["exceeding"], row["known"], row["moderate"], row["hazardous"]) == ("2026", 3, 4, 1, 1)
    assert row["href"] == "/stasiun?id=sensor/klh"


def test_official_and_hourly_values_stand_apart_in_one_unit(engine: Engine) -> None:
    put(engine, hourly(WAVES), [observed("pm25", "20.3", END, averaging="PT24H", station="klh")])
    shown = ask(engine, "air.official_and_now")
    last = shown.rows[-1]
    assert (last["at"], str(last["official"]), last["sensors"]) == (END, "20.3", 22)
    assert "official" not in shown.rows[0]
    assert {c.unit for c in shown.columns if c.role == "y"} == {"µg/m³"}


@pytest.mark.parametrize(("days", "rows", "wind", "rain"), [(7, 24, 12.0, 1.0), (30, 1, 12.0, 24.0)])
def test_wind_and_rain_stand_beside_the_air(engine: Engine, days: int, rows: int, wind: float, rain: float) -> None:
    put(engine, hourly(WAVES))
    with writing(engine) as connection:
        keep_forecast(connection, "bmkg", [slot(MIDNIGHT + 3 * n * HOUR) for n in range(1, 9)], NOON)
    shown = ask(engine, "air.weather", Filters(MONDAY - timedelta(days=days - 1), MONDAY))
    assert len(shown.rows) == rows
    assert (shown.rows[-1]["wind"], shown.rows[-1]["rain"]) == (wind, rain)
    assert "bukan pengukuran" in shown.notes[0]


def test_a_doubted_station_stands_first_and_leads_to_its_page(engine: Engine) -> None:
    put(engine, hourly(WAVES), hourly([*WAVES[:22], 900, 22], station="ngoro", station_name="Ngoro"))
    first, second = ask(engine, "air.stations").rows
    assert (first["station"], first["mark"], first["status"]) == ("Ngoro", "gagal", "waspada")
    assert "lonjakan" in first["reasons"]
    assert (second["mark"], second["status"], second["ispu"]) == ("lolos", None, 59)
    assert first["href"] == "/stasiun?id=sensor/ngoro"


def test_flags_are_counted_by_station_parameter_and_gravity(engine: Engine) -> None:
    put(engine, hourly([*WAVES[:6], *[33] * 7, *WAVES[13:]]),
        hourly([20, 950, *WAVES[2:]], station="ngoro", station_name="Ngoro"))  # fmt: skip
    rows = ask(engine, "air.flags").rows
    assert [(r["station"], r["flag"], r["n"]) for r in rows] == [("Udara Pacet", "diragukan", 7), ("Ngoro", "gagal", 1)]
    assert len(ask(engine, "air.flags", of("ngoro")).rows) == 1


def test_completeness_counts_valid_hours_of_each_day(engine: Engine) -> None:
    put(engine, hourly(WAVES[:20]))
    assert [(r["day"], r["hours"]) for r in ask(engine, "air.completeness").rows] == [("23/11", 20)]


def test_a_sensor_that_reads_twice_its_reference_has_drifted(engine: Engine) -> None:
    first = MIDNIGHT - 13 * DAY + HOUR
    fortnight = WAVES * 14
    put(engine, hourly(fortnight, first=first, station="acuan"), reference="sensor/acuan")
    put(engine, hourly((2 * v for v in fortnight), first=first))
    (row,) = ask(engine, "air.drift", of("pacet")).rows
    assert (row["ratio"], row["mark"], row["window"]) == (2, "diragukan", "per jam, malam, RH < 70 %")
    assert row["n"] >= 72
    assert round(row["slope"], 3) == 2


def test_too_few_pairs_tell_no_drift(engine: Engine) -> None:
    put(engine, hourly(WAVES, station="acuan"), reference="sensor/acuan")
    put(engine, hourly(WAVES))
    (row,) = ask(engine, "air.drift", of("pacet")).rows
    assert (row["ratio"], row["mark"]) == (None, "belum diuji")
    assert "perlu 72" in row["reason"]


def test_one_station_shows_what_it_measures_with_the_end_of_the_window_and_its_mark(engine: Engine) -> None:
    put(engine, hourly([*WAVES[:23], 0.01]), hourly([80 + h % 3 for h in range(24)], "humidity", unit="%"))
    rows = {r["parameter"]: r for r in ask(engine, "station.parameters", of("pacet")).rows}
    assert (rows["PM2,5"]["mark"], rows["PM2,5"]["newest"], rows["PM2,5"]["averaging"]) == ("diragukan", END, "1 jam")
    assert "kanal mungkin mati" in rows["PM2,5"]["why"]
    assert (rows["Kelembapan"]["mark"], rows["Kelembapan"]["unit"]) == ("lolos", "%")


def test_the_hours_of_a_station_say_what_was_left_out(engine: Engine) -> None:
    put(engine, hourly([*WAVES[:10], 900, *WAVES[11:]]), humidity_correction="epa_2021")
    shown = ask(engine, "station.hours", of("pacet"))
    assert shown.rows[10]["pm25"] is None
    assert shown.rows[10]["excluded"] == 1
    assert "1 bacaan ditinggalkan" in shown.notes[0]


def test_about_a_station_names_the_rules_of_its_source(engine: Engine) -> None:
    put(engine, hourly(WAVES, lat=-7.5, lon=112.5), humidity_correction="epa_2021", reference="klh/x")
    rows = {r["what"]: r["value"] for r in ask(engine, "station.about", of("pacet")).rows}
    assert rows["Letak"] == "-7.5000, 112.5000"
    assert rows["Stasiun acuan"] == "klh/x"
    assert rows["Koreksi kelembapan"].startswith("EPA 2021")
    assert rows["Hari sah dari"].startswith("75 %")


def test_an_unknown_station_is_not_another_one(engine: Engine) -> None:
    put(engine, hourly(WAVES))
    assert ask(engine, "station.parameters", of("tidak-ada")).missing == "pilih satu stasiun di atas"


@pytest.mark.parametrize("station", ["sensor/pacet", "ngsi/urn:ngsi-ld:a~b/c", None])
def test_filters_survive_an_address(station: str | None) -> None:
    filters = Filters(MONDAY, MONDAY, "35.16.01", station=station)
    assert parsed(str(filters)) == filters


def test_a_station_longer_than_any_is_refused() -> None:
    with pytest.raises(ValueError, match="lebih dari 161 huruf"):
        parsed(f"2026-11-23~2026-11-23~~{'x' * 162}")


def slot(at: Any) -> ForecastSlot:
    return ForecastSlot(
        adm4="35.16.08.1007", kecamatan_code="35.16.08", valid_at=at, analysis_at=MIDNIGHT, temperature_c=28,
        humidity_pct=80, rain_mm=3.0, cloud_pct=50, wind_kmh=12.0, wind_from_deg=180, weather_code=1, weather="Cerah",
        visibility_m=10000,
    )  # fmt: skip
