"""The room of the 112 desk: every question for the desk's own people, placed only when one of them asks."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from dashboard.exploring.questions import QUESTIONS
from layouts.access.door import DESK, door, way_in
from layouts.access.who import allowed
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.panels.place import drawn, place

ROOM = "desk-room"
NAME = "meja 112"
LIVE = (
    ("bullet", "calls112.service_level"),
    ("bullet", "calls112.abandonment"),
    ("tile", "calls112.asa"),
    ("table", "calls112.open_incidents"),
)
NOW = ("desk112.queue_now", "desk112.answering_now", "desk112.not_called_back", "desk112.next_hours")
"""Of this moment: no filter changes them."""
CASES = ("opd112.cases", "incidents112.proposed_duplicates")
"""Tables that need the whole width."""


def room() -> html.Div:
    """An empty room that tells a guest where to sign in."""
    return html.Div(way_in(NAME, DESK), id=ROOM)


def register(app: Dash) -> None:
    """Open the room to whoever may look; each question asks once more before it answers."""

    @app.callback(Output(ROOM, "children"), Input(ROOM, "id"))
    def open_room(_: str) -> Any:
        return _furnished() if allowed("desk.view") else door(NAME, DESK)


def _furnished() -> list[Any]:
    live = html.Div([drawn(place(form, indicator)) for form, indicator in LIVE], className="grid")
    others = [q.id for q in QUESTIONS.values() if q.audience == "desk" and q.id not in NOW]
    cases = [explore(name, span=4) for name in CASES]
    rest = [explore(name, span=2) for name in others if name not in CASES]
    return [
        live,
        html.Div([explore(name, span=2) for name in NOW], className="grid answers now"),
        html.H2("Kasus dan data"),
        filter_bar(),
        html.Div([*cases, *rest], className="grid answers"),
    ]
