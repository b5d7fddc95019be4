"""A row of somebody else's case table to one incident, whether it stood in a database or in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, field_validator

from datasources import region
from datasources.calls112.records import Incident
from datasources.contract import Refused
from datasources.indonesian_dates import WIB, to_utc
from datasources.privacy import MASK, mask

STAGES = ("closed", "dispatched", "arrived", "acknowledged", "created")
MOMENTS = ("received", *STAGES)
CANONICAL = frozenset({"id", "category", "kecamatan", "desa", "position", "status", "opd", *MOMENTS})
"""The only columns that are ever asked for; names, numbers and free text have no key here."""

SOUTH, NORTH, WEST, EAST = -7.80, -7.30, 112.30, 112.75
"""Degrees around the kabupaten; a point outside was clicked wrongly or has its numbers swapped."""
CANCELLED = frozenset({"batal", "dibatalkan", "cancel", "cancelled", "canceled"})
LONGEST_ID, LONGEST_CATEGORY, LONGEST_STATUS = 96, 128, 64

_DATE_LIKE = re.compile(r"[\d(+-]|senin|selasa|rabu|kamis|jum|sabtu|minggu", re.IGNORECASE)
_LAT_LNG = re.compile(r"(?:LatLng)?\s*\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", re.IGNORECASE)

Place = Callable[[str], str]
"""Canonical column → where it stands, in words."""


class IncidentColumns(BaseModel):
    """Which of their columns is which of ours, and how their words are to be understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    columns: dict[str, str]
    kecamatan_names: dict[str, str] = {}
    opd_by_category: dict[str, str] = {}
    zone: ZoneInfo = WIB

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - CANONICAL):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(sorted(CANONICAL))}")
        if missing := sorted({"id", "received"} - set(columns)):
            raise ValueError(f"kunci {', '.join(missing)} harus ada: tanpa itu kejadian tidak dapat dibaca")
        return columns

    @field_validator("kecamatan_names")
    @classmethod
    def _ours(cls, names: dict[str, str]) -> dict[str, str]:
        if foreign := [name for name in names.values() if region.kecamatan_named(name) is None]:
            raise ValueError(f"'{', '.join(foreign)}' bukan nama atau kode kecamatan Kabupaten Mojokerto")
        return names

    def incident(self, row: Mapping[str, Any], place: Place) -> tuple[Incident | None, tuple[Refused, ...]]:
        """The incident of a row by canonical keys, and what of it could not be read.

        Without an id or a time of receipt there is no incident; anything else that is wrong is left out and said.
        """
        return _Reading(self, row, place).incident()


@dataclass
class _Reading:
    options: IncidentColumns
    row: Mapping[str, Any]
    place: Place
    refused: list[Refused] = field(default_factory=list)

    def incident(self) -> tuple[Incident | None, tuple[Refused, ...]]:
        incident_id = _words(self.row.get("id"))[:LONGEST_ID]
        received = self._received()
        if not incident_id:
            self._refuse("id", "id kosong; setiap kejadian harus punya id")
        if not incident_id or received is None:
            return None, tuple(self.refused)
        category = self._text("category", LONGEST_CATEGORY)
        status = self._text("status", LONGEST_STATUS)
        kecamatan = self._kecamatan()
        lat, lon = self._position()
        made = Incident(
            incident_id=incident_id,
            t_received=received,
            category_raw=category,
            opd=self._text("opd", LONGEST_CATEGORY) or self._opd_of(category),
            kecamatan_code=kecamatan,
            desa_code=self._desa(kecamatan),
            lat=lat,
            lon=lon,
            status=status or None,
            cancelled=status.casefold() in CANCELLED,
            t_closed=self._stage("closed"),
            t_dispatched=self._stage("dispatched"),
            t_arrived=self._stage("arrived"),
            t_acknowledged=self._stage("acknowledged"),
            t_created=self._stage("created"),
        )
        return made, tuple(self.refused)

    def _refuse(self, key: str, reason: str) -> None:
        raw = _words(self.row.get(key))
        self.refused.append(Refused(_shown(raw) if key in MOMENTS else mask(raw), reason, self.place(key)))

    def _reason(self, key: str, wrong: ValueError) -> str:
        said = _words(self.row.get(key))
        return str(wrong).replace(said, _shown(said), 1)

    def _text(self, key: str, longest: int) -> str:
        return mask(_words(self.row.get(key)))[:longest]

    def _received(self) -> datetime | None:
        try:
            received = to_utc(self.row.get("received"), self.options.zone)
        except ValueError as wrong:
            self._refuse("received", f"waktu terima {self._reason('received', wrong)}")
            return None
        if received is None:
            self._refuse("received", "waktu terima kosong; kejadian tanpa waktu terima tidak dapat dihitung")
        return received

    def _stage(self, key: str) -> datetime | None:
        try:
            return to_utc(self.row.get(key), self.options.zone)
        except ValueError as wrong:
            self._refuse(key, f"{self._reason(key, wrong)}; kejadian tetap dibaca tanpa waktu itu")
            return None

    def _opd_of(self, category: str) -> str | None:
        folded = category.casefold()
        return next((opd for name, opd in self.options.opd_by_category.items() if name.casefold() == folded), None)

    def _kecamatan(self) -> str | None:
        said = _words(self.row.get("kecamatan"))
        if said in ("", "-"):
            return None
        found = region.kecamatan_named(self.options.kecamatan_names.get(said, said))
        if found is None:
            self._refuse(
                "kecamatan",
                f"'{mask(said)}' bukan kecamatan Kabupaten Mojokerto; tulis namanya, kode seperti 35.16.01, atau isi "
                "kecamatan_names; kejadian tetap dibaca tanpa kecamatan",
            )
        return found.code if found else None

    def _desa(self, kecamatan: str | None) -> str | None:
        said = _words(self.row.get("desa"))
        if said in ("", "-"):
            return None
        named = [
            code for code, name in region.villages().items()
            if code == said or (kecamatan and code.startswith(kecamatan + ".") and name.casefold() == said.casefold())
        ]  # fmt: skip
        if len(named) != 1:
            self._refuse("desa", f"'{mask(said)}' bukan desa di kecamatan itu; kejadian tetap dibaca tanpa desa")
            return None
        return named[0]

    def _position(self) -> tuple[float | None, float | None]:
        said = _words(self.row.get("position"))
        if said in ("", "-"):
            return None, None
        match = _LAT_LNG.fullmatch(said)
        if match is None:
            self._refuse("position", "posisi harus seperti LatLng(-7.52, 112.56); kejadian tetap dibaca tanpa posisi")
            return None, None
        lat, lon = float(match[1]), float(match[2])
        if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
            self._refuse("position", "posisi di luar kabupaten, kejadian tetap dibaca tanpa posisi")
            return None, None
        return lat, lon


def _shown(value: object) -> str:
    """A date cell as it may be kept. A date begins with a digit or a weekday; other words may be a name."""
    words = mask(_words(value))
    return words if _DATE_LIKE.match(words) else MASK


def _words(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
    return " ".join(text.replace("\0", "").split())
