"""Every deed that writes, sent right in every field by every role: what the table lets through is kept, no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
import time_machine
from dash import Input, Output
from flask import Flask
from werkzeug.test import TestResponse

from dashboard.access import roles
from dashboard.directives import taking_turns
from dashboard.formulas.directive_course import GIVER, OPD
from dashboard.formulas.same_opd import same_opd
from dashboard.store.database import reading, writing
from layouts.access import guard, refusals
from layouts.access.guard import GuardedDash
from layouts.access.rules import CALLBACKS, writes
from layouts.access.who import NOT_ALLOWED
from layouts.editing.saving import saved
from tests.journeys.agreed_table import agreed
from tests.journeys.attempts import NOBODY, OWNER, WHO, Attempts
from tests.journeys.made_by_hand import name_of, press
from tests.journeys.opd_secrets import SECRET
from tests.journeys.right_payloads import PAYLOADS, Payload
from tests.journeys.room_112 import NOW
from tests.journeys.what_writes import can_write, writing_callbacks


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attempts]:
    with time_machine.travel(NOW, tick=False):
        made = Attempts(tmp_path_factory.mktemp("every_write"))
        yield made
        made.room.engine.dispose()


@pytest.fixture(autouse=True)
def no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each refusal is written down by itself: the limit for floods has tests of its own."""
    monkeypatch.setattr(refusals, "MOST_PER_MINUTE", 10**6)


def may(name: str, payload: Payload) -> bool:
    """What the table that was agreed says."""
    role, opd = WHO[name], "BPBD" if name == "bowo" else None
    on_side = payload.of_side in (None, role)
    return on_side and agreed(role, payload.action, name == OWNER, opd)


def test_every_callback_that_writes_has_its_payloads(attempts: Attempts) -> None:
    found = {name_of(key) for key in writing_callbacks(attempts.callbacks)}
    assert found == {name for name in CALLBACKS if writes(name)} == {payload.output for payload in PAYLOADS}


def test_every_button_of_theirs_is_pressed(attempts: Attempts) -> None:
    for output in {payload.output for payload in PAYLOADS}:
        pressed = {name for p in PAYLOADS if p.output == output for name in p.given(attempts.made, OWNER)}
        assert {_said(one) for one in attempts.told(output)["inputs"]} <= pressed, output


@pytest.mark.parametrize("outer_guard", [True, False], ids=["as it is", "with the outer guard gone"])
@pytest.mark.parametrize("name", WHO)
def test_a_right_payload_is_kept_for_those_who_may_and_for_nobody_else(
    attempts: Attempts, monkeypatch: pytest.MonkeyPatch, name: str, outer_guard: bool
) -> None:
    if not outer_guard:
        monkeypatch.setattr(guard, "meets", lambda _: True)
    wrong = []
    for payload in PAYLOADS:
        answer = attempts.send(name, payload)
        faults = kept(attempts, name, payload) if may(name, payload) else refused(attempts, name, payload, answer)
        wrong += [(str(payload), fault, answer.get_data(as_text=True)[:300]) for fault in faults]
    assert wrong == [], "\n".join(map(str, wrong))


def test_without_the_rights_each_of_these_payloads_would_be_kept_for_everybody_who_signed_in(
    attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof that a refusal above is for the right: take the rights away, and the very same payload writes."""
    knock_out(monkeypatch, roles.may, lambda person, action, of="": True)
    knock_out(monkeypatch, same_opd, lambda one, other: True)
    monkeypatch.setattr(taking_turns, "sides", lambda found, by: frozenset({GIVER, OPD}))
    tried, unkept = 0, []
    for name in WHO:
        for payload in PAYLOADS:
            if name != NOBODY and not may(name, payload):
                answer = attempts.send(name, payload)
                tried += 1
                if payload.table not in attempts.store.changed():
                    unkept.append((name, str(payload), answer.get_data(as_text=True)[:300]))
    assert unkept == [], "\n".join(map(str, unkept))
    assert tried > 3 * len(PAYLOADS)


def test_a_callback_that_is_not_among_them_changes_nothing(attempts: Attempts) -> None:
    for name, client in attempts.clients.items():
        attempts.store.set_back()
        attempts.store.remember()
        for key, told in attempts.callbacks.items():
            if not writes(name_of(key)):
                press(client, key, told, {"panel.panel": "tile~calls112.asa~page"} if "panel" in key else None)
        assert attempts.store.changed() == set(), name


def test_a_new_callback_that_writes_is_found_whatever_it_is_called(attempts: Attempts) -> None:
    app, engine = GuardedDash("test", server=Flask("test")), attempts.room.engine

    def by_itself(_: Any) -> None:
        with writing(engine):
            pass

    def by_saving(_: Any) -> None:
        saved(engine, "view", lambda connection, by, at: None)

    def by_another(_: Any) -> None:
        [by_itself(each) for each in (1, 2)]

    def by_a_module(_: Any) -> None:
        with taking_turns.changes.announce and writing(engine):
            pass

    def only_reads(_: Any) -> None:
        with reading(engine):
            pass

    for number, function in enumerate((by_itself, by_saving, by_another, by_a_module, only_reads)):
        app.callback(Output(f"made-up-{number}", "children"), Input("x", "value"))(function)
    found = {name_of(key) for key in writing_callbacks(app.callback_map)}
    assert found == {f"made-up-{number}.children" for number in range(4)}
    assert not can_write(only_reads)


def kept(attempts: Attempts, name: str, payload: Payload) -> Iterator[str]:
    """What is amiss with an attempt of somebody who may."""
    if payload.table not in attempts.store.changed():
        yield f"{name} may, and nothing was kept in {payload.table}"
    logged = {(who, outcome) for who, _, outcome in attempts.store.logged()}
    if payload.logged and (name, "berhasil") not in logged:
        yield f"not in the audit log: {logged}"
    if any(outcome == "ditolak" for _, outcome in logged):
        yield "written down as refused"


def refused(attempts: Attempts, name: str, payload: Payload, answer: TestResponse) -> Iterator[str]:
    """What is amiss with an attempt of somebody who may not."""
    if changed := attempts.store.changed():
        yield f"{name} may not, and {changed} changed"
    if [(who, what, out) for who, what, out in attempts.store.logged()] != [(name or "tamu", "perubahan", "ditolak")]:
        yield f"the audit log has {attempts.store.logged()}"
    if SECRET in answer.get_data(as_text=True) or SECRET in str(answer.headers):
        yield "the secret is in the answer"
    parts: dict[str, dict[str, Any]] = json.loads(answer.get_data(as_text=True))["response"]
    said = parts.pop(payload.output.partition(".")[0], {}).pop("children", {})
    if said.get("props", {}).get("className") != "wrong" or set(said["props"]) != {"children", "className", "role"}:
        yield f"no sentence alone: {said}"
    if payload.table != "uploads" and not agreed(WHO[name], payload.action, True, None) and not _is_guards(said):
        yield f"another sentence than that of the guard: {said}"
    if any(value not in (None, "", [], True) for part in parts.values() for value in part.values()):
        yield f"something stands beside the sentence: {parts}"


def _is_guards(said: dict[str, Any]) -> bool:
    return bool(said.get("props", {}).get("children") == NOT_ALLOWED)


def _said(one: dict[str, str]) -> str:
    """An input as the payloads name it."""
    identity = json.loads(one["id"])["type"] if one["id"].startswith("{") else one["id"]
    return f"{identity}.{one['property']}"


def knock_out(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], other: FunctionType | Any) -> None:
    """Another body for a function, wherever it was imported."""
    monkeypatch.setattr(function, "__code__", other.__code__)
