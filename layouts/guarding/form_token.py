"""A token in every form that we send, asked back with it: a form made elsewhere cannot know it.

No form can be forgotten: the token is put in as an answer leaves, and a body that is neither JSON nor such a form is
refused. Signed machines (/hooks) send what they like: their signature is proof enough.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import Flask, Response, abort, g, request

from layouts.guarding.foreign_sites import SAFE
from layouts.guarding.server import LARGEST_FORM

FIELD = "_formulir"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SIGNED = "/hooks/"
EXPIRED = "Formulir ini sudah kedaluwarsa. Muat ulang halamannya, lalu kirim lagi."
NOT_TAKEN = "Isi permintaan harus JSON atau formulir dari halaman ini."
_POSTED = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def register(server: Flask, secure: bool) -> None:
    """Ask every form for its token, and give every form one."""
    cookie = "__Host-formulir" if secure else "formulir"

    @server.before_request
    def ask() -> None:
        if request.method in SAFE or request.path.startswith(SIGNED) or request.mimetype == "application/json":
            return
        if request.mimetype not in FORMS:
            abort(415, NOT_TAKEN)
        request.max_content_length = LARGEST_FORM  # the limit for the memory of a form knows only multipart bodies
        nonce = request.cookies.get(cookie, "")
        if not nonce or not hmac.compare_digest(_token(server, nonce).encode(), request.form.get(FIELD, "").encode()):
            abort(403, EXPIRED)

    @server.after_request
    def give(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed or response.direct_passthrough:
            return response
        page = response.get_data(as_text=True)
        if not _POSTED.search(page):
            return response
        nonce = request.cookies.get(cookie) or g.setdefault("form_nonce", secrets.token_urlsafe(16))
        field = f'<input type="hidden" name="{FIELD}" value="{_token(server, nonce)}">'
        response.set_data(_POSTED.sub(lambda form: form[0] + field, page))
        response.set_cookie(cookie, nonce, secure=secure, httponly=True, samesite="Strict", path="/")
        return response


def _token(server: Flask, nonce: str) -> str:
    key = str(server.secret_key).encode()
    return hmac.new(key, b"form " + nonce.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
