"""Everything that an OPD writes, with a secret in it: an instruction's turns, an assessment's evidence, an edition."""

from __future__ import annotations

from datetime import timedelta

from dashboard.directives.taking_turns import Draft as NewDirective
from dashboard.directives.taking_turns import give, take
from dashboard.editing import assessments as editing
from dashboard.editing.assessment_plans import PlanDraft, checked, keep
from dashboard.formulas.directive_course import Turn
from dashboard.store import people
from dashboard.store.database import writing
from dashboard.store.editions import NewEdition, keep_edition
from datasources.spbe.instrument_files import instruments
from tests.builders import reading as panel_reading
from tests.journeys.room_112 import NOW, Room

SECRET = "RAHASIA-DINKES-7731"
"""Planted in everything that an OPD writes; dewi heads Damkar, joko Dinkes."""
CODE = "SPBE-2020/2025/12"


def plant(room: Room) -> None:
    room.server.extensions["app-under-test"] = room.app
    spbe = instruments()["SPBE-2020"]
    with writing(room.engine) as connection:
        budi, joko, ani = (people.credentials(connection, name).person for name in ("budi", "joko", "ani"))  # type: ignore[union-attr]
        draft = NewDirective(
            "Perbaiki waktu tanggap ambulans", "Waktu tanggap di bawah 15 menit", "Dinkes", "2026-12-20"
        )
        number = give(connection, draft, panel_reading(), budi, NOW)
        take(connection, number, Turn.ACCEPT, joko, NOW)
        take(connection, number, Turn.PROGRESS, joko, NOW, f"kemajuan {SECRET} pekan ini", f"https://a.id/{SECRET}")
        keep(connection, spbe, 2025, checked(spbe, 12, PlanDraft("Dinkes", "", "", False)), ani, NOW)
        move = editing.Draft("SPBE-2020", 2025, 12, "kosong", "draf", "3", f"penjelasan {SECRET}",
                             f"https://a.id/{SECRET}")  # fmt: skip
        editing.keep(connection, editing.checked(connection, move, joko, NOW), joko, NOW)
        for audience, reason in (("Dinkes", f"alasan {SECRET}"), ("bupati", "")):
            edition = NewEdition("2026-W47", audience, 2 if reason else 1, NOW - timedelta(days=7), NOW, reason, True,
                                 "{}", f"%PDF-{SECRET if reason else ''}".encode(), "h" * 64, "p" * 64)  # fmt: skip
            keep_edition(connection, edition, NOW, "pekerja")
