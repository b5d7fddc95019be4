"""Devices that are told of alerts by web push; messages say what they are news of, and which page says more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0018"
down_revision = "0017"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and columns of this revision."""
    op.create_table(
        "push_subscriptions",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("endpoint", sa.String(1024), nullable=False, unique=True),
        sa.Column("p256dh", sa.String(96), nullable=False),
        sa.Column("auth", sa.String(32), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("accepted_at", UtcTime()),
    )
    op.create_index("push_subscriptions_by_person", "push_subscriptions", ["person"])
    op.add_column("alert_messages", sa.Column("topic", sa.String(32), nullable=False, server_default=""))
    path = sa.Column("path", sa.String(64), nullable=False, server_default="/peringatan")
    op.add_column("alert_messages", path)


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("alert_messages", schema=None) as batch_op:
        batch_op.drop_column("path")
        batch_op.drop_column("topic")
    op.drop_table("push_subscriptions")
