"""Dates as people and programs in Indonesia write them, to UTC. Day before month, always."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
RIGHT = "tulis seperti '11 September 2021 12:45', '02/03/2026 14:05' (hari/bulan/tahun) atau '2026-03-02 14:05'"
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Outside lie the zeros of programs: 1899-12-30 of Excel, 1970-01-01 of Unix."""

MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan january", "februari feb pebruari peb february", "maret mar mrt march", "april apr",
         "mei may", "juni jun june", "juli jul july", "agustus agt agu ags aug august",
         "september sep sept", "oktober okt oct october", "november nov nop nopember",
         "desember des dec december"), start=1)
    for name in names.split()
}  # fmt: skip
ZONES = {"WIB": WIB, "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}

_EMPTY = re.compile(r"[-–—.]*|n/?a|null|0000-00-00([ T]00:00(:00(\.0+)?)?)?", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)[ ,]+", re.IGNORECASE)
_TIME = r"(?:[ ,T]+(?:(?:pukul|jam)\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(WIB|WITA|WIT)?)?"
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})" + _TIME, re.IGNORECASE)
_WORDS = re.compile(r"(\d{1,2})[ -]+([a-z]+)\.?[ -]+(\d{4})" + _TIME, re.IGNORECASE)


def to_utc(value: object, zone: ZoneInfo = WIB) -> datetime | None:
    """The moment of a cell in UTC; a time without an offset is read in `zone`, a day alone as its 00.00.

    None for an empty cell, '-' and zero dates. Raises ValueError with an Indonesian sentence for anything else
    that is no date, and for years outside 2000-2100.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return _checked(value, str(value), zone)
    if isinstance(value, date):
        return _checked(datetime.combine(value, time.min), str(value), zone)
    if not isinstance(value, str):
        raise ValueError(f"'{value}' adalah angka, bukan tanggal; {RIGHT}")
    text = " ".join(value.split())
    return None if _EMPTY.fullmatch(text) else _from_text(text, zone)


def _from_text(text: str, zone: ZoneInfo) -> datetime:
    bare = _WEEKDAY.sub("", text)
    if match := _NUMBERS.fullmatch(bare):
        day, _, month, year, *clock = match.groups()
        return _built(text, (int(year), int(month), int(day)), clock, zone)
    if match := _WORDS.fullmatch(bare):
        day, word, year, *clock = match.groups()
        if word.lower() not in MONTHS:
            raise ValueError(f"'{text}': bulan '{word}' tidak dikenal; {RIGHT}")
        return _built(text, (int(year), MONTHS[word.lower()], int(day)), clock, zone)
    if "-" not in bare:
        raise ValueError(f"'{text}' bukan tanggal; {RIGHT}")
    try:
        return _checked(datetime.fromisoformat(bare), text, zone)
    except ValueError as wrong:
        raise wrong if RIGHT in str(wrong) else ValueError(f"'{text}' bukan tanggal; {RIGHT}") from None


def _built(text: str, day: tuple[int, int, int], clock: list[str | None], zone: ZoneInfo) -> datetime:
    hour, minute, second, zone_word = clock
    try:
        moment = datetime(*day, int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - zone follows
    except ValueError:
        raise ValueError(f"'{text}': hari, bulan atau jam itu tidak ada; {RIGHT}") from None
    return _checked(moment, text, ZONES[zone_word.upper()] if zone_word else zone)


def _checked(moment: datetime, text: str, zone: ZoneInfo) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"'{text}': tahun {moment.year} di luar {FIRST_YEAR}–{LAST_YEAR}; {RIGHT}")
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
