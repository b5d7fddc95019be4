"""112: incidents that are open, how soon help arrives, and where it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.survival import kaplan_meier
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import decimal, percent
from dashboard.store.calls112 import incidents_between, open_incidents
from dashboard.store.database import to_ms
from datasources.calls112.records import Incident
from datasources.region import by_code, kecamatan

OWNER = "Diskominfo"
SPM = "Permendagri 114/2018 Pasal 4 (SPM kebakaran dan penyelamatan)"
LIMIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)
LATE = timedelta(minutes=30)
WEEK = "7 hari terakhir"


def _newest(incidents: Sequence[Incident], default: datetime | None = None) -> datetime | None:
    return max((i.t_received for i in incidents), default=default)


def _label(incident: Incident) -> str:
    place = by_code().get(incident.kecamatan_code or "")
    return f"{incident.category_raw.capitalize()} · {place.name if place else 'kecamatan belum diketahui'}"


def open_now(connection: Connection, at: datetime) -> Finding:
    """Open incidents, oldest first; those open for more than 24 hours are forgotten closings and stand apart."""
    still_open = open_incidents(connection, at)
    current = [i for i in still_open if at - i.t_received <= FORGOTTEN]
    waiting = [at - i.t_received for i in current if i.t_arrived is None]
    oldest = max(waiting, default=timedelta(0))
    band = "Terlambat > 30 menit" if oldest > LATE else "Belum tiba > 15 menit" if oldest > LIMIT else "Normal"
    rows = [
        {
            "label": _label(i),
            "value": "sudah tiba" if i.t_arrived else "belum tiba",
            "since": to_ms(i.t_received),
            "status": Status.NORMAL if i.t_arrived or at - i.t_received <= LIMIT else Status.WASPADA,
        }
        for i in current[:12]
    ]
    last = incidents_between(connection, at - timedelta(days=30), at)
    detail = {"rows": rows, "forgotten": len(still_open) - len(current), "not_arrived": len(waiting)}
    return Finding(Decimal(len(current)), _newest(last), n=len(current), band=band, detail=detail)


def _arrivals(connection: Connection, at: datetime) -> tuple[list[timedelta], Counter[str], list[Incident]]:
    """Times from report to arrival of the last 7 days, with what was excluded and why."""
    times: list[timedelta] = []
    excluded: Counter[str] = Counter()
    incidents = incidents_between(connection, at - timedelta(days=7), at)
    for incident in incidents:
        age = (incident.t_arrived or at) - incident.t_received
        if incident.cancelled:
            excluded["dibatalkan"] += 1
        elif incident.t_arrived is not None and age < timedelta(0):
            excluded["tiba sebelum laporan (salah catat)"] += 1
        elif incident.t_arrived is None and incident.t_closed is not None:
            excluded["ditutup tanpa waktu tiba"] += 1
        elif incident.t_arrived is None and age <= LIMIT:
            excluded["masih dalam 15 menit pertama"] += 1
        elif incident.t_arrived is None and age > FORGOTTEN:
            excluded["tiket > 24 jam belum ditutup"] += 1
        else:
            times.append(age if incident.t_arrived else max(age, LIMIT + timedelta(seconds=1)))
    return times, excluded, incidents


def within_15_min(connection: Connection, at: datetime) -> Finding:
    """Share that arrived within 15 minutes of the report; one that is late and still open counts as late at once."""
    times, excluded, incidents = _arrivals(connection, at)
    newest = _newest(incidents)
    if not times:
        return Finding(None, newest, missing=f"tidak ada kejadian dengan waktu tiba dalam {WEEK}")
    within = sum(t <= LIMIT for t in times)
    limits = wilson(within, len(times))
    detail = {
        "interval_95": [round(100 * x, 1) for x in limits] if limits else None,
        "dikecualikan": dict(excluded),
        "dalam_15_menit": within,
    }
    return Finding(percent(Fraction(within, len(times))), newest, n=len(times), detail=detail)


def mean_response(connection: Connection, at: datetime) -> Finding:
    """Mean minutes from report to arrival, as the regulation words it; beside it the median that counts open ones."""
    incidents = incidents_between(connection, at - timedelta(days=7), at)
    arrived = [
        i.t_arrived - i.t_received
        for i in incidents
        if i.t_arrived is not None and i.t_arrived >= i.t_received and not i.cancelled
    ]
    if not arrived:
        return Finding(None, _newest(incidents), missing=f"tidak ada waktu tiba dalam {WEEK}")
    seconds = [int(a.total_seconds()) for a in arrived]
    mean = decimal(Fraction(sum(seconds), 60 * len(seconds)))
    detail = {"median_termasuk_terbuka_menit": _median_with_open(incidents, at)}
    band = "Memenuhi SPM" if mean is not None and mean <= 15 else "Melebihi SPM 15 menit"
    return Finding(mean, _newest(incidents), n=len(seconds), band=band, detail=detail)


def _median_with_open(incidents: Sequence[Incident], at: datetime) -> float | None:
    """Kaplan-Meier median in minutes: incidents still without arrival count with their present age."""
    cases = [
        (((i.t_arrived or at) - i.t_received).total_seconds() / 60, i.t_arrived is not None)
        for i in incidents
        if not i.cancelled and (i.t_arrived is not None or i.t_closed is None) and (i.t_arrived or at) >= i.t_received
    ]
    return kaplan_meier([c[0] for c in cases], [c[1] for c in cases]).median if cases else None


def incidents_24h(connection: Connection, at: datetime) -> Finding:
    """Incidents reported in the last 24 hours, by kecamatan and category."""
    incidents = [i for i in incidents_between(connection, at - timedelta(hours=24), at) if not i.cancelled]
    recent = incidents or incidents_between(connection, at - timedelta(days=30), at)
    if not recent:
        return Finding(None, None, missing="belum ada kejadian tercatat")
    places = Counter(i.kecamatan_code for i in incidents)
    categories = Counter(i.category_raw.capitalize() for i in incidents)
    detail = {
        "kecamatan": {k.code: places.get(k.code, 0) for k in kecamatan()},
        "tanpa_kecamatan": places.get(None, 0),
        "kategori": dict(categories.most_common(8)),
    }
    return Finding(Decimal(len(incidents)), _newest(recent), n=len(incidents), detail=detail)


INDICATORS = (
    Indicator(
        id="calls112.open_incidents", title="Kejadian terbuka", unit="kejadian", topics=("incidents",),
        formula=open_now, clock="Saat ini; laporan diterima → belum ditutup; > 24 jam dihitung tersendiri", owner=OWNER,
        basis="Ambang lokal: belum tiba > 15 menit waspada, > 30 menit kritis", better="down",
        bands=(Band("Normal", Status.NORMAL), Band("Belum tiba > 15 menit", Status.WASPADA),
               Band("Terlambat > 30 menit", Status.KRITIS)), family="112",
    ),
    Indicator(
        id="calls112.within_15_min", title="Tiba ≤ 15 menit", unit="%", topics=("incidents",), formula=within_15_min,
        clock=f"{WEEK}; laporan diterima → tim pertama tiba", owner=OWNER, basis=SPM, decimals=1, better="up",
        target=Decimal(90), target_basis="target lokal, perlu ditetapkan bupati", scale=(Decimal(50), Decimal(100)),
        bands=(Band("Mencapai target", Status.NORMAL, low=Decimal(90)),
               Band("Di bawah 90 %", Status.NORMAL, high=Decimal(90))), family="112",
    ),
    Indicator(
        id="calls112.mean_response", title="Rata-rata waktu tanggap", unit="menit", topics=("incidents",),
        formula=mean_response, clock=f"{WEEK}; laporan diterima → tim pertama tiba", owner=OWNER, basis=SPM, decimals=1,
        better="down", target=Decimal(15), target_basis=SPM, scale=(Decimal(0), Decimal(30)),
        bands=(Band("Memenuhi SPM", Status.NORMAL), Band("Melebihi SPM 15 menit", Status.WASPADA)), family="112",
    ),
    Indicator(
        id="calls112.incidents_24h", title="Kejadian per kecamatan", unit="kejadian", topics=("incidents",),
        formula=incidents_24h, clock="24 jam terakhir menurut waktu laporan", owner=OWNER,
        basis="Jumlah laporan, bukan laju: penduduk per kecamatan belum diisi", family="112",
    ),
)  # fmt: skip
