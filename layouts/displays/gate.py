"""The door of the wall: which screen asks, by the cookie of its own, and what it gets instead when it may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, jsonify, make_response, redirect, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response as AnyResponse

from dashboard import clock
from dashboard.access import displays as access
from dashboard.access.displays import TooManyWaiting
from dashboard.store.displays import Display
from layouts.displays.news import REVOKED, UNPAIRED, News, Standing
from layouts.displays.pairing_page import pairing_page, refused_page
from layouts.wall.screens import Profile, profiles

FORCED = "pasang"
"""/wall/aula?pasang=1 pairs a screen also where walls are open."""


class Gate:
    """`is_open`: whether a wall is shown to whoever asks. `address`: where officers open the application."""

    def __init__(self, engine: Engine, standing: Standing, is_open: bool, secure: bool, address: str) -> None:
        self._engine, self._standing = engine, standing
        self._is_open, self._secure, self._address = is_open, secure, address

    def display(self) -> Display | None:
        """The screen that asks, revoked or not; None for a browser without a screen's key."""
        return access.display_of(self._engine, request.cookies.get(self._name("layar")), clock.now())

    def paired(self) -> Display | None:
        """The paired screen that asks, from memory: for what comes every few seconds from every screen."""
        key = request.cookies.get(self._name("layar"), "")
        known = self._standing.by_key.get(access.hashed(key)) if key else None
        return known or self._still(key)

    def _still(self, key: str) -> Display | None:
        """The paired screen of a key, from the store."""
        found = access.display_of(self._engine, key, clock.now())
        return None if found is None or found.is_revoked else found

    def news(self, on_wall: bool) -> News:
        """What the stream of whoever asks must tell beside the panels."""
        if not on_wall:
            return News(self._standing, None)
        display = self.display()
        if display is not None and display.is_revoked:
            return News(self._standing, None, REVOKED)
        if display is None and not self._is_open:
            return News(self._standing, None, UNPAIRED)
        key = request.cookies.get(self._name("layar"), "")
        return News(self._standing, display, is_paired=lambda: self._still(key) is not None)

    def wall(self, profile: Profile, show: Callable[[Display | None], AnyResponse]) -> AnyResponse:
        """The wall for a screen that may; its own profile for one that has another; the code for one that may not."""
        display = self.display()
        if display is None or display.is_revoked:
            may = self._is_open and display is None and FORCED not in request.args
            return show(None) if may else self._pairing(profile, display.revoked_at if display else None)
        if display.profile != profile.name and display.profile in profiles():
            return redirect(f"/wall/{display.profile}", 302)
        access.renew(self._engine, display, clock.now())
        answer = show(display)
        self._set(answer, "layar", request.cookies[self._name("layar")], access.KEY_HOLDS.total_seconds())
        return answer

    def _pairing(self, profile: Profile, revoked_at: datetime | None) -> Response:
        """The page with the code; the same code again while it holds. `revoked_at` when this screen had a right."""
        key = request.cookies.get(self._name("pasang"), "")
        waiting = access.asked_with(self._engine, key, clock.now())
        if waiting is not None and waiting.profile == profile.name:
            return self._code(waiting.code, profile, revoked_at)
        try:
            asked = access.ask(self._engine, profile.name, request.remote_addr or "?", clock.now())
        except TooManyWaiting as many:
            return _page(make_response(str(refused_page(str(many), profile)), 429))
        answer = self._code(asked.code, profile, revoked_at)
        self._set(answer, "pasang", asked.key, access.CODE_HOLDS.total_seconds())
        return answer

    def _code(self, code: str, profile: Profile, revoked_at: datetime | None) -> Response:
        return _page(make_response(str(pairing_page(code, profile, self._address, revoked_at))))

    def register(self, server: Flask) -> None:
        """Serve POST /wall/pairing: whether the waiting screen was approved; then its key comes as a cookie."""

        @server.post("/wall/pairing")
        def pairing() -> Response:
            key = request.cookies.get(self._name("pasang"), "")
            found = access.collect_key(self._engine, key, clock.now())
            if found is None:
                state = "menunggu" if access.asked_with(self._engine, key, clock.now()) else "berakhir"
                return _page(jsonify(state=state))
            answer = _page(jsonify(state="dipasang"))
            self._set(answer, "layar", found, access.KEY_HOLDS.total_seconds())
            answer.delete_cookie(self._name("pasang"), path="/", secure=self._secure, httponly=True, samesite="Strict")
            return answer

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self._secure else f"mojokerto-{name}"

    def _set(self, answer: AnyResponse, name: str, key: str, seconds: float) -> None:
        answer.set_cookie(self._name(name), key, max_age=int(seconds), secure=self._secure, httponly=True,
                          samesite="Strict", path="/")  # fmt: skip


def _page(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
