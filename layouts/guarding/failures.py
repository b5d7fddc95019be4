"""What people and machines are told when something goes wrong: a sentence, never the inside of the program."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

from layouts.access.plain_page import link, page, wrong

log = logging.getLogger(__name__)
MACHINES = ("/api/", "/hooks/")
OURS = "Terjadi kesalahan pada aplikasi ini. Kesalahannya sudah dicatat; coba lagi, atau hubungi Diskominfo."
SENTENCES = {
    400: "Permintaan ini tidak dapat dipahami.",
    403: "Anda tidak berhak melakukan ini.",
    404: "Halaman ini tidak ada.",
    405: "Alamat ini tidak menerima cara bertanya itu.",
    413: "Kiriman ini terlalu besar.",
    415: "Isi permintaan ini jenisnya tidak diterima.",
    429: "Terlalu banyak permintaan.",
}


def register(server: Flask) -> None:
    """Sentences for every refusal; what nobody expected is logged whole and answered without its details."""

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return _answer(error, error.code or 500)

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.path, exc_info=error)
        return _answer(InternalServerError(OURS), 500)


def _answer(error: HTTPException, code: int) -> Response:
    if isinstance(error.response, Response):  # somebody made the whole answer already
        return error.response
    own = error.description if error.description != type(error).description else None
    sentence = own or SENTENCES.get(code, OURS)
    way = link("Ke halaman utama", "/")
    is_machine = request.path.startswith(MACHINES)
    answer = jsonify(error=sentence) if is_machine else page("Pesan", wrong(sentence), way)
    answer.status_code = code
    for name, value in error.get_headers(request.environ):
        if name.casefold() not in ("content-type", "content-length"):
            answer.headers[name] = value
    if code == 429:
        answer.headers["Retry-After"] = "60"
    return answer
