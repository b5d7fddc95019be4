"""BMKG: forecast slots, earthquakes, weather warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class ForecastSlot:
    """The forecast of one village (adm4) for one moment; rain is the sum of the three hours before it."""

    topic: ClassVar[str] = "forecast"

    adm4: str
    kecamatan_code: str
    valid_at: datetime
    analysis_at: datetime
    temperature_c: int | None
    humidity_pct: int | None
    rain_mm: float | None
    cloud_pct: int | None
    wind_kmh: float | None
    wind_from_deg: int | None
    weather_code: int
    weather: str
    visibility_m: int | None = None

    @property
    def data_time(self) -> datetime:
        """The model run, not the moment it speaks of."""
        return self.analysis_at


@dataclass(frozen=True, slots=True)
class Earthquake:
    """One earthquake; the same event may stand in several of BMKG's lists with a revised position."""

    topic: ClassVar[str] = "earthquakes"

    event_at: datetime
    lat: float
    lon: float
    magnitude: float
    depth_km: float
    region: str
    felt: str | None
    potential: str | None

    @property
    def data_time(self) -> datetime:
        """When the earth shook."""
        return self.event_at


@dataclass(frozen=True, slots=True)
class Warning:
    """One CAP alert. `kecamatan` are the codes that its polygons touch; outside the kabupaten it is empty.

    `polygons` are those of its rings that reach our surroundings, as 'lat,lon lat,lon …', for the map.
    """

    topic: ClassVar[str] = "warnings"

    identifier: str
    sent: datetime
    message_type: Literal["Alert", "Update", "Cancel"]
    references: tuple[str, ...]
    event: str
    severity: str
    urgency: str
    certainty: str
    effective: datetime
    expires: datetime
    headline: str
    description: str
    kecamatan: tuple[str, ...]
    polygons: tuple[str, ...] = ()

    @property
    def data_time(self) -> datetime:
        """When BMKG sent it."""
        return self.sent
