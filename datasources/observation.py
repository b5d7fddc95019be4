"""One environmental reading, whatever station or sensor it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

Averaging = Literal["inst", "PT1H", "PT24H"]
Quality = Literal["valid", "suspect", "invalid"]


@dataclass(frozen=True, slots=True)
class Observation:
    """A value in the parameter's canonical unit: ug/m3 for pollutants, degC, %, m, m3/s, mm.

    `observed_at` is the END of the averaging window, UTC. The natural key is
    (source, station, parameter, averaging, observed_at).
    """

    topic: ClassVar[str] = "observations"

    station: str
    parameter: str
    value: Decimal
    unit: str
    averaging: Averaging
    observed_at: datetime
    received_at: datetime
    quality: Quality = "valid"
    flags: tuple[str, ...] = ()
    station_name: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def data_time(self) -> datetime:
        """The end of the averaging window."""
        return self.observed_at
