"""The system about itself: how much refused input waits to be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.indicators.indicator import Finding, Indicator
from dashboard.store import ingestion_log


def refused_24h(connection: Connection, at: datetime) -> Finding:
    """Distinct refused pieces of input seen in the last 24 hours."""
    recent = [
        q for q in ingestion_log.quarantined(connection, limit=1000) if at - q.last_seen_at <= timedelta(hours=24)
    ]
    rows = [{"label": q.source, "value": q.reason} for q in recent[:12]]
    newest = max((q.last_seen_at for q in recent), default=None)
    return Finding(Decimal(len(recent)), newest, n=len(recent), detail={"rows": rows})


INDICATORS = (
    Indicator(
        id="sources.refused_24h", title="Baris ditolak", unit="baris", topics=(), formula=refused_24h,
        clock="24 jam terakhir; baris yang sama dihitung sekali", owner="Diskominfo", basis="Karantina masukan",
        better="down", in_briefing=False, family="sistem",
    ),
)  # fmt: skip
