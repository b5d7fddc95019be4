"""BMKG's forecast JSON → slots: lists of lists, a partial first day, UTC without a mark, nulls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from datasources.bmkg.records import ForecastSlot
from datasources.contract import Refused

WEATHER = {
    0: "Cerah", 1: "Cerah", 2: "Cerah Berawan", 3: "Berawan", 4: "Berawan Tebal", 5: "Udara Kabur", 10: "Asap",
    45: "Kabut", 60: "Hujan Ringan", 61: "Hujan Ringan", 63: "Hujan Sedang", 65: "Hujan Lebat", 80: "Hujan Lokal",
    95: "Hujan Petir", 97: "Hujan Petir",
}  # fmt: skip
"""Codes of BMKG and of its clients; a code that is not here is called what the answer calls it."""

LIMITS = {"t": (-10, 55), "hu": (0, 100), "tp": (0, 1000), "tcc": (0, 100), "ws": (0, 300), "wd_deg": (0, 360),
          "vs": (0, 200_000)}  # fmt: skip
"""degC, %, mm, %, km/h, degrees, m: outside lies no weather of ours but a mistake."""
WORD_LENGTH = 64


def forecast_slots(answer: Any, adm4: str) -> tuple[list[ForecastSlot], list[Refused]]:
    """The slots of one village, whatever days they stand in, and the items that cannot be.

    Raises ValueError with an Indonesian sentence when the answer as a whole is not a forecast of `adm4`.
    """
    slots, refused = [], []
    for number, item in enumerate(_items(answer, adm4), start=1):
        try:
            slots.append(_slot(item, adm4))
        except ValueError as wrong:
            refused.append(Refused(str(item)[:500], str(wrong), f"prakiraan {adm4}, butir {number}"))
    if not slots and not refused:
        raise ValueError("jawaban tidak memuat satu pun butir 'cuaca'")
    return slots, refused


def _items(answer: Any, adm4: str) -> Iterator[Any]:
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise ValueError("jawaban bukan prakiraan: seharusnya objek dengan daftar 'data'")
    for entry in answer["data"]:
        if not isinstance(entry, dict) or not isinstance(entry.get("cuaca"), list):
            raise ValueError("isi 'data' bukan prakiraan: seharusnya objek dengan daftar 'cuaca'")
        place = entry.get("lokasi") or answer.get("lokasi")
        told = place.get("adm4") if isinstance(place, dict) else None
        if told not in (None, adm4):
            raise ValueError(f"jawaban untuk {adm4} berisi wilayah lain ({told})")
        for day in entry["cuaca"]:
            yield from day if isinstance(day, list) else [day]


def _slot(item: Any, adm4: str) -> ForecastSlot:
    if not isinstance(item, dict):
        raise ValueError("butir prakiraan bukan objek")
    code, word = _weather(item)
    return ForecastSlot(
        adm4=adm4,
        kecamatan_code=adm4.rpartition(".")[0],
        valid_at=_utc(item, "datetime" if item.get("datetime") else "utc_datetime"),
        analysis_at=_utc(item, "analysis_date"),
        temperature_c=_whole(item, "t"),
        humidity_pct=_whole(item, "hu"),
        rain_mm=_number(item, "tp"),
        cloud_pct=_whole(item, "tcc"),
        wind_kmh=_number(item, "ws"),
        wind_from_deg=_whole(item, "wd_deg"),
        weather_code=code,
        weather=word,
        visibility_m=_whole(item, "vs"),
    )


def _weather(item: Mapping[str, Any]) -> tuple[int, str]:
    code, said = item.get("weather"), item.get("weather_desc")
    if isinstance(code, bool) or not isinstance(code, int):
        raise ValueError(f"kode weather {code!r} bukan bilangan bulat")
    word = WEATHER.get(code) or (said.strip() if isinstance(said, str) else "")
    if not word:
        raise ValueError(f"kode weather {code} tidak dikenal dan weather_desc kosong")
    return code, word[:WORD_LENGTH]


def _utc(item: Mapping[str, Any], key: str) -> datetime:
    text = item.get(key)
    try:
        moment = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise ValueError(f"{key} {text!r} bukan waktu; seharusnya seperti 2025-12-24T03:00:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _number(item: Mapping[str, Any], key: str) -> float | None:
    value = item.get(key)
    if value is None:
        return None
    low, high = LIMITS[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(f"{key} {value!r} di luar {low} sampai {high}")
    return float(value)


def _whole(item: Mapping[str, Any], key: str) -> int | None:
    value = _number(item, key)
    return None if value is None else round(value)
