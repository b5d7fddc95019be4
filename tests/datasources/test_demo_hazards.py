"""Hazards of the simulated regency through the real readers: rivers that swell, alerts that end, faults of loggers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from datasources.bmkg.cap import warning
from datasources.demo import http_bmkg, rivers, storms, warnings
from datasources.demo.world import HOUR, SEED
from tests.datasources.demo_regency import DAY, START, a_storm, days_of_year, fetched

LAMONG = next(p for p in rivers.POSTS if p.sensor.id == "awlr-lamong")


@pytest.fixture
def port() -> Iterator[int]:
    """A server in which it is two hours after a storm began."""
    moment = a_storm().start * HOUR + 2 * HOUR + 900.0
    server = http_bmkg.server(SEED, lambda: moment, port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_telemetry_of_a_day_is_read_with_its_gaps(tmp_path: Path, port: int) -> None:
    batch = fetched(tmp_path, "telemetri_sungai", port)
    told = Counter(r.parameter for r in batch.records)  # type: ignore[attr-defined]
    steps = rivers.TOLD_S // rivers.STEP_S + 1
    assert batch.refused == ()
    assert 0.85 * 4 * steps < told["river_level"] <= 4 * steps
    assert told["discharge"] <= steps
    assert told["rain"] <= 2 * steps
    assert {r.station_name for r in batch.records} == {p.sensor.name for p in rivers.POSTS}  # type: ignore[attr-defined]


def test_the_history_of_the_posts_is_a_sheet_that_ends_where_the_telemetry_begins(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    rivers.write_sheet(tmp_path / "demo" / "riwayat_sungai.csv", SEED, START, START + 3 * DAY)
    batch = fetched(tmp_path, "riwayat_sungai")
    newest = max(r.data_time for r in batch.records)
    assert newest <= datetime.fromtimestamp(START + 3 * DAY - rivers.TOLD_S, UTC)
    assert {r.station for r in batch.records} >= {"awlr-lamong", "tma-sadar"}  # type: ignore[attr-defined]


def test_a_storm_swells_the_posts_past_their_invented_steps_and_brings_rain() -> None:
    storm = a_storm()
    dry, wet = (rivers.told(SEED, LAMONG, h * HOUR + 1200) for h in (storm.start - 1, storm.end + 1))
    assert dry.level_cm < 220 < 280 < wet.level_cm
    raining = sum(rivers.told(SEED, LAMONG, storm.start * HOUR + s).rain_mm or 0 for s in range(600, 7200, 600))
    assert raining > 2


def test_alerts_run_in_parallel_and_are_updated_and_called_off() -> None:
    found = [s for day in days_of_year() if (s := storms.storm_of_day(SEED, day))]
    alerts = [a for s in found for a in warnings.alerts(SEED, s.end * HOUR) if a.sent >= s.start * HOUR - HOUR]
    ours: list[Any] = [warning(warnings.cap(a).encode()) for a in alerts if a.code.startswith("CJI")]
    kinds = Counter(w.message_type for w in ours)
    assert kinds["Update"] == len(found)
    assert 0 < kinds["Cancel"] < len(found)
    assert {w.event for w in ours} == {warnings.EVENT, warnings.WIND}
    known = {w.identifier for w in ours}
    assert all(set(w.references) <= known for w in ours)
    foreign = [warning(warnings.cap(a).encode()) for a in alerts if not a.code.startswith("CJI")]
    assert foreign
    assert all(w.kecamatan == () for w in foreign)
