"""The door of the wall over HTTP: a code for a strange browser, the wall for a paired one, nothing once revoked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import clock
from dashboard.editing import displays as editing
from dashboard.settings import Settings, load
from dashboard.store import display_beats, displays
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.displays import Display
from dashboard.store.people import Person
from layouts.displays.beats import Beats
from layouts.displays.gate import Gate
from layouts.displays.news import REVOKED, UNPAIRED, Standing
from layouts.displays.state import ScreenState, screen_state
from layouts.wall.screens import profiles
from tests.builders import NOW
from tests.dashboard.test_displays import a_beat
from tests.keys import KEYS

SARI = Person(1, "sari", "Sari", "analis")
HOLDS = timedelta(minutes=10)


class Door:
    """A server with the gate alone; its wall is one word."""

    def __init__(self, engine: Engine, is_open: bool = False, secure: bool = False) -> None:
        self.engine, self.standing = engine, Standing()
        self.gate = Gate(engine, self.standing, is_open, secure, "https://pk.contoh.go.id")
        self.server = Flask("test")
        self.gate.register(self.server)
        Beats(engine, self.gate).register(self.server)
        self.base = "https://pk.contoh.go.id" if secure else "http://localhost"

        @self.server.get("/wall/<name>")
        def wall(name: str) -> object:
            return self.gate.wall(
                profiles()[name], lambda display: Response(f"dinding {name} {display and display.title}")
            )

        @self.server.get("/kabar")
        def news() -> object:
            return self.gate.news(on_wall=True).take()

        self.client: FlaskClient = self.server.test_client()

    def get(self, path: str) -> str:
        return self.client.get(path, base_url=self.base).get_data(as_text=True)

    def code(self, path: str = "/wall/aula") -> str:
        found = re.search(r'aria-label="Kode ([^"]+)"', self.get(path))
        assert found, "no code on the screen"
        return found[1].replace(" ", "")

    def approve(self, code: str, profile: str = "") -> None:
        with writing(self.engine) as connection:
            editing.approve(connection, code, "Aula kiri", profile, ("aula", "meja"), HOLDS, SARI, clock.now())
        self.refresh()

    def paired(self, profile: str = "") -> Display:
        self.approve(self.code(), profile)
        assert self.client.post("/wall/pairing", base_url=self.base).get_json() == {"state": "dipasang"}
        self.refresh()
        return next(iter(self.standing.displays.values()))

    def refresh(self) -> None:
        with reading(self.engine) as connection:
            self.standing.read(connection)


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """The door asks the store what tests/dashboard/test_displays.py asks on both databases."""
    made = open_database(sqlite_url)
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def door(engine: Engine) -> Door:
    return Door(engine)


def test_a_strange_browser_sees_a_code_and_keeps_it_until_it_is_approved(door: Door) -> None:
    code = door.code()
    assert door.code() == code
    assert "/layar" in door.get("/wall/aula")
    assert "dinding" not in door.get("/wall/aula")
    assert door.client.post("/wall/pairing").get_json() == {"state": "menunggu"}


def test_without_a_request_there_is_nothing_to_wait_for(door: Door) -> None:
    assert door.client.post("/wall/pairing").get_json() == {"state": "berakhir"}


@pytest.mark.parametrize(("secure", "name"), [(False, "mojokerto-layar"), (True, "__Host-layar")])
def test_the_key_comes_in_a_cookie_that_no_script_and_no_other_site_can_use(
    engine: Engine, secure: bool, name: str
) -> None:
    door = Door(engine, secure=secure)
    door.approve(door.code())
    answer = door.client.post("/wall/pairing", base_url=door.base)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith(name))
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) is secure
    assert "Domain" not in cookie
    assert door.get("/wall/aula") == "dinding aula Aula kiri"


def test_a_screen_with_another_profile_is_led_to_its_own(door: Door) -> None:
    door.paired("meja")
    answer = door.client.get("/wall/aula")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/wall/meja")
    assert door.get("/wall/meja") == "dinding meja Aula kiri"


def test_a_revoked_screen_is_told_to_go_dark_and_then_shows_a_new_code(door: Door) -> None:
    one = door.paired()
    assert json.loads(door.get("/kabar"))["profile"] == "aula"
    with writing(door.engine) as connection:
        editing.revoke(connection, one.id, SARI, clock.now())
    assert json.loads(door.get("/kabar")) == {"dark": REVOKED}
    assert door.code() != one.code
    door.refresh()
    door.client.post("/wall/beat", json={"scene": "udara"})
    with reading(door.engine) as connection:
        assert display_beats.last_beats(connection) == {}


def test_the_code_of_a_revoked_screen_says_when_and_nothing_else_until_it_is_paired_again(door: Door) -> None:
    assert "dicabut" not in door.get("/wall/aula")
    one = door.paired()
    with writing(door.engine) as connection:
        editing.revoke(connection, one.id, SARI, datetime(2026, 11, 28, 9, 5, tzinfo=UTC))
    said = "Izin layar ini dicabut pada 28 November 2026, 16.05 WIB; minta petugas memasangkan kembali dengan kode ini."
    for path in ("/wall/aula", "/wall/aula", "/wall/meja"):
        assert said in door.get(path)
    assert SARI.title not in door.get("/wall/aula")
    assert one.title not in door.get("/wall/aula")
    door.refresh()
    door.paired()
    assert door.get("/wall/aula") == "dinding aula Aula kiri"


def test_a_running_stream_hears_of_the_revocation_itself(door: Door) -> None:
    one = door.paired()
    with door.server.test_request_context("/live", headers={"Cookie": cookies(door.client)}):
        news = door.gate.news(on_wall=True)
    assert not news.take().get("dark")
    assert not news.is_new()
    with writing(door.engine) as connection:
        editing.revoke(connection, one.id, SARI, clock.now())
    door.refresh()
    assert news.is_new()
    assert news.take() == {"dark": REVOKED}
    assert news.is_dark


def test_a_stream_tells_each_command_once_and_none_from_before_it_began(door: Door) -> None:
    one = door.paired()
    tell(door, one, "next")
    with door.server.test_request_context("/live", headers={"Cookie": cookies(door.client)}):
        news = door.gate.news(on_wall=True)
    told = [news.take()["commands"]]
    for verb in ("next", "pause"):
        tell(door, one, verb)
        told.append(news.take()["commands"])
    assert [[c["verb"] for c in some] for some in told] == [[], ["next"], ["pause"]]
    assert news.take() == {}


def test_what_a_glass_holds_is_told_again_to_every_new_stream(door: Door) -> None:
    one = door.paired()
    with writing(door.engine) as connection:
        editing.tell(
            connection, one.id, "pin", SARI, clock.now(), "udara", ("udara",), glass=2, shapes={"aula": (2, 1)}
        )
    door.refresh()
    for _ in range(2):
        told = json.loads(door.get("/kabar"))
        assert told["glasses"] == {"2": {"held": "pin", "scene": "udara"}}
        assert (told["held"], told["commands"]) == ("", [])


def test_a_screen_paired_a_moment_ago_is_not_taken_for_a_revoked_one(door: Door) -> None:
    door.paired()
    door.standing.displays = {}
    assert json.loads(door.get("/kabar")) == {}


def test_where_walls_are_open_anybody_sees_one_and_a_screen_may_still_be_paired(engine: Engine) -> None:
    door = Door(engine, is_open=True)
    assert door.get("/wall/aula") == "dinding aula None"
    assert json.loads(door.get("/kabar")) == {}
    assert len(door.code("/wall/aula?pasang=1")) == 6


def test_a_stream_of_the_wall_for_a_strange_browser_is_dark(door: Door) -> None:
    assert json.loads(door.get("/kabar")) == {"dark": UNPAIRED}


def test_signs_of_life_are_taken_from_paired_screens_and_cut_to_size(door: Door) -> None:
    assert door.client.post("/wall/beat", json={"scene": "udara"}).status_code == 403
    one = door.paired()
    said = {"scene": "u" * 99, "said": "ISPU\n59 <b>", "painted_ms": 400, "heap_bytes": 9e6, "data_s": -5, "width": "x",
            "height": True, "up_s": 1e99, "at": "1970", "display": 77, "glasses": " 112  udara\n"}  # fmt: skip
    assert door.client.post("/wall/beat", json=said).status_code == 204
    with reading(door.engine) as connection:
        beat = display_beats.last_beats(connection)[one.id]
    assert (beat.scene, beat.said, beat.painted_ms, beat.heap_bytes) == ("u" * 32, "ISPU 59 <b>", 400, 9_000_000)
    assert (beat.data_s, beat.width, beat.height, beat.up_s) == (None, None, None, None)
    assert beat.glasses == "112 udara"
    assert door.client.post("/wall/beat", data=b"x" * 5000).status_code == 413
    assert door.client.post("/wall/beat", data=b"[1", content_type="application/json").status_code == 204


def test_many_signs_of_life_are_written_together(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.paired()
    written: list[int] = []
    monkeypatch.setattr("layouts.displays.beats.keep_beats", lambda connection, due: written.append(len(due)))
    for _ in range(20):
        door.client.post("/wall/beat", json={})
    assert written == [1]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, ScreenState.WELL),
        ({"at": NOW - timedelta(seconds=36)}, ScreenState.DEAD),
        ({"painted_ms": 10_001}, ScreenState.FROZEN),
        ({"painted_ms": None}, ScreenState.FROZEN),
        ({"message_ms": 15_001}, ScreenState.CUT_OFF),
        ({"release": "lama"}, ScreenState.OLD_RELEASE),
        ({"release": ""}, ScreenState.WELL),
        ({"at": NOW - timedelta(seconds=36), "painted_ms": None}, ScreenState.DEAD),
    ],
)
def test_the_worst_that_can_be_said_of_a_screen_is_said(given: dict[str, object], state: ScreenState) -> None:
    assert screen_state(a_beat(1, **given), "abc", NOW) is state


def test_a_screen_that_was_never_heard_is_not_called_well() -> None:
    assert screen_state(None, "abc", NOW) is ScreenState.NEVER


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        ({}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"PUBLIC_URL": "https://pk.contoh.go.id"}, False),
        ({"SOURCES": "/etc/mojokerto/sources.toml"}, False),
        ({"WALL_PAIRING": "wajib"}, False),
        ({"WALL_PAIRING": "terbuka", "SOURCES": "/etc/mojokerto/sources.toml"}, True),
    ],
)
def test_only_the_demonstration_on_its_own_machine_is_open_by_itself(given: dict[str, str], is_open: bool) -> None:
    assert settings(**given).walls_are_open is is_open


def settings(**given: str) -> Settings:
    demonstration = {"SOURCES": "/x/demo/sources.toml", "VAR": "/tidak/ada"}
    return load({**KEYS, **demonstration, **given})


def tell(door: Door, one: Display, verb: str) -> None:
    with writing(door.engine) as connection:
        editing.tell(connection, one.id, verb, SARI, clock.now())
        assert displays.by_number(connection, one.id)
    door.refresh()


def cookies(client: FlaskClient) -> str:
    found = client.get_cookie("mojokerto-layar")
    assert found
    return f"mojokerto-layar={found.value}"
