"""Messages of sensors → observations: plain JSON, ChirpStack v4, The Things Stack v3, Sensor.Community."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from datasources import json_text
from datasources.contract import Batch, Refused
from datasources.privacy import mask
from datasources.sensors.lorawan import chirpstack, ttn
from datasources.sensors.said import Fields, Said, observed, station_of
from datasources.sensors.sensor_community_push import sensor_community

Format = Literal["json", "chirpstack", "ttn", "sensor_community"]


def plain(message: Mapping[str, Any]) -> Said:
    """{"station": …, "name": …, "time": …, "lat": …, "lon": …, "units": {key: unit}, key: value, …}.

    Raises ValueError without a station. `units` may be left out; where it is there it wins over the configuration.
    """
    units = message.get("units")
    return Said(station_of(message.get("station"), "station"), str(message.get("name") or ""), message,
                message.get("time"), message.get("lat"), message.get("lon"),
                units if isinstance(units, dict) else {})  # fmt: skip


READ: dict[Format, Callable[[Mapping[str, Any]], Said | None]] = {
    "json": plain, "chirpstack": chirpstack, "ttn": ttn, "sensor_community": sensor_community,
}  # fmt: skip
"""Format → what its message says; None for a message that measures nothing and is in order."""


def observations(topic: str, payload: bytes, format: Format, fields: Fields, received_at: datetime) -> Batch:
    """What one message says. Other events than an uplink say nothing; what cannot be is refused.

    A value that is missing stays missing: only the network's own counters lose their zeros, decoded values do not.
    """
    if format == "chirpstack" and "/event/" in topic and not topic.endswith("/event/up"):
        return Batch()
    try:
        said = READ[format](_json(payload))
        return Batch() if said is None else observed(said, fields, received_at, topic)
    except ValueError as wrong:
        return Batch((), (Refused(mask(payload[:2000].decode(errors="replace")), str(wrong), topic),))


def _json(payload: bytes) -> dict[str, Any]:
    try:
        message = json_text.loads(payload, Decimal)
    except (ValueError, RecursionError):
        raise ValueError("pesan bukan JSON yang sah") from None
    if not isinstance(message, dict):
        raise ValueError("pesan bukan objek JSON")
    return message
