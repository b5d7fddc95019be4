"""112: incidents that are open, how soon help arrives, and where it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.percentile import nearest_rank
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.stages import FORGOTTEN, LIMIT
from dashboard.formulas.survival import kaplan_meier
from dashboard.indicators.counted_incidents import that_count
from dashboard.indicators.indicator import Band, Finding, Indicator, Status, Week
from dashboard.indicators.open_incidents import open_now
from dashboard.indicators.percent import decimal, percent
from dashboard.store.hand_typed import hand_typed_sources
from dashboard.store.incident_cases import Case, cases_between
from datasources.region import kecamatan

OWNER = "Diskominfo"
SPM = "Permendagri 114/2018 Pasal 4 (SPM kebakaran dan penyelamatan)"
WEEK = "7 hari terakhir"
BY_HAND = "waktu di sumbernya diketik tangan"
ASK = "hubungi OPD yang belum menerima dan catat siapa yang berangkat (usulan, perlu konfirmasi)"


@dataclass(frozen=True, slots=True)
class _LastWeek:
    """Incidents of the last seven days: those whose times were taken by a clock, and those a hand typed."""

    clocked: list[Case]
    by_hand: list[Case]
    excluded: Counter[str]

    @property
    def newest(self) -> datetime | None:
        return max((case.received for case in (*self.clocked, *self.by_hand)), default=None)

    @property
    def refused(self) -> str:
        """Why there is no figure, with what may still be said."""
        typed = nearest_rank([t for case in self.by_hand if (t := _to_arrival(case)) is not None], 50)
        shown = "belum ada waktu tiba" if typed is None else f"median {_half_hours(typed)} menit"
        return f"{BY_HAND}: hanya median, dibulatkan 30 menit ({shown}, {len(self.by_hand)} kejadian)"

    def detail(self) -> dict[str, object]:
        """What the figure leaves out."""
        return {"catatan": f"{len(self.by_hand)} kejadian tidak dihitung: {BY_HAND}"} if self.by_hand else {}


def _last_week(connection: Connection, at: datetime) -> _LastWeek:
    by_hand = hand_typed_sources(connection)
    week = cases_between(connection, at - timedelta(days=7), at, wanted=("arrived", "closed"))
    found, excluded = that_count(connection, week)
    clocked, typed = ([c for c in found if (c.source in by_hand) is hand] for hand in (False, True))
    return _LastWeek(clocked, typed, excluded)


def _to_arrival(case: Case) -> timedelta | None:
    """From report to arrival; None without arrival, and when it runs backwards."""
    return None if not case.arrived or case.arrived < case.received else case.arrived - case.received


def _half_hours(span: timedelta) -> int:
    """Minutes, to the nearest half hour: what typed times are worth."""
    return 30 * int(span / timedelta(minutes=30) + 0.5)


def _arrivals(cases: Sequence[Case], at: datetime) -> tuple[list[timedelta], Counter[str]]:
    """Times from report to arrival, with what was excluded and why."""
    times: list[timedelta] = []
    excluded: Counter[str] = Counter()
    for case in cases:
        age = (case.arrived or at) - case.received
        if case.arrived is not None and age < timedelta(0):
            excluded["tiba sebelum laporan (salah catat)"] += 1
        elif case.arrived is None and case.closed is not None:
            excluded["ditutup tanpa waktu tiba"] += 1
        elif case.arrived is None and age <= LIMIT:
            excluded["masih dalam 15 menit pertama"] += 1
        elif case.arrived is None and age > FORGOTTEN:
            excluded["tiket > 24 jam belum ditutup"] += 1
        else:
            times.append(age if case.arrived else max(age, LIMIT + timedelta(seconds=1)))
    return times, excluded


def within_15_min(connection: Connection, at: datetime) -> Finding:
    """Share that arrived within 15 minutes of the report; one that is late and still open counts as late at once.

    Typed times stand on half hours: whether it was 15 minutes cannot be told from them, so they are left out.
    """
    week = _last_week(connection, at)
    times, excluded = _arrivals(week.clocked, at)
    excluded += week.excluded
    if not times:
        missing = week.refused if week.by_hand else f"tidak ada kejadian dengan waktu tiba dalam {WEEK}"
        return Finding(None, week.newest, missing=missing)
    if week.by_hand:
        excluded[BY_HAND] = len(week.by_hand)
    within = sum(t <= LIMIT for t in times)
    limits = wilson(within, len(times))
    detail = {
        "interval_95": [round(100 * x, 1) for x in limits] if limits else None,
        "dikecualikan": dict(excluded),
        "dalam_15_menit": within,
        **week.detail(),
    }
    if excluded:
        detail["remark"] = f"{excluded.total()} tiket tidak dihitung"
        detail["remark_more"] = ", ".join(f"{n} {reason}" for reason, n in excluded.most_common())
    return Finding(percent(Fraction(within, len(times))), week.newest, n=len(times), detail=detail)


def mean_response(connection: Connection, at: datetime) -> Finding:
    """Mean minutes from report to arrival, as the regulation words it; beside it the median that counts open ones.

    Times typed by hand are left out: their mean would promise minutes that nobody measured.
    """
    week = _last_week(connection, at)
    seconds = [int(t.total_seconds()) for case in week.clocked if (t := _to_arrival(case)) is not None]
    if not seconds:
        missing = week.refused if week.by_hand else f"tidak ada waktu tiba dalam {WEEK}"
        return Finding(None, week.newest, missing=missing)
    mean = decimal(Fraction(sum(seconds), 60 * len(seconds)))
    detail = {"median_termasuk_terbuka_menit": _median_with_open(week.clocked, at), **week.detail()}
    band = "Memenuhi SPM" if mean is not None and mean <= 15 else "Melebihi SPM 15 menit"
    return Finding(mean, week.newest, n=len(seconds), band=band, detail=detail)


def _median_with_open(cases: Sequence[Case], at: datetime) -> float | None:
    """Kaplan-Meier median in minutes: incidents still without arrival count with their present age."""
    known = [
        (((case.arrived or at) - case.received).total_seconds() / 60, case.arrived is not None)
        for case in cases
        if (case.arrived is not None or case.closed is None) and (case.arrived or at) >= case.received
    ]
    return kaplan_meier([c[0] for c in known], [c[1] for c in known]).median if known else None


def incidents_24h(connection: Connection, at: datetime) -> Finding:
    """Incidents reported in the last 24 hours, by kecamatan; no categories, whose small numbers name somebody."""
    return incidents_of(connection, at - timedelta(hours=24), at)


def incidents_of(connection: Connection, start: datetime, end: datetime) -> Finding:
    """Incidents reported in [start, end), by kecamatan."""
    cases, _ = that_count(connection, cases_between(connection, start, end))
    recent = cases or cases_between(connection, end - timedelta(days=30), end)
    if not recent:
        return Finding(None, None, missing="belum ada kejadian tercatat")
    places = Counter(case.kecamatan_code for case in cases)
    elsewhere = len(cases) - sum(places.get(k.code, 0) for k in kecamatan())
    detail: dict[str, object] = {"kecamatan": {k.code: places.get(k.code, 0) for k in kecamatan()}}
    if elsewhere:
        detail["remark"] = f"+ {elsewhere} tanpa kecamatan"
    return Finding(Decimal(len(cases)), recent[-1].received, n=len(cases), detail=detail)


INDICATORS = (
    Indicator(
        id="calls112.open_incidents", title="Kejadian terbuka", unit="kejadian", topics=("incidents",),
        formula=open_now, clock="Saat ini; laporan diterima → belum ditutup; > 24 jam dihitung tersendiri", owner=OWNER,
        basis="Ambang lokal: belum tiba > 15 menit waspada, > 30 menit kritis", better="down",
        bands=(Band("Normal", Status.NORMAL), Band("Belum tiba > 15 menit", Status.WASPADA, action=ASK),
               Band("Terlambat > 30 menit", Status.KRITIS, action=ASK)), family="112",
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
        weight=2,
    ),
    Indicator(
        id="calls112.incidents_24h", title="Kejadian per kecamatan", unit="kejadian", topics=("incidents",),
        formula=incidents_24h, clock="24 jam terakhir menurut waktu laporan", owner=OWNER,
        basis="Jumlah laporan, bukan laju: penduduk per kecamatan belum diisi", family="112",
        scale=(Decimal(0), Decimal(4)), week=Week(incidents_of, "Senin 00.00 – Minggu 24.00 WIB menurut waktu laporan"),
    ),
)  # fmt: skip
