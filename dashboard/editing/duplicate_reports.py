"""Proposed duplicates: somebody of the desk says whether two reports are one event."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, quoted, signed
from dashboard.store import incident_links
from dashboard.store.incident_links import LinkState
from dashboard.store.links_to_decide import LinkToDecide, links_between
from dashboard.store.people import Person

LOOKED_BACK = timedelta(days=90)
DECISIONS: dict[LinkState, str] = {"diterima": "Satu kejadian", "ditolak": "Dua kejadian"}


def newest(connection: Connection, at: datetime) -> list[LinkToDecide]:
    """The pairs of the last 90 days: those nobody has decided first, then the newest first."""
    found = links_between(connection, at - LOOKED_BACK, at)
    return sorted(found, key=lambda link: link.state != "diusulkan")


def decide(
    connection: Connection, source: str | None, incident_id: str | None, decision: str | None, by: Person, at: datetime
) -> None:
    """Accept or reject a pair. Raises EntryRefused."""
    state = next((known for known in DECISIONS if known == decision), None)
    if state is None:
        raise EntryRefused(f"Keputusan {quoted(decision or '')} tidak ada; yang benar diterima atau ditolak.")
    if not incident_links.decide(connection, source or "", incident_id or "", state, by.title, at):
        raise EntryRefused(f"Usulan untuk laporan {quoted(incident_id or '')} tidak ada; muat ulang halaman.")
    signed(connection, by, at, "laporan ganda", f"{source} {incident_id}: {state}")
