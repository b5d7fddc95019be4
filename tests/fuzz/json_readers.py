"""Readers of JSON: asked over HTTP, sent to us, or heard over MQTT."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from datasources.air_quality.klh import Klh
from datasources.air_quality.openaq import OpenAq
from datasources.bmkg.earthquakes import Earthquakes
from datasources.bmkg.forecast import Forecast
from datasources.calls112.ticket_api import TicketApi
from datasources.calls112.webhook import Webhook
from datasources.complaints.api import ComplaintApi
from datasources.open_data.ckan import Ckan
from datasources.sensors.airgradient import AirGradient
from datasources.sensors.airgradient_local import AirGradientLocal
from datasources.sensors.ngsi_ld import NgsiLd
from datasources.sensors.payloads import observations
from datasources.sensors.push import SensorPush
from datasources.sensors.river_telemetry import RiverTelemetry
from datasources.sensors.sensor_community import SensorCommunity
from tests.datasources import test_air_sensors_http as air
from tests.datasources import test_bmkg_earthquakes as quakes
from tests.datasources import test_bmkg_forecast as forecast
from tests.datasources import test_complaints as complaints
from tests.datasources import test_klh as klh
from tests.datasources import test_openaq as openaq_tests
from tests.datasources import test_requests_and_datasets as datasets
from tests.datasources import test_river_readers as river
from tests.datasources import test_sensor_payloads as payloads
from tests.datasources.ticket_site import COLUMNS, KEY, ticket
from tests.fuzz.changes import changed_json
from tests.fuzz.parser import Parser, over_http, read

SECRET = "kunci-bersama-untuk-uji-0123456789abcdef"
FIELDS = {"pm25": ("pm25", "ug/m3"), "tma_cm": ("river_level", "cm")}
MOMENT = datetime(2026, 11, 24, 3, tzinfo=UTC)
OPENAQ = {"results": [
    {**openaq_tests.sensor(71), **openaq_tests.hour(12.5), "name": "Pacet",
     "coordinates": {"latitude": -7.66, "longitude": 112.53}, "sensors": [openaq_tests.sensor(71)]}
]}  # fmt: skip
PAGES = {"total": "total", "size": 2, "size_parameter": "limit"}


def _asked(sample: Any, reader: Any) -> Parser:
    return Parser(changed_json(sample), lambda body: over_http(lambda: reader.fetch({}), body))


def _pushed(format: Any, sample: Any) -> Parser:
    reader = SensorPush(token=SecretStr(SECRET), format=format)
    headers = {"authorization": f"Bearer {SECRET}"}
    return Parser(changed_json(sample), lambda body: read(_received(reader, headers, body)))


def _received(reader: Any, headers: dict[str, str], body: bytes) -> Any:
    yield reader.receive(headers, body)


def _heard(format: Any, topic: str, sample: Any) -> Parser:
    return Parser(changed_json(sample), lambda body: read([observations(topic, body, format, FIELDS, MOMENT)]))


_WEBHOOK = Webhook.model_validate(
    {"columns": COLUMNS, "caller_key": KEY, "secret": SECRET, "event_time": "diubah", "items": ""}
)


def _signed(body: bytes) -> None:
    at = str(int(datetime.now(UTC).timestamp()))
    signature = hmac.new(SECRET.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-Timestamp": at, "X-Signature": f"sha256={signature}"}
    read(_received(_WEBHOOK, headers, body))


_NGSI = [{
    "id": "urn:ngsi-ld:AirQualityObserved:Mojosari:2026-11-24T03:00:00Z", "type": "AirQualityObserved", "pm25": 8.5,
    "co": {"type": "Property", "value": 4, "unitCode": "GP"}, "dateObserved": "2026-11-24T03:00:00Z",
    "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [112.56, -7.51]}},
}]  # fmt: skip
_HTTP = "https://fuzz.example/a"

PARSERS = {
    "bmkg.forecast": _asked(forecast.answer([[forecast.item(), forecast.item(6)]]), Forecast.model_validate(
        {"address": _HTTP, "adm4": [forecast.ADM4]})),
    "bmkg.earthquakes": _asked(quakes.envelope([quakes.entry(), quakes.entry()]), Earthquakes(addresses=(_HTTP,))),
    "air_quality.klh": _asked({"rows": [klh.row(), klh.row()]}, Klh(address=_HTTP)),
    "air_quality.openaq": _asked(OPENAQ, OpenAq(api_key=SecretStr("k" * 20), locations=(7,), address=_HTTP)),
    "sensors.airgradient": _asked([air.monitor(1), air.monitor(2)], AirGradient(address=_HTTP)),
    "sensors.airgradient_local": _asked(air.monitor(1), AirGradientLocal(addresses=(_HTTP,))),
    "sensors.sensor_community": _asked([air.record(1, P1="5", P2="7")], SensorCommunity(address=_HTTP)),
    "sensors.ngsi_ld": _asked(_NGSI, NgsiLd(address=_HTTP)),
    "sensors.river_telemetry": _asked({"data": {"pos": [river.entry(), river.entry(debit="12,5")]}},
                                      RiverTelemetry(address=_HTTP, rows_at="data.pos", row=river.ROW)),
    "calls112.ticket_api": _asked({"data": [ticket("T-7"), ticket("T-8")], "total": 2}, TicketApi.model_validate(
        {"address": _HTTP, "columns": COLUMNS, "caller_key": KEY, "updated": "diubah", "paging": PAGES})),
    "complaints.api": _asked(complaints.page(1, 2), ComplaintApi.model_validate(
        {"address": _HTTP, "columns": {"id": "id", "received": "masuk", "opd": "disposisi.opd"}, "paging": PAGES})),
    "open_data.ckan": _asked({"success": True, "result": {"count": 2, "results": [
        datasets.package("a"), datasets.package("b")]}}, Ckan(address=_HTTP)),
    "calls112.webhook": Parser(changed_json([ticket("T-7", diubah="2026-11-22 14:05"), ticket("T-8")]), _signed),
    "sensors.push ttn": _pushed("ttn", air.uplink(pm25=5, suhu="x")),
    "sensors.push chirpstack": _pushed("chirpstack", json.loads(payloads.uplink(object={"pm25": 1}))),
    "sensors.push ngsi_ld": _pushed("ngsi_ld", _NGSI[0]),
    "sensors.mqtt json": _heard("json", "a/b", json.loads(payloads.plain(pm25=12.5, tma_cm="245"))),
    "sensors.mqtt ttn": _heard("ttn", "v3/a/devices/b/up", air.uplink(pm25=5)),
    "sensors.mqtt chirpstack": _heard("chirpstack", payloads.UP, json.loads(payloads.uplink(object={"pm25": 1}))),
}  # fmt: skip
