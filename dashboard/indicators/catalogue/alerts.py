"""The system about itself: the alerts that stand, and whether somebody has each in hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.alert_state import Severity, State
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store import alert_messages, alerts
from dashboard.store.alerts import Kept
from dashboard.store.database import to_ms

NONE, IN_HAND, WAITS, CRITICAL = (
    "Tidak ada peringatan", "Semua sudah diterima", "Menunggu diterima", "Kritis, belum diterima",
)  # fmt: skip
DELIVERING, FAILING = "Saluran menerima", "Ada yang tidak terkirim"
LATE = timedelta(minutes=5)
LISTED = 12
OF_SEVERITY = {Severity.KRITIS: Status.KRITIS, Severity.WASPADA: Status.WASPADA, Severity.NONE: Status.NORMAL}


def standing(connection: Connection, at: datetime) -> Finding:
    """Alerts that were told and have not ended; the worst first, then those that wait longest."""
    found = [kept for kept in alerts.standing(connection) if kept.alert.is_told]
    waiting = [kept for kept in found if kept.alert.waits]
    worst = max((kept.alert.severity for kept in waiting), default=Severity.NONE)
    band = CRITICAL if worst is Severity.KRITIS else WAITS if waiting else IN_HAND if found else NONE
    detail = {
        "rows": [_row(kept) for kept in found[:LISTED]], "waiting": len(waiting), "counts": _counts(found),
        "marks": _marks(found),
    }  # fmt: skip
    newest = max((kept.alert.since for kept in found), default=None)
    return Finding(Decimal(len(found)), newest, n=len(found), band=band, detail=detail)


def undelivered(connection: Connection, at: datetime) -> Finding:
    """Messages that no channel has taken for five minutes, or that were given up in the last day."""
    found = alert_messages.undelivered(connection, at - LATE, at - timedelta(days=1))
    rows = [
        {"label": f"{m.channel}: {m.subject}", "value": m.error, "since": to_ms(m.at), "status": Status.WASPADA}
        for m in found[:LISTED]
    ]
    band = FAILING if found else DELIVERING
    return Finding(Decimal(len(found)), None, n=len(found), band=band, detail={"rows": rows})


def _counts(found: Sequence[Kept]) -> list[dict[str, Any]]:
    """For the strip of the wall. What is hidden by a blackout keeps its severity, and is counted as hidden besides."""
    shown = [kept for kept in found if kept.on_wall]
    by_severity = [
        {"mark": severity.word, "label": severity.word, "value": sum(k.alert.severity is severity for k in shown)}
        for severity in (Severity.KRITIS, Severity.WASPADA)
    ]
    hidden = sum(kept.alert.state is State.UNKNOWN for kept in shown)
    return [*by_severity, {"mark": "unknown", "label": "tak terpantau", "value": hidden}]


def _marks(found: Sequence[Kept]) -> list[dict[str, Any]]:
    """For the rotation of the wall: of each rule its worst severity, and whether anybody must still accept it."""
    marks: dict[str, dict[str, Any]] = {}
    for kept in (kept for kept in found if kept.on_wall):  # the worst first
        mark = marks.setdefault(kept.rule, {"rule": kept.rule, "severity": kept.alert.severity.word, "waits": False})
        mark["waits"] = mark["waits"] or kept.alert.waits
    return list(marks.values())


def _row(kept: Kept) -> dict[str, Any]:
    alert = kept.alert
    state = "belum diterima" if alert.waits else alert.stands.value
    hidden = " (data terputus)" if alert.state is State.UNKNOWN else ""
    state = f"{alert.state.value} ({state})" if hidden else state
    return {
        "label": f"{kept.said}{hidden}",
        "value": f"{kept.owner}, {state}",
        "since": to_ms(alert.raised_at or alert.since),
        "status": OF_SEVERITY[alert.severity],
    }


INDICATORS = (
    Indicator(
        id="alerts.standing", title="Peringatan", unit="peringatan", topics=("alerts",), formula=standing,
        clock="Yang berlaku saat ini, sejak dinyatakan sampai pulih", owner="Diskominfo",
        basis="Aturan peringatan setempat, perlu ditetapkan Diskominfo", better="down", internal=True,
        bands=(Band(NONE, Status.NORMAL), Band(IN_HAND, Status.NORMAL), Band(WAITS, Status.WASPADA),
               Band(CRITICAL, Status.KRITIS)), in_briefing=False, family="sistem",
    ),
    Indicator(
        id="alerts.undelivered", title="Pesan tidak terkirim", unit="pesan", topics=("alerts",), formula=undelivered,
        clock="Belum diterima saluran sesudah 5 menit, atau menyerah dalam 24 jam terakhir", owner="Diskominfo",
        basis="Janji P5: saluran pertama menerima ≤ 30 detik", better="down", internal=True,
        bands=(Band(DELIVERING, Status.NORMAL), Band(FAILING, Status.WASPADA)), in_briefing=False, family="sistem",
    ),
)  # fmt: skip
