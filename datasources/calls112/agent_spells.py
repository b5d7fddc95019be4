"""queue_log lines about members and agents, folded into spells of being logged in or paused.

Events: docs.asterisk.org, Operation/Logging/Queue-Logs. AGENTCALLBACKLOGIN and -LOGOFF are written by Asterisk 1.x and
by Wazo. PAUSEALL comes with one PAUSE per queue, so the spells of one agent overlap: staffed time is their union.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from datasources.calls112.records import AgentSpell

EVERY_QUEUE = ""
"""The queue of a spell that holds in all of them: an agent's login, a pause everywhere."""
MOST_OPEN = 1_000
"""Spells remembered between batches; a centre has dozens of agents, a damaged log may invent more."""
LONGEST_NAME = 64
EARLIEST, LATEST = 1_000_000_000, 4_000_000_000
"""Unix seconds, 2001 to 2096."""

Kind = Literal["login", "pause"]
Key = tuple[str, str, Kind]
"""agent, queue, kind."""
OpenSpell = tuple[str, str, Kind, int, int, bool]
"""agent, queue, kind, start, first restart of Asterisk since (0: none), whether it ends with the agent's channel."""

_NAME = re.compile(rb"[ -~]{1,64}")


@dataclass(slots=True)
class _Open:
    start: int
    restart: int = 0
    on_channel: bool = False


