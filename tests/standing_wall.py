"""The wall's own document, stream and scripts over readings that a test puts up: no store, no worker, no waiting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from mimetypes import guess_type

from flask import Flask, Response
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from dashboard.exploring.asking import Desk
from dashboard.indicators.reading import Reading
from dashboard.settings import ROOT
from layouts import live
from layouts.board import Board
from layouts.displays.gate import Gate
from layouts.displays.news import Standing
from layouts.time_machine.machine import TimeMachine
from layouts.wall import document
from tests.recorded_wall import recorded


class StandingBoard(Board):
    """A board without a store: it knows what it is given."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        super().__init__(create_engine("sqlite://"), [])
        self.put(readings)

    def start(self) -> None:
        """Nothing to watch."""

    def put(self, readings: Mapping[str, Reading]) -> None:
        """Let everybody see these."""
        self._publish({**self._readings, **readings})


def _asset(name: str) -> Response:
    """A file whole, so that a browser that leaves in the middle leaves none open."""
    return Response((ROOT / "assets" / name).read_bytes(), mimetype=guess_type(name)[0])


def server_of(board: Board) -> Flask:
    """The routes of the wall alone."""
    server = Flask("dinding", static_folder=None)
    server.add_url_rule("/assets/<path:name>", view_func=_asset)
    nowhere = create_engine("sqlite://")
    gate = Gate(nowhere, Standing(), is_open=True, secure=False, address="")
    machine = TimeMachine(nowhere, board, Desk(nowhere, []), {})
    document.register(server, board, machine, gate, simulated=True)
    live.register(server, board, gate)
    server.add_url_rule("/favicon.ico", view_func=lambda: ("", 204))
    return server


@contextmanager
def standing_wall(readings: Mapping[str, Reading] | None = None) -> Iterator[tuple[str, StandingBoard]]:
    """Its address and its board."""
    board = StandingBoard(readings or recorded())
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    serving = make_server("127.0.0.1", 0, server_of(board), threaded=True)
    serving.daemon_threads = True  # type: ignore[attr-defined]
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{serving.server_port}", board
    finally:
        serving.shutdown()
