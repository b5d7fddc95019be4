"""Rows of Issabel's call_center tables to a call and to a spell of an agent.

Columns: call_center.sql of Elastix; what its dialer writes in `status`: its own reports (GitHub bslynx/elastix).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from datasources.calls112.agent_spells import EVERY_QUEUE
from datasources.calls112.call_database import EMPTY, UNIQUEID, moment, seconds
from datasources.calls112.incident_row import words
from datasources.calls112.records import AgentSpell, Call, Outcome
from datasources.contract import Refused
from datasources.privacy import MASK

CALL_COLUMNS = (
    "id", "id_agent", "id_queue_call_entry", "callerid", "datetime_init", "datetime_end", "duration", "status",
    "datetime_entry_queue", "duration_wait", "uniqueid",
)  # fmt: skip
AUDIT_COLUMNS = ("id", "id_agent", "id_break", "datetime_init", "datetime_end", "duration")

OUTCOMES: dict[str, Outcome | None] = {
    "terminada": "answered", "abandonada": "abandoned", "activa": "answered", "hold": "answered", "en-cola": None,
    "fin-monitoreo": "unknown",
}  # fmt: skip
"""fin-monitoreo: the dialer was restarted and lost sight of the call; answered only if it saw an agent before."""

_WORD = re.compile(r"(?:[a-z]{1,20}(?:-[a-z]{1,20})?)?")
"""What a program writes as a status; anything else may be a name."""
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)(?:\.\d+)?")


@dataclass
class CallRow:
    """One row of call_entry; the caller is a keyed hash already. What cannot be read is left out and said."""

    row: Mapping[str, Any]
    queue: str
    zone: ZoneInfo
    refused: list[Refused]

    def call(self) -> Call | None:
        """None when the row says neither when nor how; one caller sent back to a queue stays one call."""
        status = words(self.row["status"])
        if status not in OUTCOMES:
            shown = status if _WORD.fullmatch(status) else MASK
            self._refuse(f"status '{shown}' tidak dikenal; yang ada: {', '.join(OUTCOMES)}; baris tidak dibaca")
            return None
        entered, answered, ended = (
            self._moment(name) for name in ("datetime_entry_queue", "datetime_init", "datetime_end")
        )
        if entered is None and answered is None and ended is None:
            self._refuse("tidak satu pun waktu terisi; baris tidak dibaca")
            return None
        # Written when an agent has the call, so it tells of an answer where the status does not.
        outcome = "answered" if status == "fin-monitoreo" and answered else OUTCOMES[status]
        return Call(
            call_id=call_id(self.row),
            queue=self.queue,
            t_enter=entered,
            t_answer=answered if outcome == "answered" else None,
            t_end=ended,
            wait_s=self._seconds("duration_wait"),
            talk_s=self._seconds("duration") if outcome == "answered" and ended else None,
            outcome=outcome,
            caller_hash=self.row["callerid"],
            agent_code=words(self.row["id_agent"]) or None,
        )

    def _moment(self, column: str) -> datetime | None:
        try:
            return moment(self.row, column, self.zone)
        except ValueError as wrong:
            self._refuse(f"{wrong}; panggilan tetap dibaca tanpa waktu itu")
            return None

    def _seconds(self, column: str) -> int | None:
        try:
            return seconds(self.row, column)
        except ValueError as wrong:
            self._refuse(f"{wrong}; panggilan tetap dibaca tanpa itu")
            return None

    def _refuse(self, reason: str) -> None:
        self.refused.append(Refused("", reason, f"call_entry, id {self.row['id']}"))


def call_id(row: Mapping[str, Any]) -> str:
    """Asterisk's uniqueid, by which queue_log knows the call too; the row's id where it is blank."""
    said = words(row["uniqueid"])
    return said if UNIQUEID.fullmatch(said) else f"call_entry-{row['id']}"


def spell(row: Mapping[str, Any], zone: ZoneInfo) -> AgentSpell:
    """A login (no break) or a pause of an audit row. Raises ValueError with a sentence; a spell without its true end

    would last for ever, so a wrong end loses the row.
    """
    start, end = moment(row, "datetime_init", zone), moment(row, "datetime_end", zone)
    if start is None:
        raise ValueError("datetime_init kosong; baris tidak dibaca")
    if end is None and (lasted := _clock(row["duration"])) is not None:
        end = start + lasted
    if end is not None and end < start:
        raise ValueError("datetime_end sebelum datetime_init; baris tidak dibaca")
    agent = words(row["id_agent"])
    if agent in EMPTY:
        raise ValueError("id_agent kosong; baris tidak dibaca")
    return AgentSpell(agent, EVERY_QUEUE, "login" if row["id_break"] is None else "pause", start, end)


def _clock(value: object) -> timedelta | None:
    """A TIME of MySQL, which goes to 838 hours, as its driver or a text gives it. Raises ValueError."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    said = words(value)
    if said in EMPTY:
        return None
    match = _CLOCK.fullmatch(said)
    if match is None:
        raise ValueError("duration bukan lama seperti '01:30:00'; baris tidak dibaca")
    hours, minutes, secs = (int(part) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=secs)
