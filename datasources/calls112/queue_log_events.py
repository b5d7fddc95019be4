"""queue_log lines to calls: unixtime|callid|queue|agent|event|data1|data2|… folded per call and queue.

Positions of the data: docs.asterisk.org, Operation/Logging/Queue-Logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from datasources.calls112.records import Call, Outcome
from datasources.contract import Refused
from datasources.privacy import mask

Hasher = Callable[[str], str | None]
Fields = list[bytes]
MOST_SECONDS = 7 * 86_400
MOST_WAITING = 500
"""Waiting calls remembered between batches; calls of a crash never end and must not pile up."""
LONGEST = {"callid": 96, "queue": 64, "agent": 64}

SHAPES = {
    b"CONNECT": "CONNECT|tunggu (detik)|kanal|dering (detik)",
    b"COMPLETEAGENT": "COMPLETEAGENT|tunggu (detik)|bicara (detik)|posisi awal",
    b"COMPLETECALLER": "COMPLETECALLER|tunggu (detik)|bicara (detik)|posisi awal",
    b"TRANSFER": "TRANSFER|tujuan|konteks|tunggu (detik)|bicara (detik)",
    b"BLINDTRANSFER": "BLINDTRANSFER|tujuan|konteks|tunggu (detik)|bicara (detik)|posisi awal",
    b"ATTENDEDTRANSFER": "ATTENDEDTRANSFER|cara|tujuan|tunggu (detik)|bicara (detik)|posisi awal",
    b"ABANDON": "ABANDON|posisi|posisi awal|tunggu (detik)",
    b"EXITWITHTIMEOUT": "EXITWITHTIMEOUT|posisi|posisi awal|tunggu (detik)",
    b"EXITEMPTY": "EXITEMPTY|posisi|posisi awal|tunggu (detik)",
    b"EXITWITHKEY": "EXITWITHKEY|tombol|posisi|posisi awal|tunggu (detik)",
    b"RINGNOANSWER": "RINGNOANSWER|dering (milidetik)",
}


class _Folded:
    """What one batch knows of one call in one queue. Times in Unix seconds."""

    __slots__ = ("agent", "caller", "end", "enter", "outcome", "ring_ms", "ringing_ms", "answer", "since", "talk", "wait")

    def __init__(self, since: int | None = None, ringing_ms: int = 0) -> None:
        self.enter = self.since = since
        self.ringing_ms = ringing_ms
        self.ring_ms = ringing_ms or None
        self.answer: int | None = None
        self.end: int | None = None
        self.wait: int | None = None
        self.talk: int | None = None
        self.outcome: Outcome | None = None
        self.caller: str | None = None
        self.agent: bytes | None = None


class Fold:
    """Folds lines into calls. `waiting` of one batch is handed to the next, so that where a log is cut never shows."""

    def __init__(self, hasher: Hasher, queues: Sequence[str] | None, waiting: Iterable[Sequence[Any]] = ()) -> None:
        self.refused: list[Refused] = []
        self._hasher = hasher
        self._queues = None if queues is None else frozenset(q.encode() for q in queues)
        self._calls: dict[tuple[bytes, bytes], _Folded] = {}
        self._waiting = {
            (str(callid).encode(), str(queue).encode()): (int(since), int(ringing))
            for callid, queue, since, ringing in waiting
        }

    def add(self, lines: Iterable[bytes], file: str = "queue_log", first_line: int = 1) -> None:
        """Read lines without their newline; `file` and `first_line` say where a refused one stood."""
        calls, queues, events = self._calls, self._queues, _EVENTS
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
                if not 1_000_000_000 <= moment < 4_000_000_000:
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

    def waiting(self) -> list[list[Any]]:
        """[callid, queue, waiting since, rung so far in ms] of the calls that still wait, newest last."""
        ours = [[*key, call.since, call.ringing_ms] for key, call in self._calls.items() if call.since is not None]
        every = [*([*key, *rest] for key, rest in self._waiting.items()), *ours]
        return [[callid.decode(), queue.decode(), *rest] for callid, queue, *rest in every[-MOST_WAITING:]]

    def _opened(self, key: tuple[bytes, bytes]) -> _Folded:
        callid, queue = key
        if not 0 < len(callid) <= LONGEST["callid"] or not 0 < len(queue) <= LONGEST["queue"]:
            raise ValueError
        if not (callid.decode("ascii") + queue.decode("ascii")).isprintable():
            raise ValueError
        call = self._calls[key] = _Folded(*self._waiting.pop(key, ()))
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


def _enter(call: _Folded, moment: int, fields: Fields, hasher: Hasher) -> None:
    if call.enter is None:
        call.enter = moment
    call.since, call.ringing_ms = moment, 0
    if len(fields) > 6:
        call.caller = hasher(fields[6].decode("ascii", "ignore")) or call.caller


def _connect(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    wait = _seconds(fields[5])
    # Here the ring time is in seconds, in RINGNOANSWER in milliseconds.
    ring_ms = _seconds(fields[7]) * 1000 if len(fields) > 7 and fields[7].strip() else call.ring_ms
    call.answer, call.wait, call.ring_ms, call.outcome = moment, wait, ring_ms, "answered"
    call.agent, call.since = _agent(fields), None


def _complete(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    _ended(call, moment, fields, fields[5], fields[6])


def _blind_transfer(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    _ended(call, moment, fields, fields[7], fields[8])


def _attended_transfer(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    if len(fields) < 9:
        raise ValueError
    # The manner of transfer takes two or three fields, so count from the end.
    _ended(call, moment, fields, fields[-3], fields[-2])


def _abandon(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    call.wait = _seconds(fields[7])
    call.end, call.outcome, call.since = moment, "abandoned", None


def _exit(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    _left(call, moment, fields[7] if len(fields) > 7 else b"")


def _exit_with_key(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    _left(call, moment, fields[8] if len(fields) > 8 else b"")


def _ring_no_answer(call: _Folded, moment: int, fields: Fields, _: Hasher) -> None:
    ringing_ms = _number(fields[5], MOST_SECONDS * 1000)
    if call.since is not None:
        call.ringing_ms += ringing_ms
        call.ring_ms = call.ringing_ms


def _ended(call: _Folded, moment: int, fields: Fields, wait: bytes, talk: bytes) -> None:
    call.wait, call.talk = _seconds(wait), _seconds(talk)
    call.end, call.outcome, call.since = moment, "answered", None
    call.agent = _agent(fields) or call.agent


def _left(call: _Folded, moment: int, wait: bytes) -> None:
    """Older versions do not write the wait."""
    if wait.strip():
        call.wait = _seconds(wait)
    elif call.since is not None:
        call.wait = max(0, moment - call.since)
    call.end, call.outcome, call.since = moment, "timeout", None


_EVENTS: dict[bytes, Callable[[_Folded, int, Fields, Hasher], None]] = {
    b"ENTERQUEUE": _enter, b"CONNECT": _connect, b"COMPLETEAGENT": _complete, b"COMPLETECALLER": _complete,
    b"TRANSFER": _blind_transfer, b"BLINDTRANSFER": _blind_transfer, b"ATTENDEDTRANSFER": _attended_transfer,
    b"ABANDON": _abandon, b"EXITWITHTIMEOUT": _exit, b"EXITEMPTY": _exit, b"EXITWITHKEY": _exit_with_key,
    b"RINGNOANSWER": _ring_no_answer,
}  # fmt: skip


def _number(data: bytes, most: int) -> int:
    number = int(data)
    if not 0 <= number <= most:
        raise ValueError
    return number


def _seconds(data: bytes) -> int:
    number = int(data)
    if not 0 <= number <= MOST_SECONDS:
        raise ValueError
    return number


def _agent(fields: Fields) -> bytes | None:
    agent = fields[3]
    return agent if agent != b"NONE" and 0 < len(agent) <= LONGEST["agent"] else None


def _is_dated(call: _Folded) -> bool:
    return call.enter is not None or call.answer is not None or call.end is not None


def _call(key: tuple[bytes, bytes], call: _Folded) -> Call:
    return Call(
        key[0].decode(),
        key[1].decode(),
        _time(call.enter),
        _time(call.answer),
        _time(call.end),
        call.wait,
        call.talk,
        call.ring_ms,
        call.outcome,
        call.caller,
        None if call.agent is None else call.agent.decode("ascii", "replace").replace("\0", ""),
    )


def _time(moment: int | None) -> datetime | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC)


def _refused(line: bytes, fields: Fields, place: str) -> Refused:
    raw = mask(line[:400].decode("utf-8", "replace"))
    if len(fields) < 5:
        return Refused(raw, f"baris hanya berisi {len(fields)} kolom; yang benar waktu|callid|antrean|agen|peristiwa|…", place)
    time, event = mask(fields[0][:40].decode("utf-8", "replace")), fields[4]
    if not fields[0].strip().isdigit() or not 1_000_000_000 <= int(fields[0]) < 4_000_000_000:
        return Refused(raw, f"waktu '{time}' bukan detik Unix; yang benar bilangan seperti 1795305600", place)
    if event in SHAPES and all(0 < len(fields[i]) <= 64 for i in (1, 2)):
        data = mask(b"|".join(fields[4:]).decode("utf-8", "replace"))
        return Refused(raw, f"'{data}' tidak lengkap atau bukan bilangan yang wajar; yang benar {SHAPES[event]}", place)
    name = mask(event[:40].decode("utf-8", "replace"))
    return Refused(raw, f"callid, antrean atau peristiwa '{name}' bukan yang ditulis Asterisk; baris rusak", place)
