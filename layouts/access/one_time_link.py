"""Where a one-time link leads: a first or a new password, after which one is signed in."""

from __future__ import annotations

from flask import Flask, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from dashboard import clock
from dashboard.access import one_time
from dashboard.access.passwords import SHORTEST, PasswordRefused
from dashboard.access.sign_in import begin
from dashboard.store.people import Person
from layouts.access.cookies import browser, signed_in
from layouts.access.plain_page import button, field, form, link, page, wrong
from layouts.drawing.markup import el

OVER = "Tautan ini sudah dipakai atau sudah lewat waktunya. Mintalah yang baru kepada Diskominfo."


def register(server: Flask, engine: Engine, secure: bool) -> None:
    """Serve /masuk/tautan/<key>. Looking at it uses nothing up; only sending the form does."""

    @server.get("/masuk/tautan/<key>")
    def look(key: str) -> Response:
        person = one_time.whose(engine, key, clock.now())
        return _over() if person is None else _form(key, person, "")

    @server.post("/masuk/tautan/<key>")
    def use(key: str) -> Response:
        now, person = clock.now(), one_time.whose(engine, key, clock.now())
        given, again = request.form.get("sandi", ""), request.form.get("ulang", "")
        if person is None:
            return _over()
        if given != again:
            return _form(key, person, "Kedua sandi tidak sama.", 403)
        try:
            known = one_time.set_password(engine, key, given, now)
        except PasswordRefused as refused:
            return _form(key, person, str(refused), 403)
        if known is None:
            return _over()
        return signed_in(begin(engine, known, now, browser(), "tautan"), "/akun", secure)


def _form(key: str, person: Person, refused: str, status: int = 200) -> Response:
    content = form(
        f"{one_time.PATH}{key}",
        wrong(refused),
        el("p", {}, f"Buat sandi untuk {person.title} ({person.name}), sedikitnya {SHORTEST} huruf; empat kata yang "
                    "tidak berhubungan sudah cukup."),
        el("input", {"type": "text", "name": "nama", "value": person.name, "autocomplete": "username", "hidden": True}),
        field("Sandi baru", "sandi", "password", keeper="new-password"),
        field("Sekali lagi", "ulang", "password", keeper="new-password"),
        button("Simpan dan masuk"),
    )  # fmt: skip
    return page("Sandi baru", content, status=status)


def _over() -> Response:
    return page("Tautan", el("p", {"class": "wrong"}, OVER), link("Ke halaman masuk", "/masuk"), status=404)
