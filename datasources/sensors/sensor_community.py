"""Sensor.Community through its API: records of the last minutes, each of one sensor chip at one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources.contract import Batch, Cursor
from datasources.http import Address, BadAnswer, ask
from datasources.sensors.listed import read_all
from datasources.sensors.said import Said, station_of
from datasources.sensors.sensor_community_push import FIELDS, values_of

API = "https://data.sensor.community/airrohr/v1/filter/area=-7.55,112.45,25"


class SensorCommunity(BaseModel):
    """Reads `address`. Indoor sensors are left out unless `indoor`; `locations` narrows it to these place numbers.

    The place is the station: temperature and particles come from two chips there. Its position is rounded by the
    network unless the owner shows it exactly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    address: Address = API
    locations: tuple[int, ...] = ()
    indoor: bool = False
    timeout: timedelta = timedelta(seconds=20)
    max_bytes: int = Field(default=20_000_000, gt=0)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch with all records. Raises SourceUnavailable."""
        answer = ask(self.address, timeout=self.timeout, max_bytes=self.max_bytes)
        if answer is None:
            return
        listed = answer.json(Decimal)
        if not isinstance(listed, list):
            raise BadAnswer(f"Jawaban {answer.host} bukan daftar rekaman Sensor.Community.")
        wanted = [one for one in listed if not self.locations or _place(one).get("id") in self.locations]
        yield read_all(wanted, self._said, FIELDS, "Sensor.Community", datetime.now(UTC))

    def _said(self, record: Mapping[str, Any]) -> Said | None:
        place = _place(record)
        if place.get("indoor") and not self.indoor:
            return None
        number = place.get("id")
        values = values_of(record.get("sensordatavalues"))
        if not values:  # a chip of noise or radiation
            return None
        return Said(station_of(None if number is None else str(number), "location.id"),
                    f"Sensor.Community {number}", values, _as_utc(record.get("timestamp")),
                    place.get("latitude"), place.get("longitude"))  # fmt: skip


def _place(record: Any) -> Mapping[str, Any]:
    place = record.get("location") if isinstance(record, dict) else None
    return place if isinstance(place, dict) else {}


def _as_utc(text: Any) -> Any:
    """'2023-12-08 15:22:32' is UTC, though nothing says so."""
    return f"{text}+00:00" if isinstance(text, str) and len(text) == 19 else text
