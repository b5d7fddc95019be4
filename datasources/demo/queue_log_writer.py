"""Writes the queue_log of the simulated centre, each line when its time has come, as Asterisk does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from datasources.demo.calls import LONGEST_CALL_S, SimulatedCall, calls_of_hour
from datasources.demo.faults import damaged, has_damaged_line
from datasources.demo.roster import shift_at
from datasources.demo.world import HOUR, hour_of

QUEUE = "112"
HOURS_AT_ONCE = 24 * 7
ROTATE_BYTES = 128 * 1024 * 1024
TAIL_BYTES = 64 * 1024
Line = tuple[int, str]


class QueueLogWriter:
    """Appends to `file`; goes on after the last line that stands there. None for `rotate_bytes`: never rotates."""

    def __init__(self, file: Path, seed: str, rotate_bytes: int | None = ROTATE_BYTES) -> None:
        self.file = file
        self._seed = seed
        self._rotate_bytes = rotate_bytes
        self._written = _last_moment(file) or _last_moment(_rotated(file))

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written."""
        return self._written is None

    @property
    def first_moment(self) -> int | None:
        """The Unix second of the oldest line that is kept."""
        return _first_moment(_rotated(self.file)) or _first_moment(self.file)

    def begin(self, moment: int) -> None:
        """Start an empty log at this Unix second."""
        present = [(moment, _member(moment, agent, "ADDMEMBER|")) for agent in shift_at(hour_of(moment)).agents]
        self._append([(moment, f"{moment}|NONE|NONE|NONE|QUEUESTART|"), *present])
        self._written = moment

    def write_until(self, now: int) -> int:
        """Write every line up to the Unix second `now` that is not written yet; returns how many."""
        if self._written is None:
            raise ValueError("begin() comes first")
        count = 0
        while self._written < now:
            until = min(now, self._written + HOURS_AT_ONCE * HOUR)
            lines = lines_between(self._seed, self._written, until)
            self._append(lines)
            count += len(lines)
            self._written = until
        return count

    def _append(self, lines: list[Line]) -> None:
        if not lines:
            return
        too_big = (
            self._rotate_bytes is not None and self.file.exists() and self.file.stat().st_size > self._rotate_bytes
        )
        if too_big:
            os.replace(self.file, _rotated(self.file))
        with self.file.open("ab") as out:
            out.write("".join(f"{line}\n" for _, line in lines).encode("ascii"))


def lines_between(seed: str, after: int, until: int) -> list[Line]:
    """The lines with after < time <= until (Unix seconds), in time order."""
    hours = range(hour_of(after - LONGEST_CALL_S), hour_of(until) + 1)
    found = [line for hour in hours for line in _lines_of_hour(seed, hour) if after < line[0] <= until]
    return sorted(found, key=lambda line: line[0])


@lru_cache(maxsize=16)
def _lines_of_hour(seed: str, hour: int) -> tuple[Line, ...]:
    lines = list(_shift_lines(hour))
    for call in calls_of_hour(seed, hour):
        lines.extend(_lines_of(call))
    return tuple(lines)


def _shift_lines(hour: int) -> Iterator[Line]:
    """Whoever comes sits down before the others leave; breaks lie within the shift."""
    shift, moment = shift_at(hour), hour * HOUR
    if shift.start == hour:
        for event, agents in (("ADDMEMBER|", shift.agents), ("REMOVEMEMBER|", shift_at(hour - 1).agents)):
            for agent in agents:
                yield moment, _member(moment, agent, event)
    for agent, start, end in shift.breaks:
        for at, event in ((start, "PAUSE|istirahat"), (end, "UNPAUSE|")):
            if moment <= at < moment + HOUR:
                yield at, _member(at, agent, event)


def _member(moment: int, agent: str, event: str) -> str:
    return f"{moment}|NONE|{QUEUE}|{agent}|{event}"


def _lines_of(call: SimulatedCall) -> Iterator[Line]:
    head = f"{call.call_id}|{QUEUE}|"
    yield call.enter, f"{call.enter}|{head}NONE|ENTERQUEUE||{call.caller}|1"
    left = call.answered_at
    if call.outcome == "abandoned":
        yield left, f"{left}|{head}NONE|ABANDON|1|1|{call.wait}"
    elif call.outcome == "timeout":
        yield left, f"{left}|{head}NONE|EXITWITHTIMEOUT|1|1|{call.wait}"
    else:
        yield from _answered(call, f"{head}{call.agent}|")


def _answered(call: SimulatedCall, head: str) -> Iterator[Line]:
    answered, end = call.answered_at, call.ended_at
    if call.refused_ring:
        yield call.enter + 8, f"{call.enter + 8}|{head}RINGNOANSWER|8000"
    connect = f"{answered}|{head}CONNECT|{call.wait}|{answered}.{call.agent[-4:]}|{call.ring}"
    if has_damaged_line(call):
        yield answered, damaged(connect)
    yield answered, connect
    by = "COMPLETECALLER" if call.kind in ("ghost", "prank") else "COMPLETEAGENT"
    yield end, f"{end}|{head}{by}|{call.wait}|{call.talk}|1"


def _rotated(file: Path) -> Path:
    return file.with_name(f"{file.name}.1")


def _first_moment(file: Path) -> int | None:
    if not file.exists():
        return None
    with file.open("rb") as stream:
        word = stream.readline().split(b"|")[0]
    return int(word) if word.isdigit() else None


def _last_moment(file: Path) -> int | None:
    """The newest time in the file; a log that ends in the middle of a line is closed first."""
    if not file.exists() or not file.stat().st_size:
        return None
    with file.open("rb+") as stream:
        stream.seek(-min(TAIL_BYTES, file.stat().st_size), os.SEEK_END)
        tail = stream.read()
        if not tail.endswith(b"\n"):
            stream.write(b"\n")
    times = [
        int(word) for line in tail.splitlines()[-50:] if (word := line.split(b"|")[0]).isdigit() and len(word) == 10
    ]
    return max(times, default=None)
