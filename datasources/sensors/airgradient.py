"""AirGradient monitors through the maker's API: one array with the newest measures of every monitor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from datasources.contract import Batch, Cursor
from datasources.http import Address, BadAnswer, ask
from datasources.sensors.airgradient_values import FIELDS, Compensation, values_of
from datasources.sensors.listed import read_all
from datasources.sensors.said import Said, station_of


class AirGradient(BaseModel):
    """Reads `address`, with `token` for a place of one's own; `locations` narrows it to these location numbers.

    `values` "mentah" takes what the sensor measured, "terkoreksi" what the monitor corrected by itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    address: Address = "https://api.airgradient.com/public/api/v1/world/locations/measures/current"
    token: SecretStr | None = None
    locations: tuple[int, ...] = ()
    values: Compensation = "mentah"
    timeout: timedelta = timedelta(seconds=15)
    max_bytes: int = Field(default=10_000_000, gt=0)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch with every monitor asked for. Raises SourceUnavailable."""
        params = {} if self.token is None else {"token": self.token.get_secret_value()}
        answer = ask(self.address, params=params, timeout=self.timeout, max_bytes=self.max_bytes)
        if answer is None:
            return
        listed = answer.json(Decimal)
        if not isinstance(listed, list):
            raise BadAnswer(f"Jawaban {answer.host} bukan daftar monitor AirGradient.")
        wanted = [one for one in listed if not self.locations or _number(one) in self.locations]
        yield read_all(wanted, self._said, FIELDS, "AirGradient", datetime.now(UTC))

    def _said(self, monitor: Mapping[str, Any]) -> Said | None:
        """None for a monitor that its maker calls offline: its values are old, and silence says so."""
        if monitor.get("offline") is True:
            return None
        number = _number(monitor)
        name = str(monitor.get("publicLocationName") or monitor.get("locationName") or "")
        station = station_of(None if number is None else str(number), "locationId")
        return Said(station, name, values_of(monitor, self.values), monitor.get("timestamp"),
                    monitor.get("latitude"), monitor.get("longitude"))  # fmt: skip


def _number(monitor: Any) -> Any:
    return monitor.get("locationId") if isinstance(monitor, dict) else None
