"""The screens of the wall: how many of the paired ones give no sign of life."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store import display_beats, displays
from dashboard.store.database import to_ms

DEAD_AFTER = timedelta(seconds=35)
"""Three signs of life of ten seconds each were missed."""
NONE_PAIRED, ALL_ALIVE, SOME_DEAD = "Belum ada layar dipasang", "Semua layar hidup", "Ada layar mati"
LISTED = 12


def dead(connection: Connection, at: datetime) -> Finding:
    """Paired screens that were not heard for DEAD_AFTER, or since their approval; n is how many are paired."""
    paired = displays.paired(connection)
    if not paired:
        return Finding(Decimal(0), None, n=0, band=NONE_PAIRED)
    beats = display_beats.last_beats(connection)
    heard = {d.id: beats[d.id].at if d.id in beats else d.approved_at or d.asked_at for d in paired}
    silent = [d for d in paired if at - heard[d.id] > DEAD_AFTER]
    rows = [
        {"label": d.title, "value": "mati", "since": to_ms(heard[d.id]), "status": Status.WASPADA}
        for d in silent[:LISTED]
    ]
    band = SOME_DEAD if silent else ALL_ALIVE
    return Finding(Decimal(len(silent)), None, n=len(paired), band=band, detail={"rows": rows})


INDICATORS = (
    Indicator(
        id="displays.dead", title="Layar mati", unit="layar", topics=("displays",), formula=dead,
        clock="Layar terpasang yang tidak memberi tanda hidup lebih dari 35 detik", owner="Diskominfo",
        basis="Janji P8: gambar dinding benar atau ditandai jujur 99,95 %", better="down", internal=True,
        bands=(Band(NONE_PAIRED, Status.NORMAL), Band(ALL_ALIVE, Status.NORMAL),
               Band(SOME_DEAD, Status.WASPADA)), in_briefing=False, family="sistem",
    ),
)  # fmt: skip
