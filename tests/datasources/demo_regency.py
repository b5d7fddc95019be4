"""The simulated regency for tests: days, storms, files, and the demonstration's own sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasources import registry
from datasources.contract import Batch
from datasources.demo import run, storms, world
from datasources.demo.case_table import CaseTable
from datasources.demo.incidents import SimulatedIncident, incidents_of_hour
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, hour_of

START = int(datetime(2025, 1, 6, 17, tzinfo=UTC).timestamp())
DAY = 24 * HOUR
DAYS = 60
END = START + DAYS * DAY
SOURCES = Path(run.__file__).parent / "sources.toml"
PORT = 8093


def write(writer: QueueLogWriter | CaseTable, start: int, end: int) -> None:
    writer.begin(start)
    writer.write_until(end)


def a_storm() -> storms.Storm:
    """The first one of 2025 after some days without any."""
    days = list(days_of_year())
    found = [storms.storm_of_day(SEED, d) for d in days]
    return next(s for n, s in enumerate(found) if s and s.hours >= 3 and n > 4 and not any(found[n - 4 : n]))


def days_of_year() -> range:
    first = world.day_of(hour_of(START))
    return range(first, first + 365)


def hours_of(day: int) -> range:
    return range(world.midnight(day), world.midnight(day) + 24)


def incidents_of_day(day: int) -> list[SimulatedIncident]:
    return [incident for hour in hours_of(day) for incident in incidents_of_hour(SEED, hour).values()]


def sources(var: Path, port: int = PORT) -> dict[str, registry.ConfiguredSource]:
    """The demonstration's own configuration, with the servers on another port."""
    environment = {"VAR": str(var), "CALLER_HASH_KEY": "k" * 40, "DEMO_PORT": str(port)}
    return {s.id: s for s in registry.load(SOURCES, environment)}


def fetched(var: Path, source: str, port: int = PORT) -> Batch:
    """Everything the configured reader finds on a first run, as one batch."""
    reader: Any = sources(var, port)[source].reader
    batches = list(reader.fetch({}))
    return Batch(tuple(r for b in batches for r in b.records), tuple(r for b in batches for r in b.refused))
