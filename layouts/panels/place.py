"""Panels: `place()` leaves an empty frame, one callback fills it wherever it stands."""

from __future__ import annotations

from dash import MATCH, Dash, Input, Output

from layouts.board import Board, parse_key
from layouts.panels.drawing_component import Drawing

_ANY = {"type": "panel", "form": MATCH, "indicator": MATCH, "look": MATCH}


def place(form: str, indicator: str, look: str = "page", span: int = 1) -> Drawing:
    """An empty frame for an indicator in a form; `span` columns of the page's grid. Raises ValueError when unknown."""
    panel = f"{form}~{indicator}~{look}"
    parse_key(panel)
    names = {"type": "panel", "form": form, "indicator": indicator, "look": look}
    return Drawing(id=names, panel=panel, className=f"frame span-{span}")


def register(app: Dash, board: Board) -> None:
    """The one callback: fills every frame first; the stream keeps it true."""

    @app.callback(Output(_ANY, "markup"), Input(_ANY, "panel"))
    def fill(panel: str) -> str:
        _, markup = board.drawing(parse_key(panel))
        return str(markup)
