"""Requests made by hand about another OPD's programme: the whole application refuses them, and the audit shows who."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from dashboard.editing.plan_sheets import SHEETS, rows_of, seen_as
from dashboard.store import audit
from dashboard.store.database import reading
from dashboard.store.masterplan_changes import changes_of
from tests.dash_payload import words
from tests.dashboard.masterplan_kept import small_plan
from tests.dashboard.resources_kept import kept
from tests.dashboard.test_masterplan_rows import INDICATOR, WHY
from tests.journeys.made_by_hand import press
from tests.journeys.room_112 import NOW, Room, opened
from tests.journeys.test_foreign_ids import as_, callback

OWNER, FOREIGN, DESK = "joko", "dewi", "sari"
"""The heads of Dinkes, whose programme P-1 is, and of Damkar; the supervisor of 112."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("plan")
    with time_machine.travel(NOW, tick=False):
        made = opened(folder, f"sqlite:///{folder / 'store.db'}")
        kept(made.engine, small_plan())
        yield made
        made.engine.dispose()


def sent(room: Room, name: str, which: dict[str, str], cells: dict[str, str], seen: str = "") -> str:
    """What the application answers to a right payload of somebody."""
    ids = [{"type": "plan-cell", "name": one} for one in cells]
    given: dict[str, Any] = {
        "plan-row-save.n_clicks": 1, "plan-row-which.data": which, "plan-row-seen.data": seen,
        "plan-row-reason.value": WHY,
        "plan-cell.id": [{"id": one, "value": one} for one in ids],
        "plan-cell.value": [{"id": one, "value": cell} for one, cell in zip(ids, cells.values(), strict=True)],
    }  # fmt: skip
    return words(press(as_(room, name), *callback(room, "plan-row-said.children"), given))


def refused(room: Room) -> list[tuple[str, str]]:
    with reading(room.engine) as connection:
        found = audit.entries(connection, wanted=audit.Wanted(what="perubahan", outcome=audit.REFUSED))
    return [(one.who, one.about) for one in found]


def told(room: Room, code: str) -> int:
    with reading(room.engine) as connection:
        return len(changes_of(connection, [code], 10))


@pytest.mark.parametrize(
    ("name", "sentence"), [(FOREIGN, "milik Dinkes"), (DESK, "tidak berhak"), ("", "tidak berhak")]
)
def test_who_may_not_adds_and_changes_nothing_and_stands_in_the_audit(room: Room, name: str, sentence: str) -> None:
    with reading(room.engine) as connection:
        seen = seen_as(SHEETS["program"], rows_of(connection, "program", "P-1", NOW)[0])
    before, changes = len(refused(room)), told(room, "P-1") + told(room, INDICATOR["code"])
    assert sentence in sent(room, name, {"lembar": "program", "kode": "P-1"}, {"name": "Milik kami"}, seen)
    assert sentence in sent(room, name, {"lembar": "indikator", "kode": "P-1"}, INDICATOR)
    assert told(room, "P-1") + told(room, INDICATOR["code"]) == changes
    newest = refused(room)
    assert len(newest) == before + 2
    assert newest[0][0] == (name or "tamu")
    if name == FOREIGN:
        assert newest[0][1] == "Program P-1 milik Dinkes; OPD pemiliknya yang mengubahnya."


def test_the_owner_sends_the_same_payload_and_it_is_kept(room: Room) -> None:
    cells = {**INDICATOR, "code": "P-1-I7"}
    assert "Tersimpan" in sent(room, OWNER, {"lembar": "indikator", "kode": "P-1"}, cells)
    assert told(room, "P-1-I7") == 1
