"""The past is asked: a history of each source, and when a row of 112 came to say something else than before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0019"
down_revision = "0018"

CHANGING = ("calls", "incidents", "call_classes", "outbound_calls", "agent_spells")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "source_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("newest_data_at", UtcTime(), nullable=True),
        sa.Column("failures_in_row", sa.Integer(), nullable=False),
        sa.Column("broken_since", UtcTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("rows_total", sa.BigInteger(), nullable=False),
        sa.Column("refused_total", sa.BigInteger(), nullable=False),
        sa.Column("stale_after_s", sa.BigInteger(), nullable=False),
        sa.Column("silent_after_s", sa.BigInteger(), nullable=True),
        sa.Column("heard_before", UtcTime(), nullable=True),
        sa.Column("answered_before", UtcTime(), nullable=True),
        sa.Column("newest_before", UtcTime(), nullable=True),
        sa.Column("failures_before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("source_history_by_source", "source_history", ["source", "at", "id"])
    op.create_index("source_history_by_time", "source_history", ["at"])
    for table in CHANGING:
        op.add_column(table, sa.Column("restated_at", UtcTime(), nullable=True))


def downgrade() -> None:
    """Back to the revision before."""
    for table in CHANGING:
        op.drop_column(table, "restated_at")
    op.drop_table("source_history")
