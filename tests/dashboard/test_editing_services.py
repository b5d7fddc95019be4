"""Entries about services: announced maintenance and days off, who may, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.access.roles import may
from dashboard.editing import days_off, maintenance
from dashboard.editing.days_off import Draft as DayDraft
from dashboard.editing.entry import EntryRefused
from dashboard.editing.maintenance import Draft
from dashboard.store.database import reading, to_ms, writing
from dashboard.store.holiday_edits import entered_days
from dashboard.store.people import Person
from tests.dashboard.services_kept import NOW, ask, kept, service

SARI = Person(1, "sari", "Sari", "analis")
GOOD = Draft("portal", "Pindah server", "2026-11-24", "22:00", "2026-11-25", "04:00")


def announce(engine: Engine, by: Person = SARI, **changed: Any) -> None:
    kept(engine, [service()])
    with writing(engine) as connection:
        maintenance.announce(connection, replace(GOOD, **changed), by, NOW)


def test_an_announced_window_stands_with_its_reason_until_it_is_withdrawn(engine: Engine) -> None:
    announce(engine)
    (row,) = ask(engine, "services.maintenance").rows
    assert (row["service"], row["reason"], row["by"]) == ("Portal", "Pindah server", "Sari")
    with writing(engine) as connection:
        maintenance.withdraw(connection, "portal", to_ms(row["start"]), SARI, NOW)
    assert ask(engine, "services.maintenance").missing


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"service": "lain"}, "Layanan 'lain' tidak ada"),
        ({"reason": " "}, "yang benar 3 sampai 200 huruf"),
        ({"last_day": "2026-11-24", "last_time": "21:00"}, "selesai harus sesudah mulai"),
        ({"last_day": "2026-12-24"}, "paling lama 7 hari"),
        ({"first_day": "besok"}, "Tanggal mulai 'besok' bukan tanggal"),
        ({"last_time": "jam 4"}, "bukan jam"),
    ],
)
def test_a_window_that_cannot_be_is_refused_in_words(engine: Engine, changed: dict[str, str], said: str) -> None:
    with pytest.raises(EntryRefused, match=said):
        announce(engine, **changed)


@pytest.mark.parametrize(("opd", "service_id"), [("DLH", "portal"), ("DLH", "*"), ("Diskominfo", "*")])
def test_the_head_of_an_office_speaks_for_its_own_services_only(engine: Engine, opd: str, service_id: str) -> None:
    with pytest.raises(EntryRefused, match="bukan milik"):
        announce(engine, Person(3, "budi", "Budi", "kepala_opd", opd), service=service_id)
    announce(engine, Person(3, "budi", "Budi", "kepala_opd", "diskominfo"))


def test_what_nobody_entered_cannot_be_withdrawn(engine: Engine) -> None:
    kept(engine, [service()])
    with writing(engine) as connection, pytest.raises(EntryRefused, match="tidak ada dalam daftar isian"):
        maintenance.withdraw(connection, "portal", "abc", SARI, NOW)
    with writing(engine) as connection, pytest.raises(EntryRefused, match="tidak ada dalam daftar isian"):
        days_off.remove(connection, "2026-13-01", SARI, NOW)


@pytest.mark.parametrize(
    ("day", "kind", "reason", "said"),
    [
        ("2026-11-28", "libur", "cuti bersama", "akhir pekan"),
        ("2026-11-27", "setengah", "cuti bersama", "Jenis hari 'setengah' tidak ada"),
        ("2026-11-27", "libur", "x", "3 sampai 120 huruf"),
        ("", "libur", "cuti bersama", "bukan tanggal"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(engine: Engine, day: str, kind: str, reason: str, said: str) -> None:
    with writing(engine) as connection, pytest.raises(EntryRefused, match=said):
        days_off.enter(connection, DayDraft(day, kind, reason), SARI, NOW)


def test_a_day_is_entered_and_taken_back(engine: Engine) -> None:
    with writing(engine) as connection:
        days_off.enter(connection, DayDraft("2026-11-27", "libur", "SKB cuti bersama"), SARI, NOW)
        days_off.enter(connection, DayDraft("2026-11-28", "masuk", "Lembur bersama"), SARI, NOW)
    with reading(engine) as connection:
        assert [(str(d.day), d.is_off, d.by) for d in entered_days(connection)] == [
            ("2026-11-27", True, "Sari"),
            ("2026-11-28", False, "Sari"),
        ]
    with writing(engine) as connection:
        days_off.remove(connection, "2026-11-27", SARI, NOW)
    with reading(engine) as connection:
        assert len(entered_days(connection)) == 1


@pytest.mark.parametrize(
    ("role", "maintains", "enters_days"),
    [("analis", True, True), ("kepala_opd", True, False), ("supervisor_112", False, False), ("bupati", False, False)],
)
def test_who_may(role: str, maintains: bool, enters_days: bool) -> None:
    person = Person(2, "x", "X", role, "Dinkes" if role == "kepala_opd" else None)
    assert (may(person, "maintenance.write"), may(person, "holidays.write")) == (maintains, enters_days)
    assert not may(None, "maintenance.write")
