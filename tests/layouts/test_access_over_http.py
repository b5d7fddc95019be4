"""Keys for machines, codes, one-time links and the audit log, as a browser or a machine meets them."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access import accounts, one_time, passwords, second_factor, tokens
from dashboard.clock import now
from dashboard.store import audit, people
from dashboard.store.audit import Entry
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from layouts import routes
from layouts.access import audit_export, guard, one_time_link, refusals, sign_in, who

PASSWORD, OTHER, KEY = "kopi senja di trawas 17", "jeruk bali lima keranjang", "k" * 40
HASH = passwords.hashed(PASSWORD)
LIST, FIRST = "/api/v1/indicators", "/api/v1/indicators/calls112.asa"


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    server = Flask("test")
    server.secret_key = KEY
    who.register(server, engine, secure=False)
    guard.register(server)
    sign_in.register(server, engine, secure=False)
    one_time_link.register(server, engine, secure=False)
    audit_export.register(server, engine)
    routes.register(server, engine, [])
    server.add_url_rule("/tanpa/aturan", view_func=lambda: "terbuka")
    with writing(engine) as connection:
        people.add_person(connection, "ani", "Ani", "analis", None, HASH, now())
        people.add_person(connection, "sari", "Sari", "supervisor_112", None, HASH, now())
    return server.test_client()


def test_an_address_without_a_rule_answers_nobody(client: FlaskClient) -> None:
    enter(client, "ani")
    assert client.get("/tanpa/aturan").status_code == 403


def test_a_key_reads_what_its_scope_says_and_is_refused_elsewhere(client: FlaskClient, engine: Engine) -> None:
    key = token(engine, ["indikator"])
    assert [asked(client, path, key) for path in (LIST, FIRST, f"{FIRST}/history")] == [200, 200, 200]
    assert asked(client, "/export/audit.csv", key) == 401
    assert asked(client, LIST, token(engine, ["laporan"])) == 401
    assert asked(client, LIST, "mjk_salah") == 401
    assert client.get(LIST, headers={"Authorization": "Bearer mjk_salah"}).headers["WWW-Authenticate"] == "Bearer"


def test_a_key_that_was_revoked_or_whose_owner_left_opens_nothing(client: FlaskClient, engine: Engine) -> None:
    first, second = token(engine, ["indikator"]), token(engine, ["indikator"])
    with writing(engine) as connection:
        tokens.revoke(connection, 1, ani(engine), now())
    assert (asked(client, LIST, first), asked(client, LIST, second)) == (401, 200)
    with writing(engine) as connection:
        people.disable(connection, ani(engine).id, now())
    assert asked(client, LIST, second) == 401


def test_a_key_changes_nothing(client: FlaskClient, engine: Engine) -> None:
    headers = {"Authorization": f"Bearer {token(engine, ['indikator'])}"}
    assert client.post("/_dash-update-component", json={}, headers=headers).status_code in (401, 404, 405)


def test_with_a_code_a_browser_is_asked_twice(client: FlaskClient, engine: Engine) -> None:
    secret = second_factor.new_secret()
    with writing(engine) as connection:
        people.set_totp(connection, ani(engine).id, second_factor.sealed(secret, KEY))
    step = enter(client, "ani")
    assert (step.status_code, "Set-Cookie" in step.headers) == (200, False)
    ticket = step.text.partition('name="tiket" value="')[2].partition('"')[0]
    wrong = client.post("/masuk/kode", data={"tiket": ticket, "kode": "000000"})
    assert (wrong.status_code, sign_in.access.WRONG_CODE in wrong.text) == (403, True)
    forged = client.post("/masuk/kode", data={"tiket": ticket[:-2] + "xx", "kode": pyotp.TOTP(secret).now()})
    assert forged.status_code == 403
    right = client.post("/masuk/kode", data={"tiket": ticket, "kode": pyotp.TOTP(secret).now(), "lalu": "/audit"})
    assert (right.status_code, right.headers["Location"]) == (303, "/audit")


def test_a_link_is_looked_at_as_often_as_one_likes_and_used_once(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        number = accounts.create(connection, "budi", "Budi", "bupati", "", "ani", now())
        path = one_time.new_link(connection, number, "ani", now())
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 200]
    assert "tidak sama" in client.post(path, data={"sandi": OTHER, "ulang": PASSWORD}).text
    assert "terlalu pendek" in client.post(path, data={"sandi": "a", "ulang": "a"}).text
    assert client.post(path, data={"sandi": OTHER, "ulang": OTHER}).headers["Location"] == "/akun"
    assert client.post(path, data={"sandi": OTHER, "ulang": OTHER}).status_code == 404


def test_signing_in_again_ends_the_session_this_browser_had(client: FlaskClient) -> None:
    before = enter(client, "ani").headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    enter(client, "sari")
    client.set_cookie("mojokerto", before)
    assert client.get("/export/audit.csv").status_code == 403


def test_a_refusal_is_logged_with_who_and_what_and_a_flood_is_told_as_one(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "_FLOOD", refusals.Flood())
    monkeypatch.setattr(refusals, "MOST_PER_MINUTE", 3)
    enter(client, "sari")
    for _ in range(9):
        assert client.get("/export/audit.csv").status_code == 403
    with reading(engine) as connection:
        told = [e.about for e in audit.entries(connection) if e.outcome == "ditolak"]
    assert told == [refusals.FLOOD, "GET /export/audit.csv", "GET /export/audit.csv"]


def test_a_guest_is_led_to_the_sign_in_page_by_a_browser(client: FlaskClient) -> None:
    answer = client.get("/export/audit.csv", headers={"Accept": "text/html"})
    assert answer.headers["Location"] == "/masuk?lalu=/export/audit.csv"


def test_the_audit_log_is_a_file_without_formulas_and_taking_it_is_logged(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        audit.write(connection, now(), "sari", "catatan", "=cmd|'/c calc'!A1")
    enter(client, "ani")
    body = client.get("/export/audit.csv?siapa=sari").get_data().decode("utf-8-sig")
    assert body.splitlines()[0] == "Waktu (WIB),Siapa,Apa,Tentang,Hasil"
    assert "sari,catatan,'=cmd|'/c calc'!A1,berhasil" in body
    assert "ani" not in body
    with reading(engine) as connection:
        assert audit.entries(connection, 1)[0].about == "audit.csv siapa=sari"


def test_a_file_that_leaves_lines_out_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_export, "MOST_LINES", 1)
    entry = Entry(datetime(2026, 11, 23, tzinfo=UTC), "a", "b", "c", "berhasil")
    assert audit_export.as_csv([entry, entry]).decode().splitlines()[-1].startswith("Hanya ")


def enter(client: FlaskClient, name: str):  # type: ignore[no-untyped-def]
    return client.post("/masuk", data={"nama": name, "sandi": PASSWORD})


def asked(client: FlaskClient, path: str, key: str) -> int:
    return client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code


def token(engine: Engine, scopes: list[str]) -> str:
    with writing(engine) as connection:
        return tokens.create(connection, "Portal", scopes, "30 hari", ani(engine), now())


def ani(engine: Engine) -> Person:
    with reading(engine) as connection:
        known = people.credentials(connection, "ani")
    assert known is not None
    return known.person
