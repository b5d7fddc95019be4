"""The simulated regency: always the same, and its files grow as real ones do."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from openpyxl import load_workbook

from datasources.demo import air, klh_feed, run, warnings, weather
from datasources.demo.calls import calls_of_hour
from datasources.demo.case_table import CaseTable
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, hour_of, year_of
from datasources.region import kecamatan
from tests.datasources.demo_regency import DAY, START, a_storm, write


def test_the_same_seed_is_the_same_world_and_another_seed_another() -> None:
    def of(seed: str) -> list[Any]:
        hours = range(hour_of(START), hour_of(START) + 48)
        calls = [c for h in hours for c in calls_of_hour.__wrapped__(seed, h)]
        return [calls, [weather.sky(seed, k, hours[0]) for k in kecamatan()], warnings.alerts(seed, START)]

    assert of("satu") == of("satu")
    assert of("satu") != of("dua")


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
        means = {name: Decimal(row[f"a_{name}"]) for name in ("pm25", "pm10")}
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
    thread = Thread(target=run.run, args=(tmp_path, stop, 0), kwargs={"days": 2})
    thread.start()
    deadline = time.monotonic() + 20
    while "SIMULASI" not in capsys.readouterr().out and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert {"queue_log", "kasus.db", "rekap_112.xlsx", "spbe.xlsx"} <= {f.name for f in tmp_path.iterdir()}
    title = str(load_workbook(tmp_path / "rekap_112.xlsx").worksheets[0]["A2"].value)
    assert title.endswith(str(year_of(time.time() - 2 * DAY) - 1))
