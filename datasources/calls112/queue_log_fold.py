"""queue_log lines to calls, folded per call and queue; where the log is cut into batches never shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from datasources.calls112.queue_log_events import EVENTS, SHAPES, Fields, FoldedCall, Hasher
from datasources.calls112.records import Call
from datasources.contract import Refused
from datasources.privacy import mask

MOST_WAITING = 500
"""Waiting calls remembered between batches; calls of a crash never end and must not pile up."""
LONGEST_QUEUE = 64
EARLIEST, LATEST = 1_000_000_000, 4_000_000_000
"""Unix seconds, 2001 to 2096."""

Waiting = tuple[str, str, int, int]
"""callid, queue, waiting since, rung so far in ms."""

_time = datetime.fromtimestamp
_NAME = re.compile(rb"[ -~]{1,96}")


class Fold:
    """Folds lines into calls. `waiting` of one batch is handed to the next, so that where a log is cut never shows."""

    def __init__(self, hasher: Hasher, queues: Sequence[str] | None, waiting: Iterable[Waiting] = ()) -> None:
        self.refused: list[Refused] = []
        self._hasher = hasher
        self._queues = None if queues is None else frozenset(q.encode() for q in queues)
        self._calls: dict[tuple[bytes, bytes], FoldedCall] = {}
        self._waiting = {
            (callid.encode(), queue.encode()): (since, ringing) for callid, queue, since, ringing in waiting
        }

    def add(self, lines: Iterable[bytes], file: str = "queue_log", first_line: int = 1) -> None:
        """Read lines without their newline; `file` and `first_line` say where a refused one stood."""
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
                    self.refused.append(_refused(line, fields, f"{file}, baris {number}"))

    def calls(self) -> tuple[Call, ...]:
        """One call per (callid, queue) that these lines spoke of; what they did not tell is None."""
        return tuple(_call(key, folded) for key, folded in self._calls.items() if _is_dated(folded))

    def waiting(self) -> list[Waiting]:
        """The calls that still wait, newest last."""
        earlier = [(*key, *rest) for key, rest in self._waiting.items()]
        ours = [(*key, call.since, call.ringing_ms) for key, call in self._calls.items() if call.since is not None]
        every = [*earlier, *ours][-MOST_WAITING:]
        return [(callid.decode(), queue.decode(), since, ringing) for callid, queue, since, ringing in every]

    def _opened(self, key: tuple[bytes, bytes]) -> FoldedCall:
        if not (_NAME.fullmatch(key[0]) and _NAME.fullmatch(key[1]) and len(key[1]) <= LONGEST_QUEUE):
            raise ValueError
        call = self._calls[key] = FoldedCall()
        if key in self._waiting:
            call.since, call.ringing_ms = self._waiting.pop(key)
            call.enter, call.ring_ms = call.since, call.ringing_ms or None
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


def _is_dated(call: FoldedCall) -> bool:
    return call.enter is not None or call.answer is not None or call.end is not None


def _call(key: tuple[bytes, bytes], call: FoldedCall) -> Call:
    return Call(
        key[0].decode(),
        key[1].decode(),
        None if call.enter is None else _time(call.enter, UTC),
        None if call.answer is None else _time(call.answer, UTC),
        None if call.end is None else _time(call.end, UTC),
        call.wait,
        call.talk,
        call.ring_ms,
        call.outcome,
        call.caller,
        None if call.agent is None else call.agent.decode("ascii", "replace").replace("\0", ""),
    )


def _refused(line: bytes, fields: Fields, place: str) -> Refused:
    raw = mask(line[:400].decode("utf-8", "replace"))
    if len(fields) < 5:
        return Refused(
            raw, f"baris hanya berisi {len(fields)} kolom; yang benar waktu|callid|antrean|agen|peristiwa|…", place
        )
    time, event = mask(fields[0][:40].decode("utf-8", "replace")), fields[4]
    if not fields[0].strip().isdigit() or not EARLIEST <= int(fields[0]) < LATEST:
        return Refused(raw, f"waktu '{time}' bukan detik Unix; yang benar bilangan seperti 1795305600", place)
    if event in SHAPES and all(0 < len(fields[i]) <= 64 for i in (1, 2)):
        data = mask(b"|".join(fields[4:]).decode("utf-8", "replace"))
        return Refused(raw, f"'{data}' tidak lengkap atau bukan bilangan yang wajar; yang benar {SHAPES[event]}", place)
    name = mask(event[:40].decode("utf-8", "replace"))
    return Refused(raw, f"callid, antrean atau peristiwa '{name}' bukan yang ditulis Asterisk; baris rusak", place)
