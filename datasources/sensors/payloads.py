"""Messages of sensors → observations: ChirpStack v4 `up` events, and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from datasources.contract import Batch, Refused
from datasources.observation import Observation
from datasources.privacy import mask
from datasources.sensors.units import CANONICAL, canonical

Format = Literal["chirpstack", "json"]
Fields = Mapping[str, tuple[str, str]]
"""Key of the message → (parameter, unit in which the sensor speaks)."""

FUTURE_TOLERANCE = timedelta(minutes=5)
PARTICLES = ("pm1", "pm25", "pm10")
CEILING = Decimal(1000)
"""ug/m3: above it a particle sensor is more likely fogged than right."""
STATION_LENGTH, NAME_LENGTH = 96, 128


def observations(topic: str, payload: bytes, format: Format, fields: Fields, received_at: datetime) -> Batch:
    """What one message says. Other ChirpStack events than `up` say nothing; what cannot be is refused.

    A value that is missing stays missing: only ChirpStack's own counters lose their zeros, its `object` does not.
    """
    if format == "chirpstack" and "/event/" in topic and not topic.endswith("/event/up"):
        return Batch()
    try:
        message = _json(payload)
        station, name, values = _chirpstack(message) if format == "chirpstack" else _plain(message)
        observed_at = _observed_at(message.get("time"), received_at)
        known = {key: values[key] for key in fields if values.get(key) is not None}
        if not known:
            raise ValueError(f"tidak ada nilai yang dikenal; 'fields' menyebut {', '.join(fields)}")
    except ValueError as wrong:
        return Batch((), (Refused(mask(payload[:2000].decode(errors="replace")), str(wrong), topic),))
    good: list[Observation] = []
    refused: list[Refused] = []
    for key, raw in known.items():
        try:
            good.append(_observation(station, name, fields[key], raw, observed_at, received_at))
        except ValueError as wrong:
            refused.append(Refused(mask(f"{station}: {key}={raw}"), str(wrong), f"{topic}, kunci {key}"))
    return Batch(tuple(good), tuple(refused))


def _json(payload: bytes) -> dict[str, Any]:
    try:
        message = json.loads(payload, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        raise ValueError("pesan bukan JSON yang sah") from None
    if not isinstance(message, dict):
        raise ValueError("pesan bukan objek JSON")
    return message


def _chirpstack(message: Mapping[str, Any]) -> tuple[str, str, Mapping[str, Any]]:
    device, values = message.get("deviceInfo"), message.get("object")
    if not isinstance(device, dict):
        raise ValueError("pesan tanpa 'deviceInfo'; seharusnya kejadian up ChirpStack v4")
    if not isinstance(values, dict):
        raise ValueError("pesan tanpa 'object'; pasang codec pada device profile di ChirpStack")
    return _station(device.get("devEui"), "devEui"), str(device.get("deviceName") or "")[:NAME_LENGTH], values


def _plain(message: Mapping[str, Any]) -> tuple[str, str, Mapping[str, Any]]:
    return _station(message.get("station"), "station"), str(message.get("name") or "")[:NAME_LENGTH], message


def _station(value: Any, key: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > STATION_LENGTH:
        raise ValueError(f"'{key}' kosong atau lebih dari {STATION_LENGTH} huruf; pesan tidak menyebut stasiun")
    return value.strip()


def _observed_at(text: Any, received_at: datetime) -> datetime:
    """RFC 3339 with an offset; digits beyond microseconds are dropped."""
    try:
        moment = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"time {text!r} bukan waktu berzona; seharusnya seperti 2026-11-24T10:00:00+07:00")
    if moment > received_at + FUTURE_TOLERANCE:
        raise ValueError(f"time {text} masih di depan; jam alat atau zona waktunya salah")
    return moment.astimezone(UTC)


def _observation(
    station: str, name: str, field: tuple[str, str], raw: Any, observed_at: datetime, received_at: datetime
) -> Observation:
    parameter, unit = field
    value = canonical(parameter, unit, _number(raw))
    high = parameter in PARTICLES and value > CEILING
    return Observation(
        station=station,
        station_name=name,
        parameter=parameter,
        value=value,
        unit=CANONICAL[parameter],
        averaging="inst",
        observed_at=observed_at,
        received_at=received_at,
        quality="suspect" if high else "valid",
        flags=("ceiling",) if high else (),
    )


def _number(raw: Any) -> Decimal:
    try:
        value = Decimal(raw) if isinstance(raw, (int, str, Decimal)) and not isinstance(raw, bool) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise ValueError(f"nilai {str(raw)[:40]!r} bukan bilangan; seharusnya seperti 12.5")
    return value
