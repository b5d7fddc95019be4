"""Whose request this is: asked once per request, by the session cookie, on the server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, Response, abort, current_app, g, jsonify, make_response, request
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import ANY, Action, may
from dashboard.access.sign_in import person_of
from dashboard.access.tokens import speaking_for
from dashboard.store.people import Person
from layouts.access.rules import OPEN, ROUTES, SCOPES
from layouts.guarding.foreign_sites import SAFE, refuse_foreign

P = ParamSpec("P")
R = TypeVar("R")
NOT_ALLOWED = "Anda tidak berhak melakukan ini. Masuklah dengan akun yang berhak, atau hubungi Diskominfo."
BAD_KEY = "Token tidak berlaku, sudah dicabut, lewat waktunya, atau cakupannya tidak sampai ke sini."
BEARER = "Bearer "
SECURE = "MOJOKERTO_SECURE"
STORE = "mojokerto.store"
"""The store of this web application, among the server's extensions."""


def cookie_name(secure: bool) -> str:
    """With TLS the name binds the cookie to this host and to HTTPS."""
    return "__Host-mojokerto" if secure else "mojokerto"


def register(server: Flask, engine: Engine, secure: bool) -> None:
    """Know the person of every request, and refuse a change that another site asked this browser for."""
    server.extensions[STORE] = engine
    server.config[SECURE] = secure

    @server.before_request
    def identify() -> Response | None:
        if not _has_key():
            g.person = lambda: person_of(engine, request.cookies.get(cookie_name(secure)), clock.now())
            return None
        g.person = _machine(engine)
        return None if g.person else make_response(jsonify(error=BAD_KEY), 401, {"WWW-Authenticate": "Bearer"})

    @server.before_request
    def same_site() -> None:
        refuse_foreign(secure)

    @server.after_request
    def private(response: Response) -> Response:
        if request.cookies.get(cookie_name(secure)):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.add("Vary", "Cookie")
        return response


def _has_key() -> bool:
    """Whether a machine asks with a key; where everybody may come, another program's key is not ours to judge."""
    rule = ROUTES.get(request.url_rule.rule) if request.url_rule else OPEN
    return rule != OPEN and request.headers.get("Authorization", "").startswith(BEARER)


def _machine(engine: Engine) -> Person | None:
    key = request.headers["Authorization"].removeprefix(BEARER).strip()
    scope = SCOPES.get(request.url_rule.rule) if request.url_rule and request.method in SAFE else None
    return speaking_for(engine, key, scope, request.path, clock.now())


def person() -> Person | None:
    """Who asks; None when nobody signed in, or outside of a request."""
    if not g:
        return None
    asked = g.get("person")
    if callable(asked):
        asked = g.person = asked()
    return asked if isinstance(asked, Person) else None


def own_key() -> str:
    """The key of the session by which who asks is known; empty for nobody and for machines."""
    secure = bool(current_app.config.get(SECURE))
    return request.cookies.get(cookie_name(secure), "")


def allowed(action: Action, of: str | None = ANY) -> bool:
    """Whether who asks may do this, to what belongs to the OPD `of`."""
    return may(person(), action, of)


def required(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator for routes: 403 with a sentence for whoever may not. Callbacks ask `allowed` in their own body."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not allowed(action):
                abort(403, NOT_ALLOWED)
            return view(*args, **kwargs)

        return guarded

    return decorate
