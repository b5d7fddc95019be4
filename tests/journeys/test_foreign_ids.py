"""What belongs to one OPD never reaches another: not by an address, a number or a payload made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store import audit, people
from dashboard.store.database import reading
from dashboard.store.directives import directive_turns
from dashboard.store.sessions import sessions
from layouts.pages import RULES
from tests.dash_payload import ALL_TIME, ask, send, words
from tests.journeys.made_by_hand import name_of, press
from tests.journeys.opd_secrets import CODE, SECRET, plant
from tests.journeys.room_112 import NOW, Room, opened


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("foreign")
    with time_machine.travel(NOW, tick=False):
        made = opened(folder, f"sqlite:///{folder / 'store.db'}")
        plant(made)
        yield made
        made.engine.dispose()


def test_a_planted_secret_of_one_opd_reaches_its_own_people_and_no_other_opd(room: Room) -> None:
    own = {where for where, text in seen(as_(room, "joko")).items() if SECRET in text}
    assert own >= {f"callback {name}.children" for name in ("directive-list", "assess-page", "briefing-list")}
    for name in ("dewi", "sari", ""):
        assert [where for where, text in seen(as_(room, name)).items() if SECRET in text] == [], name


@pytest.mark.parametrize(("name", "status"), [("joko", 200), ("budi", 200), ("ani", 200), ("dewi", 404), ("sari", 404),
                                              ("", 404)])  # fmt: skip
def test_an_edition_for_one_opd_is_handed_to_that_opd_and_those_above_it(room: Room, name: str, status: int) -> None:
    client = as_(room, name)
    assert client.get("/laporan/1.pdf").status_code == status
    if status == 404:
        assert [client.get(f"/laporan/1{rest}").status_code for rest in (".xlsx", "/1.png")] == [404, 404]
        compared = send(client, [("briefing-difference", "children")],
                        [("briefing-older", "value", "1"), ("briefing-newer", "value", "2")])  # fmt: skip
        assert "tidak ada dalam arsip" in words(compared)


def test_the_head_of_another_opd_can_take_no_turn_of_an_instruction(room: Room) -> None:
    told = callback(room, "turn-said.children")
    turn = {"id": {"type": "directive-turn", "directive": 1, "turn": "PROGRESS"}, "value": 1}
    given = {"directive-turn.n_clicks": turn, "turn-words.value": "sudah kami kerjakan semuanya"}
    before = turns(room)
    assert "wrong" in words(press(as_(room, "dewi"), *told, given))
    assert turns(room) == before
    assert "Tersimpan" in words(press(as_(room, "joko"), *told, given))
    assert turns(room) == before + 1


def test_the_head_of_another_opd_cannot_move_an_assessment(room: Room) -> None:
    told = callback(room, "assess-said.children")
    given = {
        "assess-save.n_clicks": 1,
        "assess-which.data": CODE,
        "assess-seen.data": "draf",
        "assess-to.value": "draf",
        "assess-value.value": "2",
        "assess-why.value": "kami ubah",
    }
    assert "tidak berhak" in words(press(as_(room, "dewi"), *told, given))
    assert "tidak berhak" in words(press(as_(room, "sari"), *told, given))


@pytest.mark.parametrize("saring", [ALL_TIME, f"{ALL_TIME}~opd=Dinkes", f"{ALL_TIME}&opd=Dinkes"])
def test_no_filter_made_by_hand_shows_the_cases_of_another_opd(room: Room, saring: str) -> None:
    answer = as_(room, "dewi").get(f"/export/opd112.cases.csv?saring={saring}")
    assert "Dinkes" not in answer.get_data(as_text=True)


def test_nobody_ends_the_session_of_somebody_else(room: Room) -> None:
    as_(room, "joko")
    with reading(room.engine) as connection:
        joko = people.credentials(connection, "joko")
        assert joko is not None
        theirs = (
            connection.execute(select(sessions.c.key_hash).where(sessions.c.person == joko.person.id)).scalars().all()
        )
    given = {"own-end.n_clicks": {"id": {"type": "own-end", "session": theirs[0]}, "value": 1}}
    assert "sudah berakhir" in words(press(as_(room, "dewi"), *callback(room, "own-said.children"), given))
    with reading(room.engine) as connection:
        assert connection.execute(select(sessions.c.key_hash).where(sessions.c.key_hash == theirs[0])).scalar()


WRITES: dict[str, tuple[dict[str, Any], frozenset[str]]] = {
    "day-off-said.children": (
        {"day-off-save.n_clicks": 1, "day-off-day.value": "2026-12-22", "day-off-kind.value": "libur",
         "day-off-reason.value": "Keputusan Bupati 12/2026"}, frozenset({"ani"})),
    "account-said.children": (
        {"account-create.n_clicks": 1, "account-name.value": "baru", "account-title.value": "Orang Baru",
         "account-role.value": "bupati"}, frozenset({"ani"})),
    "token-said.children": (
        {"token-save.n_clicks": 1, "token-title.value": "Portal satu data", "token-scopes.value": ["indikator"],
         "token-span.value": "30 hari"}, frozenset({"ani"})),
    "silence-said.children": (
        {"silence-save.n_clicks": 1, "silence-rule.value": "*", "silence-span.value": "1 jam",
         "silence-reason.value": "uji coba sistem"}, frozenset({"ani", "sari"})),
    "plan-said.children": (
        {"plan-save.n_clicks": 1, "assess-which.data": "SPBE-2020/2025/3", "plan-owner.value": "Dinkes",
         "plan-aim.value": "", "plan-effort.value": "2"}, frozenset({"ani", "eko"})),
}  # fmt: skip
"""Payloads that are right in every field, and whose account may send them."""


@pytest.mark.parametrize("name", ["", "budi", "eko", "dewi", "ani", "sari"])
def test_a_right_payload_changes_something_for_those_who_may_only(room: Room, name: str) -> None:
    client = as_(room, name)
    for output, (given, may) in WRITES.items():
        before = changes(room)
        said = words(press(client, *callback(room, output), given))
        assert (changes(room) > before) is (name in may), (output, said)


def seen(client: FlaskClient) -> dict[str, str]:
    """Everything a browser of that person can get hold of."""
    found = {path: client.get(path).get_data(as_text=True) for path in ("/", "/_dash-layout", "/api/v1/indicators",
             "/wall/aula", "/export/audit.csv", "/laporan/1.xlsx", "/laporan/1.pdf")}  # fmt: skip
    for page, _ in RULES:
        outputs = [("_pages_content", "children"), ("_pages_store", "data")]
        inputs = [("_pages_location", "pathname", page.path), ("_pages_location", "search", "")]
        found[f"page {page.path}"] = words(send(client, outputs, inputs))
    for name in QUESTIONS:
        found[f"question {name}"] = ask(client, name)
        found[f"export {name}"] = client.get(f"/export/{name}.csv?saring={ALL_TIME}").get_data(as_text=True)
    for name in CATALOGUE:
        found[f"history {name}"] = client.get(f"/api/v1/indicators/{name}/history").get_data(as_text=True)
    with client.get("/live?panel=table~directives.open~page", buffered=False) as stream:
        found["stream"] = next(iter(stream.response)).decode()  # type: ignore[union-attr]
    app = client.application.extensions["app-under-test"]
    for key, told in app.callback_map.items():
        if "callback" in told and name_of(key) not in ("panel.markup", "answer.children"):
            given = {"assess-page.children": {"assess-which.data": CODE}, "briefing-list.children":
                     {"briefing-search.value": ""}}.get(name_of(key))  # fmt: skip
            found[f"callback {name_of(key)}"] = words(press(client, key, told, given))
    return found


def as_(room: Room, name: str) -> FlaskClient:
    """The browser of somebody, signed in once: signing in is counted."""
    kept: dict[str, FlaskClient] = room.server.extensions.setdefault("browsers", {})
    return kept[name] if name in kept else kept.setdefault(name, room.client(name))


def callback(room: Room, name: str) -> tuple[str, Any]:
    return next((key, told) for key, told in room.app.callback_map.items() if name_of(key) == name)


def turns(room: Room) -> int:
    with reading(room.engine) as connection:
        return connection.execute(select(func.count()).select_from(directive_turns)).scalar_one()


def changes(room: Room) -> int:
    with reading(room.engine) as connection:
        return audit.count(connection, audit.Wanted(outcome=audit.DONE))
