"""Readings in JSON, for `manage.py show` and for machines that ask over HTTP."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.indicators.reading import Reading
from dashboard.store import measurements


def as_json(reading: Reading) -> dict[str, object]:
    """The form of a reading in `manage.py show` and over HTTP: exact value as text, times ISO 8601 UTC."""
    i = reading.indicator
    return {
        "id": i.id,
        "title": i.title,
        "unit": i.unit,
        "value": None if reading.value is None else str(reading.value),
        "band": reading.band,
        "status": reading.status,
        "n": reading.n,
        "data_time": reading.data_time and reading.data_time.isoformat(),
        "known_at": reading.known_at and reading.known_at.isoformat(),
        "freshness": reading.freshness.state,
        "age_s": reading.age_s,
        "source": [s.id for s in reading.sources],
        "owner": i.owner,
        "simulated": reading.simulated,
        "missing": reading.missing,
        "clock": i.clock,
        "basis": i.basis,
        "target": None if i.target is None else str(i.target),
        "detail": dict(reading.detail),
    }


def history_json(connection: Connection, indicator: str, start: datetime, end: datetime) -> list[dict[str, object]]:
    """The measurements known in [start, end], oldest first, in the same words as `as_json`."""
    return [
        {
            "value": None if m.value is None else str(m.value),
            "band": m.band,
            "status": m.status,
            "n": m.n,
            "data_time": m.data_time and m.data_time.isoformat(),
            "known_at": m.known_at.isoformat(),
            "simulated": m.simulated,
        }
        for m in measurements.history(connection, indicator, start, end)
    ]
