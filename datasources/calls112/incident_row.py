"""A row of somebody else's case table to one incident, whether it stood in a database, in a file or in JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from datasources.calls112 import incident_place
from datasources.calls112.incident_columns import MOMENTS, ColumnOptions
from datasources.calls112.records import Incident
from datasources.contract import Refused
from datasources.indonesian_dates import to_utc
from datasources.privacy import MASK, mask

CANCELLED = frozenset({"batal", "dibatalkan", "cancel", "cancelled", "canceled"})
LONGEST_ID, LONGEST_CATEGORY, LONGEST_STATUS, LONGEST_CLASS, LONGEST_COUNT = 96, 128, 64, 64, 6
FUTURE_TOLERANCE = timedelta(minutes=5)
"""Their clock may be ahead of ours by this much."""

BLANK = ("", "-")
"""What stands in a cell that says nothing."""

_DATE_LIKE = re.compile(r"[\d(+-]|senin|selasa|rabu|kamis|jum|sabtu|minggu", re.IGNORECASE)
_TELEPHONE = re.compile(r"(\+?62|0)8\d{7,11}")
_masked = lru_cache(maxsize=1024)(mask)
"""Categories, agencies and statuses are few words, repeated in every row."""

Place = Callable[[str], str]
"""Canonical column → where it stands, in words."""
_Read = TypeVar("_Read")


class IncidentColumns(ColumnOptions):
    """A reader of rows by canonical column."""

    @property
    def topics(self) -> tuple[str, ...]:
        """Incidents; with a column of classes also what each call was."""
        return ("incidents", "call_classes") if "class" in self.columns else ("incidents",)

    def incident(self, row: Mapping[str, Any], place: Place) -> tuple[Incident | None, tuple[Refused, ...]]:
        """The incident of a row by canonical keys, and what of it could not be read.

        Without an id or a time of receipt there is no incident; anything else that is wrong is left out and said.
        Whether stages follow each other is not judged here.
        """
        return _Reading(self, row, place, datetime.now(UTC) + FUTURE_TOLERANCE).incident()


@dataclass(slots=True)
class _Reading:
    options: ColumnOptions
    row: Mapping[str, Any]
    place: Place
    latest: datetime
    refused: list[Refused] = field(default_factory=list)

    def incident(self) -> tuple[Incident | None, tuple[Refused, ...]]:
        incident_id, received = self._id(), self._received()
        if not incident_id or received is None:
            return None, tuple(self.refused)
        category, status = self._text("category", LONGEST_CATEGORY), self._status()
        kecamatan = self._read("kecamatan", lambda s: incident_place.kecamatan_code(s, self.options.kecamatan_names))
        lat, lon = self._position()
        made = Incident(
            incident_id=incident_id,
            t_received=received,
            category_raw=category,
            opd=self._text("opd", LONGEST_CATEGORY) or self._opd_of(category),
            kecamatan_code=kecamatan,
            desa_code=self._read("desa", lambda s: incident_place.desa_code(s, kecamatan)),
            lat=lat,
            lon=lon,
            n_calls=self._read("n_calls", _how_many),
            t_created=self._stage("created"),
            t_dispatched=self._stage("dispatched"),
            t_acknowledged=self._stage("acknowledged"),
            t_enroute=self._stage("enroute"),
            t_arrived=self._stage("arrived"),
            t_controlled=self._stage("controlled"),
            t_closed=self._stage("closed"),
            t_reopened=self._stage("reopened"),
            status=status or None,
            cancelled=status.casefold() in CANCELLED,
            class_raw=self._text("class", LONGEST_CLASS) or None,
            first_call_id=self._read("first_call", _call_id),
            caller_hash=self._caller(),
        )
        return made, tuple(self.refused)

    def _refuse(self, key: str, reason: str) -> None:
        raw = words(self.row.get(key))
        self.refused.append(Refused(_shown(raw) if key in MOMENTS else mask(raw), reason, self.place(key)))

    def _read(self, key: str, understood: Callable[[str], _Read]) -> _Read | None:
        said = words(self.row.get(key))
        if said in BLANK:
            return None
        try:
            return understood(said)
        except ValueError as wrong:
            self._refuse(key, str(wrong))
            return None

    def _id(self) -> str:
        found = words(self.row.get("id"))[:LONGEST_ID]
        if found in BLANK:
            self._refuse("id", "id kosong; setiap kejadian harus punya id")
            return ""
        return found

    def _text(self, key: str, longest: int) -> str:
        said = words(self.row.get(key))
        return _masked(said)[:longest] if said else ""

    def _status(self) -> str:
        said = self._text("status", LONGEST_STATUS)
        return self.options.status_words.get(said.casefold(), said)

    def _moment(self, key: str) -> datetime | None:
        value = self.row.get(key)
        if value is None:
            return None
        said = words(value)
        try:
            moment = to_utc(said if isinstance(value, str | bytes) else value, self.options.zone)
        except ValueError as wrong:
            raise ValueError(str(wrong).replace(said, _shown(said), 1)) from None
        if moment is not None and moment > self.latest:
            raise ValueError(f"'{_shown(said)}' masih di depan; periksa jam, tahun dan zona waktunya")
        return moment

    def _received(self) -> datetime | None:
        try:
            received = self._moment("received")
        except ValueError as wrong:
            self._refuse("received", f"waktu terima {wrong}")
            return None
        if received is None:
            self._refuse("received", "waktu terima kosong; kejadian tanpa waktu terima tidak dapat dihitung")
        return received

    def _stage(self, key: str) -> datetime | None:
        try:
            return self._moment(key)
        except ValueError as wrong:
            self._refuse(key, f"{wrong}; kejadian tetap dibaca tanpa waktu itu")
            return None

    def _opd_of(self, category: str) -> str | None:
        folded = category.casefold()
        return next((opd for name, opd in self.options.opd_by_category.items() if name.casefold() == folded), None)

    def _position(self) -> tuple[float | None, float | None]:
        if "lat" not in self.options.columns:
            return self._read("position", incident_place.position) or (None, None)
        lon = words(self.row.get("lon"))
        return self._read("lat", lambda lat: incident_place.position(f"{lat}, {lon}")) or (None, None)

    def _caller(self) -> str | None:
        said = words(self.row.get("caller"))
        return self.options.hashed_caller(said) if said else None


def words(value: object) -> str:
    """A cell as text on one line, without zero bytes and halves of characters that no database takes."""
    if value is None:
        return ""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return " ".join(text.replace("\0", "").split())


def _shown(said: str) -> str:
    """A date cell as it may be kept. A date begins with a digit or a weekday; other words may be a name."""
    masked = mask(said)
    return masked if _DATE_LIKE.match(masked) else MASK


def _how_many(said: str) -> int:
    if not said.isdecimal() or len(said) > LONGEST_COUNT or int(said) < 1:
        raise ValueError(f"jumlah panggilan '{mask(said)}' harus bilangan bulat mulai 1; kejadian tetap dibaca")
    return int(said)


def _call_id(said: str) -> str:
    if _TELEPHONE.fullmatch(said):
        raise ValueError("tampak seperti nomor telepon, bukan id panggilan; petakan nomor ke kunci caller")
    return said[:LONGEST_ID]
