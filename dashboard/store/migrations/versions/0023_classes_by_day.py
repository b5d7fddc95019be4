"""Classes of calls by the WIB day; what is counted by the hour is added up now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0023"
down_revision = "0022"

ADDED_UP = """
    INSERT INTO class_days (source, day, class_raw, n)
    SELECT source, (hour + 25200000) / 86400000 * 86400000 - 25200000 AS begins, class_raw, sum(n)
    FROM class_hours GROUP BY source, begins, class_raw"""


def upgrade() -> None:
    """Make the table of this revision."""
    op.create_table(
        "class_days",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        sa.Column("class_raw", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "day", "class_raw"),
    )
    op.create_index("class_days_by_time", "class_days", ["day"])
    op.execute(ADDED_UP)


def downgrade() -> None:
    """Drop what this revision made."""
    op.drop_table("class_days")
