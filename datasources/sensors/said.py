"""What one message of a device says, before its values are judged: who, when, where, and the values by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from datasources.contract import Batch, Refused
from datasources.observation import Averaging, Observation
from datasources.privacy import mask
from datasources.sensors.units import CANONICAL, canonical, checked

Fields = Mapping[str, tuple[str, str]]
"""Key of the message → (parameter, unit in which the sensor speaks)."""
FUTURE_TOLERANCE = timedelta(minutes=5)
PARTICLES = ("pm1", "pm25", "pm10")
CEILING = Decimal(1000)
"""ug/m3: above it a particle sensor is more likely fogged than right."""
STATION_LENGTH, NAME_LENGTH = 96, 128
ARRIVAL = object()
"""The time of a message that carries none: when it arrived."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message in the terms of its maker. `units` names the unit of a key where the message itself does."""

    station: str
    name: str
    values: Mapping[str, Any]
    time: Any
    lat: Any = None
    lon: Any = None
    units: Mapping[str, Any] = field(default_factory=dict)
    averaging: Averaging = "inst"


def station_of(value: Any, key: str) -> str:
    """A station's number. Raises ValueError with an Indonesian sentence."""
    if not isinstance(value, str) or not value.strip() or len(value) > STATION_LENGTH:
        raise ValueError(f"'{key}' kosong atau lebih dari {STATION_LENGTH} huruf; pesan tidak menyebut stasiun")
    return value.strip()


def observed(said: Said, fields: Fields, received_at: datetime, place: str) -> Batch:
    """One observation for each known key; a value that cannot be is refused alone, `place` says where it stood.

    Raises ValueError with an Indonesian sentence when the message as a whole says nothing that can be kept.
    """
    observed_at = _observed_at(said.time, received_at)
    known = {key: said.values[key] for key in fields if said.values.get(key) is not None}
    if not known:
        raise ValueError(f"tidak ada nilai yang dikenal; 'fields' menyebut {', '.join(fields)}")
    good: list[Observation] = []
    refused: list[Refused] = []
    for key, raw in known.items():
        try:
            parameter, unit = fields[key]
            if key in said.units:
                parameter, unit = checked(parameter, str(said.units[key]))
            good.append(
                _observation(said, parameter, canonical(parameter, unit, number(raw)), observed_at, received_at)
            )
        except ValueError as wrong:
            refused.append(Refused(mask(f"{said.station}: {key}={raw}"), str(wrong), f"{place}, kunci {key}"))
    return Batch(tuple(good), tuple(refused))


def _observed_at(text: Any, received_at: datetime) -> datetime:
    """RFC 3339 with an offset; digits beyond microseconds are dropped."""
    if text is ARRIVAL:
        return received_at
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
    said: Said, parameter: str, value: Decimal, observed_at: datetime, received_at: datetime
) -> Observation:
    high = parameter in PARTICLES and value > CEILING
    return Observation(
        station=said.station,
        station_name=said.name[:NAME_LENGTH],
        parameter=parameter,
        value=value,
        unit=CANONICAL[parameter],
        averaging=said.averaging,
        observed_at=observed_at,
        received_at=received_at,
        quality="suspect" if high else "valid",
        flags=("ceiling",) if high else (),
        lat=degrees(said.lat, 90),
        lon=degrees(said.lon, 180),
    )


def degrees(value: Any, most: int) -> float | None:
    """A latitude or longitude; None for what is none, and for the 0 that devices send when they do not know."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if found and abs(found) <= most else None


def number(raw: Any) -> Decimal:
    """A finite number. Raises ValueError with an Indonesian sentence."""
    try:
        value = Decimal(raw.strip() if isinstance(raw, str) else raw) if _may_be_number(raw) else None
    except ArithmeticError:
        value = None
    if value is None or not value.is_finite():
        raise ValueError(f"nilai {str(raw)[:40]!r} bukan bilangan; seharusnya seperti 12.5")
    return value


def _may_be_number(raw: Any) -> bool:
    return isinstance(raw, (int, str, Decimal)) and not isinstance(raw, bool)
