"""Pairs of reports as whoever decides sees them: when, what and where, without names and numbers."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from dashboard.store.calls112 import incidents
from dashboard.store.incident_links import LinkState, incident_links


class LinkToDecide(NamedTuple):
    """The later report with the key of its link, and the id of the first one."""

    source: str
    incident_id: str
    parent_id: str
    received: datetime
    category_raw: str
    kecamatan_code: str | None
    minutes: float
    metres: float | None
    state: LinkState
    decided_by: str | None
    decided_at: datetime | None


def links_between(connection: Connection, start: datetime, end: datetime) -> list[LinkToDecide]:
    """Links of incidents received in [start, end), the newest first."""
    c, link = incidents.c, incident_links.c
    columns = (
        c.source, c.incident_id, link.parent_id, c.t_received, c.category_raw, c.kecamatan_code, link.minutes,
        link.metres, link.state, link.decided_by, link.decided_at,
    )  # fmt: skip
    linked = incident_links.join(incidents, and_(link.source == c.source, link.incident_id == c.incident_id))
    rows = connection.execute(
        select(*columns)
        .select_from(linked)
        .where(c.t_received >= start, c.t_received < end)
        .order_by(c.t_received.desc(), c.incident_id)
    )
    return [LinkToDecide(*row) for row in rows]
