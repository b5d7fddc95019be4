"""AirGradient monitors on our own network, asked one by one: flat JSON without a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.http import Address, ask
from datasources.sensors.airgradient_values import FIELDS, Compensation, values_of
from datasources.sensors.listed import read_all
from datasources.sensors.said import ARRIVAL, Said, station_of

LARGEST = 20_000


class AirGradientLocal(BaseModel):
    """Asks each of `addresses` (http://airgradient_<serial>.local/measures/current); `names` are ours, by serial."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    addresses: tuple[Address, ...] = Field(min_length=1)
    names: dict[str, str] = Field(default_factory=dict)
    positions: dict[str, tuple[float, float]] = Field(default_factory=dict)
    values: Compensation = "mentah"
    timeout: timedelta = timedelta(seconds=5)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """A batch for each monitor; one that does not answer is refused by name.

        Raises SourceUnavailable when none answers.
        """
        failures: list[SourceUnavailable] = []
        for address in self.addresses:
            try:
                yield self._one(address)
            except SourceUnavailable as silent:
                failures.append(silent)
                yield Batch((), (Refused("", str(silent), address),))
        if len(failures) == len(self.addresses):
            raise failures[0]

    def _one(self, address: str) -> Batch:
        answer = ask(address, timeout=self.timeout, max_bytes=LARGEST)
        measures = [] if answer is None else [answer.json(Decimal)]
        return read_all(measures, self._said, FIELDS, address, datetime.now(UTC))

    def _said(self, measures: dict[str, object]) -> Said:
        serial = station_of(measures.get("serialno"), "serialno")
        lat, lon = self.positions.get(serial, (None, None))
        return Said(serial, self.names.get(serial, ""), values_of(measures, self.values), ARRIVAL, lat, lon)
