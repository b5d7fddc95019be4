"""What each event of a queue_log tells of a call: unixtime|callid|queue|agent|event|data1|data2|…

Positions of the data: docs.asterisk.org, Operation/Logging/Queue-Logs.
"""

from __future__ import annotations

from collections.abc import Callable

from datasources.calls112.records import Outcome

Hasher = Callable[[str], str | None]
Fields = list[bytes]
MOST_SECONDS = 7 * 86_400
LONGEST_AGENT = 64

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


class _Seconds(dict[bytes, int]):
    """Written seconds → seconds. Nearly every duration is known beforehand; four of them stand in each call."""

    def __missing__(self, written: bytes) -> int:
        return _number(written, MOST_SECONDS)


_SECONDS = _Seconds({b"%d" % second: second for second in range(3600)})


class FoldedCall:
    """What one batch knows of one call in one queue. Times in Unix seconds."""

    enter: int | None = None
    answer: int | None = None
    end: int | None = None
    wait: int | None = None
    talk: int | None = None
    ring_ms: int | None = None
    outcome: Outcome | None = None
    caller: str | None = None
    agent: bytes | None = None
    since: int | None = None
    ringing_ms: int = 0


def _enter(call: FoldedCall, moment: int, fields: Fields, hasher: Hasher) -> None:
    if call.enter is None:
        call.enter = moment
    call.since = moment
    if call.ringing_ms:
        call.ringing_ms = 0
    if len(fields) > 6:
        call.caller = hasher(fields[6].decode("latin-1")) or call.caller


def _connect(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    wait = _SECONDS[fields[5]]
    # Here the ring time is in seconds, in RINGNOANSWER in milliseconds.
    ring_ms = _SECONDS[fields[7]] * 1000 if len(fields) > 7 and fields[7].strip() else call.ring_ms
    call.answer, call.wait, call.ring_ms, call.outcome = moment, wait, ring_ms, "answered"
    call.agent, call.since = _agent(fields), None


def _complete(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    _ended(call, moment, fields, fields[5], fields[6])


def _blind_transfer(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    _ended(call, moment, fields, fields[7], fields[8])


def _attended_transfer(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    if len(fields) < 9:
        raise ValueError
    # The manner of transfer takes two or three fields, so count from the end.
    _ended(call, moment, fields, fields[-3], fields[-2])


def _abandon(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    call.wait = _SECONDS[fields[7]]
    call.end, call.outcome, call.since = moment, "abandoned", None


def _exit(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    _left(call, moment, fields[7] if len(fields) > 7 else b"")


def _exit_with_key(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    _left(call, moment, fields[8] if len(fields) > 8 else b"")


def _ring_no_answer(call: FoldedCall, moment: int, fields: Fields, _: Hasher) -> None:
    ringing_ms = _number(fields[5], MOST_SECONDS * 1000)
    if call.since is not None:
        call.ringing_ms += ringing_ms
        call.ring_ms = call.ringing_ms
        # Told again for a call that entered in an earlier batch: a record has at least one moment.
        call.enter = call.enter or call.since


def _ended(call: FoldedCall, moment: int, fields: Fields, wait: bytes, talk: bytes) -> None:
    call.wait, call.talk = _SECONDS[wait], _SECONDS[talk]
    call.end, call.outcome, call.since = moment, "answered", None
    call.agent = _agent(fields) or call.agent


def _left(call: FoldedCall, moment: int, wait: bytes) -> None:
    """Older versions do not write the wait."""
    if wait.strip():
        call.wait = _SECONDS[wait]
    elif call.since is not None:
        call.wait = max(0, moment - call.since)
    call.end, call.outcome, call.since = moment, "timeout", None


EVENTS: dict[bytes, Callable[[FoldedCall, int, Fields, Hasher], None]] = {
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


def _agent(fields: Fields) -> bytes | None:
    agent = fields[3]
    return agent if agent != b"NONE" and 0 < len(agent) <= LONGEST_AGENT else None
