"""A system with one of everything in it, a browser for everybody, and the same beginning for each attempt."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.roles import Role
from dashboard.store.database import writing
from tests.journeys.changeable import HANDED_IN, Planted, changeable
from tests.journeys.kept_store import KeptStore
from tests.journeys.made_by_hand import name_of, press
from tests.journeys.right_payloads import Payload
from tests.journeys.room_112 import Room, opened

NOBODY = ""
WHO: dict[str, Role] = {NOBODY: "tamu", "budi": "bupati", "eko": "koordinator", "joko": "kepala_opd",
                        "dewi": "kepala_opd", "bowo": "kepala_opd", "ani": "analis",
                        "sari": "supervisor_112"}  # fmt: skip
"""Joko heads Dinkes, to which everything of an OPD belongs; dewi heads Damkar, bowo BPBD."""
OWNER = "joko"


class Attempts:
    """The system: `send` somebody's payload, then ask `store` what became of it."""

    def __init__(self, folder: Path) -> None:
        self.room: Room = opened(folder, f"sqlite:///{folder / 'store.db'}", HANDED_IN)
        self.made: Planted = changeable(self.room, folder)
        self.clients: dict[str, FlaskClient] = {name: self.room.client(name) for name in WHO}
        self.store = KeptStore(self.room.engine, folder / "store.db")
        self._callbacks = {name_of(key): (key, told) for key, told in self.callbacks.items()}

    @property
    def callbacks(self) -> dict[str, Any]:
        return {key: told for key, told in self.room.app.callback_map.items() if "callback" in told}

    def told(self, output: str) -> dict[str, Any]:
        return dict(self._callbacks[output][1])

    def send(self, name: str, payload: Payload) -> TestResponse:
        """Somebody sends it, from how everything began."""
        self.store.set_back()
        if payload.prepared and name != NOBODY:
            with writing(self.room.engine) as connection:
                payload.prepared(connection, self.made, self.made.persons[name])
        self.store.remember()
        key, told = self._callbacks[payload.output]
        return press(self.clients[name], key, told, payload.given(self.made, name))


assert set(WHO.values()) == set(get_args(Role))
