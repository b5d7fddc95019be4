"""Air as a test wants it: readings of stations, kept and judged, and everything that was made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, select

from dashboard.store import air_days, air_hours, observation_revisions, reading_flags, stations
from dashboard.store.air_rules import AirRules, keep_rules
from dashboard.store.database import reading, writing
from dashboard.store.observations import keep_observations, observations
from dashboard.store.recount import recount_all
from datasources.observation import Averaging, Observation

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
"""Monday, 23 November 2026, 12.00 WIB."""
MIDNIGHT = datetime(2026, 11, 22, 17, tzinfo=UTC)
"""The same Monday, 00.00 WIB."""
HOUR = timedelta(hours=1)
LATER = MIDNIGHT + timedelta(days=3)
"""What the clock says: everything a test tells has happened by then."""
MADE = (
    observations, observation_revisions.observation_revisions, stations.stations, stations.station_parameters,
    reading_flags.reading_flags, air_hours.air_hours, air_days.air_days, air_days.air_years,
)  # fmt: skip


def observed(parameter: str, value: float | str, at: datetime, **given: Any) -> Observation:
    """An hourly mean of the sensor 'pacet', in ug/m3."""
    defaults: dict[str, Any] = {
        "station": "pacet", "unit": "ug/m3", "averaging": "PT1H", "received_at": at, "station_name": "Udara Pacet",
    }  # fmt: skip
    return Observation(parameter=parameter, value=Decimal(str(value)), observed_at=at, **{**defaults, **given})


def hourly(
    values: Iterable[float | None], parameter: str = "pm25", first: datetime = MIDNIGHT + HOUR, **given: Any
) -> list[Observation]:
    """One value for each hour from the one that ends at `first`; None came not."""
    return [
        observed(parameter, value, first + place * HOUR, **given)
        for place, value in enumerate(values)
        if value is not None
    ]


def every_minute(
    values: Iterable[float], parameter: str = "pm25", first: datetime = MIDNIGHT, **given: Any
) -> list[Observation]:
    """One single reading a minute after `first`."""
    averaging: Averaging = "inst"
    return [
        observed(parameter, value, first + timedelta(minutes=place + 1), averaging=averaging, **given)
        for place, value in enumerate(values)
    ]


def put(
    engine: Engine, *batches: Iterable[Observation], source: str = "sensor", at: datetime = NOON, **rules: Any
) -> None:
    """Keep each batch in a transaction of its own, then judge and count."""
    if rules:
        with writing(engine) as connection:
            keep_rules(connection, {source: AirRules(**rules)}, at)
    for batch in batches:
        with writing(engine) as connection:
            keep_observations(connection, source, list(batch), at)
    recount_all(engine)


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Table → all its rows."""
    with reading(engine) as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in MADE}
