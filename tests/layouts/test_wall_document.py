"""The wall's document: every scene mounted, one screen of many alone, and what the browser must know of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from layouts import shell
from layouts.wall.screens import profiles
from tests.layouts.guarded import guarded
from tests.recorded_wall import recorded
from tests.standing_wall import StandingBoard, server_of

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return server_of(StandingBoard(recorded())).test_client()


@pytest.mark.parametrize("name", profiles())
def test_every_scene_of_a_profile_is_mounted_and_drawn(client: FlaskClient, name: str) -> None:
    text = client.get(f"/wall/{name}").text
    mounted = re.findall(r'data-scene="([^"]+)"', text)
    assert mounted == [scene.name for screen in profiles()[name].screens for scene in screen.scenes]
    assert text.count('class="panel ') == sum(
        len(s.places) for screen in profiles()[name].screens for s in screen.scenes
    )


def test_one_screen_of_a_wall_stands_alone_with_the_whole_strip(client: FlaskClient) -> None:
    text = client.get("/wall/dinding/5").text
    assert re.findall(r'data-scene="([^"]+)"', text) == ["udara"]
    assert "SIMULASI" in text
    assert all(part in text for part in ('data-clock="time"', 'data-oldest="wall"', 'data-aged="putus"'))


@pytest.mark.parametrize(("path", "words"), [("/wall/tiada", "tidak ada"), ("/wall/dinding/10", "mempunyai 9 layar")])
def test_a_screen_that_does_not_exist_says_what_does(client: FlaskClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert words in answer.text


def test_the_browser_is_told_hours_themes_rest_and_release(client: FlaskClient) -> None:
    text = client.get("/wall/aula").text
    told = {
        name: value.replace("&#34;", '"') for name, value in re.findall(r'data-(themes|rest|parts)="([^"]*)"', text)
    }
    assert json.loads(told["themes"]) == [[0, "kendali"]]
    assert json.loads(told["rest"]) == [60, 240]
    assert json.loads(told["parts"])[0][0] == 360
    release = re.search(r'data-release="(\w{12})"', text)
    assert release is not None
    assert f"/assets/wall/keep.js?v={release[1]}" in text


def test_the_keeper_of_the_last_picture_reaches_the_wall_alone(client: FlaskClient) -> None:
    answer = client.get("/wall/keeper.js")
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers


def test_pages_load_nothing_of_the_wall_and_nothing_of_its_computers() -> None:
    app = Dash("uji", assets_folder=str(ASSETS), pages_folder="", use_pages=True)
    shell.register(app)
    app._setup_server()
    loaded = app._generate_scripts_html() + app._generate_css_dist_html()
    assert "/assets/age.js" in loaded
    assert "/assets/wall/" not in loaded
    assert "/assets/kiosk/" not in loaded


def test_the_whole_application_lets_a_screen_have_its_parts(tmp_path: Path) -> None:
    server = guarded(tmp_path)
    client = server.test_client()
    assert [client.get(path).status_code for path in ("/wall/keeper.js", "/wall/dinding/5")] == [200, 200]
    server.extensions["test_engine"].dispose()
