"""Rivers: the level now and how fast it rises. Thresholds are shown only once an officer has entered them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.indicators.indicator import Finding, Indicator
from dashboard.store.observations import readings


def level_now(connection: Connection, at: datetime) -> Finding:
    """The newest level of the post that rises fastest over the last hour, in metres on its own staff."""
    recent = [
        o for o in readings(connection, "river_level", "inst", at - timedelta(hours=6), at) if o.quality == "valid"
    ]
    if not recent:
        return Finding(None, None, missing="belum ada tinggi muka air dalam 6 jam terakhir")
    stations: dict[str, list] = {}
    for o in recent:
        stations.setdefault(o.station, []).append(o)
    rises = {name: _rise_cm_per_hour(series) for name, series in stations.items()}
    name = max(rises, key=lambda station: rises[station])
    newest = stations[name][-1]
    rows = [
        {
            "label": s[-1].station_name or station,
            "value": f"{s[-1].value:.2f} m ({rises[station]:+.0f} cm/jam)".replace(".", ","),
        }
        for station, s in stations.items()
    ]
    detail = {"pos": newest.station_name or name, "kenaikan_cm_per_jam": float(rises[name]), "rows": rows}
    return Finding(newest.value, newest.observed_at, n=len(stations), detail=detail)


def _rise_cm_per_hour(series: list) -> Decimal:
    """Change over the last hour of readings, in cm; with less than an hour, over what there is."""
    last = series[-1]
    first = next(o for o in series if last.observed_at - o.observed_at <= timedelta(hours=1))
    hours = Decimal((last.observed_at - first.observed_at).total_seconds()) / 3600
    return (last.value - first.value) * 100 / hours if hours else Decimal(0)


INDICATORS = (
    Indicator(
        id="river.level", title="Tinggi muka air", unit="m", topics=("sensors",), formula=level_now,
        clock="Bacaan terbaru pos dengan kenaikan tercepat sejam terakhir", owner="BPBD",
        basis="Ambang siaga belum diisi petugas (PJT I / BBWS Brantas)", decimals=2, better="down", family="lingkungan",
    ),
)  # fmt: skip
