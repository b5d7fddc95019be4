"""All tables of the store, for migrations and for tests."""

from __future__ import annotations

from dashboard.store import bmkg, calls112, changes, ingestion_log, measurements, observations, spbe

TABLES = (
    calls112.calls,
    calls112.incidents,
    observations.observations,
    bmkg.forecast,
    bmkg.earthquakes,
    bmkg.warnings,
    spbe.spbe_levels,
    measurements.measurements,
    changes.changes,
    ingestion_log.sources,
    ingestion_log.quarantine,
)
