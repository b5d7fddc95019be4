"""Signing in at the government's own place: who is let in with which role, and what is no proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from dashboard.access import openid as access
from dashboard.access.openid import Provider
from dashboard.clock import now
from dashboard.store import audit, people
from dashboard.store.database import reading, writing
from datasources.toml_file import Misconfigured
from layouts.access import openid, sign_in, who
from tests.layouts.openid_site import CLIENT, CLIENT_SECRET, Site, openid_site

MAP = {"pk-bupati": "bupati", "pk-kepala": "kepala_opd", "pk-analis": "analis"}
FILE = """
[openid]
title = "SSO Pemkab"
issuer = "{issuer}"
client_id = "pusat-komando"
client_secret = "${{OPENID_SECRET}}"
[openid.map]
"pk-analis" = "{role}"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with openid_site() as made:
        yield made


@pytest.fixture
def client(engine: Engine, site: Site) -> FlaskClient:
    server = Flask("test")
    server.secret_key = "k" * 40
    who.register(server, engine, secure=False)
    sign_in.register(server, engine, secure=False)
    provider = Provider.model_validate({"title": "SSO Pemkab", "issuer": site.issuer, "client_id": CLIENT,
                                        "client_secret": CLIENT_SECRET, "map": MAP})  # fmt: skip
    openid.register(server, engine, provider, "http://localhost", secure=False)

    @server.get("/siapa")
    def asked() -> object:
        person = who.person()
        return jsonify(person and [person.name, person.title, person.role, person.opd])

    return server.test_client()


def test_the_sign_in_page_offers_the_way(client: FlaskClient) -> None:
    assert "Masuk dengan SSO Pemkab" in client.get("/masuk").text


def test_who_is_proven_gets_the_role_of_the_first_claim_in_the_map(client: FlaskClient, site: Site) -> None:
    assert come(client, site, "/112").headers["Location"] == "/112"
    assert client.get("/siapa").get_json() == ["rini.s", "Rini Susanti", "analis", None]


def test_role_and_opd_follow_the_claims_at_every_sign_in(client: FlaskClient, site: Site, engine: Engine) -> None:
    come(client, site)
    site.claims |= {"groups": ["pk-kepala"], "opd": "Dinkes"}
    come(client, site)
    assert client.get("/siapa").get_json() == ["rini.s", "Rini Susanti", "kepala_opd", "Dinkes"]
    with reading(engine) as connection:
        assert ("peran diganti", "rini.s: analis → kepala_opd Dinkes") in [
            (e.what, e.about) for e in audit.entries(connection)]  # fmt: skip


def test_roles_that_the_token_does_not_hold_are_asked_of_the_provider(client: FlaskClient, site: Site) -> None:
    site.userinfo = {"groups": site.claims.pop("groups")}
    come(client, site)
    assert client.get("/siapa").get_json()[2] == "analis"


def _no_role(site: Site, _: Engine) -> None:
    site.claims["groups"] = ["pegawai"]


def _no_opd(site: Site, _: Engine) -> None:
    site.claims["groups"] = ["pk-kepala"]


def _taken(_: Site, engine: Engine) -> None:
    with writing(engine) as connection:
        people.add_person(connection, "rini.s", "Rini lain", "analis", None, "hash", now())


def _shared_secret(site: Site, _: Engine) -> None:
    site.forge_with_shared_secret()


def _other_issuer(site: Site, _: Engine) -> None:
    site.says_issuer = "https://lain.example"


def _other_audience(site: Site, _: Engine) -> None:
    site.audience = "aplikasi-lain"


def _other_nonce(site: Site, _: Engine) -> None:
    site.claims["nonce"] = "lama"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (_no_role, "tidak punya peran"), (_no_opd, "tidak menyebut OPD"), (_taken, "sudah dipakai akun setempat"),
        (_shared_secret, "tidak berhasil"), (_other_issuer, "tidak berhasil"), (_other_audience, "tidak berhasil"),
        (_other_nonce, "tidak berhasil"),
    ],
)  # fmt: skip
def test_what_is_no_proof_or_no_role_opens_nothing_and_is_logged(
    client: FlaskClient, site: Site, engine: Engine, wrong: Callable[[Site, Engine], None], said: str
) -> None:
    wrong(site, engine)
    answer = come(client, site)
    assert (answer.status_code, said in answer.text) == (403, True)
    assert client.get("/siapa").get_json() is None
    with reading(engine) as connection:
        assert audit.entries(connection)[0].outcome == "ditolak"


def test_a_state_that_was_not_given_out_here_opens_nothing(client: FlaskClient) -> None:
    assert client.get("/masuk/sso/kembali?code=x&state=dibuat-sendiri").status_code == 403


def test_a_provider_that_does_not_answer_is_said(client: FlaskClient, site: Site) -> None:
    client.application.extensions["authlib.integrations.flask_client"].sso.client_kwargs["default_timeout"] = 0.2
    client.application.extensions["authlib.integrations.flask_client"].sso._server_metadata_url = "http://127.0.0.1:9/x"
    answer = client.get("/masuk/sso")
    assert (answer.status_code, "tidak menjawab" in answer.text) == (502, True)


def test_a_closed_account_stays_closed(client: FlaskClient, site: Site, engine: Engine) -> None:
    come(client, site)
    with writing(engine) as connection:
        known = people.credentials(connection, "rini.s")
        assert known is not None
        people.disable(connection, known.person.id, now())
    assert client.get("/siapa").get_json() is None
    assert "ditutup" in come(client, site).text


@pytest.mark.parametrize(
    ("issuer", "role", "said"),
    [
        ("http://sso.contoh.go.id", "analis", "tulis alamat https://"),
        ("https://sso.contoh.go.id", "dewa", "map"),
    ],
)
def test_a_mistake_in_the_file_refuses_to_start(tmp_path: Path, issuer: str, role: str, said: str) -> None:
    (tmp_path / "masuk.toml").write_text(FILE.format(issuer=issuer, role=role), encoding="utf-8")
    with pytest.raises(Misconfigured) as refusal:
        access.load(tmp_path / "masuk.toml", {"OPENID_SECRET": "s"})
    assert said in str(refusal.value)


def test_claims_may_lie_one_inside_another() -> None:
    claims: dict[str, Any] = {"realm_access": {"roles": ["a"]}}
    assert access.claim(claims, "realm_access.roles") == ["a"]
    assert access.claim(claims, "realm_access.none.more") is None


def come(client: FlaskClient, site: Site, path: str = "/") -> TestResponse:
    """Go to the provider and come back, as a browser does."""
    away = client.get(f"/masuk/sso?lalu={path}")
    if away.status_code != 302:
        return away
    return client.get(f"/masuk/sso/kembali?{site.came(away.headers['Location'])}")
