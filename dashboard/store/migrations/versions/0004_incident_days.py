"""Incidents and waits packed by day, calls by the day; incidents kept before wait for their first count."""

from __future__ import annotations

import struct

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0004"
down_revision = "0002"

WAITING = """
    INSERT INTO recount_due (what, source, start, "end")
    SELECT 'incidents', source, (min(t_received) + 25200000) / 86400000 * 86400000 - 25200000,
           (max(t_received) + 25200000) / 86400000 * 86400000 - 25200000 + 86400000
    FROM incidents GROUP BY source"""
"""From the first WIB day to the last."""
COUNTS = ("offered", "answered", "abandoned", "short_abandoned", "timeout", "unknown", "waited_n", "talked_n")
SECONDS = ("waited_s", "talked_s")
DAYS = """
    INSERT INTO call_days (source, day, offered, answered, abandoned, short_abandoned, timeout, unknown, waited_n,
                           talked_n, waited_s, talked_s)
    SELECT source, (hour + 25200000) / 86400000 * 86400000 - 25200000, sum(offered), sum(answered), sum(abandoned),
           sum(short_abandoned), sum(timeout), sum(unknown), sum(waited_n), sum(talked_n), sum(waited_s), sum(talked_s)
    FROM call_hours GROUP BY source, (hour + 25200000) / 86400000 * 86400000 - 25200000"""
BLOCKS = (
    "told", "point", "dispatched", "acknowledged", "enroute", "arrived", "closed", "reopened", "call_entered",
    "call_answered",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "incident_words",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("incident_words_by_word", "incident_words", ["word"], unique=True)
    op.create_table(
        "incident_days",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in BLOCKS),
        sa.PrimaryKeyConstraint("source", "day"),
    )
    op.create_index("incident_days_by_time", "incident_days", ["day"])
    op.create_index("incidents_by_first_call", "incidents", ["first_call_id"])
    op.create_index("agent_spells_by_end", "agent_spells", ["end", "start"])
    op.execute(WAITING)
    op.create_table(
        "call_days",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SECONDS),
        sa.PrimaryKeyConstraint("source", "day"),
    )
    op.create_index("call_days_by_time", "call_days", ["day"])
    op.execute(DAYS)
    op.create_table(
        "call_waits_packed",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", "day", "outcome"),
    )
    _pack_waits()
    op.drop_index("call_waits_by_time", "call_waits")
    op.drop_table("call_waits")
    op.rename_table("call_waits_packed", "call_waits")
    op.create_index("call_waits_by_time", "call_waits", ["day"])


def _pack_waits() -> None:
    """What was a row for each length of waiting, as one block a day."""
    connection = op.get_bind()
    days: dict[tuple[str, int, str], list[int]] = {}
    rows = connection.execute(sa.text("SELECT source, day, outcome, wait_s, n FROM call_waits"))
    for source, day, outcome, wait_s, n in rows:
        days.setdefault((source, day, outcome), []).append(wait_s << 32 | n)
    new = sa.text("INSERT INTO call_waits_packed VALUES (:source, :day, :outcome, :pairs)")
    for (source, day, outcome), pairs in days.items():
        block = struct.pack(f"<{len(pairs)}q", *pairs)
        connection.execute(new, {"source": source, "day": day, "outcome": outcome, "pairs": block})


def downgrade() -> None:
    """Back to the revision before."""
    op.execute("DELETE FROM recount_due WHERE what = 'incidents'")
    op.drop_table("call_days")
    op.drop_table("call_waits")
    op.create_table(
        "call_waits",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("wait_s", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "day", "outcome", "wait_s"),
    )
    op.create_index("call_waits_by_time", "call_waits", ["day"])
    op.drop_index("incidents_by_first_call", "incidents")
    op.drop_index("agent_spells_by_end", "agent_spells")
    op.drop_table("incident_days")
    op.drop_table("incident_words")
