"""Reminders of data that are owed: before their day and after it, once each, into the outbox of the alert channels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from dashboard.alerts.channel import Way
from dashboard.clock import wib
from dashboard.formulas.alert_state import Severity
from dashboard.formulas.duty_calendar import Standing
from dashboard.indicators.reporting_duties import Owed, owed
from dashboard.store.alert_messages import Message, keys_known, put

RUNG = "kepala OPD"
STAGES = (7, 1, -1, -7, -14)
"""Days before the day (after it where negative) on which somebody is reminded; local practice, to be confirmed."""
OFFICE_HOURS = range(8, 16)
WAITING = (Standing.EXPECTED, Standing.OVERDUE)


def remind(connection: Connection, channels: Sequence[Way], at: datetime, address: str) -> int:
    """Write the reminders that are due in office hours; returns how many. Of several that were missed only the last."""
    now = wib(at)
    if now.hour not in OFFICE_HOURS or now.weekday() >= 5:
        return 0
    wanted = [m for one in owed(connection, at) for m in _messages(connection, one, channels, at, address)]
    known = keys_known(connection, [m.key for m in wanted])
    new = [m for m in wanted if m.key not in known]
    for message in new:
        put(connection, message)
    return len(new)


def _messages(
    connection: Connection, one: Owed, channels: Sequence[Way], at: datetime, address: str
) -> Iterator[Message]:
    stage = next((stage for stage in reversed(STAGES) if one.days <= stage), None)
    if stage is None or one.standing not in WAITING:
        return
    subject = f"{_when(one.days)}: {one.contract.title}, {one.period.title}"
    severity = Severity.WASPADA if one.standing is Standing.OVERDUE else Severity.NONE
    for owner in one.contract.owners:
        ways = [end for c in channels for end in c.ends(connection, RUNG, owner)]
        for way in ways or [""]:
            yield Message(
                _key(one, stage, owner, way), RUNG, owner, way, subject[:200], _body(one, address), int(severity), at,
                "menunggu" if way else "tanpa saluran", topic=_topic(one, owner), path="/setor",
            )  # fmt: skip


def _when(days: int) -> str:
    if days < 0:
        return f"Lewat tenggat {-days} hari"
    return "Tenggat hari ini" if days == 0 else f"Tenggat {days} hari lagi"


def _body(one: Owed, address: str) -> str:
    template = f"\nTemplat: {address}/templat/{one.contract.template}.xlsx" if one.contract.template else ""
    return (
        f"Data '{one.contract.title}' untuk {one.period.title} paling lambat {one.due:%d/%m/%Y}; belum lengkap."
        f"\nSetor dan periksa dahulu di {address}/setor{template}"
    )


def _topic(one: Owed, owner: str) -> str:
    """The same for every reminder of one duty."""
    named = f"kewajiban|{one.contract.source}|{one.period.rhythm}|{one.period.first}|{owner}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _key(one: Owed, stage: int, owner: str, way: str) -> str:
    named = f"kewajiban|{one.contract.source}|{one.period.rhythm}|{one.period.first}|{stage}|{owner}|{way}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]
