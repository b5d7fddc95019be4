"""The sensors and hours of OpenAQ v3 → observations: units by sensor, error codes passed through, ends as stamps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from datasources.air_quality.gas_units import canonical_units, converted
from datasources.contract import Batch, Refused
from datasources.observation import Observation

PARAMETERS = {
    "pm1": "pm1", "pm25": "pm25", "pm10": "pm10", "so2": "so2", "co": "co", "o3": "o3", "no2": "no2",
    "temperature": "temperature", "relativehumidity": "humidity",
}  # fmt: skip
"""Their name → ours; others (no, nox, um003) are not asked for."""
ERROR_CODE = Decimal(-999)
FUTURE_TOLERANCE = timedelta(minutes=5)
LEAST_COVERAGE = 75
"""Per cent of the hour; below it the mean speaks for too little of it."""


@dataclass(frozen=True, slots=True)
class Sensor:
    """One measured parameter of a location, in its own unit; `last` is when it was heard of last."""

    id: int
    location: int
    name: str
    parameter: str
    unit: str
    lat: float | None
    lon: float | None
    last: datetime | None


def sensors_of(location: Mapping[str, Any], listed: Sequence[Any]) -> list[Sensor]:
    """The sensors of a location whose parameter is known and whose unit can be converted."""
    place = location.get("coordinates") or {}
    found: list[Sensor] = []
    for one in listed:
        measured = one.get("parameter") or {}
        parameter = PARAMETERS.get(str(measured.get("name")))
        unit = str(measured.get("units"))
        if parameter is None or unit not in canonical_units(parameter):
            continue
        found.append(Sensor(
            int(one["id"]), int(location["id"]), str(location.get("name") or "")[:128], parameter, unit,
            _float(place.get("latitude")), _float(place.get("longitude")), _utc(one.get("datetimeLast")),
        ))  # fmt: skip
    return found


def hours_of(sensor: Sensor, results: Sequence[Any], now: datetime) -> Batch:
    """The hours of one page; an hour that cannot be is refused with what OpenAQ said."""
    records: list[Observation] = []
    refused: list[Refused] = []
    for item in results:
        try:
            records.append(_hour(sensor, item, now))
        except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError) as wrong:
            reason = str(wrong) if isinstance(wrong, ValueError) else f"bukan jam OpenAQ v3 ({type(wrong).__name__})"
            place = f"lokasi {sensor.location}, sensor {sensor.id} ({sensor.parameter})"
            refused.append(Refused(json.dumps(item, default=str)[:2000], reason, place))
    return Batch(tuple(records), tuple(refused))


def _hour(sensor: Sensor, item: Mapping[str, Any], now: datetime) -> Observation:
    period = item["period"]
    if period.get("interval") != "01:00:00":
        raise ValueError(f"jendela {period.get('interval')!r} bukan satu jam (01:00:00)")
    observed_at = _utc(period.get("datetimeTo"))
    if observed_at is None:
        raise ValueError("akhir jam (datetimeTo.utc) tidak ada atau bukan waktu")
    if observed_at > now + FUTURE_TOLERANCE:
        raise ValueError(f"jam yang berakhir {observed_at.isoformat()} masih di depan")
    raw = item.get("value")
    if raw is None:
        raise ValueError("nilai kosong")
    value = Decimal(str(raw))
    if value == ERROR_CODE:
        raise ValueError("nilai -999 adalah kode galat alat, bukan pengukuran")
    value, unit = converted(sensor.parameter, sensor.unit, value)
    flags = _doubts(item)
    return Observation(
        station=str(sensor.location), station_name=sensor.name, parameter=sensor.parameter, value=value, unit=unit,
        averaging="PT1H", observed_at=observed_at, received_at=now, quality="suspect" if flags else "valid",
        flags=flags, lat=sensor.lat, lon=sensor.lon,
    )  # fmt: skip


def _doubts(item: Mapping[str, Any]) -> tuple[str, ...]:
    covered = (item.get("coverage") or {}).get("percentComplete")
    doubts = ["openaq"] if (item.get("flagInfo") or {}).get("hasFlags") else []
    return (*doubts, *(["cakupan"] if covered is not None and covered < LEAST_COVERAGE else []))


def _utc(moment: Any) -> datetime | None:
    text = moment.get("utc") if isinstance(moment, dict) else None
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
