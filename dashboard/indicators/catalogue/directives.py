"""The system about itself: instructions (arahan) that are open, and those whose day is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store.directives import Directive, directives_of

NONE_OPEN, IN_TIME, OVERDUE = "Tidak ada yang terbuka", "Semua dalam tenggat", "Ada yang lewat tenggat"
LISTED = 12


def open_now(connection: Connection, at: datetime) -> Finding:
    """Those not confirmed done; the overdue first, then by their day."""
    found = directives_of(connection)
    late = [d for d in found if d.is_overdue(at)]
    ordered = [*late, *(d for d in found if not d.is_overdue(at))]
    strip = {"label": "arahan lewat", "value": len(late)} if late else {"label": "arahan", "value": len(found)}
    detail = {"rows": [_row(d, at) for d in ordered[:LISTED]], "overdue": len(late), "counts": [strip]}
    newest = max((d.since for d in found), default=None)
    band = OVERDUE if late else IN_TIME if found else NONE_OPEN
    return Finding(Decimal(len(found)), newest, n=len(found), band=band, detail=detail)


def _row(directive: Directive, at: datetime) -> dict[str, Any]:
    late = directive.is_overdue(at)
    last = wib(directive.due_at - timedelta(seconds=1))
    return {
        "label": f"{directive.opd}: {directive.what}",
        "value": "lewat tenggat" if late else f"tenggat {last.day}/{last.month}",
        "status": Status.WASPADA if late else Status.NORMAL,
    }


INDICATORS = (
    Indicator(
        id="directives.open", title="Arahan terbuka", unit="arahan", topics=("directives",), formula=open_now,
        clock="Saat ini; sejak diberikan sampai pemberi menyatakan selesai", owner="Sekretariat Daerah",
        basis="Disposisi pimpinan", better="down", internal=True,
        bands=(Band(NONE_OPEN, Status.NORMAL), Band(IN_TIME, Status.NORMAL), Band(OVERDUE, Status.WASPADA)),
        in_briefing=False, family="sistem",
    ),
)  # fmt: skip
