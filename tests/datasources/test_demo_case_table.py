"""The tickets of the simulated centre: how their rows grow, and what restarts and earlier versions leave of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from datasources.demo import case_row
from datasources.demo.case_table import CaseTable
from datasources.demo.world import SEED
from tests.datasources.demo_regency import DAY, START, days_of_year, incidents_of_day


def test_help_mostly_arrives_within_six_to_twenty_minutes_and_stages_never_run_backwards() -> None:
    incidents = [i for d in days_of_year() for i in incidents_of_day(d)]
    minutes = [(i.life.arrived - i.received) / 60 for i in incidents if i.life.arrived]
    assert sum(6 <= m <= 20 for m in minutes) / len(minutes) > 0.7
    assert 0.6 < sum(m <= 15 for m in minutes) / len(minutes) < 0.95
    without_reopening = [i.life.changes() for i in incidents if i.life.reopened is None]
    assert all(list(changes) == sorted(changes) for changes in without_reopening)


def test_a_row_is_completed_as_help_goes_on_and_a_restart_tells_no_ticket_twice(tmp_path: Path) -> None:
    life = next(i.life for d in days_of_year() for i in incidents_of_day(d) if i.life.arrived and not i.life.reopened)
    call_id = next(i.call_id for d in days_of_year() for i in incidents_of_day(d) if i.life == life)
    stages = (life.created, life.dispatched, life.acknowledged, life.enroute, life.arrived, life.controlled)
    seen = []
    for moment in [m for m in stages if m is not None]:
        rows = rows_after(tmp_path / "kasus.db", life.created - 3600, moment)
        assert len({row["id_panggilan"] for row in rows}) == len(rows)
        (row,) = (row for row in rows if row["id_panggilan"] == call_id)
        seen.append((row["status"], sum(bool(row[name]) for name in row if name.startswith("tanggal_"))))
    assert seen == [
        ("MASUK", 2), ("MASUK", 3), ("DITERIMA OPD", 4), ("PENANGANAN", 5), ("PENANGANAN", 6), ("PENANGANAN", 7)
    ]  # fmt: skip


def test_a_reopened_ticket_is_open_until_it_is_closed_again(tmp_path: Path) -> None:
    incident = next(i for d in days_of_year() for i in incidents_of_day(d) if i.life.reopened)
    life, seen = incident.life, []
    for moment in [m for m in (life.closed, life.reopened, life.closed_again) if m is not None]:
        rows = rows_after(tmp_path / "kasus.db", life.created - 60, moment)
        (row,) = (row for row in rows if row["id_panggilan"] == incident.call_id)
        seen.append((row["status"], bool(row["tanggal_selesai"]), bool(row["tanggal_dibuka_lagi"])))
    assert seen == [("SELESAI", True, False), ("PENANGANAN", False, True), ("SELESAI", True, True)]


def test_a_table_written_in_ticks_with_restarts_is_the_table_written_at_once(tmp_path: Path) -> None:
    whole = rows_after(tmp_path / "whole.db", START, START + 3 * DAY)
    for until in (*range(START + 600, START + 3 * DAY, 9770), START + 3 * DAY):
        ticked = rows_after(tmp_path / "ticked.db", START, until)
    assert {without_id(row) for row in ticked} == {without_id(row) for row in whole}
    assert len(ticked) == len(whole)


def test_a_table_of_an_earlier_version_keeps_its_rows_and_gets_the_new_columns(tmp_path: Path) -> None:
    file = tmp_path / "kasus.db"
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE lokasi (id INTEGER, lat_long VARCHAR, tanggal_terima VARCHAR, PRIMARY KEY (id))")
    database.execute("INSERT INTO lokasi VALUES (7, 'LatLng(-7.5, 112.5)', ?)", (case_row.in_words(START),))
    database.commit()
    database.close()
    for until in (START + 3600, START + DAY):
        rows = rows_after(file, START, until)
    assert [row["id"] for row in rows] == list(range(7, 7 + len(rows)))
    assert [row["id_panggilan"] is None for row in rows] == [True, *[False] * (len(rows) - 1)]
    assert len(rows) > 40
    assert min(case_row.moment_of(row["tanggal_terima"]) for row in rows[1:]) >= START


@pytest.mark.parametrize(
    ("write", "words"),
    [(case_row.in_words, "11 September 2021 12:45"), (case_row.to_the_second, "11 September 2021 12:45:00")],
)
def test_dates_are_indonesian_words(write: Callable[[int], str], words: str) -> None:
    moment = int(datetime(2021, 9, 11, 5, 45, tzinfo=UTC).timestamp())
    assert write(moment) == words
    assert case_row.moment_of(words) == moment


def rows_after(file: Path, begin: int, until: int) -> list[dict[str, Any]]:
    """What stands in the table after a program that starts now has written it."""
    table = CaseTable(file, SEED)
    if table.is_new:
        table.begin(begin)
    table.write_until(until)
    table.close()
    database = sqlite3.connect(file)
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute("SELECT * FROM lokasi ORDER BY id")]
    database.close()
    return rows


def without_id(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in row if name != "id")
