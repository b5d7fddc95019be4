"""OpenAQ v3: key, pages, units by sensor, error codes, and the number of questions their service allows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from datasources.air_quality import openaq
from datasources.air_quality.openaq import OpenAq
from datasources.air_quality.openaq_hours import Sensor, hours_of, sensors_of
from datasources.contract import Batch, SourceUnavailable
from datasources.observation import Observation
from tests.datasources.loopback import Loopback, serving

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SAMPLES = Path(__file__).parents[2] / "../shared/samples/openaq"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        loopback.json("/v3/locations/7", answer([{"id": 7, "name": "Pacet", "coordinates": {
            "latitude": -7.66, "longitude": 112.53}}]))  # fmt: skip
        loopback.json("/v3/locations/7/sensors", answer([sensor(71), sensor(72, "co", "ppm"), sensor(73, "um003")]))
        for number in (71, 72):
            loopback.json(f"/v3/sensors/{number}/hours", answer([hour(12.5), hour(13, ago=1)]))
        yield loopback


def reader(site: Loopback) -> OpenAq:
    return OpenAq(api_key=SecretStr("k" * 20), locations=(7,), address=site.url("/v3"))


def observed(batches: list[Batch]) -> list[Observation]:
    return [record for batch in batches for record in batch.records]  # type: ignore[misc]


def test_hours_come_with_their_end_their_place_and_their_converted_unit(site: Loopback) -> None:
    found = observed(list(reader(site).fetch({})))
    assert [(o.parameter, o.value, o.unit) for o in found] == [
        ("pm25", Decimal("12.5"), "ug/m3"), ("pm25", 13, "ug/m3"),
        ("co", Decimal("14320.0409"), "ug/m3"), ("co", Decimal("14892.8425"), "ug/m3"),
    ]  # fmt: skip
    assert (found[0].station, found[0].station_name, found[0].lat, found[0].averaging) == ("7", "Pacet", -7.66, "PT1H")
    assert found[0].observed_at == NOW


def test_the_key_is_a_header_and_never_part_of_the_address(site: Loopback) -> None:
    list(reader(site).fetch({}))
    assert all("k" * 20 not in path for path, _ in site.asked)
    sent = [{name.casefold(): value for name, value in headers.items()} for _, headers in site.asked]
    assert {headers["x-api-key"] for headers in sent} == {"k" * 20}


def test_pages_are_read_until_one_is_not_full(site: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openaq, "PAGE", 2)
    monkeypatch.setattr(openaq, "MOST_PAGES", 3)
    list(reader(site).fetch({}))
    assert [f"page={n}" in path for n, (path, _) in enumerate(hours_asked(site, 71), start=1)] == [True] * 3
    monkeypatch.setattr(openaq, "PAGE", 3)
    site.asked.clear()
    list(reader(site).fetch({}))
    assert len(hours_asked(site, 71)) == 1


def test_the_next_round_asks_from_what_was_kept_with_an_overlap(site: Loopback) -> None:
    *_, last = list(reader(site).fetch({}))
    site.asked.clear()
    list(reader(site).fetch(json.loads(json.dumps(last.cursor))))
    start = (NOW - openaq.OVERLAP).isoformat().replace("+", "%2B").replace(":", "%3A")
    assert sum(start in path for path, _ in site.asked) == 2


def test_a_used_up_window_ends_the_round_and_the_rest_comes_first_next_time(site: Loopback) -> None:
    site.json("/v3/sensors/71/hours", answer([hour(1)]), headers={"X-RateLimit-Remaining": "2"})
    (only,) = list(reader(site).fetch({}))
    assert only.cursor["next"] == 1
    site.json("/v3/sensors/71/hours", answer([hour(1)]))
    again = list(reader(site).fetch(only.cursor))
    assert [b.records[0].parameter for b in again] == ["co", "pm25"]  # type: ignore[attr-defined]


def test_a_window_that_was_used_up_before_anything_is_said(site: Loopback) -> None:
    site.json("/v3/locations/7", answer([{"id": 7}]), headers={"X-RateLimit-Remaining": "0"})
    with pytest.raises(SourceUnavailable, match="Jatah pertanyaan OpenAQ habis"):
        list(reader(site).fetch({}))


def test_a_refused_key_is_an_unavailable_source(site: Loopback) -> None:
    site.json("/v3/locations/7", {"detail": "unauthorized"}, status=401)
    with pytest.raises(SourceUnavailable, match="menolak permintaan"):
        list(reader(site).fetch({}))


def test_an_answer_of_another_shape_is_no_empty_list(site: Loopback) -> None:
    site.json("/v3/locations/7", {"results": None})
    with pytest.raises(SourceUnavailable, match="tidak ada 'results'"):
        list(reader(site).fetch({}))


def test_a_sensor_that_died_long_ago_is_not_asked(site: Loopback) -> None:
    site.json("/v3/locations/7/sensors", answer([sensor(71, last="2020-01-01T00:00:00Z")]))
    assert list(reader(site).fetch({})) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": -999}, "-999 adalah kode galat"),
        ({"value": -2}, "pm25 -2 µg/m³ tidak mungkin"),
        ({"value": None}, "nilai kosong"),
        ({"period": {"interval": "24:00:00"}}, "bukan satu jam"),
        ({"period": {"interval": "01:00:00", "datetimeTo": {}}}, "akhir jam (datetimeTo.utc) tidak ada"),
        ({"period": None}, "bukan jam OpenAQ v3 (AttributeError)"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_alone(change: dict[str, Any], sentence: str) -> None:
    batch = hours_of(PM25, [{**hour(12), **change}, hour(5)], NOW)
    assert [o.value for o in batch.records] == [5]  # type: ignore[attr-defined]
    assert sentence in batch.refused[0].reason
    assert batch.refused[0].place == "lokasi 7, sensor 71 (pm25)"


@pytest.mark.parametrize(
    ("change", "flags"),
    [({}, ()), ({"flagInfo": {"hasFlags": True}}, ("openaq",)), ({"coverage": {"percentComplete": 50}}, ("cakupan",))],
)
def test_a_doubt_of_theirs_is_a_doubt_of_ours(change: dict[str, Any], flags: tuple[str, ...]) -> None:
    (found,) = hours_of(PM25, [{**hour(12), **change}], NOW).records
    assert (found.quality, found.flags) == ("suspect" if flags else "valid", flags)  # type: ignore[attr-defined]


def test_published_samples_are_read() -> None:
    if not SAMPLES.exists():
        pytest.skip("the shared samples are not beside this checkout")
    place = json.loads((SAMPLES / "locations.json").read_text())["results"][0]
    sensors = {s.parameter: s for s in sensors_of(place, json.loads((SAMPLES / "sensors.json").read_text())["results"])}
    assert {p: s.unit for p, s in sensors.items()} == {
        "no2": "ppm", "so2": "ppm", "pm25": "µg/m³", "o3": "ppm", "pm10": "µg/m³", "co": "ppm"}  # fmt: skip
    hours = json.loads((SAMPLES / "measurements.json").read_text())["results"]
    batch = hours_of(sensors["pm25"], hours, NOW)
    assert [o.value for o in batch.records] == [6, Decimal("7.5")]  # type: ignore[attr-defined]
    assert batch.records[0].data_time == datetime(2023, 10, 16, 13, tzinfo=UTC)


def hours_asked(site: Loopback, sensor: int) -> list[tuple[str, dict[str, str]]]:
    return [asked for asked in site.asked if f"/sensors/{sensor}/hours" in asked[0]]


PM25 = Sensor(71, 7, "Pacet", "pm25", "µg/m³", -7.66, 112.53, None)


def answer(results: list[Any]) -> dict[str, Any]:
    return {"meta": {"name": "openaq-api", "page": 1, "limit": 1000, "found": ">1000"}, "results": results}


def sensor(number: int, parameter: str = "pm25", unit: str = "µg/m³", last: str = "") -> dict[str, Any]:
    return {
        "id": number, "name": f"{parameter} {unit}", "parameter": {"name": parameter, "units": unit},
        "datetimeLast": {"utc": last or NOW.isoformat()},
    }  # fmt: skip


def hour(value: float, ago: int = 0) -> dict[str, Any]:
    end = NOW - timedelta(hours=ago)
    return {
        "value": value, "flagInfo": {"hasFlags": False},
        "period": {"interval": "01:00:00", "datetimeFrom": {"utc": (end - timedelta(hours=1)).isoformat()},
                   "datetimeTo": {"utc": end.isoformat()}},
        "coverage": {"percentComplete": 100},
    }  # fmt: skip
