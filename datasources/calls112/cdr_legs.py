"""A row of Asterisk's cdr table to one leg of a call: whose it is, and nothing that names a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from datasources.calls112.call_database import EMPTY, UNIQUEID, CallDatabase, moment, seconds
from datasources.calls112.incident_row import words
from datasources.contract import Refused
from datasources.privacy import caller_hasher, mask, normalised

Disposition = Literal["ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"]
ALWAYS = ("calldate", "src", "dst", "dcontext", "lastapp", "duration", "billsec", "disposition", "uniqueid")
NAMED = (*ALWAYS, "linkedid", "did", "dstchannel")
"""The only columns that are ever asked for: no clid, no cnam, no cnum, no recordingfile."""
LONGEST_ID, LONGEST_QUEUE = 96, 64
UNNAMED = "lain"
"""The queue of a call whose dialled number could be a person's."""

_SHORT_NAME = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Leg:
    """One row: a piece of a call. `queue`: it stood in that queue. `line`: the number of the centre it came in on."""

    begun: datetime
    ended: datetime | None
    disposition: Disposition | None
    talked: bool
    ours: bool = False
    outbound: bool = False
    queue: str | None = None
    line: str = ""
    caller_hash: str | None = None
    called_hash: str | None = None


class CdrOptions(CallDatabase):
    """Which rows are calls of the centre.

    In: `inbound_dids` (column did) or `queues` (column dst); without both, every call that ran the application Queue.
    Out: legs in `outbound_contexts` (dcontext) and through `outbound_trunks` (how dstchannel begins), to a number of
    at least `shortest_called` digits without `dial_prefix`; without both options no outbound call is told.
    `columns`: our name = theirs, where they differ.
    """

    table: str = Field(default="cdr", min_length=1)
    columns: dict[str, str] = {}
    inbound_dids: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    outbound_contexts: tuple[str, ...] = ()
    outbound_trunks: tuple[str, ...] = ()
    dial_prefix: str = Field(default="", pattern=r"^\d{0,4}$")
    shortest_called: int = Field(default=6, ge=3, le=15)

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - set(NAMED)):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(NAMED)}")
        return columns

    @cached_property
    def asked(self) -> dict[str, str]:
        """Ours = theirs, of the columns that these options need."""
        wanted = [*ALWAYS, *["did"] * bool(self.inbound_dids), *["dstchannel"] * bool(self.outbound_trunks)]
        return {name: self.columns.get(name, name) for name in wanted}

    def leg(self, row: Mapping[str, Any]) -> tuple[Leg | None, str, tuple[Refused, ...]]:
        """The leg of a row, the key of its call ('' when it has none), and what could not be read."""
        place = f"{self.table}, {_named(row)}"
        try:
            begun = moment(row, "calldate", self.zone)
            reason = "" if begun else "calldate kosong atau 0000-00-00"
        except ValueError as wrong:
            begun, reason = None, str(wrong)
        if begun is None:
            return None, "", (Refused("", f"{reason}; baris tanpa waktu tidak dapat dihitung", place),)
        refused: list[Refused] = []
        lasted = _read(row, "duration", place, refused)
        ended = None if lasted is None else begun + timedelta(seconds=lasted)
        talked = bool(_read(row, "billsec", place, refused))
        made = Leg(begun, ended, _disposition(row, place, refused), talked, **self._whose(row))
        return made, _key(row), tuple(refused)

    def _whose(self, row: Mapping[str, Any]) -> dict[str, Any]:
        dialled, line = words(row["dst"]), words(row.get("did"))
        in_queue = dialled in self.queues or words(row["lastapp"]).casefold() == "queue"
        is_named = bool(self.inbound_dids or self.queues)
        ours = (line in self.inbound_dids or dialled in self.queues) if is_named else in_queue
        if ours or in_queue:
            return {
                "ours": ours,
                "queue": self._queue(dialled) if in_queue else None,
                "line": line if line in self.inbound_dids else "",
                "caller_hash": self._hashed(words(row["src"])),
            }
        called = dialled.removeprefix(self.dial_prefix)
        outbound = self._is_outbound(row, called)
        return {"outbound": outbound, "called_hash": self._hashed(called) if outbound else None}

    def _is_outbound(self, row: Mapping[str, Any], called: str) -> bool:
        if not (self.outbound_contexts or self.outbound_trunks):
            return False
        return (
            (not self.outbound_contexts or words(row["dcontext"]) in self.outbound_contexts)
            and (not self.outbound_trunks or words(row["dstchannel"]).startswith(self.outbound_trunks))
            and len(normalised(called)) >= self.shortest_called
        )

    def _queue(self, dialled: str) -> str:
        if dialled in self.queues:
            return dialled[:LONGEST_QUEUE]
        return dialled if _SHORT_NAME.fullmatch(dialled) and mask(dialled) == dialled else UNNAMED

    @cached_property
    def _hashed(self) -> Callable[[str], str | None]:
        return caller_hasher(self.caller_key)


def _read(row: Mapping[str, Any], column: str, place: str, refused: list[Refused]) -> int | None:
    try:
        return seconds(row, column)
    except ValueError as wrong:
        refused.append(Refused("", f"{wrong}; panggilan tetap dibaca tanpa itu", place))
        return None


def _disposition(row: Mapping[str, Any], place: str, refused: list[Refused]) -> Disposition | None:
    said = words(row["disposition"]).upper().replace("_", " ")
    known: tuple[Disposition, ...] = get_args(Disposition)
    found = next((word for word in known if word == said), None)
    if found is None:
        # Its words are not repeated: a shifted row would put a name there.
        reason = f"disposition tidak dikenal; yang ada: {', '.join(known)}; hasil panggilan dianggap tidak diketahui"
        refused.append(Refused("", reason, place))
    return found


def _key(row: Mapping[str, Any]) -> str:
    """linkedid, else uniqueid; '' when both are blank: blank keys never make two calls one."""
    for name in ("linkedid", "uniqueid"):
        said = words(row.get(name))
        if said not in EMPTY:
            # What is not shaped as Asterisk writes it could be anything, and is kept as a digest.
            return said if UNIQUEID.fullmatch(said) else f"cdr-{sha256(said.encode()).hexdigest()[:32]}"
    return ""


def _named(row: Mapping[str, Any]) -> str:
    said = words(row["uniqueid"])
    return f"uniqueid {said}" if UNIQUEID.fullmatch(said) else "baris tanpa uniqueid yang sah"
