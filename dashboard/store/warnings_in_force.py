"""Which of BMKG's alerts hold at a moment, whatever the order in which they came and whoever cut them short."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.store.bmkg import warnings
from datasources.bmkg.records import Warning

REPLACING = ("Update", "Cancel")


def valid_warnings(connection: Connection, at: datetime) -> list[Warning]:
    """Alerts in force at `at`, oldest first: sent, effective, not expired, neither updated nor cancelled until then.

    An alert that an update replaced stays replaced when that update is cancelled or expires.
    """
    c = warnings.c
    rows = connection.execute(
        select(warnings)
        .where(c.expires > at, c.effective <= at, c.sent <= at, c.message_type != "Cancel")
        .order_by(c.sent, c.identifier)
    ).mappings()
    known = [_warning(dict(row)) for row in rows]
    if not known:
        return []
    replaced = replaced_at(connection, known[0].sent, at)
    return [w for w in known if w.identifier not in replaced]


def replaced_at(connection: Connection, since: datetime, at: datetime) -> dict[str, datetime]:
    """Identifier → when it was first updated or cancelled by a message sent in [since, at]."""
    c = warnings.c
    rows = connection.execute(
        select(c.sent, c.references)
        .where(c.message_type.in_(REPLACING), c.sent >= since, c.sent <= at)
        .order_by(c.sent)
    )
    found: dict[str, datetime] = {}
    for row in rows:
        for identifier in row.references.split():
            found.setdefault(identifier, row.sent)
    return found


def _warning(row: dict[str, object]) -> Warning:
    for column in ("source", "known_at"):
        row.pop(column)
    row["references"] = tuple(str(row["references"]).split())
    row["kecamatan"] = tuple(str(row["kecamatan"]).split())
    row["polygons"] = tuple(ring for ring in str(row["polygons"] or "").split(";") if ring)
    return Warning(**row)  # type: ignore[arg-type]
