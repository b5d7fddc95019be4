"""Which table keeps which kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from dashboard.store import bmkg, calls112, observations, spbe
from datasources.contract import Record

KEEPERS: dict[str, Callable[[Connection, str, Any, datetime], None]] = {
    "calls": calls112.keep_calls,
    "incidents": calls112.keep_incidents,
    "observations": observations.keep_observations,
    "forecast": bmkg.keep_forecast,
    "earthquakes": bmkg.keep_earthquakes,
    "warnings": bmkg.keep_warnings,
    "spbe_levels": spbe.keep_levels,
}


def keep(connection: Connection, source: str, records: Iterable[Record], known_at: datetime) -> None:
    """Keep a batch, each record in its table."""
    for topic, group in groupby(records, key=lambda r: r.topic):
        KEEPERS[topic](connection, source, list(group), known_at)
