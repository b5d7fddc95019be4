"""What a sensor's message says: plain JSON and ChirpStack uplinks, units, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from datasources.contract import Batch
from datasources.observation import Observation
from datasources.sensors.payloads import observations
from datasources.sensors.units import canonical, checked

NOW = datetime(2026, 11, 24, 3, 0, 30, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "../shared/samples/lorawan"
FIELDS = {"pm25": ("pm25", "ug/m3"), "suhu": ("temperature", "degF"), "tma_cm": ("river_level", "cm")}
UP = "application/1/device/0a/event/up"


def test_plain_json_gives_one_observation_for_each_known_key() -> None:
    pm25, level = said(plain(pm25=12.5, tma_cm="245", baterai=3.6)).values()
    assert (pm25.station, pm25.parameter, pm25.value, pm25.unit) == ("PDG-01", "pm25", Decimal("12.5"), "ug/m3")
    assert (pm25.averaging, pm25.quality, pm25.received_at) == ("inst", "valid", NOW)
    assert pm25.observed_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert (level.parameter, level.value, level.unit) == ("river_level", Decimal("2.45"), "m")


def test_a_chirpstack_uplink_is_read_with_its_nanoseconds() -> None:
    reading = said(uplink(object={"pm25": 0}), "chirpstack")["pm25"]
    assert (reading.station, reading.station_name, reading.value) == ("0101010101010101", "Pos Pacet", 0)
    assert reading.observed_at == datetime(2026, 11, 24, 2, 59, 15, 775023, tzinfo=UTC)


@pytest.mark.parametrize("event", ["status", "join", "ack", "txack", "log", "location"])
def test_other_chirpstack_events_say_nothing(event: str) -> None:
    assert observations(UP.replace("up", event), b"{}", "chirpstack", FIELDS, NOW) == Batch()


def test_a_missing_value_is_not_zero() -> None:
    assert set(said(plain(pm25=1, suhu=None))) == {"pm25"}


def test_a_particle_value_above_a_thousand_is_suspect() -> None:
    reading = said(plain(pm25=1001))["pm25"]
    assert (reading.quality, reading.flags) == ("suspect", ("ceiling",))


@pytest.mark.parametrize(
    ("message", "format", "sentence"),
    [
        (b"{", "json", "pesan bukan JSON yang sah"),
        (b"\xff\xfe", "json", "pesan bukan JSON yang sah"),
        (b"[1]", "json", "pesan bukan objek JSON"),
        (b"[" * 100_000, "json", "pesan bukan JSON yang sah"),
        ({"time": "2026-11-24T03:00:00Z", "pm25": 1}, "json", "'station' kosong"),
        ({"station": "A", "time": "2026-11-24T03:00:00Z", "debu": 1}, "json", "'fields' menyebut pm25, suhu, tma_cm"),
        ({"station": "A", "time": "2026-11-24T10:00:00", "pm25": 1}, "json", "bukan waktu berzona"),
        ({"station": "A", "pm25": 1}, "json", "time None bukan waktu berzona"),
        ({"station": "A", "time": 1790000000, "pm25": 1}, "json", "time 1790000000 bukan waktu berzona"),
        ({"station": "A", "time": "2026-11-24T10:00:00Z", "pm25": 1}, "json", "masih di depan; jam alat"),
        ({"deviceInfo": {"devEui": "a"}, "data": "qg=="}, "chirpstack", "pasang codec"),
        ({"object": {}}, "chirpstack", "tanpa 'deviceInfo'"),
    ],
)
def test_a_message_that_cannot_be_is_refused_with_its_topic(message: Any, format: Any, sentence: str) -> None:
    payload = message if isinstance(message, bytes) else json.dumps(message).encode()
    batch = observations(UP, payload, format, FIELDS, NOW)
    assert batch.records == ()
    assert sentence in batch.refused[0].reason
    assert batch.refused[0].place == UP


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("pm25", -999, "pm25 -999 ug/m3 tidak mungkin; seharusnya 0 atau lebih ug/m3"),
        ("suhu", 900, "temperature 900 degF tidak mungkin; seharusnya -20 sampai 70 degC"),
        ("pm25", "tinggi", "nilai 'tinggi' bukan bilangan"),
        ("pm25", "NaN", "nilai 'NaN' bukan bilangan"),
        ("pm25", True, "nilai 'True' bukan bilangan"),
        ("pm25", [1], "nilai '[1]' bukan bilangan"),
    ],
)
def test_a_value_that_cannot_be_is_refused_alone(key: str, value: Any, sentence: str) -> None:
    batch = observations("s", plain(**{"tma_cm": 200, key: value}), "json", FIELDS, NOW)
    assert [r.parameter for r in batch.records] == ["river_level"]  # type: ignore[attr-defined]
    assert sentence in batch.refused[0].reason
    assert batch.refused[0].place == f"s, kunci {key}"


@pytest.mark.parametrize(
    ("parameter", "unit", "value", "expected"),
    [
        ("temperature", "°F", "86", "30"),
        ("temperature", "F", "100", "37.78"),
        ("humidity", "fraction", "0.665", "66.5"),
        ("co", "mg/m³", "9", "9000"),
        ("river_level", "mm", "2450", "2.45"),
        ("pm25", "µg/m³", "15.5", "15.5"),
    ],
)
def test_units_are_converted_exactly(parameter: str, unit: str, value: str, expected: str) -> None:
    assert canonical(*checked(parameter, unit), Decimal(value)) == Decimal(expected)


def test_the_published_uplink_has_no_codec_and_says_so() -> None:
    file = SAMPLES / "chirpstack_up.json"
    if not file.exists():
        pytest.skip("the shared samples are not beside this checkout")
    batch = observations(UP, file.read_bytes(), "chirpstack", FIELDS, NOW)
    assert "pasang codec" in batch.refused[0].reason


def said(payload: bytes, format: Any = "json") -> dict[str, Observation]:
    batch = observations(UP, payload, format, FIELDS, NOW)
    assert batch.refused == ()
    return {o.parameter: o for o in batch.records}  # type: ignore[attr-defined, misc]


def plain(**values: Any) -> bytes:
    return json.dumps({"station": "PDG-01", "time": "2026-11-24T10:00:00+07:00", **values}).encode()


def uplink(**changes: Any) -> bytes:
    event = {
        "time": "2026-11-24T02:59:15.775023242+00:00",
        "deviceInfo": {"devEui": "0101010101010101", "deviceName": "Pos Pacet"},
        "fPort": 1, "data": "qg==", **changes,
    }  # fmt: skip
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    ("units", "value", "sentence"),
    [
        ({}, "12.5", ""),
        ({"pm25": "mg/m3"}, "12500.0", ""),
        ({"pm25": "ppm"}, None, "satuan 'ppm' untuk pm25 tidak dikenal"),
    ],
)
def test_a_unit_that_the_message_names_wins_over_the_configuration(
    units: dict[str, str], value: str | None, sentence: str
) -> None:
    batch = observations("s", plain(pm25=12.5, units=units), "json", FIELDS, NOW)
    assert [str(o.value) for o in batch.records] == ([value] if value else [])  # type: ignore[attr-defined]
    assert [sentence in r.reason for r in batch.refused] == ([True] if sentence else [])


def test_a_place_is_kept_and_the_zero_of_a_device_that_does_not_know_is_none() -> None:
    (known,) = observations("s", plain(pm25=1, lat=-7.5, lon=112.5), "json", FIELDS, NOW).records
    (unknown,) = observations("s", plain(pm25=1, lat=0, lon=0), "json", FIELDS, NOW).records
    assert (known.lat, known.lon, unknown.lat) == (-7.5, 112.5, None)  # type: ignore[attr-defined]
