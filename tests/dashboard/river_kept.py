"""A store with river readings and thresholds in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from dashboard.store.database import writing
from dashboard.store.keep import keep
from dashboard.store.river_thresholds import Threshold, keep_thresholds
from datasources.observation import Observation

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
"""Senin, 23 November 2026 12.00 WIB."""
STEPS = (
    Threshold("Siaga III", Decimal("2.0"), Decimal("1.9"), "BPBD", "Piket memantau"),
    Threshold("Siaga II", Decimal("2.5"), None, "BPBD", "Siagakan perahu"),
)


def level(value: object, minutes_ago: float = 0, **given: Any) -> Observation:
    """A level of the post 'sadar' so many minutes before NOW."""
    at = NOW - timedelta(minutes=minutes_ago)
    defaults: dict[str, Any] = {
        "station": "sadar", "station_name": "Kali Sadar", "parameter": "river_level", "value": Decimal(str(value)),
        "unit": "m", "averaging": "inst", "observed_at": at, "received_at": at,
    }  # fmt: skip
    return Observation(**{**defaults, **given})


def levels(*values: object, every: float = 10, **given: Any) -> list[Observation]:
    """Levels so many minutes apart, the last at NOW; None did not come."""
    count = len(values)
    return [level(v, every * (count - 1 - n), **given) for n, v in enumerate(values) if v is not None]


def keep_levels(engine: Engine, *readings: Sequence[Observation], source: str = "telemetri") -> None:
    with writing(engine) as connection:
        for batch in readings:
            keep(connection, source, batch, NOW)


def enter(
    engine: Engine, station: str = "sadar", quantity: str = "river_level", at: datetime = NOW - timedelta(days=9),
    valid_from: datetime = NOW - timedelta(days=8), steps: Sequence[Threshold] = STEPS,
) -> int:  # fmt: skip
    with writing(engine) as connection:
        return keep_thresholds(connection, station, quantity, valid_from, steps, "SK Uji 1/2026", "Sari", at)
