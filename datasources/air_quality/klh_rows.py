"""One station of the ministry's list → observations. Every value is text or null; zeros may mean missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from datasources.contract import Refused
from datasources.observation import Observation, Quality

PARAMETERS = ("pm25", "pm10", "so2", "co", "o3", "no2", "hc")
PARTICLES = ("pm25", "pm10")
FLOOR, CEILING = Decimal("0.01"), Decimal(1000)
"""ug/m3: dead particle sensors in the feed stand at 0 or 0.01; above a thousand nothing real was seen."""
ZONES = {"WIB": 0, "WITA": 1, "WIT": 2}
"""Hours ahead of WIB, as in time_offset."""
WIB_HOURS = 7
FUTURE_TOLERANCE = timedelta(minutes=5)
INTEGRATED = "1"
"""tipe of stations that others own; their zeros mean missing."""
NAME_LENGTH = 128

Row = Mapping[str, Any]


def station_readings(row: Row, now: datetime) -> tuple[list[Observation], list[Refused]]:
    """The 24-hour means (ug/m3) and the published index of one station; `now` is when they were received.

    A row whose time cannot be is refused as a whole, a value that cannot be alone.
    """
    station = str(row.get("id_stasiun"))
    try:
        common = {
            "station": station, "averaging": "PT24H", "observed_at": _observed_at(row, now), "received_at": now,
            "station_name": " ".join(str(row.get("nama") or "").split())[:NAME_LENGTH],
            "lat": _degrees(row.get("lat")), "lon": _degrees(row.get("lon")),
        }  # fmt: skip
    except ValueError as wrong:
        return [], [Refused(f"waktu={row.get('waktu')} {row.get('time_z')}", str(wrong), station)]
    found: list[Observation] = []
    refused: list[Refused] = []
    for key, read in [*((f"a_{p}", _concentration) for p in PARAMETERS), ("val", _index)]:
        try:
            made = read(row, key, common)
        except ValueError as wrong:
            refused.append(Refused(f"{key}={row.get(key)}", str(wrong), f"{station}, kolom {key}"))
        else:
            found += [made] if made else []
    return found, refused


def _concentration(row: Row, key: str, common: Row) -> Observation | None:
    value = _number(row, key)
    if value is None:
        return None
    parameter = key.removeprefix("a_")
    quality, flags = _judged(parameter, value, voided=row.get(f"c_{parameter}") is None)
    return Observation(parameter=parameter, value=value, unit="ug/m3", quality=quality, flags=flags, **common)


def _judged(parameter: str, value: Decimal, *, voided: bool) -> tuple[Quality, tuple[str, ...]]:
    if voided:
        return "invalid", ("voided",)
    if parameter in PARTICLES and value <= FLOOR:
        return "suspect", ("floor",)
    if parameter in PARTICLES and value > CEILING:
        return "suspect", ("ceiling",)
    return "valid", ()


def _index(row: Row, key: str, common: Row) -> Observation | None:
    value = _number(row, key)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise ValueError(f"ISPU {value} bukan bilangan bulat")
    if all(row.get(f"a_{p}") is None or row.get(f"c_{p}") is None for p in PARAMETERS):
        raise ValueError(f"ISPU {value} tanpa satu pun parameter yang dihitung")
    critical = re.sub(r"<[^>]*>|[ .,]", "", str(row.get("param") or "")).lower()
    flags = (f"kritis:{critical}",) if critical in PARAMETERS else ()
    return Observation(parameter="ispu", value=value, unit="indeks", flags=flags, **common)


def _number(row: Row, key: str) -> Decimal | None:
    text = row.get(key)
    if text is None or str(text).strip() in ("", "-", "---"):
        return None
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        raise ValueError(f"{key} '{text}' bukan bilangan; seharusnya seperti '20.5'") from None
    if not value.is_finite() or value < 0:
        raise ValueError(f"{key} {text} tidak mungkin; seharusnya 0 atau lebih")
    return None if value == 0 and str(row.get("tipe")) == INTEGRATED else value


def _observed_at(row: Row, now: datetime) -> datetime:
    zone, offset, text = str(row.get("time_z")), row.get("time_offset"), row.get("waktu")
    if zone not in ZONES or str(offset) not in (str(ZONES[zone]), "None"):
        raise ValueError(f"zona waktu '{zone}' dan time_offset '{offset}' tidak cocok; WIB 0, WITA 1, WIT 2")
    local = timezone(timedelta(hours=WIB_HOURS + ZONES[zone]))
    try:
        moment = datetime.strptime(str(text), "%Y-%m-%d %H:%M:%S").replace(tzinfo=local).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"waktu '{text}' bukan waktu; seharusnya seperti '2026-09-28 17:00:00'") from None
    if moment > now + FUTURE_TOLERANCE:
        raise ValueError(f"waktu {text} {zone} masih di depan; zona waktu stasiun ini mungkin salah")
    return moment


def _degrees(text: Any) -> float | None:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if -180 <= value <= 180 else None
