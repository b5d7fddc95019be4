"""The screens of the wall as cards: how each is, what it shows, and the buttons of its remote control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboard.store.display_beats import Beat
from dashboard.store.displays import Display
from layouts.displays.state import ScreenState, ago, screen_state
from layouts.format import age_words, number, short_moment
from layouts.wall.scenes import SCENES, Scene
from layouts.wall.screens import profiles

DO = "screen-do"
HELD_WORDS = {"pin": "disematkan", "pause": "dijeda"}
UNHEARD = (ScreenState.DEAD, ScreenState.NEVER)
"""Nobody hears what such a screen is told."""
MEGABYTE = 1024 * 1024
TITLES = {scene.name: scene.title for scene in SCENES}


def cards(
    found: Sequence[Display], beats: Mapping[int, Beat], release: str, at: datetime, may_control: bool
) -> list[Any]:
    """A card for each screen, the worst first."""
    if not found:
        return [html.P("Belum ada layar yang dipasang.", className="rest")]
    states = {one.id: screen_state(beats.get(one.id), release, at) for one in found}
    order = (ScreenState.DEAD, ScreenState.FROZEN, ScreenState.CUT_OFF, ScreenState.NEVER, ScreenState.OLD_RELEASE,
             ScreenState.WELL)  # fmt: skip
    worst_first = sorted(found, key=lambda one: (order.index(states[one.id]), one.title))
    rows = [_card(one, beats.get(one.id), states[one.id], at, may_control) for one in worst_first]
    return [html.Ul(rows, className="screens")]


def _card(one: Display, beat: Beat | None, state: ScreenState, at: datetime, may_control: bool) -> html.Li:
    return html.Li(
        [
            html.H3([html.I(className=f"shape {state.shape}"), one.title, html.B(state.value, className="word")]),
            _picture(one, beat, state),
            html.P(_facts(one, beat, at), className="where"),
            _remote(one) if may_control and state not in UNHEARD else None,
        ],
        className=f"screen is-{state.shape}",
    )


def _picture(one: Display, beat: Beat | None, state: ScreenState) -> html.Div:
    """A small picture in words: the scene, its finding, and whether it is still true."""
    if beat is None:
        return html.Div(html.Span("Layar ini belum memberi tanda hidup."), className="picture off")
    scene = TITLES.get(beat.scene, beat.scene or "tanpa adegan")
    held = HELD_WORDS.get(one.held) or ("ditahan di tempat" if beat.held else "")
    parts = [html.Span([scene, f" · {held}" if held else ""], className="scene-name"), html.Span(beat.said)]
    return html.Div(parts, className="picture off" if state is ScreenState.DEAD else "picture")


def _facts(one: Display, beat: Beat | None, at: datetime) -> str:
    profile = profiles().get(one.profile)
    parts = [profile.title if profile else one.profile]
    if beat is None:
        return " · ".join([*parts, f"disetujui {short_moment(one.approved_at, at)} oleh {one.approved_by}"])
    heard = ago(beat.at, at)
    parts += [f"tanda hidup {age_words(int(heard.total_seconds()))}"]
    parts += [f"gambar {number(beat.painted_ms // 1000)} detik"] if beat.painted_ms is not None else []
    parts += [f"data ≤ {age_words(beat.data_s)}"] if beat.data_s is not None else []
    parts += [f"memori {number(beat.heap_bytes // MEGABYTE)} MB"] if beat.heap_bytes is not None else []
    parts += [f"{beat.width} × {beat.height}"] if beat.width and beat.height else []
    parts += [f"menyala {age_words(beat.up_s)}"] if beat.up_s is not None else []
    parts += [f"versi {beat.release}"] if beat.release else []
    return " · ".join(parts)


def _remote(one: Display) -> html.Div:
    name = one.title
    turn = [_button(one, "next", "Berikutnya", name)]
    turn += [_button(one, "resume", "Lanjutkan", name) if one.held else _button(one, "pause", "Jeda", name)]
    pins = [_button(one, "pin", s.title, f"Sematkan {s.title} di {name}", s.name) for s in scenes_of(one.profile)]
    return html.Div(
        [
            html.Div(turn, className="turns"),
            html.Div([html.Span("Sematkan", className="where"), *pins], className="turns pins"),
        ],
        className="remote",
    )


def scenes_of(profile: str) -> list[Scene]:
    """The scenes that a screen of this profile ever shows, each once."""
    known = profiles().get(profile)
    shown = [scene for screen in known.screens for scene in screen.scenes] if known else []
    return list({scene.name: scene for scene in shown}.values())


def _button(one: Display, verb: str, words: str, title: str, scene: str = "") -> html.Button:
    identity = {"type": DO, "screen": one.id, "verb": verb, "scene": scene}
    pressed = verb == "pin" and one.held == "pin" and one.held_scene == scene
    return html.Button(words, id=identity, type="button", title=title, className="pressed" if pressed else "quiet")
