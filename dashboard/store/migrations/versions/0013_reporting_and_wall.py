"""Which alerts the wall counts; what was agreed about sources, what was delivered, and files handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0013"
down_revision = "0012"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column and the tables of this revision."""
    op.add_column("alerts", sa.Column("on_wall", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("alert_messages", sa.Column("receipt", sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "source_contracts",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("stale_after_s", sa.BigInteger(), nullable=False),
        sa.Column("silent_after_s", sa.BigInteger()),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "duty_deliveries",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("period", sa.String(16), primary_key=True),
        sa.Column("first", sa.Date(), primary_key=True),
        sa.Column("complete_at", UtcTime()),
        sa.Column("last_at", UtcTime(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "uploads",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_at", UtcTime()),
        sa.Column("said", sa.String(400), nullable=False),
    )
    op.create_index("uploads_by_source", "uploads", ["source", "at"])
    op.create_index("uploads_waiting", "uploads", ["by", "state"])
