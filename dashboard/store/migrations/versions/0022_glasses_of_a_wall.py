"""A single glass of a wall is told something of its own, and what each of them shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the table and the columns of this revision."""
    op.create_table(
        "display_holds",
        sa.Column("display", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("glass", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("held", sa.String(8), nullable=False),
        sa.Column("scene", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("display", "glass"),
    )
    op.add_column("display_commands", sa.Column("glass", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("display_beats", sa.Column("glasses", sa.String(320), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop what this revision made."""
    for table, column in (("display_beats", "glasses"), ("display_commands", "glass")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
    op.drop_table("display_holds")
