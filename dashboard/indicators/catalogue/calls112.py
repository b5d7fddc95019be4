"""112: how many call and how the queue answers, today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.not_computable import Figure, NotComputable
from dashboard.formulas.percentile import LEAST_FOR_P90
from dashboard.formulas.queue_tally import QueueCall, QueueTally, tally_calls
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.unusual_hours import HOURS
from dashboard.formulas.usual_band import LEAST_DAYS
from dashboard.indicators.indicator import Band, Finding, Indicator, Status, Week
from dashboard.indicators.percent import decimal, percent
from dashboard.indicators.today_by_hour import TodayByHour, today_by_hour
from dashboard.store import calls112 as store

TODAY = "Hari ini sejak 00.00 WIB"
OWNER = "Diskominfo"
NENA = "NENA-STA-020.1-2020, pembanding; bukan aturan Indonesia"
USUAL, UNUSUAL, DEAD = "Normal", "Di luar kebiasaan", "Data mati"
MORE = "tambah petugas penerima; periksa apakah satu kejadian dilaporkan berulang (usulan, perlu konfirmasi)"
SILENT_BY_CHANCE = 1e-4
"""No call for so long happens by chance to one such span in ten thousand: the line or the source is dead."""
STATE_RULE = (
    "Di luar kebiasaan: jam ini atau jam sebelumnya di luar batas binomial negatif (setara 3 sigma) dari hari sejenis "
    "≤ 13 minggu, sedikitnya 5 panggilan, dengan kendali tanda palsu atas 24 jam "
    "(Benjamini–Hochberg, 1 dari 1.000 hari). "
    "Data mati: tidak ada panggilan selama yang secara kebetulan terjadi kurang dari 1 dari 10.000 kali."
)


def _between(connection: Connection, start: datetime, end: datetime) -> tuple[QueueTally, datetime | None]:
    rows = store.calls_between(connection, start, end)
    tally = tally_calls(QueueCall(outcome, wait, None) for _, outcome, wait, _ in rows)  # type: ignore[arg-type]
    return tally, rows[-1][0] if rows else store.newest_call_at(connection, end)


Judge = Callable[[QueueTally, datetime | None], Finding]
NO_CALLS = "belum ada panggilan hari ini"


def _of_week(judge: Judge) -> Callable[[Connection, datetime, datetime], Finding]:
    """The same figure for a whole week; a week without a call is not 'today' without one."""

    def of_week(connection: Connection, start: datetime, end: datetime) -> Finding:
        tally, newest = _between(connection, start, end)
        if not tally.offered:
            return Finding(None, newest, missing="tidak ada panggilan tercatat dalam minggu ini")
        return judge(tally, newest)

    return of_week


def _of_today(judge: Judge) -> Callable[[Connection, datetime], Finding]:
    def of_today(connection: Connection, at: datetime) -> Finding:
        return judge(*_between(connection, clock.day_start(at), at))

    return of_today


def _funnel(tally: QueueTally) -> dict[str, int | None]:
    return {
        "masuk": tally.offered,
        "terjawab": tally.answered,
        "terputus": tally.abandoned,
        "terputus_sampai_5_detik": _known(levels.short_abandoned(tally)),
        "waktu_habis": tally.timeout,
        "tidak_diketahui": tally.unknown,
        "masih_menunggu": tally.waiting,
    }


def _known(count: int | NotComputable) -> int | None:
    return None if isinstance(count, NotComputable) else count


def offered_today(connection: Connection, at: datetime) -> Finding:
    """Calls that entered the queue today, by hour, beside what is usual for such a day."""
    newest = store.newest_call_at(connection, at)
    if newest is None:
        return Finding(None, None, missing="belum ada panggilan tercatat")
    day = today_by_hour(connection, at)
    total = sum(count or 0 for count in day.counts)
    detail = {
        "series": [_hour(day, hour) for hour in range(HOURS)],
        "like_days": day.like,
        "kind_of_day": day.kind,
        "same_season": day.same_season,
        "unusual": [f"{hour:02d}" for hour in day.unusual],
        "expected_by_now": sum(day.usual.means[: day.running]) if day.usual and day.running else None,
    }
    return Finding(Decimal(total), newest, n=total, band=UNUSUAL if day.unusual_now else USUAL, detail=detail)


def _hour(day: TodayByHour, hour: int) -> dict[str, object]:
    low, high = day.usual.limits(hour) if day.usual else (None, None)
    count = day.counts[hour]
    return {"x": f"{hour:02d}", "value": count, "low": low, "high": high, "partial": hour == day.running}


def state(connection: Connection, at: datetime) -> Finding:
    """Whether 112 is as usual, out of the ordinary, or silent for too long to be believed; the value says how long."""
    newest = store.newest_call_at(connection, at)
    if newest is None:
        return Finding(None, None, missing="belum ada panggilan tercatat")
    day = today_by_hour(connection, at)
    if day.usual is None:
        missing = f"kebiasaan belum dikenal: baru {day.like} hari sejenis ({day.kind}), perlu {LEAST_DAYS}"
        return Finding(None, newest, missing=missing)
    expected = day.expected_since(newest, at) or 0.0
    detail: dict[str, object] = {
        "rule": STATE_RULE,
        "unusual": [f"{hour:02d}" for hour in day.unusual],
        "like_days": day.like,
    }
    if day.usual.chance_of_none(expected) <= SILENT_BY_CHANCE:
        silent = Decimal(int((at - newest) / timedelta(hours=1)))
        detail |= {"expected_since": round(expected, 1), "why": _silence(int(silent), expected)}
        return Finding(silent, newest, n=day.like, band=DEAD, detail=detail)
    word = UNUSUAL if day.unusual_now else USUAL
    return Finding(Decimal(len(day.unusual)), newest, n=day.like, band=word, detail={**detail, "why": _hours(day)})


def _silence(hours: int, expected: float) -> str:
    return (
        f"Tidak ada panggilan sejak {hours or 'kurang dari 1'} jam; biasanya sekitar {round(expected)} dalam masa itu"
    )


def _hours(day: TodayByHour) -> str:
    """Which hours stand out; that none does is said too."""
    if not day.unusual:
        return "Tidak ada jam di luar kebiasaan hari ini"
    named = ", ".join(f"{hour:02d}.00" for hour in day.unusual)
    return f"{len(day.unusual)} jam di luar kebiasaan hari ini: {named}"


def _missing(tally: QueueTally, figure: NotComputable) -> str:
    return figure.missing if tally.decided else NO_CALLS


def _share(tally: QueueTally, share: Figure, whole: int, newest: datetime | None) -> Finding:
    if isinstance(share, NotComputable):
        return Finding(None, newest, missing=_missing(tally, share))
    limits = wilson(int(share * whole), whole)
    interval = [round(100 * x, 1) for x in limits] if limits else None
    return Finding(percent(share), newest, n=whole, detail={"interval_95": interval, "corong": _funnel(tally)})


def _offered(tally: QueueTally, newest: datetime | None) -> Finding:
    """Calls that entered the queue; what is usual for a week the briefing judges from the weeks before."""
    return Finding(Decimal(tally.offered or 0), newest, n=tally.offered, band=USUAL)


def _answer_rate(tally: QueueTally, newest: datetime | None) -> Finding:
    """Answered over calls whose fate is known."""
    return _share(tally, levels.answer_rate(tally), tally.decided or 0, newest)


def _abandonment(tally: QueueTally, newest: datetime | None) -> Finding:
    """Abandoned after more than five seconds, short ones in neither part."""
    whole = (tally.decided or 0) - (_known(levels.short_abandoned(tally)) or 0)
    return _share(tally, levels.abandon_rate_without_short(tally), whole, newest)


def _service_level(tally: QueueTally, newest: datetime | None) -> Finding:
    """Answered within 15 s, abandoned within 15 s in neither part; the two other usual variants beside it."""
    whole = (tally.decided or 0) - (_known(levels.abandoned_within(tally, 15)) or 0)
    finding = _share(tally, levels.service_level(tally, 15), whole, newest)
    if finding.value is None:
        return finding
    variants = {
        f"sl{t}_{over}": _text(levels.service_level(tally, t, over))
        for t in (15, 20)
        for over in ("answered", "offered", "without_short")
    }  # fmt: skip
    return Finding(finding.value, newest, n=whole, detail={**finding.detail, "varian": variants})


def _text(share: Figure) -> str | None:
    return None if isinstance(share, NotComputable) else str(round(percent(share) or 0, 2))


def _asa(tally: QueueTally, newest: datetime | None) -> Finding:
    """Mean wait of the answered calls, zero waits included."""
    mean = levels.asa_s(tally)
    if isinstance(mean, NotComputable):
        missing = mean.missing if tally.answered or tally.unknown else "belum ada panggilan terjawab hari ini"
        return Finding(None, newest, missing=missing)
    p90 = _known(levels.wait_percentile_s(tally, 90))
    detail = {"p90_s": p90 if (tally.answered or 0) >= LEAST_FOR_P90 else None, "corong": _funnel(tally)}
    return Finding(decimal(mean), newest, n=tally.answered, detail=detail)


def _reached(word_met: str, word_below: str, at: str) -> tuple[Band, ...]:
    limit = Decimal(at)
    return (Band(word_met, Status.NORMAL, low=limit), Band(word_below, Status.NORMAL, high=limit))


answer_rate, service_level, asa, abandonment = map(_of_today, (_answer_rate, _service_level, _asa, _abandonment))
PERCENT_SCALE = (Decimal(50), Decimal(100))
WEEK = "Senin 00.00 – Minggu 24.00 WIB"

INDICATORS = (
    Indicator(
        id="calls112.state", title="Keadaan 112", unit="jam", topics=("calls",), formula=state,
        clock="Jam hari ini yang di luar kebiasaan; bila data mati, jam sejak panggilan terakhir", owner=OWNER,
        basis=STATE_RULE, in_briefing=False, family="112",
        bands=(Band(USUAL, Status.NORMAL), Band(UNUSUAL, Status.WASPADA, action=MORE), Band(DEAD, Status.UNKNOWN)),
    ),
    Indicator(
        id="calls112.offered_today", title="Panggilan 112 masuk", unit="panggilan", topics=("calls",),
        formula=offered_today, clock=f"{TODAY}; jam masuk antrean", owner=OWNER,
        basis="Batas kebiasaan: kuantil binomial negatif 0,135–99,865 % dari hari sejenis ≤ 13 minggu",
        bands=(Band(USUAL, Status.NORMAL), Band(UNUSUAL, Status.WASPADA)), family="112",
        week=Week(_of_week(_offered), f"{WEEK}; jam masuk antrean", "Jumlah panggilan yang masuk antrean"),
    ),
    Indicator(
        id="calls112.answer_rate", title="Panggilan terjawab", unit="%", topics=("calls",), formula=answer_rate,
        clock=f"{TODAY}; terjawab ÷ (terjawab + terputus + waktu habis)", owner=OWNER,
        basis="Definisi antrean Asterisk", decimals=1, better="up", scale=PERCENT_SCALE, family="112",
        week=Week(_of_week(_answer_rate), f"{WEEK}; terjawab ÷ (terjawab + terputus + waktu habis)"),
    ),
    Indicator(
        id="calls112.service_level", title="Terjawab ≤ 15 detik", unit="%", topics=("calls",), formula=service_level,
        clock=f"{TODAY}; masuk antrean → dijawab; terputus ≤ 15 detik tidak dihitung", owner=OWNER, basis=NENA,
        decimals=1, better="up", target=Decimal(90), target_basis=NENA, scale=PERCENT_SCALE,
        bands=_reached("Memenuhi pembanding", "Di bawah 90 %", "90"), family="112",
        week=Week(_of_week(_service_level), f"{WEEK}; masuk antrean → dijawab; terputus ≤ 15 detik tidak dihitung"),
    ),
    Indicator(
        id="calls112.asa", title="Rata-rata waktu tunggu (ASA)", unit="detik", topics=("calls",), formula=asa,
        clock=f"{TODAY}; masuk antrean → dijawab, termasuk tunggu 0 detik", owner=OWNER,
        basis="Rata-rata panggilan terjawab", decimals=1, better="down", family="112",
        week=Week(_of_week(_asa), f"{WEEK}; masuk antrean → dijawab, termasuk tunggu 0 detik"),
    ),
    Indicator(
        id="calls112.abandonment", title="Panggilan terputus > 5 detik", unit="%", topics=("calls",),
        formula=abandonment, clock=f"{TODAY}; putus sebelum dijawab; putus ≤ 5 detik tidak dihitung", owner=OWNER,
        basis="Definisi antrean Asterisk", decimals=1, better="down", scale=(Decimal(0), Decimal(50)), family="112",
        week=Week(_of_week(_abandonment), f"{WEEK}; putus sebelum dijawab; putus ≤ 5 detik tidak dihitung"),
    ),
)  # fmt: skip
