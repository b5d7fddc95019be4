"""Signing in over HTTP: cookies, foreign sites, and where one is led afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access import passwords
from dashboard.store import people
from dashboard.store.database import writing
from layouts.access import sign_in, who

PASSWORD = "kopi senja di trawas 17"


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    server = Flask("test")
    who.register(server, engine, secure=False)
    sign_in.register(server, engine, secure=False)

    @server.get("/siapa")
    def asked() -> object:
        person = who.person()
        return jsonify(person and person.name)

    @server.get("/meja")
    @who.required("desk.view")
    def desk() -> str:
        return "meja"

    with writing(engine) as connection:
        people.add_person(
            connection, "sari", "Sari", "supervisor_112", None, passwords.hashed(PASSWORD), datetime.now(UTC)
        )
    return server.test_client()


def enter(client: FlaskClient, password: str = PASSWORD, **form: str) -> object:
    return client.post("/masuk", data={"nama": "sari", "sandi": password, **form})


def test_who_signs_in_is_known_and_who_signs_out_is_not(client: FlaskClient) -> None:
    enter(client)
    assert client.get("/siapa").get_json() == "sari"
    client.post("/keluar")
    assert client.get("/siapa").get_json() is None


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = enter(client).headers["Set-Cookie"]  # type: ignore[attr-defined]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_with_tls_the_cookie_is_bound_to_this_host() -> None:
    assert who.cookie_name(secure=True).startswith("__Host-")


def test_a_wrong_password_says_so_and_sets_no_cookie(client: FlaskClient) -> None:
    answer = enter(client, "salah sekali 99")
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert "Nama atau sandi tidak cocok." in answer.text  # type: ignore[attr-defined]
    assert "Set-Cookie" not in answer.headers  # type: ignore[attr-defined]


def test_an_answer_to_somebody_signed_in_is_kept_by_no_cache(client: FlaskClient) -> None:
    enter(client)
    answer = client.get("/siapa")
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("no-store", "Cookie")


@pytest.mark.parametrize("role_route", ["/meja"])
def test_a_guest_is_refused_with_a_sentence(client: FlaskClient, role_route: str) -> None:
    answer = client.get(role_route)
    assert answer.status_code == 403
    assert "Anda tidak berhak" in answer.text
    enter(client)
    assert client.get(role_route).text == "meja"


def test_a_change_that_another_site_asks_for_is_refused(client: FlaskClient) -> None:
    enter(client)
    assert client.post("/keluar", headers={"Origin": "https://situs-lain.example"}).status_code == 403
    assert client.get("/siapa").get_json() == "sari"


@pytest.mark.parametrize("path", ["//situs-lain.example", "/\\situs-lain.example", "https://situs-lain.example", "a"])
def test_signing_in_never_leads_away(client: FlaskClient, path: str) -> None:
    assert enter(client, lalu=path).headers["Location"] == "/"  # type: ignore[attr-defined]


def test_signing_in_leads_back_to_where_one_came_from(client: FlaskClient) -> None:
    assert enter(client, lalu="/112/meja").headers["Location"] == "/112/meja"  # type: ignore[attr-defined]
