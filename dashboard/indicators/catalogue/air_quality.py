"""Air: the official ISPU of the KLH station, and what our own sensors say now (which is not ISPU)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from sqlalchemy import Connection

from dashboard.formulas import ispu as index
from dashboard.formulas.completeness import mean_24h
from dashboard.formulas.nowcast import nowcast
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store import observations as store

OWNER = "DLH"
CATEGORY_STATUS = {
    "BAIK": Status.NORMAL, "SEDANG": Status.NORMAL, "TIDAK SEHAT": Status.WASPADA,
    "SANGAT TIDAK SEHAT": Status.KRITIS, "BERBAHAYA": Status.KRITIS,
}  # fmt: skip
CATEGORY_BANDS = tuple(
    Band(word.capitalize(), CATEGORY_STATUS[word], low, high)
    for word, low, high in (
        ("BAIK", None, Decimal("50.5")),
        ("SEDANG", Decimal("50.5"), Decimal("100.5")),
        ("TIDAK SEHAT", Decimal("100.5"), Decimal("200.5")),
        ("SANGAT TIDAK SEHAT", Decimal("200.5"), Decimal("300.5")),
        ("BERBAHAYA", Decimal("300.5"), None),
    )
)
INDEX_SCALE = (Decimal(0), Decimal(300))
STATION_WINDOW = timedelta(hours=26)


def official_ispu(connection: Connection, at: datetime) -> Finding:
    """The published index of the station with the highest one, recomputed from its 24-hour means."""
    published = store.newest_readings(connection, "ispu", "PT24H", at, STATION_WINDOW)
    if not published:
        return Finding(None, None, missing="belum ada ISPU dari stasiun KLH dalam 26 jam terakhir")
    worst = max(published, key=lambda o: o.value)
    parameters = {
        p: o.value
        for p in index.BREAKPOINTS
        for o in store.newest_readings(connection, p, "PT24H", at, STATION_WINDOW)
        if o.station == worst.station and o.observed_at == worst.observed_at and o.quality == "valid"
    }
    recomputed = index.ispu(parameters) if parameters else None
    detail = {
        "stasiun": worst.station_name or worst.station,
        "kritis": recomputed.critical if recomputed else None,
        "dihitung_ulang": recomputed.index if recomputed else None,
        "sub_indeks": dict(recomputed.sub_indices) if recomputed else {},
    }
    band = index.category(int(worst.value)).capitalize()
    return Finding(worst.value, worst.observed_at, n=len(published), band=band, detail=detail)


def _sensor_hours(
    connection: Connection, at: datetime, hours: int
) -> tuple[list[Decimal | None], dict, datetime | None]:
    """Median over the sensors of each hour's mean PM2.5, oldest first; the running hour is not over yet."""
    end = at.replace(minute=0, second=0, microsecond=0)
    means = store.hourly_means(connection, "pm25", end - timedelta(hours=hours), end)
    series: list[Decimal | None] = []
    for back in range(hours - 1, -1, -1):
        values = [m[end - timedelta(hours=back)] for m in means.values() if end - timedelta(hours=back) in m]
        series.append(Decimal(median(values)) if values else None)
    newest = max((t for m in means.values() for t in m), default=None)
    return series, means, newest


def pm25_now(connection: Connection, at: datetime) -> Finding:
    """NowCast of PM2.5 over the last 12 full hours; a trend for today, not ISPU."""
    series, means, newest = _sensor_hours(connection, at, 12)
    value = nowcast(series)
    if value is None:
        return Finding(None, newest, missing="sensor tidak cukup: perlu 2 dari 3 jam terakhir")
    labelled = [
        {"x": f"{h - 11:+d}" if h < 11 else "0", "value": None if v is None else float(v)} for h, v in enumerate(series)
    ]
    return Finding(value, newest, n=len(means), detail={"series": labelled, "bukan_ispu": True})


def pm25_24h_index(connection: Connection, at: datetime) -> Finding:
    """The PM2.5 sub-index of our sensors' 24-hour mean: an internal computation beside the official one."""
    series, means, newest = _sensor_hours(connection, at, 24)
    present = sum(v is not None for v in series)
    mean = mean_24h(series)
    if mean is None:
        return Finding(None, newest, n=present, missing=f"data tidak cukup: {present} dari 24 jam, perlu 18")
    sub_index = index.rounded(index.sub_index("pm25", mean))
    detail = {"rata_rata_24_jam": str(round(mean, 2)), "jam_tersedia": present, "sensor": len(means)}
    return Finding(Decimal(sub_index), newest, n=present, band=index.category(sub_index).capitalize(), detail=detail)


INDICATORS = (
    Indicator(
        id="air.ispu", title="ISPU resmi", unit="indeks", topics=("official_air",), formula=official_ispu,
        clock="Rata-rata 24 jam yang berakhir pada jam data; stasiun KLH tertinggi", owner=OWNER,
        basis=index.LEGAL_BASIS, better="down", scale=INDEX_SCALE, bands=CATEGORY_BANDS, family="lingkungan",
    ),
    Indicator(
        id="air.pm25_now", title="PM2,5 saat ini (bukan ISPU)", unit="µg/m³", topics=("sensors",),
        formula=pm25_now, clock="NowCast 12 jam penuh terakhir, median sensor", owner=OWNER,
        basis="US EPA NowCast; bukan ISPU", decimals=1, better="down", family="lingkungan", in_briefing=False,
    ),
    Indicator(
        id="air.pm25_24h_index", title="Subindeks PM2,5 sensor", unit="indeks", topics=("sensors",),
        formula=pm25_24h_index, clock="Rata-rata 24 jam penuh terakhir, sedikitnya 18 jam", owner=OWNER,
        basis=f"{index.LEGAL_BASIS}; perhitungan internal dari sensor, bukan ISPU resmi", better="down",
        scale=INDEX_SCALE, bands=CATEGORY_BANDS, family="lingkungan",
    ),
)  # fmt: skip
