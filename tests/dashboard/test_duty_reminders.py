"""Reminders of data that are owed: before the day and after it, once each, in office hours, to the right people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.alerts.channel import EVERYBODY, Channel
from dashboard.alerts.duty_reminders import remind
from dashboard.store import ingestion_log
from dashboard.store.alert_messages import Message, newest_messages
from dashboard.store.database import reading, writing
from dashboard.store.source_contracts import keep_contracts
from datasources import registry
from datasources.duty_options import DutyOptions
from tests.builders import NOW
from tests.dashboard.test_scoreboard import SAMPAH, delivered

HEADS = Channel("surel", ("kepala OPD",), ("DLH",), lambda subject, body, key: "")
OTHERS = Channel("lain", ("petugas",), (EVERYBODY,), lambda subject, body, key: "")
DUTY = DutyOptions(period="bulan", due_days=10, records=("waste_months",))


@pytest.fixture(autouse=True)
def duty(engine: Engine, tmp_path: Path) -> None:
    """October is owed until 10 November; what was owed before was delivered in time."""
    file = tmp_path / "sources.toml"
    file.write_text(SAMPAH.format(folder=tmp_path), encoding="utf-8")
    made = registry.load(file, {"CALLER_HASH_KEY": "c" * 40})
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in made])
        keep_contracts(connection, made, NOW)
    delivered(engine, DUTY, date(2026, 9, 5), date(2026, 8, 1))
    delivered(engine, DUTY, date(2026, 10, 5), date(2026, 9, 1))


def on(engine: Engine, day: int, hour: int = 9, channels: tuple[Channel, ...] = (HEADS, OTHERS)) -> list[Message]:
    """The reminders written on a day of November at that hour in WIB."""
    with writing(engine) as connection:
        n = remind(connection, channels, datetime(2026, 11, day, hour - 7, tzinfo=UTC), "https://pusat")
    with reading(engine) as connection:
        return newest_messages(connection)[:n]


def test_each_stage_is_told_once_and_a_missed_one_is_not_told_late(engine: Engine) -> None:
    told = {day: [m.subject for m in on(engine, day)] for day in (2, 3, 4, 9, 10, 11, 12, 17, 18)}
    assert {day: subjects for day, subjects in told.items() if subjects} == {
        3: ["Tenggat 7 hari lagi: Laporan sampah, Oktober 2026"],
        9: ["Tenggat 1 hari lagi: Laporan sampah, Oktober 2026"],
        11: ["Lewat tenggat 1 hari: Laporan sampah, Oktober 2026"],
        17: ["Lewat tenggat 7 hari: Laporan sampah, Oktober 2026"],
    }
    assert len(on(engine, 25)) == 1


def test_it_goes_to_the_head_of_the_agency_with_the_way_to_hand_in(engine: Engine) -> None:
    (message,) = on(engine, 11)
    assert (message.rung, message.owner, message.channel, message.severity) == ("kepala OPD", "DLH", "surel", 1)
    assert "https://pusat/setor" in message.body
    assert "https://pusat/templat/sampah.xlsx" in message.body


@pytest.mark.parametrize(("day", "hour"), [(11, 7), (11, 16), (14, 9), (15, 9)])
def test_nobody_is_reminded_at_night_or_at_the_weekend(engine: Engine, day: int, hour: int) -> None:
    assert on(engine, day, hour) == []


def test_what_was_delivered_is_not_asked_for(engine: Engine) -> None:
    delivered(engine, DUTY, date(2026, 11, 9), date(2026, 10, 1))
    assert on(engine, 11) == []


def test_without_a_channel_the_reminder_is_kept_and_seen(engine: Engine) -> None:
    (message,) = on(engine, 11, channels=())
    assert message.state == "tanpa saluran"
