"""What was running at a moment of the past, and what the answers say where they cannot be exact."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, select

from dashboard import clock
from dashboard.exploring.filters import last_days
from dashboard.exploring.known_then import FOLDED, RUNNING, TODAYS, TODAYS_WORDS, store_then
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.air_hours import air_hours
from dashboard.store.database import reading, to_ms, writing
from dashboard.store.recount import recount_all
from dashboard.store.row_versions import BEGAN, row_versions
from dashboard.store.service_checks import service_checks
from tests.dashboard.air_kept import HOUR, MIDNIGHT, hourly, put
from tests.dashboard.noted_rows import note_from, noted_at
from tests.dashboard.resources_kept import NOW, kept, sample
from tests.dashboard.services_kept import ask, checks, service
from tests.dashboard.services_kept import kept as keep_services

MONTH = last_days(30, NOW.date())


def test_an_hour_that_is_recounted_and_says_the_same_is_not_written_again(engine: Engine) -> None:
    readings = hourly([20.0] * 20, first=MIDNIGHT - 9 * HOUR)
    put(engine, readings)
    before = lines(engine)
    put(engine, hourly([21.0], first=MIDNIGHT + 11 * HOUR))
    told_again = {key for table, key in lines(engine) - before if table == "air_hours"}
    assert told_again
    assert all(str(to_ms(MIDNIGHT + 11 * HOUR)) in key for key in told_again)


def test_what_neighbours_said_of_an_hour_outlives_a_recount_of_its_station(engine: Engine) -> None:
    for station in "abcde":
        put(engine, hourly([20.0] * 3 if station != "a" else [400.0] * 3, station=station))
    judged = flags(engine)
    put(engine, hourly([20.0], first=MIDNIGHT + 6 * HOUR, station="a"))
    assert {key: flag for key, flag in flags(engine).items() if key in judged} == judged
    assert len(set(judged.values())) > 1


def test_air_says_that_the_hour_that_was_running_is_left_out(engine: Engine) -> None:
    with noted_at(engine, MIDNIGHT):
        put(engine, hourly([20.0] * 20), at=MIDNIGHT)
    with store_then(engine, MIDNIGHT + 9.5 * HOUR) as store:
        answer = store.ask(QUESTIONS["air.stations"], MONTH)
        newest = store.connection.execute(select(air_hours.c.hour).order_by(air_hours.c.hour.desc())).scalars().first()
    assert RUNNING in answer.notes
    assert newest == MIDNIGHT + 9 * HOUR


def test_a_day_of_services_whose_checks_are_gone_stays_whole_and_that_is_said(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with noted_at(engine, NOW - timedelta(days=9)):
        keep_services(engine, [service()])
    keep_services(engine, checks("+" * 90 + "---" + "+" * 7))
    later = NOW + timedelta(days=40)
    keep_services(engine, checks("++", end=later), at=later)
    with writing(engine) as connection:
        connection.execute(delete(service_checks).where(service_checks.c.checked_at <= NOW))
    monkeypatch.setattr(clock, "now", lambda: later)
    at = NOW - timedelta(minutes=50)
    with store_then(engine, at) as store:
        availability = store.ask(QUESTIONS["services.availability"], MONTH)
        incidents = store.ask(QUESTIONS["services.incidents"], MONTH)
    assert FOLDED in availability.notes
    assert availability.rows[0]["checks"] == 100
    assert not incidents.rows, "the failure came after the moment"


def test_a_service_whose_checks_are_left_says_nothing_of_that_kind(engine: Engine) -> None:
    with noted_at(engine, NOW - timedelta(days=9)):
        keep_services(engine, [service()])
    keep_services(engine, checks("+" * 100))
    given = ask(engine, "services.availability", MONTH)
    with store_then(engine, NOW) as store:
        again = store.ask(QUESTIONS["services.availability"], MONTH)
    assert FOLDED not in again.notes
    assert [dict(row) for row in again.rows] == [dict(row) for row in given.rows]


def test_changes_from_before_the_log_began_are_admitted_and_later_ones_are_not_doubted(engine: Engine) -> None:
    with noted_at(engine, NOW):
        kept(engine, sample("A", NOW.date() - timedelta(days=30), bod="2"))
    said = {}
    for name, since in (("never", None), ("later", NOW + timedelta(days=2)), ("before", NOW - timedelta(days=2))):
        with writing(engine) as connection:
            connection.execute(delete(row_versions).where(row_versions.c.row_key == BEGAN))
        if since is not None:
            note_from(engine, since)
        with store_then(engine, NOW) as store:
            said[name] = store.ask(QUESTIONS["water.stations"], MONTH).notes
    assert said["never"][0].startswith("Perubahan baris tidak dicatat")
    assert said["later"][0].startswith("Perubahan baris sebelum 25 Nov 2026 tidak dicatat")
    assert not said["before"][0].startswith("Perubahan baris")
    assert (said["later"][-1], said["before"][-1]) == (TODAYS_WORDS, TODAYS)


def lines(engine: Engine) -> set[tuple[str, str]]:
    c = row_versions.c
    recount_all(engine)
    with reading(engine) as connection:
        return {
            (row.table_name, f"{row.row_key}{row.id}")
            for row in connection.execute(select(c.table_name, c.row_key, c.id))
        }


def flags(engine: Engine) -> dict[tuple[object, ...], int]:
    c = air_hours.c
    with reading(engine) as connection:
        rows = connection.execute(select(c.station, c.hour, c.flag))
        return {(row.station, row.hour): row.flag for row in rows}
