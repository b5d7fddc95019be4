"""Alerts with their messages and silences, and instructions (arahan)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0011"
down_revision = "0010"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("rule", sa.String(96), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("beneath", sa.String(16)),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("first_at", UtcTime(), nullable=False),
        sa.Column("raised_at", UtcTime()),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("check_at", UtcTime()),
        sa.Column("waits_since", UtcTime()),
        sa.Column("eased_since", UtcTime()),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(256), nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
    )
    op.create_index("alerts_standing", "alerts", ["state", "rule", "place"])
    op.create_index("alerts_by_time", "alerts", ["raised_at"])
    op.create_table(
        "alert_events",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("alert", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(256), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
    )
    op.create_index("alert_events_by_alert", "alert_events", ["alert", "at"])
    op.create_index("alert_events_by_time", "alert_events", ["at"])
    op.create_table(
        "alert_notices",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(128), nullable=False, unique=True),
        sa.Column("alert", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(256), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("held_by", sa.String(128), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("message", sa.BigInteger()),
    )
    op.create_index("alert_notices_due", "alert_notices", ["state", "due_at"])
    op.create_index("alert_notices_by_alert", "alert_notices", ["alert"])
    op.create_table(
        "alert_messages",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("rung", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.Column("accepted_at", UtcTime()),
        sa.Column("error", sa.String(256), nullable=False),
    )
    op.create_index("alert_messages_due", "alert_messages", ["state", "next_at"])
    op.create_index("alert_messages_by_recipient", "alert_messages", ["rung", "owner", "at"])
    op.create_table(
        "silences",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("rule", sa.String(96), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime()),
    )
    op.create_index("silences_by_time", "silences", ["end", "start"])
    op.create_table(
        "directives",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("done_means", sa.String(300), nullable=False),
        sa.Column("indicator", sa.String(96), nullable=False),
        sa.Column("as_it_stood", sa.String(256), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("opd", sa.String(64), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("asked_due_at", UtcTime()),
        sa.Column("given_by", sa.String(128), nullable=False),
        sa.Column("giver", sa.BigInteger(), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
    )
    op.create_index("directives_open", "directives", ["stage", "due_at"])
    op.create_index("directives_by_opd", "directives", ["opd", "given_at"])
    op.create_table(
        "directive_turns",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("directive", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("turn", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(500), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
    )
    op.create_index("directive_turns_by_directive", "directive_turns", ["directive", "at"])
    op.create_index("directive_turns_by_time", "directive_turns", ["at"])


def downgrade() -> None:
    """Drop what this revision made."""
    for table in (
        "directive_turns",
        "directives",
        "silences",
        "alert_messages",
        "alert_notices",
        "alert_events",
        "alerts",
    ):
        op.drop_table(table)
