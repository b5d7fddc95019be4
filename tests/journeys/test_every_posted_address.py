"""Every address that takes more than a question: what it keeps with the right key, and nothing for any role without."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from itertools import count

import pyotp
import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access import displays as pairing
from dashboard.access import one_time, second_factor, tokens
from dashboard.editing import displays as approving
from dashboard.store import people
from dashboard.store.database import writing
from layouts.access.rules import ROUTES
from layouts.access.sign_in import _tickets
from layouts.displays import beats
from layouts.guarding.foreign_sites import SAFE
from tests.forms import posted
from tests.journeys.asked_addresses import POSTED, SAMPLES
from tests.journeys.attempts import NOBODY, WHO, Attempts
from tests.journeys.changeable import TELEPHONE
from tests.journeys.made_by_hand import name_of, press
from tests.journeys.right_payloads import PAYLOADS
from tests.journeys.room_112 import NOW, PASSWORD, SECRET

WRONG = "x" * 43
Post = Callable[[Attempts, FlaskClient, bool], TestResponse]
"""Sends what is right in every field, with the key that decides or with a wrong one."""


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attempts]:
    with time_machine.travel(NOW, tick=False):
        made = Attempts(tmp_path_factory.mktemp("every_posted"))
        yield made
        made.room.engine.dispose()


@pytest.fixture(autouse=True)
def kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signs of life of screens are kept together every few seconds; here each by itself."""
    monkeypatch.setattr(beats, "KEPT_EVERY_S", 0)


