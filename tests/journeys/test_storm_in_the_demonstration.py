"""From the simulated centre's queue_log to the state word: a storm shows within its hour, ordinary days do not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding
from dashboard.ingestion.run import run_once
from dashboard.store import ingestion_log
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.recount import recount_all
from datasources import registry
from datasources.demo import queue_log_writer, storms
from datasources.demo.calls import calls_of_hour
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, date_of, day_of, hour_of, midnight, wib_hour
from tests.journeys.test_killed_while_ingesting import prepared

WINDOW, WATCHED = 91, 98
FIRST = midnight(day_of(hour_of(datetime(2026, 4, 13, tzinfo=UTC).timestamp())))
"""Unix hour. After Lebaran, so that all days are of one season."""


class Centre(NamedTuple):
    """A store that was fed from the queue_log of the simulated centre."""

    engine: Engine
    writer: QueueLogWriter
    source: registry.ConfiguredSource

    def live_until(self, moment: int) -> None:
        """Let the centre write and the worker's parts read and count, as they do every two seconds."""
        self.writer.write_until(moment)
        outcome = run_once(self.engine, self.source)
        assert not outcome.error
        recount_all(self.engine)

    def state(self, moment: int) -> Finding:
        """What the worker would measure at that Unix second."""
        with reading(self.engine) as connection:
            return CATALOGUE["calls112.state"].formula(connection, datetime.fromtimestamp(moment, UTC))


def opened(folder: Path) -> Centre:
    """The centre whose store and queue_log lie in a folder."""
    url = f"sqlite:///{folder / 'store.db'}"
    environment = prepared(folder, folder / "queue_log", url)
    toml = Path(environment["SOURCES"])
    toml.write_text(toml.read_text(encoding="utf-8").replace("batch_lines = 90\n", ""), encoding="utf-8")
    (source,) = registry.load(toml, environment)
    engine = open_database(url)
    metadata.create_all(engine)
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    return Centre(engine, QueueLogWriter(folder / "queue_log", SEED), source)


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """A new centre on its first morning; every day of it is in the past."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 1, tzinfo=UTC))
    forget_storms()
    made = opened(tmp_path)
    made.writer.begin(FIRST * HOUR)
    yield made
    forget_storms()
    made.engine.dispose()


def forget_storms() -> None:
    """Storms are to be ordered before the world is asked: what it has said is forgotten with them."""
    storms.withdraw_orders()
    calls_of_hour.cache_clear()
    queue_log_writer._lines_of_hour.cache_clear()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_98_days_without_a_storm_raise_no_alarm_and_the_storms_between_them_do(centre: Centre) -> None:
    centre.live_until((FIRST + (WINDOW + WATCHED) * 24) * HOUR)
    first_day = day_of(FIRST) + WINDOW
    false, missed = [], []
    for day in range(first_day, first_day + WATCHED):
        storm = storms.storm_of_day(SEED, day)
        # After the last hour of a day: no earlier look can raise more.
        unusual = {int(hour) for hour in centre.state(midnight(day + 1) * HOUR - 1).detail["unusual"]}
        if storm is None:
            false += [(date_of(day), hour) for hour in unusual]
        elif unusual.isdisjoint(wib_hour(hour) for hour in range(storm.start, storm.end)):
            missed.append(storm)
    assert (false, missed) == ([], [])


@pytest.mark.slow
def test_an_ordered_storm_shows_within_the_hour_in_which_it_breaks_out(centre: Centre, tmp_path: Path) -> None:
    day = midnight(day_of(FIRST) + WINDOW + 1)
    centre.live_until((day + 8) * HOUR - 1)
    in_its_hour = []
    for hour in range(8, 21):
        folder = tmp_path / str(hour)
        folder.mkdir()
        for name in ("store.db", "store.db-wal", "queue_log"):
            shutil.copy(tmp_path / name, folder)
        begins = (day + hour) * HOUR
        forget_storms()
        storms.order(SEED, begins)
        stormy = opened(folder)
        seen = []
        for moment in (begins - 1, begins + HOUR - 1, begins + 2 * HOUR - 1):
            stormy.live_until(moment)
            seen.append(stormy.state(moment).band)
        stormy.engine.dispose()
        assert (seen[0], seen[2]) == ("Normal", "Di luar kebiasaan"), hour
        in_its_hour.append(seen[1] == "Di luar kebiasaan")
    assert sum(in_its_hour) >= 12, "of 13; chance may make the first hour of a storm small"
