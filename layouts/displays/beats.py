"""The signs of life of screens: taken from each every few seconds, kept together, so that many screens write once."""

from __future__ import annotations

import threading
import time
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from dashboard.store.database import writing
from dashboard.store.display_beats import Beat, keep_beats
from dashboard.store.displays import Display
from layouts.displays.gate import Gate

KEPT_EVERY_S = 4.0
LARGEST = 4096
MOST = 2**31 - 1
WORDS = {"scene": 32, "said": 160, "held": 40, "release": 16, "glasses": 320}
NUMBERS = ("painted_ms", "message_ms", "data_s", "width", "height", "up_s")


class Beats:
    """The newest of each screen, until they are kept."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine, self._gate = engine, gate
        self._waiting: dict[int, Beat] = {}
        self._kept = 0.0
        self._lock = threading.Lock()

    def register(self, server: Flask) -> None:
        """Serve POST /wall/beat, for paired screens only."""

        @server.post("/wall/beat")
        def beat() -> Response:
            display = self._gate.paired()
            if display is None and self._gate.display() is not None:
                return Response(status=204)  # revoked a moment ago: its stream tells it
            if display is None:
                return Response("Layar ini belum dipasang.", 403, mimetype="text/plain")
            if (request.content_length or LARGEST + 1) > LARGEST:
                return Response("Terlalu besar.", 413, mimetype="text/plain")
            said = request.get_json(silent=True)
            self._take(_beat(display, said if isinstance(said, dict) else {}))
            return Response(status=204)

    def _take(self, beat: Beat) -> None:
        with self._lock:
            self._waiting[beat.display] = beat
            if time.monotonic() - self._kept < KEPT_EVERY_S:
                return
            due, self._waiting, self._kept = list(self._waiting.values()), {}, time.monotonic()
        try:
            with writing(self._engine) as connection:
                keep_beats(connection, due)
        except SQLAlchemyError:  # the next one comes in a few seconds
            return


def _beat(display: Display, said: dict[str, Any]) -> Beat:
    """What a browser says is cut to size and never trusted further than to be shown."""
    words = {name: _words(said.get(name), longest) for name, longest in WORDS.items()}
    numbers = {name: _number(said.get(name), MOST) for name in NUMBERS}
    heap = _number(said.get("heap_bytes"), 2**53)
    return Beat(display=display.id, at=clock.now(), heap_bytes=heap, **words, **numbers)  # type: ignore[arg-type]


def _words(given: object, longest: int) -> str:
    clean = " ".join(given.split()) if isinstance(given, str) else ""
    return "".join(c for c in clean if c.isprintable())[:longest]


def _number(given: object, most: int) -> int | None:
    is_number = isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= most
    return int(given) if is_number and isinstance(given, int | float) else None
