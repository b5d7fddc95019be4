"""People and machines: second factors, one-time links, keys, sessions that say where; the audit log only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.database import UtcTime

revision = "0015"
down_revision = "0014"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
        "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$",
        "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
    ),
}


def upgrade() -> None:
    """Make the tables and columns of this revision, and the triggers that keep the audit log."""
    op.add_column("people", sa.Column("totp_sealed", sa.String(256)))
    op.add_column("people", sa.Column("totp_step", sa.BigInteger()))
    op.add_column("people", sa.Column("subject", sa.String(512)))
    op.create_index("people_by_subject", "people", ["subject"], unique=True)
    op.add_column("sessions", sa.Column("browser", sa.String(64), nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("way", sa.String(16), nullable=False, server_default=""))
    op.create_table(
        "one_time_links",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
    )
    op.create_index("one_time_links_by_person", "one_time_links", ["person"])
    op.create_table(
        "api_tokens",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("begins", sa.String(16), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("scopes", sa.String(128), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime()),
        sa.Column("revoked_at", UtcTime()),
    )
    op.create_index("api_tokens_by_key", "api_tokens", ["key_hash"], unique=True)
    for statement in APPEND_ONLY.get(op.get_bind().dialect.name, ()):
        op.execute(statement)
