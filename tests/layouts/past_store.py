"""A store with a past: two answers of one source, two measurements, an alert that was taken on and ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from dashboard.store import ingestion_log, measurements
from dashboard.store.database import writing
from dashboard.store.measurements import Measurement
from dashboard.store.source_spells import extend
from datasources import registry
from datasources.registry import ConfiguredSource

NOON = datetime(2026, 11, 10, 5, 0, tzinfo=UTC)
"""Selasa, 10 November 2026 12.00 WIB."""
NOW = NOON + timedelta(days=2)
SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean"
owner = "Diskominfo"
path = "/tidak/ada"
stale_after = "10m"
"""


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def sources_of(folder: Path) -> list[ConfiguredSource]:
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return list(registry.load(folder / "sources.toml", {"CALLER_HASH_KEY": "k" * 40}))


def keep_past(engine: Engine) -> None:
    """The source answers from 12.00 to 12.30, is silent for an hour, and answers again; 7 becomes 99 at 13.40."""
    with writing(engine) as connection:
        ingestion_log.register(connection, ["antrean"])
        for minute in [*range(0, 31, 5), *range(90, 121, 5)]:
            for kind in ("answered", "data"):
                extend(connection, "antrean", kind, at(minute), timedelta(minutes=10))  # type: ignore[arg-type]
        ingestion_log.failed(connection, "antrean", NOW, "hari ini gagal")
        measurements.append(connection, [measured("7", 10), measured("99", 100)])


def measured(value: str, minute: float, indicator: str = "calls112.asa") -> Measurement:
    return Measurement(
        indicator=indicator, value=Decimal(value), unit="detik", band="Normal", status="normal", n=31,
        data_time=at(minute), known_at=at(minute), missing="", detail={}, simulated=False,
    )  # fmt: skip