class SpellFold:
    """Folds lines into spells. `open()` of one batch is handed to the next, so that where a log is cut never shows.

    The log may lose lines; then no spell is closed in silence, the next line of that agent says what was lost:
    begun again without an end: it lasted until it began again; if Asterisk was restarted in between, until then,
    for a member who is still there cannot be added again. Restarted, then ended: it lasted through (Asterisk keeps
    its members when told to, and writes no line). Only an AGENTLOGIN ends with the restart: it holds a channel.
    An AGENTLOGOFF without its login carries the seconds since. Lines read again change nothing.
    """

    def __init__(self, open_spells: Iterable[OpenSpell] = ()) -> None:
        self._open: dict[Key, _Open] = {
            (agent, queue, kind): _Open(start, restart, on_channel)
            for agent, queue, kind, start, restart, on_channel in open_spells
        }
        self._told: dict[tuple[Key, int], int | None] = {}

    def add(self, fields: list[bytes]) -> None:
        """Read one line, split at '|'. Raises ValueError or IndexError when it is damaged."""
        event = _EVENTS.get(fields[4])
        if event is None:
            return
        moment = int(fields[0])
        if not EARLIEST <= moment < LATEST:
            raise ValueError
        event(self, moment, fields)

    def spells(self) -> tuple[AgentSpell, ...]:
        """The spells that began or ended in these lines."""
        return tuple(
            AgentSpell(agent, queue, kind, _utc(start), None if end is None else _utc(end))
            for ((agent, queue, kind), start), end in self._told.items()
        )

    def open(self) -> list[OpenSpell]:
        """The spells that still last, newest last."""
        lasting = sorted(self._open.items(), key=lambda item: item[1].start)
        return [(*key, spell.start, spell.restart, spell.on_channel) for key, spell in lasting[-MOST_OPEN:]]

    def _begun(self, key: Key, moment: int, *, on_channel: bool = False) -> None:
        known = self._open.get(key)
        if known is not None and known.start == moment:
            return
        if known is not None and known.start < moment:
            restart = known.restart if key[2] == "login" else 0
            self._ended(key, restart or moment)
            if restart:
                self._unpaused(key[0], key[1], restart)
        self._open[key] = _Open(moment, on_channel=on_channel)
        self._told[key, moment] = None

    def _ended(self, key: Key, moment: int) -> None:
        known = self._open.get(key)
        # A line from before the spell is a line read again.
        if known is not None and known.start <= moment:
            del self._open[key]
            self._told[key, known.start] = moment

    def _unpaused(self, agent: str, queue: str, moment: int) -> None:
        """End the pauses of the agent in that queue; in all of them, when that is meant or no login is left."""
        logins = [key for key in self._open if key[0] == agent and key[2] == "login"]
        everywhere = queue == EVERY_QUEUE or not logins
        for key in [key for key in self._open if key[0] == agent and key[2] == "pause"]:
            if everywhere or key[1] == queue:
                self._ended(key, moment)

    def _added(self, moment: int, fields: list[bytes]) -> None:
        agent, queue = _agent(fields), _queue(fields)
        self._begun((agent, queue, "login"), moment)
        if len(fields) > 5 and fields[5] == b"PAUSED":
            self._begun((agent, queue, "pause"), moment)

    def _removed(self, moment: int, fields: list[bytes]) -> None:
        agent, queue = _agent(fields), _queue(fields)
        self._ended((agent, queue, "login"), moment)
        self._unpaused(agent, queue, moment)

    def _logged_in(self, moment: int, fields: list[bytes]) -> None:
        self._begun((_agent(fields), EVERY_QUEUE, "login"), moment, on_channel=fields[4] == b"AGENTLOGIN")

    def _logged_off(self, moment: int, fields: list[bytes]) -> None:
        agent = _agent(fields)
        key: Key = (agent, EVERY_QUEUE, "login")
        if key in self._open:
            self._ended(key, moment)
        elif len(fields) > 6 and fields[6].isdigit() and moment - int(fields[6]) >= EARLIEST:
            self._told[key, moment - int(fields[6])] = moment
        if not any(other[0] == agent and other[2] == "login" for other in self._open):
            self._unpaused(agent, EVERY_QUEUE, moment)

    def _pause(self, moment: int, fields: list[bytes]) -> None:
        self._begun((_agent(fields), _queue(fields), "pause"), moment)

    def _pause_all(self, moment: int, fields: list[bytes]) -> None:
        self._begun((_agent(fields), EVERY_QUEUE, "pause"), moment)

    def _unpause(self, moment: int, fields: list[bytes]) -> None:
        agent = _agent(fields)
        self._ended((agent, _queue(fields), "pause"), moment)
        # Whoever works in one queue is no longer paused in all; the other queues have a PAUSE of their own.
        self._ended((agent, EVERY_QUEUE, "pause"), moment)

    def _unpause_all(self, moment: int, fields: list[bytes]) -> None:
        self._unpaused(_agent(fields), EVERY_QUEUE, moment)

    def _restarted(self, moment: int, _: list[bytes]) -> None:
        for key, spell in list(self._open.items()):
            if spell.on_channel:
                self._ended(key, moment)
                self._unpaused(key[0], EVERY_QUEUE, moment)
            elif not spell.restart and spell.start <= moment:
                spell.restart = moment


_EVENTS: dict[bytes, Callable[[SpellFold, int, list[bytes]], None]] = {
    b"ADDMEMBER": SpellFold._added, b"REMOVEMEMBER": SpellFold._removed,
    b"AGENTLOGIN": SpellFold._logged_in, b"AGENTCALLBACKLOGIN": SpellFold._logged_in,
    b"AGENTLOGOFF": SpellFold._logged_off, b"AGENTCALLBACKLOGOFF": SpellFold._logged_off,
    b"PAUSE": SpellFold._pause, b"PAUSEALL": SpellFold._pause_all,
    b"UNPAUSE": SpellFold._unpause, b"UNPAUSEALL": SpellFold._unpause_all,
    b"QUEUESTART": SpellFold._restarted,
}  # fmt: skip


def _agent(fields: list[bytes]) -> str:
    """The same code as in `Call.agent_code`."""
    if fields[3] in (b"", b"NONE") or len(fields[3]) > LONGEST_NAME:
        raise ValueError
    return fields[3].decode("ascii", "replace").replace("\0", "")


def _queue(fields: list[bytes]) -> str:
    if fields[2] == b"NONE":
        return EVERY_QUEUE
    if not _NAME.fullmatch(fields[2]):
        raise ValueError
    return fields[2].decode("ascii")


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
