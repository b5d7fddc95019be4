"""The ministry's ISPU list: text or null, voided parameters, zeros that mean missing, zones that are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from datasources.air_quality.klh import Klh
from datasources.air_quality.klh_rows import station_readings
from datasources.contract import SourceUnavailable
from datasources.observation import Observation
from tests.datasources.loopback import Loopback, Page, serving

NOW = datetime(2026, 9, 28, 10, 2, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "../shared/samples/klh/getStations_6_of_117_rows_2026-09-28.transcribed.json"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def test_a_station_gives_its_means_and_its_index() -> None:
    readings = read(row())
    assert {p: o.value for p, o in readings.items()} == {
        "pm25": Decimal("20.5"), "pm10": Decimal("36.0"), "o3": Decimal("12.25"), "ispu": Decimal(56)}  # fmt: skip
    pm25 = readings["pm25"]
    assert (pm25.station, pm25.station_name, pm25.unit) == ("KABUPATEN_MOJOKERTO", "Mojokerto Mojosari", "ug/m3")
    assert (pm25.averaging, pm25.quality, pm25.lat) == ("PT24H", "valid", -7.5085)
    assert pm25.observed_at == datetime(2026, 9, 28, 10, tzinfo=UTC)
    assert (readings["ispu"].unit, readings["ispu"].flags) == ("indeks", ("kritis:pm25",))


@pytest.mark.parametrize(
    ("change", "parameter", "expected"),
    [
        ({"c_pm10": None}, "pm10", ("invalid", ("voided",))),
        ({"a_pm25": "0.01"}, "pm25", ("suspect", ("floor",))),
        ({"a_pm10": "1200"}, "pm10", ("suspect", ("ceiling",))),
        ({"a_o3": "0"}, "o3", ("valid", ())),
        ({"a_o3": "0", "tipe": "1"}, "o3", None),
        ({"a_o3": None}, "o3", None),
        ({"a_o3": ""}, "o3", None),
        ({"val": None}, "ispu", None),
        ({"val": "0", "tipe": "1"}, "ispu", None),
        ({"param": "PM<sub>10</sub>"}, "ispu", ("valid", ("kritis:pm10",))),
        ({"param": "asap"}, "ispu", ("valid", ())),
    ],
)
def test_missing_and_dead_values_are_told_apart(change: dict[str, Any], parameter: str, expected: object) -> None:
    found = read(row(**change)).get(parameter)
    assert (found and (found.quality, found.flags)) == expected


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"a_pm25": "tinggi"}, "a_pm25 'tinggi' bukan bilangan"),
        ({"a_pm25": "-3"}, "a_pm25 -3 tidak mungkin"),
        ({"a_pm25": "NaN"}, "a_pm25 NaN tidak mungkin"),
        ({"val": "56.5"}, "ISPU 56.5 bukan bilangan bulat"),
        ({"c_pm25": None, "c_pm10": None, "c_o3": None}, "tanpa satu pun parameter yang dihitung"),
    ],
)
def test_a_value_that_cannot_be_is_refused_alone(change: dict[str, Any], sentence: str) -> None:
    found, (refused,) = station_readings(row(**change), NOW)
    assert len(found) == 3
    assert sentence in refused.reason


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"waktu": "2026-09-28 18:00:00"}, "waktu 2026-09-28 18:00:00 WIB masih di depan; zona waktu"),
        ({"waktu": None}, "waktu 'None' bukan waktu"),
        ({"time_z": "WITA"}, "zona waktu 'WITA' dan time_offset '0' tidak cocok"),
        ({"time_z": None}, "zona waktu 'None'"),
    ],
)
def test_a_row_whose_time_cannot_be_is_refused_whole(change: dict[str, Any], sentence: str) -> None:
    found, (refused,) = station_readings(row(**change), NOW)
    assert found == []
    assert sentence in refused.reason


def test_a_station_in_another_zone_is_read_in_that_zone() -> None:
    readings = read(row(waktu="2026-09-28 18:00:00", time_z="WITA", time_offset="1"))
    assert readings["pm25"].observed_at == datetime(2026, 9, 28, 10, tzinfo=UTC)


def test_only_the_configured_stations_are_read(site: Loopback) -> None:
    rows = [row(waktu="2026-01-02 03:00:00"), row(id_stasiun="LAIN", waktu="2026-01-02 03:00:00")]
    site.json("/s", {"rows": rows, "total": 2}, etag='"1"')
    reader = Klh(address=site.url("/s"), stations=("KABUPATEN_MOJOKERTO", "KOTA_MOJOKERTO"))
    (batch,) = reader.fetch({})
    assert {r.station for r in batch.records} == {"KABUPATEN_MOJOKERTO"}  # type: ignore[attr-defined]
    assert [r.reason for r in batch.refused] == ["stasiun KOTA_MOJOKERTO tidak ada dalam daftar KLH"]
    assert list(reader.fetch(batch.cursor)) == []


@pytest.mark.parametrize("answer", [{"rows": []}, {"status": False}, [1]])
def test_no_rows_is_an_unavailable_source_not_clean_air(site: Loopback, answer: object) -> None:
    site.pages["/s"] = Page(json.dumps(answer).encode())
    with pytest.raises(SourceUnavailable, match="bukan daftar stasiun"):
        list(Klh(address=site.url("/s")).fetch({}))


def test_published_rows_are_read() -> None:
    if not SAMPLE.exists():
        pytest.skip("the shared samples are not beside this checkout")
    rows = {r["id_stasiun"]: r for r in json.loads(SAMPLE.read_text())["rows"]}
    banjarmasin = read(rows["BANJARMASIN"])
    assert (banjarmasin["ispu"].value, banjarmasin["pm10"].quality) == (454, "invalid")
    assert read(rows["KABUPATEN_KAMPAR"])["ispu"].flags == ("kritis:pm10",)
    found, refused = station_readings(rows["KABUPATEN_KUTAIBARAT"], NOW)
    assert (found, "masih di depan" in refused[0].reason) == ([], True)


def read(values: dict[str, Any]) -> dict[str, Observation]:
    found, refused = station_readings(values, NOW)
    assert refused == []
    return {o.parameter: o for o in found}


def row(**changes: Any) -> dict[str, Any]:
    return {
        "id_stasiun": "KABUPATEN_MOJOKERTO", "nama": "Mojokerto\r\nMojosari", "waktu": "2026-09-28 17:00:00",
        "time_z": "WIB", "time_offset": "0", "lat": "-7.5085", "lon": "112.5610", "tipe": "0",
        "a_pm25": "20.5", "c_pm25": "2", "a_pm10": "36.0", "c_pm10": "1", "a_o3": "12.25", "c_o3": "1",
        "a_so2": None, "c_so2": None, "t_so2": "50", "val": "56", "param": "PM<sub>2.5</sub>", **changes,
    }  # fmt: skip
