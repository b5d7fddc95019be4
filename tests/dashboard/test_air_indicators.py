"""Indicators of air: each names its station, its mark and who acts; a dead sensor is never normal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.formulas.quality_flags import Flag
from dashboard.indicators.air_now import SILENT_AFTER, StationNow, stations_now
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding, Status
from dashboard.store.database import reading
from tests.builders import reading as a_reading
from tests.dashboard.air_kept import HOUR, LATER, MIDNIGHT, every_minute, hourly, observed, put

END = MIDNIGHT + 24 * HOUR
NOW = END + timedelta(minutes=10)
WAVES = [20, 22, 25, 21, 19, 23, 26, 30, 28, 24, 22, 20, 18, 17, 19, 21, 24, 27, 29, 26, 23, 21, 20, 22]


@pytest.fixture(autouse=True)
def _frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def measured(engine: Engine, name: str, at: Any = NOW) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE[name].formula(connection, at)


def station(engine: Engine, name: str = "pacet", at: Any = NOW) -> StationNow:
    with reading(engine) as connection:
        return next(s for s in stations_now(connection, at) if s.station.station == name)


def published(index: int, at: Any = END, **given: Any) -> Any:
    return observed("ispu", index, at, averaging="PT24H", unit="indeks", station="klh", station_name="Mojosari",
                    flags=("kritis:pm25",), **given)  # fmt: skip


def test_the_nowcast_names_the_sensor_where_it_is_highest_and_says_that_it_is_no_ispu(engine: Engine) -> None:
    put(engine, hourly(WAVES), hourly((v + 5 for v in WAVES), station="ngoro", station_name="Ngoro"))
    found = measured(engine, "air.pm25_now")
    assert (found.detail["stasiun"], found.n, found.data_time) == ("Ngoro", 2, END)
    assert found.detail["bukan_ispu"] is True
    assert "bukan ISPU" in CATALOGUE["air.pm25_now"].title
    assert CATALOGUE["air.pm25_now"].bands == (), "a trend has no category of ISPU"


def test_the_computed_index_is_that_of_one_station_never_a_mean(engine: Engine) -> None:
    put(engine, hourly(WAVES), hourly([60] * 12 + [61] * 12, station="ngoro", station_name="Ngoro"))
    found = measured(engine, "air.pm25_24h_index")
    # Two runs of twelve equal hours fail: only the waves are left.
    assert (found.value, found.detail["stasiun"], found.detail["kritis"]) == (59, "Udara Pacet", "pm25")
    assert (found.band, found.detail["kategori_ispu"]) == ("Sedang", "SEDANG")


@pytest.mark.parametrize(("hours", "known"), [(18, True), (17, False)])
def test_a_window_of_too_few_hours_has_no_index(engine: Engine, hours: int, known: bool) -> None:
    put(engine, hourly(WAVES[:hours], first=END - (hours - 1) * HOUR))
    assert (measured(engine, "air.pm25_24h_index").value is not None) == known


def test_a_dead_sensor_is_never_normal(engine: Engine) -> None:
    put(engine, hourly(WAVES))
    late = END + SILENT_AFTER + timedelta(minutes=1)
    assert station(engine, at=late).mark is Flag.MISSING
    (row,) = measured(engine, "air.stations", late).detail["rows"]
    assert (row["status"], row["value"]) == (str(Status.UNKNOWN), "diam")
    assert measured(engine, "air.pm25_now", late).value is None
    assert measured(engine, "air.pm25_24h_index", late).value is None


def test_a_stuck_sensor_that_still_talks_is_doubted_and_named(engine: Engine) -> None:
    put(engine, every_minute([12] * 60 * 13, first=END - 13 * HOUR))
    now = station(engine)
    assert (now.mark, now.newest, now.pm25) == (Flag.FAIL, None, None)
    found = measured(engine, "air.stations")
    assert (found.value, found.n, found.band) == (0, 1, "Ada yang diragukan atau diam")
    assert found.detail["rows"][0]["status"] == str(Status.WASPADA)


def test_the_strip_holds_24_windows_of_each_station_and_counts_the_hours_above_100(engine: Engine) -> None:
    put(engine, [published(90 + h, END - h * HOUR) for h in range(24)], hourly(WAVES))
    found = measured(engine, "air.strip")
    assert (found.value, found.band) == (13, "Ada jam di atas 100")
    first, second = found.detail["strips"]
    assert [c["value"] for c in first["cells"]] == [90 + h for h in range(23, -1, -1)]
    assert [c["value"] for c in second["cells"]][16:18] == [None, 59]
    assert {first["kind"], second["kind"]} == {"resmi", "hitungan"}


def test_days_above_100_are_counted_from_whole_official_days(engine: Engine) -> None:
    days = [published(index, END - n * 24 * HOUR) for n, index in enumerate((101, 100, 250))]
    put(engine, days, [published(180, END + HOUR)])
    found = measured(engine, "air.exceedance_days")
    assert (found.value, found.n) == (2, 3)
    assert [row["value"] for row in found.detail["rows"]] == ["ISPU 101", "ISPU 250"]


def test_official_and_computed_values_say_which_window_and_station_they_are_of(engine: Engine) -> None:
    put(engine, [published(56), observed("pm25", "20.3", END, averaging="PT24H", station="klh")])
    detail = measured(engine, "air.ispu").detail
    assert (detail["stasiun"], detail["rata_rata"], detail["akhir_jendela"]) == ("Mojosari", "24 jam", END.isoformat())
    assert (detail["dihitung_ulang"], detail["kategori_ispu"]) == (56, "SEDANG")


@pytest.mark.parametrize("word", ["Tidak sehat", "Sangat tidak sehat", "Berbahaya"])
def test_every_raised_band_of_air_names_who_acts_and_what_was_agreed(word: str) -> None:
    for indicator in CATALOGUE.values():
        if indicator.id.startswith("air."):
            assert all(band.action for band in indicator.bands if band.status in (Status.WASPADA, Status.KRITIS))
    band = next(b for b in CATALOGUE["air.ispu"].bands if b.word == word)
    shown = a_reading(indicator=CATALOGUE["air.ispu"], band=word, status=band.status, value=Decimal(350))
    assert shown.action == f"DLH: {band.action}"


def test_nothing_is_asked_of_anybody_while_all_is_normal() -> None:
    assert a_reading(indicator=CATALOGUE["air.ispu"], band="Sedang", status=Status.NORMAL).action == ""


def test_a_value_says_its_station_its_window_and_its_mark(engine: Engine) -> None:
    put(engine, [published(56)], hourly(WAVES))
    assert measured(engine, "air.ispu").detail["tentang"] == (
        "Mojosari · 24 jam s.d. 24/11 00.00 WIB · mutu: tanpa catatan"
    )
    assert measured(engine, "air.pm25_24h_index").detail["tentang"] == (
        "Udara Pacet · 24 jam s.d. 24/11 00.00 WIB · mutu: lolos"
    )
    assert "12 jam s.d. 24/11 00.00 WIB" in measured(engine, "air.pm25_now").detail["tentang"]


def test_where_samples_are_taken_by_hand_a_day_without_data_is_no_silence(engine: Engine) -> None:
    put(engine, [observed("pm25", 35, END, averaging="PT24H", station="dlh", station_name="DLH")])
    now = station(engine, "dlh", END + timedelta(hours=30))
    assert (now.mark, now.newest and now.newest.index) == (Flag.PASS, 74)
    assert station(engine, "dlh", END + timedelta(days=5)).mark is Flag.MISSING
    assert measured(engine, "air.strip").detail["strips"] == []
