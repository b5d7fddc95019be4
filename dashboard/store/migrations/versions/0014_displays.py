"""Screens of the wall: pairing, their last sign of life, and what they were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0014"
down_revision = "0013"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "displays",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("profile", sa.String(32), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("asked_from", sa.String(64), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("pairing_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("key_hash", sa.String(64), unique=True),
        sa.Column("key_since", UtcTime()),
        sa.Column("approved_at", UtcTime()),
        sa.Column("approved_by", sa.String(128), nullable=False),
        sa.Column("revoked_at", UtcTime()),
        sa.Column("revoked_by", sa.String(128), nullable=False),
        sa.Column("held", sa.String(8), nullable=False),
        sa.Column("held_scene", sa.String(32), nullable=False),
    )
    op.create_index("displays_by_code", "displays", ["code", "asked_at"])
    op.create_table(
        "display_beats",
        sa.Column("display", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("scene", sa.String(32), nullable=False),
        sa.Column("said", sa.String(160), nullable=False),
        sa.Column("held", sa.String(40), nullable=False),
        sa.Column("painted_ms", sa.Integer()),
        sa.Column("message_ms", sa.Integer()),
        sa.Column("data_s", sa.Integer()),
        sa.Column("heap_bytes", sa.BigInteger()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("release", sa.String(16), nullable=False),
        sa.Column("up_s", sa.Integer()),
    )
    op.create_table(
        "display_commands",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("display", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("verb", sa.String(8), nullable=False),
        sa.Column("scene", sa.String(32), nullable=False),
        sa.Column("profile", sa.String(32), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
    )
    op.create_index("display_commands_by_time", "display_commands", ["at"])


def downgrade() -> None:
    """Drop what this revision made."""
    for table in ("display_commands", "display_beats", "displays"):
        op.drop_table(table)
