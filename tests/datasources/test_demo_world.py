"""The simulated regency: always the same, and lifelike in size; its files grow as real ones do."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import pytest

from datasources.demo import air, case_table, klh_feed, run, warnings, weather, world
from datasources.demo.calls import calls_of_hour
from datasources.demo.case_table import CaseTable
from datasources.demo.incidents import incidents_of_hour
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, hour_of
from datasources.region import kecamatan
from tests.datasources.demo_regency import DAY, END, START, a_storm, days_of_year, hours_of, write


def test_the_same_seed_is_the_same_world_and_another_seed_another() -> None:
    def of(seed: str) -> list[Any]:
        hours = range(hour_of(START), hour_of(START) + 48)
        calls = [c for h in hours for c in calls_of_hour.__wrapped__(seed, h)]
        return [calls, [weather.sky(seed, k, hours[0]) for k in kecamatan()], warnings.alerts(seed, START)]

    assert of("satu") == of("satu")
    assert of("satu") != of("dua")


def test_a_day_has_the_size_of_a_peer_of_mojokerto() -> None:
    quiet = [d for d in days_of_year() if world.storm_of_day(SEED, d) is None]
    calls = [sum(len(calls_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet]
    real = [sum(len(incidents_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet]
    assert sorted(calls)[len(calls) // 20] >= 60
    assert sorted(calls)[-len(calls) // 20] <= 120
    assert 3 <= median(real) <= 8
    fates = Counter(c.outcome for d in quiet for h in hours_of(d) for c in calls_of_hour(SEED, h))
    assert 0.88 < fates["answered"] / fates.total() < 0.94


def test_storms_bring_three_to_six_times_the_calls_of_such_hours() -> None:
    stormy: Counter[str] = Counter()
    for day in days_of_year():
        for hour in hours_of(day):
            if storm := world.storm_at(SEED, hour):
                stormy["calls"] += len(calls_of_hour(SEED, hour))
                stormy["usual"] += world.expected_calls(SEED, hour) / storm.factor
    assert 3 <= stormy["calls"] / stormy["usual"] <= 6


def test_help_mostly_arrives_within_six_to_twenty_minutes_and_stages_never_run_backwards() -> None:
    incidents = [i for d in days_of_year() for h in hours_of(d) for i in incidents_of_hour(SEED, h)]
    minutes = [(i.arrived - i.received) / 60 for i in incidents if i.arrived]
    assert sum(6 <= m <= 20 for m in minutes) / len(minutes) > 0.7
    assert 0.6 < sum(m <= 15 for m in minutes) / len(minutes) < 0.95
    assert all(list(i.stages()) == sorted(i.stages()) for i in incidents)


def test_a_river_rises_with_a_storm_and_falls_again() -> None:
    storm, sadar = a_storm(), next(s for s in air.SENSORS if s.id == "tma-sadar")
    before, high, after = (
        air.read(SEED, sadar, hour * HOUR)["tma"] for hour in (storm.start, storm.end + 1, storm.end + 20)
    )
    assert high > before + 0.4
    assert after < high - 0.4


@pytest.mark.parametrize("hour", range(hour_of(START), hour_of(START) + 20 * 24, 7))
def test_the_published_ispu_belongs_to_its_means(hour: int) -> None:
    for row in klh_feed.feed(SEED, hour * HOUR)["rows"]:  # type: ignore[attr-defined]
        means = {name: klh_feed.Decimal(row[f"a_{name}"]) for name in ("pm25", "pm10")}
        assert row["val"] == str(max(klh_feed.sub_index(name, mean) for name, mean in means.items()))
        assert means["pm10"] > means["pm25"]


def test_a_log_written_in_ticks_with_restarts_is_the_log_written_at_once(tmp_path: Path) -> None:
    whole, ticked = tmp_path / "whole", tmp_path / "ticked"
    write(QueueLogWriter(whole, SEED), START, START + DAY)
    QueueLogWriter(ticked, SEED).begin(START)
    for until in (*range(START + 1, START + DAY, 977), START + DAY):
        QueueLogWriter(ticked, SEED).write_until(until)
    assert ticked.read_text() == whole.read_text()
    times = [int(line.split("|")[0]) for line in whole.read_text().splitlines()]
    assert times == sorted(times)


def test_a_log_past_its_size_is_rotated_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "queue_log"
    write(QueueLogWriter(file, SEED), START, START + DAY)
    QueueLogWriter(file, SEED, rotate_bytes=1000).write_until(START + 2 * DAY)
    old, new = file.with_name("queue_log.1").read_text(), file.read_text()
    write(QueueLogWriter(tmp_path / "whole", SEED), START, START + 2 * DAY)
    assert old + new == (tmp_path / "whole").read_text()


def test_a_row_is_completed_as_help_goes_on_and_a_restart_tells_no_incident_twice(tmp_path: Path) -> None:
    incident = next(i for h in range(hour_of(START), hour_of(END)) for i in incidents_of_hour(SEED, h) if i.arrived)
    file, seen = tmp_path / "kasus.db", []
    for moment in (incident.received, incident.dispatched, incident.arrived):
        table = CaseTable(file, SEED)
        if table.is_new:
            table.begin(incident.received - 60)
        table.write_until(moment)
        rows = table._connection.execute(
            "SELECT id, tanggal_terima, tanggal_diteruskan, tanggal_tiba FROM lokasi"
        ).fetchall()
        table.close()
        seen.append((len(rows), sum(bool(cell) for cell in rows[0]) - 1))
    assert seen == [(1, 1), (1, 2), (1, 3)]


def test_dates_are_indonesian_words_with_minutes() -> None:
    moment = int(datetime(2021, 9, 11, 5, 45, tzinfo=UTC).timestamp())
    assert case_table.in_words(moment) == "11 September 2021 12:45"
    assert case_table.moment_of("11 September 2021 12:45") == moment


def test_years_of_history_are_written_at_once_and_can_be_gone_on_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.history(tmp_path, 1)
    assert "Riwayat 1 tahun ditulis" in capsys.readouterr().out
    assert not QueueLogWriter(tmp_path / "queue_log", SEED).is_new
    table = CaseTable(tmp_path / "kasus.db", SEED)
    assert not table.is_new
    table.close()


def test_the_world_runs_until_it_is_told_to_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = Event()
    thread = Thread(target=run.run, args=(tmp_path, stop), kwargs={"days": 2})
    thread.start()
    deadline = time.monotonic() + 20
    while "SIMULASI" not in capsys.readouterr().out and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert {"queue_log", "kasus.db", "spbe.xlsx"} <= {f.name for f in tmp_path.iterdir()}
