"""Tables of water, waste, green space, energy and IKLH, and what their rows said before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "buildings",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("opd", sa.String(length=128), nullable=False),
        sa.Column("area_m2", Exact(), nullable=True),
        sa.Column("bare_m2", Exact(), nullable=True),
        sa.Column("measured_on", Day(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "code"),
    )

    op.create_table(
        "energy_months",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("building", sa.String(length=64), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("kwh", Exact(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("metering", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "building", "month"),
    )
    with op.batch_alter_table("energy_months", schema=None) as batch_op:
        batch_op.create_index("energy_months_by_month", ["month"], unique=False)

    op.create_table(
        "green_areas",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kecamatan_code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("ownership", sa.String(length=16), nullable=False),
        sa.Column("area_ha", Exact(), nullable=False),
        sa.Column("surveyed_on", Day(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "year", "kecamatan_code", "name"),
    )

    op.create_table(
        "official_indices",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("target", Exact(), nullable=True),
        sa.Column("regulation", sa.String(length=128), nullable=False),
        sa.Column("document", sa.String(length=128), nullable=False),
        sa.Column("published_on", Day(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "year", "part"),
    )

    op.create_table(
        "row_revisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=True),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.Column("replaced_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("row_revisions", schema=None) as batch_op:
        batch_op.create_index("row_revisions_by_time", ["table_name", "replaced_at"], unique=False)

    op.create_table(
        "solar_months",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("plant", sa.String(length=64), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("produced_kwh", Exact(), nullable=False),
        sa.Column("exported_kwh", Exact(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "plant", "month"),
    )
    with op.batch_alter_table("solar_months", schema=None) as batch_op:
        batch_op.create_index("solar_months_by_month", ["month"], unique=False)

    op.create_table(
        "solar_plants",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("kwp", Exact(), nullable=False),
        sa.Column("running_since", Day(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "code"),
    )

    op.create_table(
        "urban_areas",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kecamatan_code", sa.String(length=16), nullable=False),
        sa.Column("area_ha", Exact(), nullable=False),
        sa.Column("basis", sa.String(length=128), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "year", "kecamatan_code"),
    )

    op.create_table(
        "waste_banks",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("kecamatan_code", sa.String(length=16), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=True),
        sa.Column("received_kg", Exact(), nullable=True),
        sa.Column("sold_kg", Exact(), nullable=False),
        sa.Column("turnover_rp", Exact(), nullable=True),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "name", "month"),
    )
    with op.batch_alter_table("waste_banks", schema=None) as batch_op:
        batch_op.create_index("waste_banks_by_month", ["month"], unique=False)

    op.create_table(
        "waste_flows",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("tonnes", Exact(), nullable=False),
        sa.Column("trips", sa.Integer(), nullable=True),
        sa.Column("weighing", sa.String(length=16), nullable=False),
        sa.Column("volume_left_m3", Exact(), nullable=True),
        sa.Column("density", Exact(), nullable=True),
        sa.Column("cover_percent", Exact(), nullable=True),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "name", "month"),
    )
    with op.batch_alter_table("waste_flows", schema=None) as batch_op:
        batch_op.create_index("waste_flows_by_month", ["kind", "month"], unique=False)

    op.create_table(
        "waste_months",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("generated_t", Exact(), nullable=False),
        sa.Column("limited_t", Exact(), nullable=True),
        sa.Column("reused_t", Exact(), nullable=True),
        sa.Column("recycled_t", Exact(), nullable=True),
        sa.Column("processed_t", Exact(), nullable=True),
        sa.Column("landfilled_t", Exact(), nullable=True),
        sa.Column("weighing", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "month"),
    )

    op.create_table(
        "water_limits",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("parameter", sa.String(length=32), nullable=False),
        sa.Column("limit", Exact(), nullable=False),
        sa.Column("regulation", sa.String(length=128), nullable=False),
        sa.Column("confirmed_by", sa.String(length=128), nullable=False),
        sa.Column("confirmed_on", Day(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "parameter"),
    )

    op.create_table(
        "water_values",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=64), nullable=False),
        sa.Column("sampled_on", Day(), nullable=False),
        sa.Column("parameter", sa.String(length=32), nullable=False),
        sa.Column("station_name", sa.String(length=128), nullable=False),
        sa.Column("river", sa.String(length=128), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("below_limit", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(length=128), nullable=False),
        sa.Column("known_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "station", "sampled_on", "parameter"),
    )
    with op.batch_alter_table("water_values", schema=None) as batch_op:
        batch_op.create_index("water_values_by_day", ["sampled_on", "station"], unique=False)


def downgrade() -> None:
    """Drop the tables of this revision."""
    op.drop_table("water_values")
    op.drop_table("water_limits")
    op.drop_table("waste_months")
    op.drop_table("waste_flows")
    op.drop_table("waste_banks")
    op.drop_table("urban_areas")
    op.drop_table("solar_plants")
    op.drop_table("solar_months")
    op.drop_table("row_revisions")
    op.drop_table("official_indices")
    op.drop_table("green_areas")
    op.drop_table("energy_months")
    op.drop_table("buildings")
