"""What rows said before they were changed in place: the log and the triggers that write it, and since when they do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard import clock
from dashboard.store.database import UtcTime
from dashboard.store.noted_tables import note_changes, unnote_changes

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the log and the triggers, of the tables and columns that stand."""
    op.create_table(
        "row_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("replaced_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("row_versions_by_time", "row_versions", ["table_name", "replaced_at"])
    note_changes(op.get_bind(), clock.now())


def downgrade() -> None:
    """Back to the revision before."""
    unnote_changes(op.get_bind())
    op.drop_table("row_versions")
