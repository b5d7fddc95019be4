"""Codes that stand in for a lost telephone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the table of this revision."""
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime()),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("recovery_codes_by_person", "recovery_codes", ["person"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("recovery_codes")
