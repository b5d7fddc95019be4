"""Where other applications send what happens: POST /hooks/<source>, signed, without cookies."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, jsonify, request
from sqlalchemy import Engine

from dashboard.ingestion.receive import receive
from datasources.contract import LARGEST_MESSAGE, Receiver
from datasources.registry import ConfiguredSource


def register(server: Flask, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """Serve /hooks/<source> for each source that is sent to. Who may send is decided by the signature alone."""
    receivers = {source.id: source for source in sources if isinstance(source.reader, Receiver)}

    @server.post("/hooks/<source>")
    def hook(source: str) -> tuple[Response, int]:
        if source not in receivers:
            return jsonify(error=f"Tidak ada penerima bernama '{source}'."), 404
        # One byte more than is allowed, so that the reader sees that it is too much.
        body = request.stream.read(LARGEST_MESSAGE + 1)
        answer = receive(engine, receivers[source], dict(request.headers), body)
        word = "status" if answer.status < 300 else "error"
        return jsonify({word: answer.sentence}), answer.status
