"""AirGradient, Sensor.Community and NGSI-LD: what their answers say, what is refused, what is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from datasources.contract import Batch, NotAccepted, SourceUnavailable
from datasources.observation import Observation
from datasources.sensors.airgradient import AirGradient
from datasources.sensors.airgradient_local import AirGradientLocal
from datasources.sensors.ngsi_entities import Reading
from datasources.sensors.ngsi_ld import NgsiLd
from datasources.sensors.push import SensorPush
from datasources.sensors.sensor_community import SensorCommunity
from tests.datasources.loopback import Loopback, Page, serving

NOW = datetime.now(UTC).replace(microsecond=0)
SAMPLES = Path(__file__).parents[2] / "../shared/samples"
TOKEN = "t" * 40


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def by_parameter(batch: Batch) -> dict[str, Observation]:
    return {record.parameter: record for record in batch.records}  # type: ignore[attr-defined]


def sample(name: str) -> Any:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the shared samples are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


# AirGradient


def test_a_local_monitor_is_read_at_the_moment_it_answers(site: Loopback) -> None:
    site.json("/measures/current", {"serialno": "ab12", "pm02": 7.5, "pm10": 8, "atmp": 27.1, "rhum": 80, "rco2": 447})
    reader = AirGradientLocal(addresses=(site.url("/measures/current"),), names={"ab12": "Aula"})
    (batch,) = reader.fetch({})
    found = by_parameter(batch)
    assert {p: o.value for p, o in found.items()} == {
        "pm25": Decimal("7.5"), "pm10": 8, "temperature": Decimal("27.1"), "humidity": 80}  # fmt: skip
    assert (found["pm25"].station, found["pm25"].station_name, found["pm25"].averaging) == ("ab12", "Aula", "inst")
    assert found["pm25"].observed_at == found["pm25"].received_at


def test_the_monitors_own_correction_is_taken_only_when_asked_for(site: Loopback) -> None:
    site.json("/m", {"serialno": "a", "pm02": 9, "pm02Compensated": 6, "rhum": 70, "rhumCompensated": 81})
    for values, expected in (("mentah", (9, 70)), ("terkoreksi", (6, 81))):
        (batch,) = AirGradientLocal(addresses=(site.url("/m"),), values=values).fetch({})  # type: ignore[arg-type]
        found = by_parameter(batch)
        assert (found["pm25"].value, found["humidity"].value) == expected


def test_one_monitor_that_is_silent_does_not_hold_up_the_others(site: Loopback) -> None:
    site.json("/a", {"serialno": "a", "pm02": 9})
    reader = AirGradientLocal(addresses=(site.url("/tidak-ada"), site.url("/a")))
    silent, answered = reader.fetch({})
    assert "tidak mengenal alamat itu" in silent.refused[0].reason
    assert len(answered.records) == 1
    with pytest.raises(SourceUnavailable):
        list(AirGradientLocal(addresses=(site.url("/tidak-ada"),)).fetch({}))


def test_the_world_list_is_narrowed_and_what_is_offline_says_nothing(site: Loopback) -> None:
    site.json("/world", [monitor(1), monitor(2), monitor(3, offline=True), monitor(4, timestamp=None)])
    (batch,) = AirGradient(address=site.url("/world"), locations=(1, 3, 4), token=SecretStr("s3cret")).fetch({})
    assert {o.station for o in batch.records} == {"1"}  # type: ignore[attr-defined]
    assert [r.place for r in batch.refused] == ["AirGradient, isi ke-3"]
    assert site.asked[0][0] == "/world?token=s3cret"
    assert by_parameter(batch)["pm25"].lat == -7.5


def test_a_null_of_the_world_list_is_missing_not_zero(site: Loopback) -> None:
    site.json("/world", [monitor(1, pm02=None)])
    (batch,) = AirGradient(address=site.url("/world")).fetch({})
    assert set(by_parameter(batch)) == {"pm10", "humidity"}


def test_the_published_local_sample_is_read(site: Loopback) -> None:
    site.pages["/m"] = Page(json.dumps(sample("airgradient/local_measures_current.json"), default=str).encode())
    (batch,) = AirGradientLocal(addresses=(site.url("/m"),)).fetch({})
    assert (by_parameter(batch)["pm25"].value, by_parameter(batch)["pm1"].value) == (7, 3)


# Sensor.Community


def test_records_of_a_place_are_one_station_and_indoor_ones_are_left_out(site: Loopback) -> None:
    site.json("/v1", [record(5, P1="18.83", P2="10.60"), record(5, temperature="26.4", pressure="100912.41"),
                      record(6, indoor=1, P2="4")])  # fmt: skip
    (batch,) = SensorCommunity(address=site.url("/v1")).fetch({})
    found = by_parameter(batch)
    assert {p: o.value for p, o in found.items()} == {
        "pm10": Decimal("18.83"), "pm25": Decimal("10.60"), "temperature": Decimal("26.4"),
        "pressure": Decimal("1009.1241")}  # fmt: skip
    assert {o.station for o in found.values()} == {"5"}
    assert found["pm25"].observed_at == NOW


def test_the_published_record_is_read_as_utc(site: Loopback) -> None:
    site.pages["/v1"] = Page(json.dumps(sample("sensorcommunity/api_record.json"), default=str).encode())
    (batch,) = SensorCommunity(address=site.url("/v1")).fetch({})
    found = by_parameter(batch)
    assert (found["pm25"].value, found["pm10"].value) == (Decimal("6.92"), Decimal("7.31"))
    assert found["pm25"].observed_at == datetime(2023, 12, 8, 15, 22, 32, tzinfo=UTC)
    assert found["pm25"].lat is None, "0,0 is no place"


def test_an_answer_that_is_no_list_is_unavailable(site: Loopback) -> None:
    site.json("/v1", {"error": "x"})
    with pytest.raises(SourceUnavailable, match=r"bukan daftar rekaman Sensor\.Community"):
        list(SensorCommunity(address=site.url("/v1")).fetch({}))


# NGSI-LD


def test_normalized_and_key_values_say_the_same() -> None:
    plain = {"pm25": 12.5, "relativeHumidity": 0.8, "dateObserved": "2026-11-24T03:00:00Z",
             "location": {"type": "Point", "coordinates": [112.56, -7.51]}}  # fmt: skip
    normal = {
        "pm25": {"type": "Property", "value": 12.5, "unitCode": "GQ"},
        "relativeHumidity": {"type": "Property", "value": 0.8},
        "dateObserved": {"type": "Property", "value": {"@type": "DateTime", "@value": "2026-11-24T03:00:00Z"}},
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [112.56, -7.51]}},
    }
    head = {"id": "urn:ngsi-ld:AirQualityObserved:Mojosari:2026-11-24T03:00:00Z", "type": "AirQualityObserved"}
    first, second = Reading().said({**head, **plain}), Reading().said({**head, **normal})
    assert first == second
    assert first is not None
    assert (first.station, first.lat, first.lon) == ("Mojosari", -7.51, 112.56)


@pytest.mark.parametrize(
    ("change", "value", "sentence"),
    [
        ({"co": {"value": 4, "unitCode": "GP"}}, 4000, ""),
        ({"co": {"value": 4000, "unitCode": "GQ"}}, 4000, ""),
        ({"co": 500}, None, "satuan 'tidak disebut (unitCode)' untuk co tidak dikenal"),
        ({"co": {"value": 4, "unitCode": "59"}}, None, "satuan '59' untuk co tidak dikenal"),
    ],
)
def test_carbon_monoxide_counts_only_with_its_unit(change: Any, value: int | None, sentence: str) -> None:
    batch = pushed({"type": "AirQualityObserved", "id": "x", "dateObserved": NOW.isoformat(), "pm10": 5, **change},
                   "ngsi_ld")  # fmt: skip
    found = by_parameter(batch)
    assert (found["co"].value if "co" in found else None) == value
    assert [sentence in r.reason for r in batch.refused] == ([True] if sentence else [])


@pytest.mark.parametrize(
    ("entity", "sentence"),
    [
        ({"type": "NoiseLevelObserved", "id": "x"}, "type 'NoiseLevelObserved' tidak dibaca"),
        (
            {"type": "AirQualityObserved", "id": "x", "pm25": 1, "dateObserved": "2026-01-01T00:00:00"},
            "bukan waktu ber",
        ),
        ({"type": "AirQualityObserved", "id": "x", "PM25": 1, "dateObserved": NOW.isoformat()}, "nilai yang dikenal"),
        ({"type": "AirQualityObserved", "pm25": 1, "dateObserved": NOW.isoformat()}, "'id' kosong"),
    ],
)
def test_an_entity_that_cannot_be_read_is_refused(entity: dict[str, Any], sentence: str) -> None:
    batch = pushed(entity, "ngsi_ld")
    assert batch.records == ()
    assert sentence in batch.refused[0].reason


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("AirQualityObserved.keyvalues", {"no2": 69, "so2": 11, "temperature": Decimal("12.2"), "humidity": 54}),
        ("WaterQualityObserved.keyvalues", {"water_temperature": Decimal("24.4"), "ph": Decimal("7.4"),
                                            "no3": Decimal("0.01")}),
        ("WaterQualityObserved.normalized", {"water_temperature": Decimal("24.4"), "ph": Decimal("7.4"),
                                             "no3": Decimal("0.01")}),
        ("WeatherObserved.keyvalues", {"temperature": Decimal("3.3"), "humidity": 100, "rain": 0, "wind_speed": 2,
                                       "wind_direction": 135, "pressure": Decimal("938.9")}),
        ("WeatherObserved.normalized", {"temperature": Decimal("3.3"), "humidity": 100, "rain": 0, "wind_speed": 2,
                                        "wind_direction": 135, "pressure": Decimal("938.9")}),
    ],
)  # fmt: skip
def test_published_entities_are_read(file: str, expected: dict[str, Any]) -> None:
    found = by_parameter(pushed(sample(f"fiware/{file}.jsonld"), "ngsi_ld", zone="UTC"))
    assert {p: o.value for p, o in found.items() if p in expected} == expected


def test_entities_are_asked_page_by_page(site: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasources.sensors.ngsi_ld.PAGE", 1)
    entity = {"type": "AirQualityObserved", "id": "a", "pm25": 3, "dateObserved": NOW.isoformat()}
    asked = "/ngsi-ld/v1/entities?type=AirQualityObserved&limit=1&offset="
    site.json(f"{asked}0", [entity])
    site.json(f"{asked}1", [{**entity, "id": "b"}])
    site.json(f"{asked}2", [])
    reader = NgsiLd(address=site.url(""), token=SecretStr("x"), tenant="dlh")
    assert [b.records[0].station for b in reader.fetch({})] == ["a", "b"]  # type: ignore[attr-defined]
    headers = {name.casefold(): value for name, value in site.asked[0][1].items()}
    assert (headers["authorization"], headers["ngsild-tenant"]) == ("Bearer x", "dlh")


# What is sent to us


def test_an_uplink_of_the_things_stack_is_read_from_a_webhook() -> None:
    batch = pushed(uplink(pm25=12.5, humidity=0), "ttn")
    found = by_parameter(batch)
    assert (found["pm25"].value, found["humidity"].value) == (Decimal("12.5"), 0)
    assert (found["pm25"].station, found["pm25"].station_name) == ("0004A30B001C0530", "pacet-1")
    assert found["pm25"].observed_at == NOW


@pytest.mark.parametrize("kind", ["join_accept", "downlink_ack", "location_solved"])
def test_other_messages_of_the_things_stack_are_neither_data_nor_mistakes(kind: str) -> None:
    assert pushed({"end_device_ids": {"device_id": "a"}, kind: {}}, "ttn") == Batch()


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"uplink_message": {}}, "tanpa 'end_device_ids'"),
        ({"end_device_ids": {"device_id": "a"}}, "tanpa 'uplink_message'"),
        ({"end_device_ids": {"device_id": "a"}, "uplink_message": {"frm_payload": "gkHe"}}, "pasang payload formatter"),
    ],
)
def test_an_uplink_that_says_nothing_is_refused(message: dict[str, Any], sentence: str) -> None:
    assert sentence in pushed(message, "ttn").refused[0].reason


def test_a_push_of_sensor_community_has_the_time_of_its_arrival() -> None:
    batch = pushed({"esp8266id": "9372054", "sensordatavalues": [
        {"value_type": "SDS_P1", "value": "18.83"}, {"value_type": "SDS_P2", "value": "10.60"},
        {"value_type": "BME280_humidity", "value": "46.52"}, {"value_type": "signal", "value": "-67"}]},
        "sensor_community")  # fmt: skip
    found = by_parameter(batch)
    assert {p: str(o.value) for p, o in found.items()} == {"pm10": "18.83", "pm25": "10.60", "humidity": "46.52"}
    assert found["pm25"].observed_at == found["pm25"].received_at


def test_a_notification_carries_several_entities() -> None:
    entity = {"type": "AirQualityObserved", "id": "a", "pm25": 3, "dateObserved": NOW.isoformat()}
    batch = pushed({"type": "Notification", "data": [entity, {**entity, "id": "b"}, 7]}, "ngsi_ld")
    assert [o.station for o in batch.records] == ["a", "b"]  # type: ignore[attr-defined]
    assert batch.refused[0].reason == "bukan objek JSON"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"{}", 401),
        ({"Authorization": "Bearer salah"}, b"{}", 401),
        ({"Authorization": f"Bearer {TOKEN}"}, b"{", 400),
        ({"Authorization": TOKEN}, b"[" * 2_000_000, 413),
    ],
)
def test_who_may_not_send_is_turned_away(headers: dict[str, str], body: bytes, status: int) -> None:
    with pytest.raises(NotAccepted) as refusal:
        SensorPush(token=SecretStr(TOKEN)).receive(headers, body)
    assert refusal.value.status == status


@pytest.mark.parametrize(("file", "parameter", "value"), [("lorawan/ttn_uplink_v3.fixed.json", "temperature", 1)])
def test_the_published_uplink_is_read(file: str, parameter: str, value: int) -> None:
    assert by_parameter(pushed(sample(file), "ttn"))[parameter].value == value


@pytest.mark.parametrize("event", ["ack", "integration", "join", "location", "log", "status", "txack"])
def test_published_events_of_chirpstack_are_neither_data_nor_mistakes(event: str) -> None:
    assert pushed(sample(f"lorawan/chirpstack_{event}.json"), "chirpstack") == Batch()


def test_the_published_join_of_the_things_stack_says_nothing() -> None:
    assert pushed(sample("lorawan/ttn_join_accept.json"), "ttn") == Batch()


def pushed(message: Any, format: Any, zone: Any = "") -> Batch:
    reader = SensorPush(token=SecretStr(TOKEN), format=format, zone=zone)
    return reader.receive({"authorization": f"Bearer {TOKEN}"}, json.dumps(message, default=float).encode())


def uplink(**values: Any) -> dict[str, Any]:
    return {
        "end_device_ids": {"device_id": "pacet-1", "dev_eui": "0004A30B001C0530"},
        "received_at": (NOW + timedelta(seconds=1)).isoformat(),
        "uplink_message": {"received_at": NOW.isoformat(), "f_cnt": 3, "decoded_payload": values},
    }


def monitor(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "locationId": number, "publicLocationName": f"Monitor {number}", "latitude": -7.5, "longitude": 112.5,
        "offline": False, "pm02": 12.5, "pm10": 20, "atmp": None, "rhum": 81, "timestamp": NOW.isoformat(), **changes,
    }  # fmt: skip


def record(place: int, indoor: int = 0, **values: str) -> dict[str, Any]:
    return {
        "timestamp": f"{NOW:%Y-%m-%d %H:%M:%S}",
        "location": {"id": place, "latitude": "-7.5", "longitude": "112.5", "exact_location": 0, "indoor": indoor},
        "sensordatavalues": [{"value_type": name, "value": value} for name, value in values.items()],
    }
