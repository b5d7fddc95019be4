"""Panels: `place()` leaves an empty frame, one callback fills it wherever it stands."""

from __future__ import annotations

from dash import MATCH, Dash, Input, Output
from flask import current_app, g, has_app_context
from sqlalchemy.exc import SQLAlchemyError

from layouts.board import Board, parse_key
from layouts.panels.drawing_component import Drawing

BOARD, UNDRAWN = "mojokerto.board", "undrawn"
_ANY = {"type": "panel", "form": MATCH, "indicator": MATCH, "look": MATCH}


def place(form: str, indicator: str, look: str = "page", span: int = 1, rows: int = 1) -> Drawing:
    """An empty frame for an indicator in a form, over so many columns and rows of the page's grid.

    Raises ValueError when unknown.
    """
    panel = f"{form}~{indicator}~{look}"
    parse_key(panel)
    names = {"type": "panel", "form": form, "indicator": indicator, "look": look}
    return Drawing(id=names, panel=panel, className=f"frame span-{span} rows-{rows}")


def drawn(frame: Drawing) -> Drawing:
    """The frame as it is sent, with its newest drawing in it: what is there at once moves nothing when it comes.
    Empty, with the height that panel.css keeps for its form, while the store does not answer, or while the page is
    asked for as it was known in the past.
    """
    board = current_app.extensions.get(BOARD) if has_app_context() and not g.get(UNDRAWN) else None
    if board is None or frame.panel is None:
        return frame
    try:
        _, markup = board.drawing(parse_key(frame.panel))
    except SQLAlchemyError:
        return frame
    return Drawing(id=frame.id, panel=frame.panel, className=frame.className, markup=str(markup))


def register(app: Dash, board: Board) -> None:
    """The one callback: fills every frame first; the stream keeps it true."""
    app.server.extensions[BOARD] = board

    @app.callback(Output(_ANY, "markup"), Input(_ANY, "panel"))
    def fill(panel: str) -> str:
        _, markup = board.drawing(parse_key(panel))
        return str(markup)
