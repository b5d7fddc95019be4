"""Proposed duplicates: links between incidents that may be one event. Linked, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, Connection, Float, Index, String, Table, select, update

from dashboard.store.calls112 import incidents
from dashboard.store.database import UtcTime, metadata
from dashboard.store.recount_due import mark_days
from dashboard.store.upsert import Merge, upsert

LinkState = Literal["diusulkan", "diterima", "ditolak"]

incident_links = Table(
    "incident_links",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("incident_id", String(96), primary_key=True),
    Column("parent_source", String(64), nullable=False),
    Column("parent_id", String(96), nullable=False),
    Column("minutes", Float, nullable=False),
    Column("metres", Float),
    Column("state", String(16), nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Column("decided_by", String(128)),
    Column("decided_at", UtcTime),
    Index("incident_links_by_parent", "parent_source", "parent_id"),
)


@dataclass(frozen=True, slots=True)
class IncidentLink:
    """The later report of what may be one event, and the first one."""

    source: str
    incident_id: str
    parent_source: str
    parent_id: str
    minutes: float
    metres: float | None
    state: LinkState = "diusulkan"


def propose(connection: Connection, links: Iterable[IncidentLink], at: datetime) -> None:
    """Add proposals; what somebody has decided about an incident already stays as it is."""
    known = {(r.source, r.incident_id) for r in connection.execute(select(incident_links))}
    new = [link for link in links if (link.source, link.incident_id) not in known]
    rows = [
        {
            "source": link.source,
            "incident_id": link.incident_id,
            "parent_source": link.parent_source,
            "parent_id": link.parent_id,
            "minutes": link.minutes,
            "metres": link.metres,
            "state": link.state,
            "proposed_at": at,
        }
        for link in new
    ]
    upsert(connection, incident_links, rows, Merge.REPLACE)
    for link in new:
        _mark(connection, link.source, link.incident_id)


def decide(connection: Connection, source: str, incident_id: str, state: LinkState, by: str, at: datetime) -> bool:
    """Accept or reject a proposal; False when there is none."""
    c = incident_links.c
    done = connection.execute(
        update(incident_links)
        .where(c.source == source, c.incident_id == incident_id)
        .values(state=state, decided_by=by, decided_at=at)
    )
    _mark(connection, source, incident_id)
    return done.rowcount == 1


def _mark(connection: Connection, source: str, incident_id: str) -> None:
    """What is said about an incident is packed with the others of its day."""
    c = incidents.c
    received = connection.execute(select(c.t_received).where(c.source == source, c.incident_id == incident_id))
    mark_days(connection, "incidents", source, received.scalars())


def links(connection: Connection) -> list[IncidentLink]:
    """Every link, whatever was decided."""
    c = incident_links.c
    columns = (c.source, c.incident_id, c.parent_source, c.parent_id, c.minutes, c.metres, c.state)
    rows = connection.execute(select(*columns).order_by(c.proposed_at, c.incident_id))
    return [IncidentLink(*row) for row in rows]
