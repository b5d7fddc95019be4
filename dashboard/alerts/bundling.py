"""From notices to messages: all that one recipient must hear now, in one message per channel, at a bearable pace."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from dashboard.alerts.channel import Way
from dashboard.clock import wib
from dashboard.formulas.alert_state import Event, Severity
from dashboard.formulas.message_pace import may_write
from dashboard.store import alerts
from dashboard.store.alert_messages import Message, last_written, put
from dashboard.store.alert_notices import Notice, due_notices, settle

LISTED = 20
"""Lines of a message that are not critical; the rest is counted, and stands in the application."""
Recipient = tuple[str, str]


def bundle(connection: Connection, channels: Sequence[Way], at: datetime, address: str) -> int:
    """Write the messages that are due; returns how many. `address` is where people read on."""
    waiting = _still_wanted(connection, due_notices(connection, at))
    written, count = last_written(connection), 0
    for recipient, notices in waiting.items():
        critical = any(n.severity >= Severity.KRITIS for n in notices)
        if may_write(written.get(recipient), at, critical):
            count += _write(connection, recipient, notices, channels, at, address)
    return count


def _still_wanted(connection: Connection, notices: Iterable[Notice]) -> dict[Recipient, list[Notice]]:
    """By recipient. A beginning that was held back and is over meanwhile need not be told; a critical one always is."""
    wanted: dict[Recipient, list[Notice]] = defaultdict(list)
    moot = []
    for notice in notices:
        if notice.held_by and notice.severity < Severity.KRITIS and _is_over(connection, notice):
            moot.append(notice)
        else:
            wanted[notice.rung, notice.owner].append(notice)
    settle(connection, moot, "tidak perlu")
    return wanted


def _is_over(connection: Connection, notice: Notice) -> bool:
    kept = alerts.one(connection, notice.alert)
    return kept is None or not kept.alert.is_told or kept.alert.is_accepted


def _write(
    connection: Connection,
    recipient: Recipient,
    notices: list[Notice],
    channels: Sequence[Way],
    at: datetime,
    address: str,
) -> int:
    rung, owner = recipient
    ways = [end for c in channels for end in c.ends(connection, rung, owner)]
    subject, body = _subject(notices), _body(notices, address)
    worst = max(n.severity for n in notices)
    number = 0
    for way in ways or [""]:
        message = Message(_key(notices, way), rung, owner, way, subject, body, worst, at,
                          "menunggu" if way else "tanpa saluran", topic=_topic(notices))  # fmt: skip
        number = put(connection, message)
    settle(connection, notices, "dalam pesan", number)
    return max(1, len(ways))


def _key(notices: list[Notice], way: str) -> str:
    named = "|".join([way, *sorted(n.key for n in notices)])
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _topic(notices: list[Notice]) -> str:
    """The same for all news of the same alerts."""
    named = "|".join(str(number) for number in sorted({n.alert for n in notices}))
    return hashlib.sha256(f"peringatan|{named}".encode()).hexdigest()[:32]


def _subject(notices: list[Notice]) -> str:
    worst = max(notices, key=lambda n: (n.severity, -n.id))
    word = Severity(worst.severity).word.upper()
    if len(notices) == 1:
        return f"[{word}] {worst.said}"[:200]
    return f"[{word}] {len(notices)} kabar peringatan: {worst.said}"[:200]


def _body(notices: list[Notice], address: str) -> str:
    """Grouped by cause, critical first; every critical one is named, however many there are."""
    ordered = sorted(notices, key=lambda n: (-n.severity, n.cause, n.id))
    critical = sum(n.severity >= Severity.KRITIS for n in ordered)
    shown = ordered[: max(LISTED, critical)]
    lines, cause = [], None
    for notice in shown:
        if notice.cause != cause:
            cause = notice.cause
            lines += ["", f"{notice.cause.capitalize()}:"]
        lines.append(_line(notice))
    rest = len(ordered) - len(shown)
    more = [f"dan {rest} kabar lain yang tidak kritis."] if rest else []
    return "\n".join([*lines[1:], *more, "", f"Terima atau lihat selengkapnya: {address}/peringatan"])


def _line(notice: Notice) -> str:
    moment = f"{wib(notice.at):%d/%m %H.%M} WIB"
    held = f" (ditahan: {notice.held_by})" if notice.held_by else ""
    what = "" if notice.event == Event.RAISED else f"{notice.event}: "
    return f"- {moment} {Severity(notice.severity).word.upper()}, {what}{notice.said}{held}"
