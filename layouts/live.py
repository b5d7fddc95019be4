"""The live stream: finished drawings pushed as server-sent events, one picture behind never two."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from flask import Flask, Response, request

from dashboard import clock
from dashboard.store.database import to_ms
from layouts.board import Board, Key, keys_of

HEARTBEAT_S = 5.0
MOST_PANELS = 60


def register(server: Flask, board: Board) -> None:
    """Serve /live?panel=form~indicator~look&…: first every panel, then each as it changes, and a heartbeat."""

    @server.get("/live")
    def live() -> Response:
        try:
            keys = keys_of(request.args.getlist("panel")[:MOST_PANELS])
        except ValueError as wrong:
            return Response(str(wrong), status=400, mimetype="text/plain")
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        messages = _zipped(_messages(board, keys)) if zipped else (m.encode() for m in _messages(board, keys))
        response = Response(messages, mimetype="text/event-stream")
        response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _messages(board: Board, keys: list[Key]) -> Iterator[str]:
    """A slow reader gets the newest picture next time, never a queue of old ones."""
    seen: dict[Key, int] = dict.fromkeys(keys, -1)
    while True:
        changed = board.wait(seen, HEARTBEAT_S)
        seen.update({key: version for key, (version, _) in changed.items()})
        panels = {"~".join(key): markup for key, (_, markup) in changed.items()}
        yield f"data: {json.dumps({'at': to_ms(clock.now()), 'panels': panels}, ensure_ascii=False)}\n\n"


def _zipped(messages: Iterator[str]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=5, wbits=31)
    for message in messages:
        yield packer.compress(message.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
