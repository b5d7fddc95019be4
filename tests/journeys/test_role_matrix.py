"""Every role asks for every page, address, file and callback, and gets exactly what the table of roles says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import time_machine
from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate
from flask import Flask
from flask.testing import FlaskClient

from dashboard.access.roles import EVERYBODY, MAY, OF_OPD, OWN_ONLY, Action, Role
from layouts.access.guard import GuardedDash
from layouts.access.rules import CALLBACKS, OPEN, ROUTES, SCOPES, Rule, writes
from layouts.access.who import NOT_ALLOWED
from layouts.pages import CLOSED, PAGES, RULES, UNLISTED
from layouts.pages.groups import ELSEWHERE, GROUPS
from tests.dash_payload import send, words
from tests.journeys.agreed_table import COLUMNS, TABLE
from tests.journeys.asked_addresses import ADDED, GIVEN, OTHER, POSTED, SAMPLES
from tests.journeys.made_by_hand import name_of, press
from tests.journeys.room_112 import NOW, Room, opened

WHO: dict[Role, str] = {"tamu": "", "bupati": "budi", "koordinator": "eko", "kepala_opd": "dewi", "analis": "ani",
                        "supervisor_112": "sari"}  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    with time_machine.travel(NOW, tick=False):
        made = opened(folder, f"sqlite:///{folder / 'store.db'}")
        yield made
        made.engine.dispose()


@pytest.fixture(scope="module")
def clients(room: Room) -> dict[Role, FlaskClient]:
    return {role: room.client(name) for role, name in WHO.items()}


def rules_of(room: Room) -> set[str]:
    return {rule.rule for rule in room.server.url_map.iter_rules()}


def callbacks_of(room: Room) -> dict[str, Any]:
    app: Dash = room.app
    return {key: told for key, told in app.callback_map.items() if "callback" in told}


def test_the_table_is_the_one_that_was_agreed() -> None:
    said = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
    assert set(said) == set(get_args(Action)) == set(MAY)
    for action, marks in said.items():
        for role, mark in zip(COLUMNS, marks, strict=True):
            narrowed = role == "kepala_opd" and action in OWN_ONLY
            here = (
                "b"
                if role == OF_OPD.get(action, ("",))[0]
                else "."
                if role not in MAY[action]
                else "o"
                if narrowed
                else "X"
            )  # type: ignore[index]
            assert (action, role, here) == (action, role, mark)
    assert set(COLUMNS) == EVERYBODY == set(get_args(Role))


def test_every_address_callback_and_page_has_its_rule_and_no_rule_is_left_over(room: Room) -> None:
    assert rules_of(room) == set(ROUTES) - set(ADDED) == set(SAMPLES)
    assert sorted(map(name_of, callbacks_of(room))) == sorted(CALLBACKS)
    assert set(SCOPES) < set(ROUTES)
    assert {page.name for page, _ in RULES} == {p.name for p in (*PAGES, *UNLISTED)} | {p.name for p, _ in CLOSED}
    grouped = [page.name for _, pages in GROUPS for page in pages] + [page.name for page in ELSEWHERE]
    assert sorted(grouped) == sorted({page.name for page, _ in RULES} - {page.name for page in UNLISTED})


def meets(role: Role, rule: Rule) -> bool:
    """What the table says of somebody of this role; the head of an OPD has one."""
    return rule == OPEN or any(role in MAY[action] for action in rule)


@pytest.mark.parametrize("role", COLUMNS)
def test_every_address_answers_each_role_as_the_table_says(clients: dict[Role, FlaskClient], role: Role) -> None:
    client, wrong = clients[role], []
    for rule, (path, usual) in SAMPLES.items():
        if rule in ("/keluar", "/masuk"):
            continue
        expected = usual if meets(role, ROUTES[rule]) else 403
        with client.post(path, json={}) if rule in POSTED else client.get(path) as answer:
            if answer.status_code != expected and (expected != OTHER or answer.status_code in (401, 403)):
                wrong.append((rule, expected, answer.status_code))
            if expected == 403 and usual != 403:
                assert NOT_ALLOWED.split(".")[0] in answer.get_data(as_text=True)
    assert wrong == []


@pytest.mark.parametrize("role", COLUMNS)
def test_every_page_opens_for_those_who_may_and_shows_others_a_door(
    clients: dict[Role, FlaskClient], role: Role
) -> None:
    for page, rule in RULES:
        shown = content(clients[role], page.path).get_json()["response"]["_pages_content"]["children"]["props"]
        at_door = [part["props"].get("className") for part in shown["children"]][1:] == ["door"]
        assert at_door is not meets(role, rule), page.path


@pytest.mark.parametrize("role", COLUMNS)
def test_every_callback_runs_for_those_who_may_and_for_nobody_else(
    room: Room, clients: dict[Role, FlaskClient], role: Role
) -> None:
    """Refused is 204 or the sentence, before anything of the callback ran; nobody gets a server error for a guess."""
    wrong = []
    for key, told in callbacks_of(room).items():
        name = name_of(key)
        answer = press(clients[role], key, told, GIVEN.get(name))
        refused = NOT_ALLOWED in words(answer) if writes(name) else answer.status_code == 204
        if answer.status_code not in (200, 204) or refused is meets(role, CALLBACKS[name]):
            wrong.append((name, role, answer.status_code, words(answer)[:200]))
    assert wrong == []


def test_a_callback_without_a_rule_answers_nobody() -> None:
    app = GuardedDash("test", server=Flask("test"))
    app.callback(Output("made-up", "children"), Input("x", "value"))(lambda _: "rahasia")
    asked = app.callback_map["made-up.children"]["callback"].__wrapped__
    with app.server.test_request_context("/"), pytest.raises(PreventUpdate):
        asked("x")


def content(client: FlaskClient, path: str) -> Any:
    outputs = [("_pages_content", "children"), ("_pages_store", "data")]
    inputs = [("_pages_location", "pathname", path), ("_pages_location", "search", "")]
    return send(client, outputs, inputs)
