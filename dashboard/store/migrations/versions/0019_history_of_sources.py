"""The history of each source: one row a change of what its panels say, so that the past knows who failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0019"
down_revision = "0017"


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
    op.create_index("source_history_by_source", "source_history", ["source", "at"])
    op.create_index("source_history_by_time", "source_history", ["at"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("source_history")
