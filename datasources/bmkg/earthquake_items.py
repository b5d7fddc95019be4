"""BMKG's earthquake JSON → events: an object or a list, numbers as text, LS and LU, BT and BB."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from datasources.bmkg.records import Earthquake
from datasources.contract import Refused
from datasources.indonesian_dates import to_utc

FUTURE_TOLERANCE = timedelta(minutes=5)
TEXT_LENGTH = 256

_DEPTH = re.compile(r"(\d+(?:\.\d+)?)\s*km", re.IGNORECASE)
_SIDE = re.compile(r"(\d+(?:\.\d+)?)\s*°?\s*(LS|LU|BT|BB)", re.IGNORECASE)
_SOUTH_OR_WEST = ("LS", "BB")


def earthquakes(answer: Any, place: str, now: datetime) -> tuple[list[Earthquake], list[Refused]]:
    """The events of one list and the entries that cannot be.

    Raises ValueError with an Indonesian sentence when the answer is no list of earthquakes.
    """
    envelope = answer.get("Infogempa") if isinstance(answer, dict) else None
    entries = envelope.get("gempa") if isinstance(envelope, dict) else None
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list):
        raise ValueError("jawaban bukan daftar gempa: seharusnya memuat Infogempa.gempa")
    found, refused = [], []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(_earthquake(entry, now))
        except ValueError as wrong:
            refused.append(Refused(str(entry)[:500], str(wrong), f"{place}, gempa {number}"))
    return found, refused


def _earthquake(entry: Any, now: datetime) -> Earthquake:
    if not isinstance(entry, dict):
        raise ValueError("entri gempa bukan objek")
    event_at = _event_at(entry)
    if event_at > now + FUTURE_TOLERANCE:
        raise ValueError(f"waktu gempa {event_at.isoformat()} masih di depan; periksa DateTime")
    lat, lon = _position(entry)
    return Earthquake(
        event_at=event_at,
        lat=lat,
        lon=lon,
        magnitude=_between(entry, "Magnitude", _plain(entry, "Magnitude"), -1, 10),
        depth_km=_between(entry, "Kedalaman", _matched(_DEPTH, entry, "Kedalaman", "41 km"), 0, 800),
        region=_text(entry, "Wilayah") or "",
        felt=_text(entry, "Dirasakan"),
        potential=_text(entry, "Potensi"),
    )


def _event_at(entry: Mapping[str, Any]) -> datetime:
    """DateTime; without it Tanggal and Jam, whose months are Indonesian and whose zone is WIB."""
    text = entry.get("DateTime")
    if not text:
        moment = to_utc(f"{entry.get('Tanggal') or ''} {entry.get('Jam') or ''}".strip())
        if moment is None:
            raise ValueError("DateTime, Tanggal dan Jam kosong; waktu gempa tidak diketahui")
        return moment.replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"DateTime '{text}' bukan waktu; seharusnya seperti 2022-05-23T12:32:02+00:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _position(entry: Mapping[str, Any]) -> tuple[float, float]:
    point = entry.get("point")
    pair = entry.get("Coordinates") or (point.get("coordinates") if isinstance(point, dict) else None)
    if pair:
        try:
            lat, lon = (float(part) for part in str(pair).split(","))
        except ValueError:
            raise ValueError(f"Coordinates '{pair}' seharusnya 'lintang,bujur' seperti '-4.61,102.75'") from None
    else:
        lat, lon = _side(entry, "Lintang", "4.61 LS"), _side(entry, "Bujur", "102.75 BT")
    return _between(entry, "lintang", lat, -90, 90), _between(entry, "bujur", lon, -180, 180)


def _side(entry: Mapping[str, Any], key: str, example: str) -> float:
    degrees = _matched(_SIDE, entry, key, example)
    return -degrees if str(entry[key]).strip().upper().endswith(_SOUTH_OR_WEST) else degrees


def _matched(pattern: re.Pattern[str], entry: Mapping[str, Any], key: str, example: str) -> float:
    match = pattern.fullmatch(str(entry.get(key) or "").strip())
    if match is None:
        raise ValueError(f"{key} '{entry.get(key)}' tidak terbaca; seharusnya seperti '{example}'")
    return float(match[1])


def _plain(entry: Mapping[str, Any], key: str) -> float:
    try:
        return float(str(entry.get(key)))
    except ValueError:
        raise ValueError(f"{key} '{entry.get(key)}' bukan bilangan; seharusnya seperti '4.9'") from None


def _between(entry: Mapping[str, Any], key: str, value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise ValueError(f"{key} {entry.get(key, value)} di luar {low} sampai {high}")
    return value


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    text = " ".join(str(entry.get(key) or "").split())
    if text in ("", "-"):
        return None
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…"
