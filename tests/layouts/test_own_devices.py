"""Alerts on one's own devices: turned on, seen and removed by their owner, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access import passwords
from dashboard.access.devices import MOST
from dashboard.alerts.push_key import PushKey, new_private
from dashboard.clock import now
from dashboard.store import audit, people
from dashboard.store import push_subscriptions as store
from dashboard.store.database import reading, writing
from layouts.access.own_devices import CANNOT, DROP, FAILED, NOT_SET_UP
from layouts.access.who import NOT_ALLOWED
from tests.dash_payload import send, words
from tests.dashboard.push_site import Browser
from tests.forms import posted
from tests.layouts.guarded import guarded

PASSWORD = "kopi senja di trawas 17"
HASH, PRIVATE = passwords.hashed(PASSWORD), new_private()
GIVEN = {"VAPID_KEY": PRIVATE, "VAPID_CONTACT": "mailto:pusat@contoh.id"}
ANI, SARI = 1, 2
AGENT = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = guarded(tmp_path_factory.mktemp("devices"), **GIVEN)
    _people(made)
    yield made
    made.extensions["test_engine"].dispose()


@pytest.fixture
def engine(server: Flask) -> Engine:
    """The store, in which nobody has a device."""
    made: Engine = server.extensions["test_engine"]
    with writing(made) as connection:
        connection.execute(store.push_subscriptions.delete())
    return made


@pytest.fixture
def ani(server: Flask, engine: Engine) -> FlaskClient:
    return signed_in(server, "ani")


def test_a_device_is_turned_on_listed_and_turned_off_by_its_owner(ani: FlaskClient, engine: Engine) -> None:
    endpoint = told(1)["endpoint"]
    assert "Tersimpan" in turned(ani, deed="nyala", subscription=told(1))
    (kept,) = devices(engine, ANI)
    assert (kept.device, kept.endpoint) == ("Chrome di Android", endpoint)
    shown = listed(ani, "ya", endpoint)
    assert "Chrome di Android" in shown["own-devices"]
    assert "perangkat ini" in shown["own-devices"]
    assert (shown["own-device-on"], shown["own-device-off"]) == (True, False)
    assert endpoint not in shown["own-devices"]
    assert "Tersimpan" in turned(ani, deed="mati", endpoint=endpoint)
    assert devices(engine, ANI) == []
    with reading(engine) as connection:
        newest = [(e.who, e.what, e.about) for e in audit.entries(connection)][:2]
    assert newest == [("ani", "pemberitahuan dimatikan", "Chrome di Android"),
                     ("ani", "pemberitahuan dinyalakan", "Chrome di Android")]  # fmt: skip


def test_the_public_key_is_told_and_the_private_one_is_not(ani: FlaskClient) -> None:
    shown = listed(ani, "ya", None)
    assert shown["own-device-key"] == PushKey(PRIVATE, "").public
    assert (shown["own-device-on"], shown["own-device-off"]) == (False, True)
    assert PRIVATE not in str(shown)


@pytest.mark.parametrize("can", [*CANNOT])
def test_what_stands_in_the_way_is_said_and_no_button_offers_it(ani: FlaskClient, can: str) -> None:
    shown = listed(ani, can, None)
    assert CANNOT[can] in shown["own-devices"]
    assert (shown["own-device-on"], shown["own-device-off"]) == (True, True)


def test_without_a_key_the_page_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    server = guarded(tmp_path)
    _people(server)
    client = signed_in(server, "ani")
    shown = listed(client, "ya", None)
    assert NOT_SET_UP in shown["own-devices"]
    assert (shown["own-device-on"], shown["own-device-off"], shown["own-device-key"]) == (True, True, "")
    assert NOT_SET_UP in turned(client, deed="nyala", subscription=told(1))
    assert devices(server.extensions["test_engine"], ANI) == []
    server.extensions["test_engine"].dispose()


def test_nobody_sees_or_removes_what_is_somebody_elses(server: Flask, ani: FlaskClient, engine: Engine) -> None:
    turned(ani, deed="nyala", subscription=told(1))
    (hers,) = devices(engine, ANI)
    sari, guest = signed_in(server, "sari"), server.test_client()
    assert "Chrome di Android" not in listed(sari, "ya", hers.endpoint)["own-devices"]
    assert "sudah dilepas" in dropped(sari, hers.id)
    assert "sudah dilepas" in turned(sari, deed="mati", endpoint=hers.endpoint)
    assert NOT_ALLOWED in dropped(guest, hers.id)
    assert NOT_ALLOWED in turned(guest, deed="mati", endpoint=hers.endpoint)
    assert listing(guest, "ya", hers.endpoint).status_code == 204
    assert devices(engine, ANI) == [hers]
    assert "Tersimpan" in dropped(ani, hers.id)


def test_a_browser_that_is_turned_on_again_stays_the_device_to_which_messages_are_on_their_way(
    ani: FlaskClient, engine: Engine
) -> None:
    turned(ani, deed="nyala", subscription=told(1))
    (before,) = devices(engine, ANI)
    turned(ani, deed="nyala", subscription=told(1))
    (after,) = devices(engine, ANI)
    assert after.id == before.id
    assert after.p256dh != before.p256dh


def test_an_endpoint_of_somebody_else_is_not_taken_over_without_the_keys_of_that_browser(
    server: Flask, ani: FlaskClient, engine: Engine
) -> None:
    turned(ani, deed="nyala", subscription=told(1))
    sari = signed_in(server, "sari")
    assert "tidak dapat dipahami" in turned(sari, deed="nyala", subscription={**told(1), "keys": Browser().keys})
    assert [len(devices(engine, who)) for who in (ANI, SARI)] == [1, 0]


def test_a_browser_that_another_person_uses_now_belongs_to_that_person(
    server: Flask, ani: FlaskClient, engine: Engine
) -> None:
    same = told(1)
    turned(ani, deed="nyala", subscription=same)
    turned(signed_in(server, "sari"), deed="nyala", subscription=same)
    assert [len(devices(engine, who)) for who in (ANI, SARI)] == [0, 1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"endpoint": "https://jahat.id/x"}, "tidak dikenal"),
        ({"endpoint": "http://127.0.0.1:8050/x"}, "tidak dikenal"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1024}, "tidak dapat dipahami"),
        ({"endpoint": 7}, "tidak dapat dipahami"), ({"keys": None}, "tidak dapat dipahami"),
        ({"keys": {"p256dh": "AAAA", "auth": "MDEyMzQ1Njc4OWFiY2RlZg"}}, "tidak dapat dipahami"),
        ({"keys": {**Browser().keys, "auth": "AAAA"}}, "tidak dapat dipahami"),
        ({"keys": {**Browser().keys, "auth": "?" * 22}}, "tidak dapat dipahami"),
    ],
)  # fmt: skip
def test_what_no_browser_says_is_refused_in_a_sentence(
    ani: FlaskClient, engine: Engine, change: dict[str, Any], sentence: str
) -> None:
    assert sentence in turned(ani, deed="nyala", subscription={**told(1), **change})
    assert devices(engine, ANI) == []


@pytest.mark.parametrize(("deed", "sentence"), [("ditolak", CANNOT["ditolak"]), ("gagal", FAILED), ("entah", FAILED)])
def test_what_the_browser_could_not_do_is_said(ani: FlaskClient, deed: str, sentence: str) -> None:
    assert sentence in turned(ani, deed=deed)


def test_nobody_has_more_devices_than_they_look_after(ani: FlaskClient, engine: Engine) -> None:
    for n in range(MOST):
        assert "Tersimpan" in turned(ani, deed="nyala", subscription=told(n))
    assert "Tersimpan" in turned(ani, deed="nyala", subscription=told(0))
    assert f"Sudah ada {MOST} perangkat" in turned(ani, deed="nyala", subscription=told(MOST))
    assert len(devices(engine, ANI)) == MOST


def test_the_service_worker_is_served_as_a_script_whose_scope_holds_no_page(ani: FlaskClient) -> None:
    answer = ani.get("/push/receiver.js")
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert 'addEventListener("fetch"' not in answer.text


def told(number: int) -> dict[str, Any]:
    """What a browser says of its subscription."""
    return {"endpoint": f"https://fcm.googleapis.com/fcm/send/{number}", "keys": Browser().keys}


def devices(engine: Engine, person: int) -> list[store.Subscription]:
    with reading(engine) as connection:
        return store.subscriptions_of(connection, person)


def signed_in(server: Flask, name: str) -> FlaskClient:
    client = server.test_client()
    client.environ_base["HTTP_USER_AGENT"] = AGENT
    assert posted(client, "/masuk", nama=name, sandi=PASSWORD).status_code == 303
    return client


def turned(client: FlaskClient, **given: Any) -> str:
    """What is said of what the browser tells."""
    return _said(client, given, [], "own-device-given.data")


def dropped(client: FlaskClient, number: int) -> str:
    """What is said when the button of a device is pressed."""
    pressed = [{"id": {"type": DROP, "device": number}, "property": "n_clicks", "value": 1}]
    return _said(client, None, pressed, f'{{"device":{number},"type":"{DROP}"}}.n_clicks')


def _said(client: FlaskClient, given: Any, pressed: list[Any], changed: str) -> str:
    body = {
        "output": "own-device-said.children", "outputs": {"id": "own-device-said", "property": "children"},
        "inputs": [{"id": "own-device-given", "property": "data", "value": given}, pressed],
        "changedPropIds": [changed],
    }  # fmt: skip
    return words(client.post("/_dash-update-component", json=body))


def listing(client: FlaskClient, can: str, endpoint: str | None) -> Any:
    outputs: list[tuple[Any, str]] = [("own-devices", "children"), ("own-device-on", "hidden"),
                                      ("own-device-off", "hidden"), ("own-device-key", "children")]  # fmt: skip
    return send(client, outputs, [("own-device-here", "data", {"can": can, "endpoint": endpoint})])


def listed(client: FlaskClient, can: str, endpoint: str | None) -> dict[str, Any]:
    """What each part shows; the list as text."""
    response = listing(client, can, endpoint).get_json()["response"]
    parts = {name: next(iter(value.values())) for name, value in response.items()}
    return {**parts, "own-devices": str(parts["own-devices"])}


def _people(server: Flask) -> None:
    with writing(server.extensions["test_engine"]) as connection:
        people.add_person(connection, "ani", "Ani", "analis", None, HASH, now())
        people.add_person(connection, "sari", "Sari", "supervisor_112", None, HASH, now())
