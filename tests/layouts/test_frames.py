"""Frames of panels: structure on the page, and sent with the drawing that the board has."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from layouts.pages import PAGES
from layouts.panels.place import BOARD, drawn, place


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_structure_while_nobody_asks_for_it(page: Any) -> None:
    assert "<section" not in str(page.layout())


@pytest.mark.parametrize(("board", "markup"), [("answers", "<section>"), ("is away", "")])
def test_a_frame_is_sent_with_its_drawing_and_empty_while_the_store_is_away(board: str, markup: str) -> None:
    server = Flask("uji")
    server.extensions[BOARD] = Answering() if board == "answers" else Away()
    with server.app_context():
        assert drawn(place("tile", "calls112.asa")).markup == markup


class Answering:
    """A board that has a drawing of everything."""

    def drawing(self, key: object) -> tuple[int, str]:
        return 1, "<section>"


class Away:
    """A board whose store has no tables."""

    def drawing(self, key: object) -> tuple[int, str]:
        raise OperationalError("SELECT 1", {}, Exception("no such table"))
