"""Figures of weeks, editions of the briefing with their steps, and their deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "week_figures",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("indicator", sa.String(length=96), nullable=False),
        sa.Column("week", UtcTime(), nullable=False),
        sa.Column("value", sa.String(length=48), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("interval", sa.String(length=96), nullable=False),
        sa.Column("band", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("data_time", UtcTime(), nullable=True),
        sa.Column("missing", sa.String(length=512), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("week_figures_by_week", "week_figures", ["week", "indicator", "known_at"])
    op.create_table(
        "editions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("week", UtcTime(), nullable=False),
        sa.Column("as_of", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("pdf_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("made_by", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition", "audience", "revision", name="editions_once"),
    )
    op.create_table(
        "edition_steps",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "step"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("claimed_at", UtcTime(), nullable=True),
        sa.Column("settled_at", UtcTime(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition_id", "recipient", "round", name="deliveries_once"),
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "due_at"])


def downgrade() -> None:
    """Back to the revision before."""
    for table in ("deliveries", "edition_steps", "editions", "week_figures"):
        op.drop_table(table)
