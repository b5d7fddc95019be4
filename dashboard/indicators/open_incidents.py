"""Incidents that are open now as the live panels list them: single cases only of categories that harm nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.stages import FORGOTTEN, LIMIT
from dashboard.indicators.counted_incidents import LEAST_SHOWN, SENSITIVE, category_codes, is_sensitive, that_count
from dashboard.indicators.indicator import Finding, Status
from dashboard.store.database import to_ms
from dashboard.store.incident_cases import Case, cases_between, newest_received, open_cases
from dashboard.vocabulary112 import categories
from datasources.region import by_code

LATE = timedelta(minutes=30)
MOST_LISTED = 12
LOOKED_BACK = timedelta(days=30)


def open_now(connection: Connection, at: datetime) -> Finding:
    """Open incidents, oldest first; those open for more than 24 hours are forgotten closings and stand apart."""
    still_open, _ = that_count(connection, open_cases(connection, at))
    current = [case for case in still_open if at - case.received <= FORGOTTEN]
    waiting = [at - case.received for case in current if case.arrived is None]
    oldest = max(waiting, default=timedelta(0))
    band = "Terlambat > 30 menit" if oldest > LATE else "Belum tiba > 15 menit" if oldest > LIMIT else "Normal"
    forgotten = len(still_open) - len(current)
    detail: dict[str, Any] = {
        "rows": _rows(connection, current, at),
        "forgotten": forgotten,
        "not_arrived": len(waiting),
    }
    if forgotten and current:
        detail["remark"] = f"+ {forgotten} tiket terbuka > 24 jam, dihitung tersendiri"
    if not current:
        last = cases_between(connection, at - LOOKED_BACK, at, wanted=("closed",))
        detail["calm"] = _calm(that_count(connection, last)[0], forgotten, at)
    newest = newest_received(connection, at - LOOKED_BACK, at)
    return Finding(Decimal(len(current)), newest, n=len(current), band=band, detail=detail)


def _calm(cases: Sequence[Case], forgotten: int, at: datetime) -> list[dict[str, Any]]:
    """What there is to say while nothing is open; `cases` are those of the last 30 days."""
    day = [case for case in cases if at - case.received <= timedelta(hours=24)]
    rows: list[dict[str, Any]] = [
        {"label": "Dilaporkan 24 jam terakhir", "value": len(day)},
        {"label": "Sudah selesai", "value": sum(case.closed is not None and case.closed <= at for case in day)},
        {"label": "Dilaporkan 7 hari terakhir", "value": sum(at - c.received <= timedelta(days=7) for c in cases)},
        {"label": "Lupa ditutup (> 24 jam)", "value": forgotten},
    ]
    return [*rows, {"label": "Laporan terakhir", "value": "", "since": to_ms(cases[-1].received)}] if cases else rows


def _rows(connection: Connection, current: Sequence[Case], at: datetime) -> list[dict[str, Any]]:
    """Each case with its kecamatan; those of sensitive categories as one row, without place."""
    meant = category_codes(connection, current)
    listed = [case for case in current if not is_sensitive(meant[case.category_raw])]
    rows = [_row(_label(categories()[meant[case.category_raw]].title, case), case, at) for case in listed]
    kept_back = [case for case in current if is_sensitive(meant[case.category_raw])]
    if kept_back:
        waiting = [case for case in kept_back if case.arrived is None]
        n = f"<{LEAST_SHOWN}" if len(kept_back) < LEAST_SHOWN else str(len(kept_back))
        rows.append(_row(f"{SENSITIVE} ({n}), yang tertua", (waiting or kept_back)[0], at))
    return sorted(rows, key=lambda row: row["since"])[:MOST_LISTED]


def _label(title: str, case: Case) -> str:
    place = by_code().get(case.kecamatan_code or "")
    return f"{title} · {place.name if place else 'kecamatan belum diketahui'}"


def _row(label: str, case: Case, at: datetime) -> dict[str, Any]:
    return {
        "label": label,
        "value": "sudah tiba" if case.arrived else "belum tiba",
        "since": to_ms(case.received),
        "status": Status.NORMAL if case.arrived or at - case.received <= LIMIT else Status.WASPADA,
    }
