"""Tables of live services: probes, complaints, service requests, open data, and days off that people enter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "complaints",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("opd", sa.String(length=96), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("verified", sa.Date(), nullable=True),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("reopened", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "number"),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index("complaints_by_day", ["procedure", "received"], unique=False)

    op.create_table(
        "datasets",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("producer", sa.String(length=200), nullable=False),
        sa.Column("modified_at", UtcTime(), nullable=False),
        sa.Column("frequency", sa.String(length=64), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=True),
        sa.Column("resources", sa.Integer(), nullable=False),
        sa.Column("formats", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(length=96), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "name"),
    )
    op.create_table(
        "holiday_edits",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "service_checks",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("checked_at", UtcTime(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("response_ms", sa.Integer(), nullable=True),
        sa.Column("certificate_expires_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", "service", "checked_at"),
    )
    op.create_table(
        "service_days",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("day", UtcTime(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("slow", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("response_ms", sa.Text(), nullable=False),
        sa.Column("certificate_expires_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", "service", "day"),
    )
    with op.batch_alter_table("service_days", schema=None) as batch_op:
        batch_op.create_index("service_days_by_time", ["day"], unique=False)

    op.create_table(
        "service_maintenance",
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("service", "start"),
    )
    with op.batch_alter_table("service_maintenance", schema=None) as batch_op:
        batch_op.create_index("service_maintenance_by_time", ["end"], unique=False)

    op.create_table(
        "service_requests",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=96), nullable=False),
        sa.Column("submitted", sa.Date(), nullable=False),
        sa.Column("opd", sa.String(length=96), nullable=False),
        sa.Column("completed", sa.Date(), nullable=True),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "number"),
    )
    with op.batch_alter_table("service_requests", schema=None) as batch_op:
        batch_op.create_index("service_requests_by_day", ["submitted"], unique=False)

    op.create_table(
        "service_spells",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("source", "service", "start"),
    )
    with op.batch_alter_table("service_spells", schema=None) as batch_op:
        batch_op.create_index("service_spells_by_time", ["end", "start"], unique=False)

    op.create_table(
        "service_standings",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("checked_at", UtcTime(), nullable=False),
        sa.Column("holds_s", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("known", sa.String(length=16), nullable=True),
        sa.Column("turning_since", UtcTime(), nullable=True),
        sa.Column("turning_n", sa.Integer(), nullable=False),
        sa.Column("turning_cause", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("source", "service"),
    )
    op.create_table(
        "services",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=512), nullable=False),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("successes", sa.Integer(), nullable=False),
        sa.Column("certificate_days", sa.Integer(), nullable=False),
        sa.Column("slow_after_ms", sa.Integer(), nullable=False),
        sa.Column("declared_at", UtcTime(), nullable=False),
        sa.Column("gone_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", "service"),
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("services")
    op.drop_table("service_standings")
    op.drop_table("service_spells")
    op.drop_table("service_requests")
    op.drop_table("service_maintenance")
    op.drop_table("service_days")
    op.drop_table("service_checks")
    op.drop_table("holiday_edits")
    op.drop_table("datasets")
    op.drop_table("complaints")