def hook(_: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """A ticket of the supplier."""
    body = json.dumps({"pada": "2026-11-27 11:00", "tiket": {"nomor": "W-9", "masuk": "2026-11-27 11:00"}}).encode()
    stamp = str(int(NOW.timestamp()))
    key = SECRET if right else WRONG
    signature = hmac.new(key.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Timestamp": stamp, "X-Signature": f"sha256={signature}", "Idempotency-Key": "W-9"}
    return client.post("/hooks/kiriman", data=body, headers=headers)


def collect(attempts: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """A screen whose code was approved fetches its key."""
    asked = pairing.ask(attempts.room.engine, "aula", "10.0.0.6", NOW)
    with writing(attempts.room.engine) as connection:
        approving.approve(connection, asked.code, "Meja 1", "aula", ("aula",), pairing.CODE_HOLDS,
                          attempts.made.persons["ani"], NOW)  # fmt: skip
    attempts.store.remember()
    return carrying(client, "mojokerto-pasang", asked.key if right else WRONG, "/wall/pairing")


def beat(attempts: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """A screen says that it lives."""
    key = attempts.made.screen_key if right else WRONG
    return carrying(client, "mojokerto-layar", key, "/wall/beat", {"scene": "ringkasan", "said": "x"})


def password(_: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """Somebody signs in."""
    return posted(client, "/masuk", nama="eko", sandi=PASSWORD if right else "salah")


def code(attempts: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """The second step of somebody whose password was right."""
    sari = attempts.made.persons["sari"]
    with writing(attempts.room.engine) as connection:
        people.set_totp(connection, sari.id, second_factor.sealed(TELEPHONE, attempts.made.key))
    attempts.store.remember()
    ticket = str(_tickets(attempts.room.server).dumps(sari.id))
    typed = str(pyotp.TOTP(TELEPHONE).at(NOW))
    return posted(client, "/masuk/kode", "/masuk", tiket=ticket if right else f"{ticket[:-3]}xxx", kode=typed)


def link(attempts: Attempts, client: FlaskClient, right: bool) -> TestResponse:
    """Somebody new sets a password."""
    with writing(attempts.room.engine) as connection:
        path = one_time.new_link(connection, attempts.made.persons["calon"].id, "ani", NOW)
    attempts.store.remember()
    typed = {"sandi": "jeruk bali lima keranjang", "ulang": "jeruk bali lima keranjang"}
    return posted(client, path if right else f"{one_time.PATH}{WRONG}", path, **typed)


ADDRESSES = count(1)
DOORS: dict[str, tuple[Post, str]] = {
    "/hooks/<source>": (hook, "incidents"),
    "/wall/pairing": (collect, "displays"),
    "/wall/beat": (beat, "display_beats"),
    "/masuk": (password, "sessions"),
    "/masuk/kode": (code, "sessions"),
    "/masuk/tautan/<key>": (link, "people"),
}
"""What decides there is a key, not who has signed in; and the table that is written with it."""
ATTEMPTS_NOTED = {"people", "received", "ingestion_log", "source_spells"}
"""A wrong password is counted, and a message that was not accepted: never what it brought."""


def test_every_address_that_takes_more_than_a_question_is_here(attempts: Attempts) -> None:
    rules = attempts.room.server.url_map.iter_rules()
    changing = {rule.rule for rule in rules if (rule.methods or set()) - set(SAFE)}
    assert changing == {*DOORS, "/keluar", "/_dash-update-component"} == {*POSTED, "/masuk", "/masuk/tautan/<key>"}


@pytest.mark.parametrize("name", WHO)
@pytest.mark.parametrize("rule", DOORS)
def test_a_key_opens_its_door_for_whoever_brings_it_and_no_role_opens_it_without(
    attempts: Attempts, rule: str, name: str
) -> None:
    send, table = DOORS[rule]
    for right in (True, False):
        attempts.store.set_back()
        attempts.store.remember()
        answer = send(attempts, browser(attempts, name), right)
        changed = attempts.store.changed()
        if right:
            assert table in changed, (answer.status_code, answer.get_data(as_text=True)[:300])
        else:
            assert changed <= ATTEMPTS_NOTED - {table}, (changed, answer.status_code)


def test_signing_out_ends_the_session_of_who_asks_alone(attempts: Attempts) -> None:
    attempts.store.set_back()
    leaving = browser(attempts, "joko")
    assert posted(leaving, "/keluar", "/masuk").status_code == 303
    names = [name for name, client in attempts.clients.items() if name and "Anda masuk" not in said(client)]
    assert names == ["joko"]


def test_a_form_without_its_token_changes_nothing(attempts: Attempts) -> None:
    attempts.store.set_back()
    attempts.store.remember()
    for path in ("/masuk", "/masuk/kode", "/keluar", f"{one_time.PATH}{WRONG}"):
        assert browser(attempts, "ani").post(path, data={"nama": "eko", "sandi": PASSWORD}).status_code == 403
    assert attempts.store.changed() == set()


def test_the_key_of_a_machine_writes_nothing_whatever_its_owner_may(attempts: Attempts) -> None:
    attempts.store.set_back()
    with writing(attempts.room.engine) as connection:
        key = tokens.create(connection, "Mesin", ["indikator", "unduhan", "laporan"], "30 hari",
                            attempts.made.persons["ani"], NOW)  # fmt: skip
    attempts.store.remember()
    machine = attempts.room.client()
    machine.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    for payload in PAYLOADS:
        told = next((k, t) for k, t in attempts.callbacks.items() if name_of(k) == payload.output)
        assert press(machine, *told, payload.given(attempts.made, "ani")).status_code == 401
    assert attempts.store.changed() == set()


@pytest.mark.parametrize("name", WHO)
def test_asking_changes_nothing(attempts: Attempts, name: str) -> None:
    attempts.store.set_back()
    attempts.store.remember()
    for path, _ in SAMPLES.values():
        attempts.clients[name].get(path, buffered=False).close()
    assert attempts.store.changed() == set()


def test_every_other_address_takes_questions_only(attempts: Attempts) -> None:
    """A file cannot be taken by a form that another site sends: what is handed out is asked for with GET."""
    for rule in set(ROUTES) & {r.rule for r in attempts.room.server.url_map.iter_rules()} - {*DOORS}:
        if rule not in ("/keluar", "/_dash-update-component"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                answer = browser(attempts, "ani").open(SAMPLES[rule][0], method=method, json={})
                assert answer.status_code == 405, (rule, method, answer.status_code)


def browser(attempts: Attempts, name: str) -> FlaskClient:
    """A browser of its own with the session of somebody: nothing of an attempt is left in it, nor in its address."""
    client = attempts.room.server.test_client()
    client.environ_base["REMOTE_ADDR"] = f"10.0.{next(ADDRESSES)}.1"
    cookie = attempts.clients[name].get_cookie("mojokerto") if name != NOBODY else None
    if cookie is not None:
        client.set_cookie("mojokerto", cookie.value)
    return client


def carrying(client: FlaskClient, name: str, key: str, path: str, body: object = None) -> TestResponse:
    """A post with another cookie beside that of the session."""
    client.set_cookie(name, key)
    return client.post(path, json=body or {})


def said(client: FlaskClient) -> str:
    return client.get("/masuk").get_data(as_text=True)
