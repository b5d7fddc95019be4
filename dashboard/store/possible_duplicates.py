"""What is needed to tell whether two incidents may be one event, and the pairs that were proposed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import numpy as np
from sqlalchemy import BigInteger, Connection, and_, cast, func, select, type_coerce

from dashboard.store.calls112 import incidents
from dashboard.store.incident_columns import columns_between
from dashboard.store.incident_days import STATES
from dashboard.store.incident_links import LinkState, incident_links
from dashboard.store.word_list import each_of


class Report(NamedTuple):
    """One incident with its number, place and caller: for comparing only, never for a screen."""

    source: str
    incident_id: str
    received: datetime
    category_raw: str
    class_raw: str | None
    desa_code: str | None
    lat: float | None
    lon: float | None
    caller_hash: str | None
    state: LinkState | None
    """What was said about it as a duplicate."""


class ProposedLink(NamedTuple):
    """A pair for the desk: the later report with its id, and the id of the first."""

    received: datetime
    category_raw: str
    kecamatan_code: str | None
    incident_id: str
    parent_id: str
    minutes: float
    metres: float | None
    state: LinkState


def reports_between(connection: Connection, start: datetime, end: datetime) -> list[Report]:
    """Incidents received in [start, end) and not cancelled, oldest first."""
    c, link = incidents.c, incident_links.c
    told = [c.source, c.incident_id, c.t_received, c.category_raw, c.class_raw, c.desa_code]
    linked = incidents.outerjoin(incident_links, and_(link.source == c.source, link.incident_id == c.incident_id))
    rows = connection.execute(
        select(*told, c.lat, c.lon, c.caller_hash, link.state)
        .select_from(linked)
        .where(c.t_received >= start, c.t_received < end, c.cancelled.is_(False))
        .order_by(c.t_received, c.source, c.incident_id)
    )
    return [Report._make(row) for row in rows]


def first_report(connection: Connection) -> datetime | None:
    """When the oldest incident was received."""
    oldest: datetime | None = connection.execute(select(func.min(incidents.c.t_received))).scalar()
    return oldest


def proposed_between(
    connection: Connection, start: datetime, end: datetime, kecamatan: str | None = None
) -> list[ProposedLink]:
    """Links of incidents received in [start, end), the newest first.

    Which incidents have one is packed with their day; a join of all links with all incidents walks through ten years.
    """
    packed = columns_between(connection, start, end)
    linked = packed.cells["link"] != STATES.index(None)
    if kecamatan is not None:
        linked &= packed.having("kecamatan_code", (kecamatan,))
    return _links_at(connection, np.unique(packed.cells["received"][linked]).tolist(), kecamatan)


def _links_at(connection: Connection, moments: list[int], kecamatan: str | None) -> list[ProposedLink]:
    c, link, moment = incidents.c, incident_links.c, each_of(connection, moments)
    columns = (c.t_received, c.category_raw, c.kecamatan_code, c.incident_id, link.parent_id, link.minutes, link.metres)
    then = incidents.join(moment, type_coerce(c.t_received, BigInteger) == cast(moment.c.value, BigInteger))
    linked = then.join(incident_links, and_(link.source == c.source, link.incident_id == c.incident_id))
    told = select(*columns, link.state).select_from(linked).order_by(c.t_received.desc(), c.incident_id)
    if kecamatan is not None:
        told = told.where(c.kecamatan_code == kecamatan)
    return [ProposedLink(*row) for row in connection.execute(told).all()]
