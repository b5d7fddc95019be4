"""112: how many call and how the queue answers, today."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.queue_levels import QueueCall, QueueLevels, queue_levels
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.usual_band import UsualBand, hourly_bands
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import decimal, percent
from dashboard.store import calls112 as store

TODAY = "Hari ini sejak 00.00 WIB"
OWNER = "Diskominfo"
NENA = "NENA-STA-020.1-2020, pembanding; bukan aturan Indonesia"
LIKE_DAYS = 12
LIKE_WEEKS = 13
USUAL, UNUSUAL = "Normal", "Di luar kebiasaan"


def _today(connection: Connection, at: datetime) -> tuple[QueueLevels, datetime | None]:
    rows = store.calls_between(connection, clock.day_start(at), at)
    levels = queue_levels(QueueCall(outcome, wait, None) for _, outcome, wait, _ in rows)  # type: ignore[arg-type]
    return levels, rows[-1][0] if rows else store.newest_call_at(connection, at)


NO_CALLS = "belum ada panggilan hari ini"


def _funnel(levels: QueueLevels) -> dict[str, int]:
    return {
        "masuk": levels.offered,
        "terjawab": levels.answered,
        "terputus": levels.abandoned,
        "terputus_sampai_5_detik": levels.short_abandoned,
        "waktu_habis": levels.timeout,
        "masih_menunggu": levels.waiting,
    }


def _kind_of_day(day: datetime) -> str:
    return {5: "Sabtu", 6: "Minggu"}.get(clock.wib(day).weekday(), "hari kerja")


def _like_days(connection: Connection, today: datetime) -> list[list[int | None]]:
    """Counts by hour of the newest like days; a day before the first call known or without any call is left out."""
    counts = store.hourly_counts(connection, today - timedelta(weeks=LIKE_WEEKS), today)
    days = []
    for back in range(1, LIKE_WEEKS * 7 + 1):
        day = today - timedelta(days=back)
        hours: list[int | None] = [counts.get(day + timedelta(hours=h), 0) for h in range(24)]
        if _kind_of_day(day) == _kind_of_day(today) and any(hours):
            days.append(hours)
    return days[:LIKE_DAYS]


def _hour(hour: int, counts: dict[datetime, int], band: UsualBand | None, today: datetime, at: datetime) -> dict:
    start = today + timedelta(hours=hour)
    return {
        "x": f"{hour:02d}",
        "value": counts.get(start, 0) if start <= at else None,
        "low": band.low if band else None,
        "high": band.high if band else None,
        "partial": start <= at < start + timedelta(hours=1),
    }


def offered_today(connection: Connection, at: datetime) -> Finding:
    """Calls that entered the queue today, by hour, beside what is usual for such a day."""
    today = clock.day_start(at)
    like = _like_days(connection, today)
    bands: list[UsualBand | None] = hourly_bands(like) if like else [None] * 24
    counts = store.hourly_counts(connection, today, at)
    hours = [_hour(h, counts, bands[h], today, at) for h in range(24)]
    newest = store.newest_call_at(connection, at)
    if newest is None:
        return Finding(None, None, missing="belum ada panggilan tercatat")
    total = sum(counts.values())
    unusual = _unusual_hours(hours, bands)
    recent = {f"{h:02d}" for h in (clock.wib(at).hour, clock.wib(at).hour - 1)}
    detail = {
        "series": hours,
        "like_days": len(like),
        "kind_of_day": _kind_of_day(today),
        "unusual": unusual,
        "expected_by_now": _expected(bands, at),
    }
    return Finding(Decimal(total), newest, n=total, band=UNUSUAL if recent & set(unusual) else USUAL, detail=detail)


def _unusual_hours(hours: list[dict], bands: list[UsualBand | None]) -> list[str]:
    """Hours outside the usual band; an hour that still runs can be too many, never too few."""
    found = []
    for hour, band in zip(hours, bands, strict=True):
        if band is None or hour["value"] is None:
            continue
        word = band.judge(hour["value"])
        if word == "di atas kebiasaan" or (word == "di bawah kebiasaan" and not hour["partial"]):
            found.append(hour["x"])
    return found


def _expected(bands: list[UsualBand | None], at: datetime) -> float | None:
    past = bands[: clock.wib(at).hour]
    return None if not past or None in past else sum(b.median for b in past if b)


def _share(levels: QueueLevels, share: object, part: int, whole: int, newest: datetime | None) -> Finding:
    value = percent(share)  # type: ignore[arg-type]
    if value is None:
        return Finding(None, newest, missing=NO_CALLS)
    limits = wilson(part, whole)
    interval = [round(100 * x, 1) for x in limits] if limits else None
    return Finding(value, newest, n=whole, detail={"interval_95": interval, "corong": _funnel(levels)})


def answer_rate(connection: Connection, at: datetime) -> Finding:
    """Answered over calls whose fate is known."""
    levels, newest = _today(connection, at)
    return _share(levels, levels.answer_rate, levels.answered, levels.decided, newest)


def abandonment(connection: Connection, at: datetime) -> Finding:
    """Abandoned after more than five seconds, short ones in neither part."""
    levels, newest = _today(connection, at)
    long, whole = levels.abandoned - levels.short_abandoned, levels.decided - levels.short_abandoned
    return _share(levels, levels.abandon_rate_without_short, long, whole, newest)


def service_level(connection: Connection, at: datetime) -> Finding:
    """Answered within 15 s, abandoned within 15 s in neither part; the two other usual variants beside it."""
    levels, newest = _today(connection, at)
    finding = _share(levels, levels.service_level(15), levels.answered_within(15), levels.decided, newest)
    if finding.value is None:
        return finding
    variants = {
        f"sl{t}_{over}": _text(percent(levels.service_level(t, over)))
        for t in (15, 20)
        for over in ("answered", "offered", "without_short")
    }  # fmt: skip
    return Finding(finding.value, newest, n=levels.decided, detail={**finding.detail, "varian": variants})


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(round(value, 2))


def asa(connection: Connection, at: datetime) -> Finding:
    """Mean wait of the answered calls, zero waits included."""
    levels, newest = _today(connection, at)
    value = decimal(levels.asa_s)
    if value is None:
        return Finding(None, newest, missing="belum ada panggilan terjawab hari ini")
    detail = {
        "p90_s": levels.wait_percentile_s(90) if levels.answered >= 30 else None,
        "corong": _funnel(levels),
    }
    return Finding(value, newest, n=levels.answered, detail=detail)


def _reached(word_met: str, word_below: str, at: str) -> tuple[Band, ...]:
    limit = Decimal(at)
    return (Band(word_met, Status.NORMAL, low=limit), Band(word_below, Status.NORMAL, high=limit))


PERCENT_SCALE = (Decimal(50), Decimal(100))

INDICATORS = (
    Indicator(
        id="calls112.offered_today", title="Panggilan 112 masuk", unit="panggilan", topics=("calls",),
        formula=offered_today, clock=f"{TODAY}; jam masuk antrean", owner=OWNER,
        basis="Batas kebiasaan: kuantil binomial negatif 0,135–99,865 % dari ≤ 12 hari sejenis",
        bands=(Band(USUAL, Status.NORMAL), Band(UNUSUAL, Status.WASPADA)), family="112",
    ),
    Indicator(
        id="calls112.answer_rate", title="Panggilan terjawab", unit="%", topics=("calls",), formula=answer_rate,
        clock=f"{TODAY}; terjawab ÷ (terjawab + terputus + waktu habis)", owner=OWNER,
        basis="Definisi antrean Asterisk", decimals=1, better="up", scale=PERCENT_SCALE, family="112",
    ),
    Indicator(
        id="calls112.service_level", title="Terjawab ≤ 15 detik", unit="%", topics=("calls",), formula=service_level,
        clock=f"{TODAY}; masuk antrean → dijawab; terputus ≤ 15 detik tidak dihitung", owner=OWNER, basis=NENA,
        decimals=1, better="up", target=Decimal(90), target_basis=NENA, scale=PERCENT_SCALE,
        bands=_reached("Memenuhi pembanding", "Di bawah 90 %", "90"), family="112",
    ),
    Indicator(
        id="calls112.asa", title="Rata-rata waktu tunggu (ASA)", unit="detik", topics=("calls",), formula=asa,
        clock=f"{TODAY}; masuk antrean → dijawab, termasuk tunggu 0 detik", owner=OWNER,
        basis="Rata-rata panggilan terjawab", decimals=1, better="down", family="112",
    ),
    Indicator(
        id="calls112.abandonment", title="Panggilan terputus > 5 detik", unit="%", topics=("calls",),
        formula=abandonment, clock=f"{TODAY}; putus sebelum dijawab; putus ≤ 5 detik tidak dihitung", owner=OWNER,
        basis="Definisi antrean Asterisk", decimals=1, better="down", scale=(Decimal(0), Decimal(50)), family="112",
    ),
)  # fmt: skip
