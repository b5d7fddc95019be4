"""Tables of the masterplan: documents, programmes, indicators, targets, realisation, and every change of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime

revision = "0012"
down_revision = "0011"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "masterplan_documents",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.String(128)),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("established_on", Day(), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_until", Day()),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("cap", Exact()),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_goals",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("dimension", sa.String(8), nullable=False),
        sa.Column("goal", sa.String(400), nullable=False),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_strategies",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("goal", sa.String(64), nullable=False),
        sa.Column("strategy", sa.String(400), nullable=False),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_programmes",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("strategy", sa.String(64)),
        sa.Column("sub_dimension", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("quick_win", sa.Boolean(), nullable=False),
        sa.Column("horizon", sa.String(16), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("opd", sa.String(128), nullable=False),
        sa.Column("supporting", sa.String(300)),
        sa.Column("funding", sa.String(128)),
        sa.Column("rpjmd_programme", sa.String(128)),
        sa.Column("course", sa.String(16), nullable=False),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_actions",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("programme", sa.String(64), nullable=False),
        sa.Column("activity", sa.String(300), nullable=False),
        sa.Column("output", sa.String(300), nullable=False),
        sa.Column("due_on", Day(), nullable=False),
        sa.Column("opd", sa.String(128), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.Column("progress", Exact()),
        sa.Column("reported_on", Day()),
        sa.Column("evidence", sa.Text()),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_index("masterplan_actions_by_programme", "masterplan_actions", ["programme"])
    op.create_table(
        "masterplan_budgets",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("programme", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("planned", Exact(), nullable=False),
        sa.Column("spent", Exact()),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "office_holders",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("position", sa.String(128), primary_key=True),
        sa.Column("valid_from", Day(), primary_key=True),
        sa.Column("holder", sa.String(128), nullable=False),
        sa.Column("opd", sa.String(128)),
        sa.Column("valid_until", Day()),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_indicators",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("programme", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("direction", sa.String(16), nullable=False),
        sa.Column("formula", sa.String(400)),
        sa.Column("live", sa.String(96)),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_index("masterplan_indicators_by_programme", "masterplan_indicators", ["programme"])
    op.create_table(
        "masterplan_targets",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("indicator", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("annual", sa.String(40)),
        sa.Column("q1", sa.String(40)),
        sa.Column("q2", sa.String(40)),
        sa.Column("q3", sa.String(40)),
        sa.Column("q4", sa.String(40)),
        sa.Column("set_by", sa.String(128), nullable=False),
        sa.Column("basis", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_realisations",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("indicator", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("measured_on", Day(), nullable=False),
        sa.Column("reported_by", sa.String(128), nullable=False),
        sa.Column("verified_by", sa.String(128)),
        sa.Column("evidence", sa.Text()),
        sa.Column("note", sa.String(300)),
        sa.Column("file", sa.String(128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "masterplan_changes",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("code", sa.String(128), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("old", sa.String(400)),
        sa.Column("new", sa.String(400)),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("file", sa.String(128)),
        sa.Column("day", Day()),
        sa.Column("evidence", sa.Text()),
        sa.Column("superseded_at", UtcTime()),
    )
    op.create_index("masterplan_changes_by_row", "masterplan_changes", ["subject", "code"])
    op.create_index("masterplan_changes_by_time", "masterplan_changes", ["at"])


def downgrade() -> None:
    """Drop what this revision made."""
    for table in (
        "masterplan_changes",
        "masterplan_realisations",
        "masterplan_targets",
        "masterplan_indicators",
        "office_holders",
        "masterplan_budgets",
        "masterplan_actions",
        "masterplan_programmes",
        "masterplan_strategies",
        "masterplan_goals",
        "masterplan_documents",
    ):
        op.drop_table(table)
