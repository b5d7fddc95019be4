"""Weather and hazards: siaga thresholds, rivers and rain summed up, polygons of warnings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "hazard_spans",
        sa.Column("parameter", sa.String(length=32), nullable=False),
        sa.Column("span", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=96), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("last", sa.Float(), nullable=True),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("name", sa.String(length=128), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("parameter", "span", "place", "start"),
    )
    with op.batch_alter_table("hazard_spans", schema=None) as batch_op:
        batch_op.create_index("hazard_spans_by_time", ["parameter", "span", "start"], unique=False)

    op.create_table(
        "river_thresholds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(length=96), nullable=False),
        sa.Column("parameter", sa.String(length=32), nullable=False),
        sa.Column("valid_from", UtcTime(), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("returns_at", sa.Float(), nullable=True),
        sa.Column("opd", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=256), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("river_thresholds", schema=None) as batch_op:
        batch_op.create_index("river_thresholds_by_post", ["station", "parameter", "valid_from"], unique=False)

    with op.batch_alter_table("warnings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("polygons", sa.Text(), nullable=True))
        batch_op.create_index("warnings_by_sending", ["sent"], unique=False)


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("warnings", schema=None) as batch_op:
        batch_op.drop_index("warnings_by_sending")
        batch_op.drop_column("polygons")
    op.drop_table("river_thresholds")
    op.drop_table("hazard_spans")
