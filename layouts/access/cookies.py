"""The cookie of a session: set when somebody is proven, taken back when they leave."""

from __future__ import annotations

from flask import current_app, redirect, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from dashboard.access.keys import hash_of
from dashboard.access.sign_in import LONGEST
from dashboard.store import sessions
from dashboard.store.database import writing
from layouts.access.who import STORE, cookie_name

KNOWN_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                  ("Safari/", "Safari"))  # fmt: skip
KNOWN_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                 ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def signed_in(key: str, path: str, secure: bool) -> Response:
    """Lead on to `path` with the key of a new session; the one this browser had before ends."""
    engine, before = current_app.extensions[STORE], request.cookies.get(cookie_name(secure))
    if before and isinstance(engine, Engine):
        with writing(engine) as connection:
            sessions.end_session(connection, hash_of(before))
    answer = redirect(own_path(path), 303)
    answer.set_cookie(
        cookie_name(secure), key, max_age=int(LONGEST.total_seconds()), secure=secure, httponly=True,
        samesite="Lax", path="/",
    )  # fmt: skip
    return answer


def signed_out(secure: bool) -> Response:
    """Lead to the first page without the cookie."""
    answer = redirect("/", 303)
    answer.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="Lax")
    return answer


def own_path(path: str) -> str:
    """Only a path of our own: '//host' and '/\\host' lead away."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"


def browser() -> str:
    """'Chrome di Windows': what a person recognises, and no more than that is kept."""
    agent = request.headers.get("User-Agent", "")
    name = next((name for mark, name in KNOWN_BROWSERS if mark in agent), "peramban lain")
    system = next((name for mark, name in KNOWN_SYSTEMS if mark in agent), "")
    return f"{name} di {system}" if system else name
