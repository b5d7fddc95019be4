"""The sign-in page: a name and a password, then a code for those who have one; and the way out."""

from __future__ import annotations

from flask import Flask, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from dashboard import clock
from dashboard.access import sign_in as access
from dashboard.access.roles import ROLE_TITLES
from layouts.access.cookies import browser, own_path, signed_in, signed_out
from layouts.access.plain_page import button, field, form, hidden, link, page, wrong
from layouts.access.who import cookie_name, person
from layouts.drawing.markup import el

CODE_WITHIN_S = 300
LOST = "Telepon hilang? Tulis satu kode pemulihan. Bila tidak ada lagi, Diskominfo dapat melepas kode dari akun Anda."
SSO = "mojokerto.sso"
"""The title of the government's own sign-in, among the server's extensions, where there is one."""


def register(server: Flask, engine: Engine, secure: bool) -> None:
    """Serve /masuk, /masuk/kode and /keluar."""

    @server.get("/masuk")
    def sign_in_form() -> Response:
        return page("Masuk", _already() or _form(server, ""))

    @server.post("/masuk")
    def enter() -> Response:
        tried = access.sign_in(
            engine, request.form.get("nama", ""), request.form.get("sandi", ""), clock.now(), browser()
        )
        if tried.needs_code is not None:
            return page("Kode", _code_form(_tickets(server).dumps(tried.needs_code), ""))
        if not tried.key:
            return page("Masuk", _form(server, tried.refused), status=403)
        return signed_in(tried.key, request.form.get("lalu", ""), secure)

    @server.post("/masuk/kode")
    def enter_code() -> Response:
        ticket = request.form.get("tiket", "")
        try:
            number = int(_tickets(server).loads(ticket, max_age=CODE_WITHIN_S))
        except (BadSignature, ValueError):
            return page("Masuk", _form(server, "Waktu untuk kode sudah habis. Masuk sekali lagi."), status=403)
        key = str(server.secret_key)
        tried = access.enter_code(engine, number, request.form.get("kode", ""), key, clock.now(), browser())
        if not tried.key:
            return page("Kode", _code_form(ticket, tried.refused), status=403)
        return signed_in(tried.key, request.form.get("lalu", ""), secure)

    @server.post("/keluar")
    def leave() -> Response:
        who = person()
        if who is not None:
            access.sign_out(engine, request.cookies.get(cookie_name(secure), ""), who, clock.now())
        return signed_out(secure)


def _tickets(server: Flask) -> URLSafeTimedSerializer:
    """Signed proof, good for minutes, that the password of somebody was right."""
    return URLSafeTimedSerializer(str(server.secret_key), salt="kode")


def _form(server: Flask, refused: str) -> Markup:
    sso = server.extensions.get(SSO)
    lalu = own_path(request.values.get("lalu", ""))
    other = el("p", {}, el("a", {"href": "/masuk/sso", "class": "way"}, f"Masuk dengan {sso}")) if sso else None
    return form(
        "/masuk",
        wrong(refused),
        other,
        field("Nama", "nama", keeper="username", longest=64),
        field("Sandi", "sandi", "password", keeper="current-password"),
        hidden("lalu", lalu),
        button("Masuk"),
        el("p", {}, "Belum punya akun, atau lupa sandi? Hubungi Diskominfo."),
    )


def _code_form(ticket: str, refused: str) -> Markup:
    return form(
        "/masuk/kode",
        wrong(refused),
        field("Kode dari telepon Anda, atau kode pemulihan", "kode", keeper="one-time-code", longest=24),
        hidden("tiket", ticket),
        hidden("lalu", own_path(request.form.get("lalu", ""))),
        button("Masuk"),
        el("p", {}, LOST),
    )


def _already() -> Markup | None:
    who = person()
    if who is None:
        return None
    role = ROLE_TITLES.get(who.role, who.role)  # type: ignore[call-overload]
    said = el("p", {}, f"Anda masuk sebagai {who.title} ({role}).")
    return form("/keluar", said, button("Keluar"), link("Akun Anda", "/akun"), link("Ke halaman utama", "/"))
