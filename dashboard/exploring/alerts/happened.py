"""What happened to alerts in a period, line by line, and what became of the messages about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.alert_messages import newest_messages
from dashboard.store.alerts import Kept, happenings_between, raised_between

MESSAGES_SHOWN = 500


def episodes(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every alert that stood in the period: when it began and ended, how often it came back, who took it on."""
    found = raised_between(connection, filters.start, min(filters.end, at))
    if not found:
        return nothing("tidak ada peringatan dalam masa ini")
    lines = happenings_between(connection, filters.start, min(filters.end, at))
    takers = {line.alert: f"{line.by}: {line.note}" for line in lines if line.by}
    columns = (
        Column("said", "Peringatan", "text", role="label"),
        Column("severity", "Tingkat", "text"),
        Column("state", "Keadaan", "text"),
        Column("raised", "Mulai", "moment"),
        Column("ended", "Selesai", "moment"),
        Column("times", "Muncul", unit="kali"),
        Column("owner", "OPD", "text"),
        Column("taken", "Diterima oleh", "text", role="note"),
    )
    rows = [_episode(kept, takers) for kept in reversed(found)]
    return Answer(columns, rows, n=len(rows), data_time=found[-1].alert.since)


def _episode(kept: Kept, takers: dict[int, str]) -> dict[str, object]:
    alert = kept.alert
    ended = alert.since if not alert.is_told else None
    return {
        "said": kept.said, "severity": alert.severity.word, "state": alert.state.value, "raised": alert.raised_at,
        "ended": ended, "times": alert.times, "owner": kept.owner, "taken": takers.get(kept.id),
    }  # fmt: skip


def messages(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The newest messages with the channel's answer; accepted by a channel is not yet read by a person."""
    found = [m for m in newest_messages(connection, MESSAGES_SHOWN) if filters.start <= m.at < filters.end]
    if not found:
        return nothing("tidak ada pesan dalam masa ini")
    columns = (
        Column("at", "Ditulis", "moment", role="label"),
        Column("rung", "Untuk", "text"),
        Column("owner", "OPD", "text"),
        Column("channel", "Saluran", "text"),
        Column("subject", "Perihal", "text", role="note"),
        Column("state", "Keadaan", "text"),
        Column("accepted", "Diterima saluran", "moment"),
        Column("receipt", "Tanda terima", "text"),
        Column("attempts", "Percobaan", unit="kali"),
        Column("error", "Sebab gagal", "text"),
    )
    rows = [
        {"at": m.at, "rung": m.rung, "owner": m.owner, "channel": m.channel or "belum dipasang", "subject": m.subject,
         "state": m.state, "accepted": m.accepted_at, "receipt": m.confirmed, "attempts": m.attempts, "error": m.error}
        for m in found
    ]  # fmt: skip
    note = (
        "'Diterima saluran' berarti saluran menerima pesan; belum tentu sudah dibaca orangnya. Tanda terima: jawaban "
        "server surel atau nomor dari gerbang pesan; saluran yang tidak memberinya tertulis 'belum dikonfirmasi'."
    )
    return Answer(columns, rows, n=len(rows), data_time=found[0].at, notes=(note,))


QUESTIONS = (
    Question(
        id="alerts.episodes", title="Riwayat peringatan", family="sistem", topics=("alerts",), form="table",
        clock="Peringatan yang berlaku dalam masa yang dipilih, dari dinyatakan sampai selesai", ask=episodes,
        by_kecamatan=False, internal=True,
    ),
    Question(
        id="alerts.messages", title="Pesan peringatan", family="sistem", topics=("alerts",), form="table",
        clock="Pesan yang ditulis dalam masa yang dipilih, yang terbaru dahulu", ask=messages, by_kecamatan=False,
        internal=True,
    ),
)  # fmt: skip
