"""Rows of a masterplan that end on a day, and what an indicator was before its programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.column_kinds import Day, Exact

revision = "0021"
down_revision = "0020"

ENDING = ("masterplan_programmes", "masterplan_actions", "masterplan_indicators")


def upgrade() -> None:
    """Make the columns of this revision."""
    for table in ENDING:
        op.add_column(table, sa.Column("valid_until", Day(), nullable=True))
    op.add_column("masterplan_indicators", sa.Column("baseline", Exact(), nullable=True))


def downgrade() -> None:
    """Drop what this revision made."""
    with op.batch_alter_table("masterplan_indicators") as batch_op:
        batch_op.drop_column("baseline")
    for table in ENDING:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("valid_until")
