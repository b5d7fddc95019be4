"""queue_log lines to calls, folded per call and queue; where the log is cut into batches never shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from datasources.calls112.agent_spells import EARLIEST, LATEST, OpenSpell, SpellFold
from datasources.calls112.queue_log_events import EVENTS, SHAPES, Fields, FoldedCall, Hasher
from datasources.calls112.records import Call
from datasources.contract import Refused
from datasources.privacy import MASK, mask

MOST_WAITING = 500
"""Waiting calls remembered between batches; calls of a crash never end and must not pile up."""
LONGEST_QUEUE = 64
Waiting = tuple[str, str, int, int]
"""callid, queue, waiting since, rung so far in ms."""

_time = datetime.fromtimestamp
_new: Callable[[type[Call], tuple[Any, ...]], Call] = tuple.__new__  # type: ignore[assignment]
"""What Call() does in the end; a million times it is worth the shorter way."""
_NAME = re.compile(rb"[ -~]{1,96}")
_FIGURES = re.compile(r"[\d.:+-]*|NONE|(?:PJSIP|SIP|IAX2|DAHDI|Local|Agent)/\d{1,8}")


class Fold:
    """Folds lines into calls and spells of agents. `waiting` and the open spells of one batch are handed to the next,
    so that where a log is cut never shows.
    """

    def __init__(
        self,
        hasher: Hasher,
        queues: Sequence[str] | None,
        waiting: Iterable[Waiting] = (),
        open_spells: Iterable[OpenSpell] = (),
    ) -> None:
        self.refused: list[Refused] = []
        self.spells = SpellFold(open_spells)
        self._hasher = hasher
        self._queues = None if queues is None else frozenset(q.encode() for q in queues)
        self._calls: dict[tuple[bytes, bytes], FoldedCall] = {}
        self._waiting = {
            (callid.encode(), queue.encode()): (since, ringing) for callid, queue, since, ringing in waiting
        }

    def add(self, lines: Iterable[bytes], file: str = "queue_log", first_line: int = 1, head: str = "") -> None:
        """Read lines without their newline; `file`, known again by its `head`, and `first_line` say where a refused one
        stood.
        """
        calls, queues, events = self._calls, self._queues, EVENTS
        for number, line in enumerate(lines, first_line):
            fields = line.split(b"|")
            try:
                event = events.get(fields[4])
                if event is None:
                    self._about_no_call(fields)
                    continue
                if queues is not None and fields[2] not in queues:
                    continue
                moment = int(fields[0])
                if not EARLIEST <= moment < LATEST:
                    raise ValueError
                key = (fields[1], fields[2])
                call = calls.get(key)
                if call is None:
                    call = self._opened(key)
                event(call, moment, fields, self._hasher)
            except (ValueError, IndexError):
                if line.strip():
                    refused = _refused(line, fields, f"{file}, baris {number}")
                    self.refused.append(replace(refused, line=f"{head}:{number}"))

    def calls(self) -> tuple[Call, ...]:
        """One call per (callid, queue) that these lines spoke of; what they did not tell is None."""
        return tuple([_call(key, c) for key, c in self._calls.items() if c.enter or c.answer or c.end])

    def waiting(self) -> list[Waiting]:
        """The calls that still wait, newest last."""
        earlier = [(*key, *rest) for key, rest in self._waiting.items()]
        ours = [(*key, call.since, call.ringing_ms) for key, call in self._calls.items() if call.since is not None]
        every = [*earlier, *ours][-MOST_WAITING:]
        return [(callid.decode(), queue.decode(), since, ringing) for callid, queue, since, ringing in every]

    def _opened(self, key: tuple[bytes, bytes]) -> FoldedCall:
        if not (_NAME.fullmatch(key[0]) and _is_queue(key[1])):
            raise ValueError
        call = self._calls[key] = FoldedCall()
        if key in self._waiting:
            call.since, call.ringing_ms = self._waiting.pop(key)
            call.ring_ms = call.ringing_ms or None
        return call

    def _about_no_call(self, fields: Fields) -> None:
        # Members, pauses, logins and events of newer versions are words; anything else is a damaged line.
        if not fields[4].isalpha():
            raise ValueError
        if fields[4] == b"QUEUESTART":
            # Asterisk has just started: nobody of before waits any more.
            self._waiting.clear()
            for call in self._calls.values():
                call.since = None
        if self._queues is None or fields[2] in self._queues or fields[2] == b"NONE":
            self.spells.add(fields)


@lru_cache(1000)
def _is_queue(name: bytes) -> bool:
    return len(name) <= LONGEST_QUEUE and _NAME.fullmatch(name) is not None


@lru_cache(1000)
def _text(name: bytes) -> str:
    """Of a queue or an agent, of which there are few."""
    return name.decode("ascii", "replace").replace("\0", "")


def _call(key: tuple[bytes, bytes], call: FoldedCall) -> Call:
    return _new(Call, (
        key[0].decode(), _text(key[1]),
        None if call.enter is None else _time(call.enter, UTC),
        None if call.answer is None else _time(call.answer, UTC),
        None if call.end is None else _time(call.end, UTC),
        call.wait, call.talk, call.ring_ms, call.outcome, call.caller,
        None if call.agent is None else _text(call.agent),
    ))  # fmt: skip


def _plain(line: str) -> str:
    """Fields as they may be kept: figures and the words of Asterisk. In a broken line any other may hold a name."""
    parts = (
        f if _FIGURES.fullmatch(f) or f.encode() in SHAPES or f.encode() in EVENTS else MASK for f in line.split("|")
    )
    return mask("|".join(parts))


def _refused(line: bytes, fields: Fields, place: str) -> Refused:
    raw = _plain(line[:400].decode("utf-8", "replace"))
    if len(fields) < 5:
        return Refused(
            raw, f"baris hanya berisi {len(fields)} kolom; yang benar waktu|callid|antrean|agen|peristiwa|…", place
        )
    time, event = _plain(fields[0][:40].decode("utf-8", "replace")), fields[4]
    if not fields[0].strip().isdigit() or not EARLIEST <= int(fields[0]) < LATEST:
        return Refused(raw, f"waktu '{time}' bukan detik Unix; yang benar bilangan seperti 1795305600", place)
    if event in SHAPES and all(0 < len(fields[i]) <= 64 for i in (1, 2)):
        data = _plain(b"|".join(fields[4:]).decode("utf-8", "replace"))
        return Refused(raw, f"'{data}' tidak lengkap atau bukan bilangan yang wajar; yang benar {SHAPES[event]}", place)
    name = _plain(event[:40].decode("utf-8", "replace"))
    return Refused(raw, f"callid, antrean atau peristiwa '{name}' bukan yang ditulis Asterisk; baris rusak", place)
