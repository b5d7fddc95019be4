"""The history of assessed values in place of their newest level; plans, published results, entries of level rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0008"
down_revision = "0007"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and carry over what the workbook had said."""
    op.create_table(
        "assessments",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.Column("explanation", sa.String(length=400), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("assessed_at", UtcTime(), nullable=True),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index("assessments_by_indicator", ["instrument", "year", "indicator"], unique=False)
    op.execute(
        'INSERT INTO assessments (instrument, year, indicator, stage, value, explanation, evidence, "by", source, '
        "assessed_at, known_at) SELECT instrument, year, indicator, CASE stage WHEN 'mandiri' THEN 'draf' ELSE stage "
        "END, CAST(level AS VARCHAR(16)), '', '[]', source, source, assessed_at, known_at FROM spbe_levels "
        "ORDER BY known_at, CASE stage WHEN 'final' THEN 5 WHEN 'visitasi' THEN 4 WHEN 'interviu' THEN 3 "
        "WHEN 'dokumen' THEN 2 ELSE 1 END, indicator"
    )
    op.drop_table("spbe_levels")
    op.create_table(
        "assessment_plans",
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("target", sa.String(length=16), nullable=True),
        sa.Column("effort", sa.String(length=16), nullable=True),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("instrument", "year", "indicator"),
    )
    op.create_table(
        "published_results",
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("printed_index", sa.String(length=16), nullable=False),
        sa.Column("predicate", sa.String(length=64), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("instrument", "year"),
    )
    op.create_table(
        "level_entries",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("level_entries", schema=None) as batch_op:
        batch_op.create_index("level_entries_by_item", ["rule", "item"], unique=False)


def downgrade() -> None:
    """Back to the table of newest levels, empty: the workbook fills it again; what people entered is lost."""
    op.create_table(
        "spbe_levels",
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("indicator", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("assessed_at", UtcTime(), nullable=True),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("instrument", "year", "stage", "indicator"),
    )
    for table in ("level_entries", "published_results", "assessment_plans", "assessments"):
        op.drop_table(table)
