"""Hours of work, terms of warnings and near earthquakes decided ahead; what is known already is decided now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.formulas.near_quake import is_near
from dashboard.store.database import UtcTime
from datasources.region import MOJOSARI

revision = "0017"
down_revision = "0015"

WAITING = """
    INSERT INTO recount_due (what, source, start, "end")
    SELECT 'agent_spells', '', (min(start) + 25200000) / 86400000 * 86400000 - 25200000,
           (max(known_at) + 25200000) / 86400000 * 86400000 - 25200000 + 86400000
    FROM agent_spells HAVING count(*) > 0"""
"""From the first WIB day to the last; a spell without an end counts until it was heard of."""
TERMS = """
    INSERT INTO warning_terms (identifier, sent, start, "end", places)
    VALUES (:identifier, :sent, :start, :end, :places)"""


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "staffed_days",
        sa.Column("day", UtcTime(), nullable=False),
        sa.Column("hours", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.execute(WAITING)
    op.create_table(
        "warning_terms",
        sa.Column("identifier", sa.String(length=96), nullable=False),
        sa.Column("sent", UtcTime(), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("identifier"),
    )
    op.create_index("warning_terms_by_end", "warning_terms", ["end"])
    op.create_index("warning_terms_by_start", "warning_terms", ["start"])
    _decide_terms(op.get_bind())
    with op.batch_alter_table("earthquakes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("near", sa.Boolean(), nullable=False, server_default=sa.false()))
    _judge_earthquakes(op.get_bind())
    with op.batch_alter_table("earthquakes", schema=None) as batch_op:
        batch_op.alter_column("near", server_default=None)
        batch_op.create_index("earthquakes_near_by_time", ["near", "event_at"])


def _decide_terms(bind: sa.Connection) -> None:
    replaced: dict[str, int] = {}
    messages = """SELECT sent, "references" FROM warnings WHERE message_type IN ('Update', 'Cancel') ORDER BY sent"""
    for sent, references in bind.execute(sa.text(messages)):
        for identifier in references.split():
            replaced.setdefault(identifier, sent)
    told = """SELECT identifier, sent, effective, expires, kecamatan FROM warnings
              WHERE message_type <> 'Cancel' AND kecamatan <> ''"""
    made = [
        {"identifier": identifier, "sent": sent, "start": effective,
         "end": min(expires, replaced.get(identifier, expires)),
         "places": sum({1 << int(code.rsplit(".", 1)[-1]) for code in kecamatan.split()})}
        for identifier, sent, effective, expires, kecamatan in bind.execute(sa.text(told))
    ]  # fmt: skip
    lasting = [term for term in made if term["start"] < term["end"]]
    if lasting:
        bind.execute(sa.text(TERMS), lasting)


def _judge_earthquakes(bind: sa.Connection) -> None:
    rows = bind.execute(sa.text("SELECT event_at, twin, lat, lon, felt FROM earthquakes")).all()
    near = [
        {"yes": True, "event_at": event_at, "twin": twin}
        for event_at, twin, lat, lon, felt in rows
        if is_near((lat, lon), MOJOSARI, felt, "Mojokerto")
    ]
    if near:
        judged = "UPDATE earthquakes SET near = :yes WHERE event_at = :event_at AND twin = :twin"
        bind.execute(sa.text(judged), near)


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("earthquakes", schema=None) as batch_op:
        batch_op.drop_index("earthquakes_near_by_time")
        batch_op.drop_column("near")
    op.drop_table("warning_terms")
    op.execute("DELETE FROM recount_due WHERE what = 'agent_spells'")
    op.drop_table("staffed_days")
