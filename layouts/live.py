"""The live stream: finished drawings and a pulse, pushed as server-sent events, one picture behind never two."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from flask import Flask, Response, abort, request

from dashboard import clock
from dashboard.store.database import to_ms
from layouts.access.who import NOT_ALLOWED, allowed
from layouts.board import Board, Key, keys_of
from layouts.displays.gate import Gate
from layouts.displays.news import News
from layouts.looks import LOOKS
from layouts.wall.release import release

HEARTBEAT_S = 5.0
MOST_PANELS = 60


def register(server: Flask, board: Board, gate: Gate) -> None:
    """Serve /live?panel=form~indicator~look&…: first every panel, then each as it changes.

    At least every HEARTBEAT_S a message brings the pulse, from which the browser judges ages when we fall silent.
    """

    @server.get("/live")
    def live() -> Response:
        try:
            keys = keys_of(request.args.getlist("panel")[:MOST_PANELS])
        except ValueError as wrong:
            return Response(str(wrong), status=400, mimetype="text/plain")
        on_wall = [LOOKS[look].on_wall for _, _, look in keys]
        if not all(on_wall) and not allowed("view"):
            abort(403, NOT_ALLOWED)
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        news = gate.news(on_wall=any(on_wall))
        told = _messages(board, keys, news)
        messages = _zipped(told) if zipped else (m.encode() for m in told)
        response = Response(messages, mimetype="text/event-stream")
        response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _messages(board: Board, keys: list[Key], news: News) -> Iterator[str]:
    """A slow reader gets the newest picture next time, never a queue of old ones. A revoked screen gets none."""
    seen: dict[Key, int] = dict.fromkeys(keys, -1)
    while True:
        changed = board.wait(seen, HEARTBEAT_S, news.is_new)
        display = news.take()
        if news.is_dark:
            yield _said({"at": to_ms(clock.now()), "panels": {}, "aged": {}, "pulse": {}, "display": display})
            return
        seen.update({key: version for key, (version, _) in changed.items()})
        panels = {"~".join(key): markup for key, (_, markup) in changed.items()}
        pulse = {indicator: board.pulse(indicator) for _, indicator, _ in keys}
        aged = {"~".join(key): board.aged(key) for key in changed}
        message = {"at": to_ms(clock.now()), "release": release(), "panels": panels, "aged": aged, "pulse": pulse}
        yield _said(message | ({"display": display} if display else {}))


def _said(message: dict[str, object]) -> str:
    return f"data: {json.dumps(message, ensure_ascii=False)}\n\n"


def _zipped(messages: Iterator[str]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=5, wbits=31)
    for message in messages:
        yield packer.compress(message.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
