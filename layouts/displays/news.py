"""What a screen is told through its live stream: commands, what it was told to hold, and that it must go dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.store.display_commands import Command, commands_since
from dashboard.store.display_holds import Holds, holds_by_display
from dashboard.store.displays import Display, paired

FRESH = timedelta(seconds=15)
"""A command that did not reach its screen by then is not carried out later, when nobody expects it."""
REVOKED = "Layar ini dicabut. Tidak ada data yang ditampilkan."
UNPAIRED = "Layar ini belum dipasang."


class Standing:
    """All paired screens and the newest commands, read again whenever one changed; shared by all streams."""

    def __init__(self) -> None:
        self.displays: Mapping[int, Display] = {}
        self.by_key: Mapping[str, Display] = {}
        self.holds: Mapping[int, Holds] = {}
        self.commands: Sequence[Command] = ()
        self.version = 0

    def read(self, connection: Connection) -> None:
        """Look at the store."""
        found = paired(connection)
        self.displays = {display.id: display for display in found}
        self.by_key = {display.key_hash: display for display in found if display.key_hash}
        self.holds = holds_by_display(connection)
        self.commands = commands_since(connection, clock.now() - FRESH)
        self.version += 1


class News:
    """What one stream has not yet told its screen. Without a display there is never any."""

    def __init__(
        self,
        standing: Standing,
        display: Display | None,
        dark: str = "",
        is_paired: Callable[[], bool] = lambda: True,
    ) -> None:
        """`is_paired` asks the store, when the display is not among those that were read."""
        self._standing, self._display, self._dark, self._is_paired = standing, display, dark, is_paired
        self._seen, self._last = -1, max((c.id for c in standing.commands), default=0)

    @property
    def is_dark(self) -> bool:
        """Whether the screen must show nothing."""
        return bool(self._dark)

    def is_new(self) -> bool:
        """Whether something happened since `take`."""
        return self.is_dark or (self._display is not None and self._seen != self._standing.version)

    def take(self) -> dict[str, Any]:
        """What to tell now; empty when nothing is new."""
        if self._dark:
            return {"dark": self._dark}
        if self._display is None or self._seen == self._standing.version:
            return {}
        self._seen = self._standing.version
        known = self._standing.displays.get(self._display.id)
        if known is None:  # revoked, or paired a moment ago and not yet read
            self._dark = "" if self._is_paired() else REVOKED
            return {"dark": self._dark} if self._dark else {}
        return {
            "held": known.held,
            "scene": known.held_scene,
            "profile": known.profile,
            "glasses": {glass: asdict(hold) for glass, hold in self._standing.holds.get(known.id, {}).items()},
            "commands": self._new(known.id),
        }

    def _new(self, display: int) -> list[dict[str, Any]]:
        """In order, each once; nothing from before the stream began."""
        mine = [c for c in self._standing.commands if c.display == display and c.id > self._last]
        self._last = max([self._last, *(c.id for c in mine)])
        return [asdict(c.told) for c in mine]
