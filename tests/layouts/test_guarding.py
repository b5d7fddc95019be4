"""What stands between the network and the pages: headers, origins, tokens, sizes, rates, failures."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import settings
from dashboard.settings import SettingsError
from layouts.guarding import rates
from layouts.guarding.form_token import FIELD
from layouts.guarding.server import harden
from tests.forms import posted
from tests.keys import KEYS
from tests.layouts.guarded import guarded

CALLBACK = "/_dash-update-component"
HOST = "pk.mojokertokab.go.id"
BEHIND_TLS = {"PUBLIC_URL": f"https://{HOST}"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = guarded(tmp_path_factory.mktemp("plain"))
    yield made
    made.extensions["test_engine"].dispose()


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = guarded(tmp_path_factory.mktemp("tls"), FRAME_ANCESTORS="https://portal.go.id", **BEHIND_TLS)
    yield made
    made.extensions["test_engine"].dispose()


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def through_proxy(server: Flask, path: str, **more: str) -> TestResponse:
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7", **more}
    return server.test_client().get(path, headers=headers)


@pytest.mark.parametrize("path", ["/", "/masuk", "/wall/aula", "/api/v1/indicators", "/tidak-ada", "/assets/theme.css",
                                  "/healthz"])  # fmt: skip
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    answer.close()
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert "unsafe" not in scripts[1]
    assert "sha256-" in scripts[1]
    for part in ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'"):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_every_inline_script_of_the_page_is_one_of_the_hashes(client: FlaskClient) -> None:
    answer = client.get("/")
    page = re.sub(r"<!--.*?-->", "", answer.get_data(as_text=True), flags=re.DOTALL)
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    runs = [script for script in inline if script.strip() and not script.strip().startswith("{")]
    assert runs
    for script in runs:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_behind_tls_the_browser_remembers_it_and_named_sites_may_frame_us(tls_server: Flask) -> None:
    headers = through_proxy(tls_server, "/").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors https://portal.go.id" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_an_answer_that_sets_a_cookie_is_kept_by_no_cache(tls_server: Flask) -> None:
    answer = through_proxy(tls_server, "/masuk")
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("__Host-formulir=", "Secure", "HttpOnly", "Path=/", "SameSite=Strict"))


@pytest.mark.parametrize(("host", "status"), [(HOST, 200), ("127.0.0.1:8050", 200), ("jahat.example", 400),
                                              (f"{HOST}.jahat.example", 400)])  # fmt: skip
def test_only_names_of_ours_are_answered(tls_server: Flask, host: str, status: int) -> None:
    assert through_proxy(tls_server, "/healthz", Host=host).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://jahat.example"}, 403),
        ({"Origin": "http://localhost.jahat.example"}, 403),
        ({"Origin": "http://jahat.example://localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_a_callback_is_answered_for_our_own_pages_only(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": "pathname", "value": "/sumber"},
                   {"id": "_pages_location", "property": "search", "value": ""}],
        "changedPropIds": ["_pages_location.pathname"],
    }  # fmt: skip
    assert client.post(CALLBACK, json=body, headers=headers).status_code == status


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"])
def test_a_callback_in_a_form_s_clothes_is_refused(client: FlaskClient, kind: str) -> None:
    answer = client.post(CALLBACK, data='{"output": "x"}', headers={"Content-Type": kind})
    assert answer.status_code in (403, 415)


def test_a_form_is_taken_with_its_own_token_only(client: FlaskClient) -> None:
    fields = {"nama": "sari", "sandi": "kopi senja di trawas"}
    refused = client.post("/masuk", data=fields)
    assert refused.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in refused.get_data(as_text=True)
    assert client.post("/masuk", data={**fields, FIELD: "a" * 64}).status_code == 403
    taken = posted(client, "/masuk", **fields)
    assert "Nama atau sandi tidak cocok" in taken.get_data(as_text=True)


def test_the_token_of_one_browser_is_worth_nothing_in_another(client: FlaskClient, server: Flask) -> None:
    other = server.test_client()
    found = re.search(rf'name="{FIELD}" value="(\w+)"', client.get("/masuk").get_data(as_text=True))
    assert found
    other.get("/masuk")
    answer = other.post("/masuk", data={"nama": "a", "sandi": "b", FIELD: found[1]})
    assert "kedaluwarsa" in answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_change_nothing(client: FlaskClient, method: str) -> None:
    assert client.open("/masuk", method=method).status_code in (403, 405, 415)


def test_a_body_that_is_too_large_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post(CALLBACK, data=b"[" * 2_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert "terlalu besar" in answer.get_data(as_text=True)
    assert posted(client, "/masuk", nama="x" * 200_000).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000, '{"output":' * 50_000, "9" * 100_000, b"\xed\xa0\x80", "", "{", "[]", "null", "{}", '"x"',
        '{"output": 1}', '{"output": ["a"]}', '{"output": "tidak.ada"}', '{"output": "..a.b..", "inputs": 3}',
        '{"output": "people-sum.children", "inputs": [1]}', '{"output": "note-list.children", "inputs": [{"id": []}]}',
        '{"output": "note-list.children", "changedPropIds": [{}]}', '{"output": "note-list.children", "outputs": 7}',
        '{"output": "note-list.children", "inputs": [{"id": {"a": {}}, "property": "x"}]}',
    ],
)  # fmt: skip
def test_json_that_no_page_of_ours_sends_is_no_failure_of_ours(client: FlaskClient, body: str | bytes) -> None:
    assert client.post(CALLBACK, data=body, content_type="application/json").status_code == 400


def test_a_failure_says_nothing_of_the_inside(server: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with server.test_request_context("/api/v1/rusak"):
        answer = server.handle_user_exception(RuntimeError("sandi basis data x9Kq"))
    assert isinstance(answer, server.response_class)
    assert answer.status_code == 500
    assert "x9Kq" not in answer.get_data(as_text=True)
    assert "Kesalahannya sudah dicatat" in answer.get_json()["error"]
    assert "x9Kq" in caplog.text


def test_no_switch_of_the_environment_opens_the_debugger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingsError, match="BAHAYA  FLASK_DEBUG"):
        guarded(tmp_path)


def test_flask_itself_is_never_in_debug(server: Flask) -> None:
    assert (server.debug, server.testing) == (False, False)
    assert server.test_client().get("/console").status_code in (200, 404)
    assert "Werkzeug" not in server.test_client().get("/tidak?__debugger__=yes&cmd=resource&f=debugger.js").text


def test_whoever_asks_too_often_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "RATES", (rates.Rate("/masuk", "2/minute", posted=True), rates.Rate("/", "3/minute")))
    server = Flask("test")
    server.add_url_rule("/masuk", "enter", lambda: "ya", methods=["POST"])
    server.add_url_rule("/a", "a", lambda: "ya")
    server.add_url_rule("/healthz", "alive", lambda: "ya")
    rates.register(server)
    client, other, here = ({"REMOTE_ADDR": a} for a in ("198.51.100.7", "198.51.100.8", "127.0.0.1"))
    asked = server.test_client()
    assert [asked.get("/a", environ_base=client).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert asked.get("/a", environ_base=other).status_code == 200
    assert asked.get("/healthz", environ_base=client).status_code == 200
    assert [asked.get("/a", environ_base=here).status_code for _ in range(9)] == [200] * 9
    assert [asked.post("/masuk", environ_base=here).status_code for _ in range(3)] == [200, 200, 429]


def test_the_address_that_is_counted_is_the_one_our_own_proxy_says(tmp_path: Path) -> None:
    server = Flask("test")
    harden(server, settings.load({**KEYS, "VAR": str(tmp_path), **BEHIND_TLS}))
    server.add_url_rule("/", "who", lambda: f"{request.remote_addr} {request.scheme}")
    forged = through_proxy(server, "/", **{"X-Forwarded-For": "10.9.9.9, 198.51.100.7", "X-Forwarded-Host": "jahat"})
    assert forged.get_data(as_text=True) == "198.51.100.7 https"


def test_without_a_proxy_nobody_is_believed(tmp_path: Path) -> None:
    server = Flask("test")
    harden(server, settings.load({**KEYS, "VAR": str(tmp_path)}))
    server.add_url_rule("/", "who", lambda: f"{request.remote_addr} {request.scheme}")
    assert through_proxy(server, "/").get_data(as_text=True) == "127.0.0.1 http"
