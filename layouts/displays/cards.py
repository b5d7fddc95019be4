"""The screens of the wall as cards: how each is, what it shows, and its remote control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboard.store.display_beats import Beat
from dashboard.store.display_holds import Holds
from dashboard.store.displays import Display
from layouts.displays.buttons import remote
from layouts.displays.glasses import TITLES, Glasses, glasses_of, grid
from layouts.displays.state import ScreenState, ago, screen_state
from layouts.format import age_words, number, short_moment
from layouts.wall.screens import profiles

HELD_WORDS = {"pin": "disematkan", "pause": "dijeda"}
UNHEARD = (ScreenState.DEAD, ScreenState.NEVER)
"""Nobody hears what such a screen is told."""
MEGABYTE = 1024 * 1024


def cards(
    found: Sequence[Display],
    beats: Mapping[int, Beat],
    holds: Mapping[int, Holds],
    chosen: Mapping[int, object],
    release: str,
    at: datetime,
    may_control: bool,
) -> list[Any]:
    """A card for each screen, the worst first. `chosen` is the glass of a wall that each remote speaks to."""
    if not found:
        return [html.P("Belum ada layar yang dipasang.", className="rest")]
    states = {one.id: screen_state(beats.get(one.id), release, at) for one in found}
    order = (ScreenState.DEAD, ScreenState.FROZEN, ScreenState.CUT_OFF, ScreenState.NEVER, ScreenState.OLD_RELEASE,
             ScreenState.WELL)  # fmt: skip
    worst_first = sorted(found, key=lambda one: (order.index(states[one.id]), one.title))
    rows = [
        _card(
            glasses_of(one, beats.get(one.id), holds.get(one.id, {}), chosen.get(one.id)),
            beats.get(one.id), states[one.id], at, may_control,
        )
        for one in worst_first
    ]  # fmt: skip
    return [html.Ul(rows, className="screens")]


def _card(glasses: Glasses, beat: Beat | None, state: ScreenState, at: datetime, may_control: bool) -> html.Li:
    one, controls = glasses.one, may_control and state not in UNHEARD
    return html.Li(
        [
            html.H3([html.I(className=f"shape {state.shape}"), one.title, html.B(state.value, className="word")]),
            grid(glasses, controls) if beat and glasses.are_many else _picture(one, beat, state),
            html.P(_facts(one, beat, at), className="where"),
            remote(glasses) if controls else None,
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
