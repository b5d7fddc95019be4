"""One row of river telemetry, whoever wrote it → observations: names, units and zone by configuration alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from datasources.contract import Refused
from datasources.indonesian_dates import to_utc
from datasources.observation import Observation
from datasources.sensors.units import CANONICAL, canonical, checked

FUTURE_TOLERANCE = timedelta(minutes=5)
STATION_LENGTH, NAME_LENGTH = 96, 128
EPOCH_FROM, MILLISECONDS_FROM = 10**9, 10**11
"""A whole number from here on is a Unix time in seconds; from there on in milliseconds."""
EPOCH_DIGITS = 13
EMPTY = ("", "-", "--", "null", "nan", "n/a")


class TelemetryRow(BaseModel):
    """Which key (or column) of a row holds what. `values` maps a key to "parameter:unit".

    `missing` are the numbers by which a logger says that it measured nothing. A time without an offset is read in
    `time_zone`; `clock` is the column of the time of day where `time` holds the day alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    station: str = Field(min_length=1)
    time: str = Field(min_length=1)
    values: dict[str, str] = Field(min_length=1)
    clock: str = ""
    name: str = ""
    lat: str = ""
    lon: str = ""
    missing: tuple[str, ...] = ("-9999", "-999", "9999", "8888")
    time_zone: ZoneInfo = ZoneInfo("Asia/Jakarta")

    @field_validator("values")
    @classmethod
    def _are_measured(cls, values: dict[str, str]) -> dict[str, str]:
        for text in values.values():
            parameter, colon, unit = text.partition(":")
            if not colon:
                raise ValueError(f"'{text}' seharusnya 'parameter:satuan', misalnya 'river_level:cm'")
            checked(parameter, unit)
        return values

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that a row must have."""
        return (self.station, self.time, *([self.clock] if self.clock else []), *self.values)

    def read(
        self, row: Mapping[str, Any], place: str, received_at: datetime
    ) -> tuple[list[Observation], list[Refused]]:
        """What a row says. A value that is missing is a gap; one that cannot be is refused, the others are kept."""
        try:
            station, observed_at = self._station(row), self._observed_at(row, received_at)
        except ValueError as wrong:
            return [], [Refused(str(dict(row))[:500], str(wrong), place)]
        good, refused = [], []
        for key, text in self.values.items():
            parameter, unit = checked(*text.split(":", 1))
            try:
                value = self._value(row.get(key))
                if value is not None:
                    kept = canonical(parameter, unit, value)
                    good.append(self._observation(row, station, parameter, kept, observed_at, received_at))
            except ValueError as wrong:
                refused.append(Refused(f"{station} {observed_at.isoformat()}: {key}={row.get(key)}"[:500], str(wrong),
                                       f"{place}, {key}"))  # fmt: skip
        return good, refused

    def _station(self, row: Mapping[str, Any]) -> str:
        text = str(row.get(self.station) if row.get(self.station) is not None else "").strip()
        if not text or len(text) > STATION_LENGTH:
            raise ValueError(f"{self.station} '{text[:40]}' kosong atau terlalu panjang; seharusnya kode pos")
        return text

    def _observed_at(self, row: Mapping[str, Any], received_at: datetime) -> datetime:
        told = row.get(self.time)
        clock = row.get(self.clock) if self.clock else None
        moment = _epoch(told) or to_utc(_joined(told, clock), self.time_zone)
        if moment is None:
            raise ValueError(f"{self.time} kosong; waktu bacaan tidak diketahui")
        if moment > received_at + FUTURE_TOLERANCE:
            raise ValueError(f"{self.time} '{told}' masih di depan; jam alat atau zona waktunya salah")
        return moment

    def _value(self, cell: Any) -> Decimal | None:
        if cell is None or isinstance(cell, bool):
            return None
        text = str(cell).strip()
        if text.lower() in EMPTY:
            return None
        try:
            value = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise ValueError(f"nilai '{text[:40]}' bukan bilangan; seharusnya seperti 1,25")
        return None if any(value == Decimal(word) for word in self.missing) else value

    def _observation(
        self, row: Mapping[str, Any], station: str, parameter: str, value: Decimal, at: datetime, received_at: datetime
    ) -> Observation:
        return Observation(
            station=station,
            station_name=str(row.get(self.name) or "").strip()[:NAME_LENGTH] if self.name else "",
            parameter=parameter,
            value=value,
            unit=CANONICAL[parameter],
            averaging="inst",
            observed_at=at,
            received_at=received_at,
            lat=_degrees(row.get(self.lat)) if self.lat else None,
            lon=_degrees(row.get(self.lon)) if self.lon else None,
        )


def _epoch(told: Any) -> datetime | None:
    """A Unix time, as number or digits; None for anything else."""
    text = str(told)
    if isinstance(told, bool) or not text.isdecimal() or len(text) > EPOCH_DIGITS or int(text) < EPOCH_FROM:
        return None
    number = int(text)
    return datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS_FROM else number, UTC)


def _joined(day: Any, clock: Any) -> Any:
    """A day and a time of day out of two columns, as a spreadsheet or as text has them."""
    if clock is None:
        return day
    if isinstance(clock, time) and hasattr(day, "year"):
        return datetime.combine(day if not isinstance(day, datetime) else day.date(), clock)
    return f"{day} {clock}"


def _degrees(cell: Any) -> float | None:
    try:
        return float(str(cell).replace(",", "."))
    except ValueError:
        return None
