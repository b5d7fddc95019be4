"""Rivers: level, siaga by the officer's thresholds, rise, and the time to the next step. No siaga word without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.river_course import HOUR, Rise
from dashboard.formulas.time_to_threshold import FAR, NOT_RISING, OVER
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.river_posts import BELIEVED_FOR, PostState, post_states
from dashboard.store.database import to_ms

TOPICS = ("sensors", "river", "edits")
NOTHING_NEW = "belum ada bacaan pos sungai dalam 6 jam terakhir"
BELOW, NO_THRESHOLDS = "Di bawah siaga", "Ambang siaga belum diisi"
SIAGA = {
    "Siaga IV": Status.WASPADA, "Siaga III": Status.WASPADA, "Siaga II": Status.KRITIS, "Siaga I": Status.KRITIS,
    "Siaga hijau": Status.WASPADA, "Siaga kuning": Status.WASPADA, "Siaga merah": Status.KRITIS,
}  # fmt: skip
"""The two ways of counting: IV to I run upwards, as hijau, kuning, merah do."""
ACTION = "tindakan yang disepakati tertulis pada tiap pos"
BANDS = (
    Band(BELOW, Status.NORMAL),
    Band(NO_THRESHOLDS, Status.UNKNOWN),
    *(Band(word, status, action=ACTION) for word, status in SIAGA.items()),
)
_GRAVITY = (Status.KRITIS, Status.WASPADA, Status.UNKNOWN, Status.NORMAL)
LAST = len(_GRAVITY)
HONEST = (NOT_RISING, FAR, OVER)
LONG = 10**6


def _status(post: PostState, at: datetime) -> tuple[str, Status]:
    """Word and status of a post; a reading too old to be believed has none."""
    if post.newest is None or at - post.newest.at > BELIEVED_FOR:
        return "Tidak ada bacaan baru", Status.UNKNOWN
    if post.thresholds is None:
        return NO_THRESHOLDS, Status.UNKNOWN
    return (post.step.word, SIAGA[post.step.word]) if post.step else (BELOW, Status.NORMAL)


def worst_post(quantity: str) -> Callable[[Connection, datetime], Finding]:
    """A formula: the post that asks for most attention now, and every post in the detail."""

    def formula(connection: Connection, at: datetime) -> Finding:
        posts = sorted(post_states(connection, quantity, at), key=lambda post: _urgency(post, at))
        told = [post for post in posts if post.newest is not None]
        detail = {"posts": [_row(post, at) for post in posts], "rows": [_line(post, at) for post in posts]}
        if not told:
            return Finding(None, None, missing="belum ada bacaan pos sungai dalam 6 jam terakhir", detail=detail)
        first = told[0]
        word, _ = _status(first, at)
        assert first.newest is not None  # noqa: S101 - `told` holds those only
        band = word if word in {b.word for b in BANDS} else NO_THRESHOLDS
        newest = max(post.newest.at for post in told if post.newest)
        return Finding(first.newest.value, newest, n=len(posts), band=band, detail=detail)

    return formula


def _urgency(post: PostState, at: datetime) -> tuple[int, int, float, str]:
    """Those at a siaga, those whose siaga nobody knows now, the others, those without thresholds; within these the
    soonest at its next step, then the one that rises fastest.
    """
    word, status = _status(post, at)
    rank = LAST if word == NO_THRESHOLDS else _GRAVITY.index(status)
    minutes = LONG if post.to_next.minutes is None else post.to_next.minutes
    return rank, minutes, -(post.rise.per_hour or 0.0), post.name


def _line(post: PostState, at: datetime) -> dict[str, Any]:
    """A post as a line of a list."""
    word, status = _status(post, at)
    value = "–" if post.newest is None else f"{written(post.newest.value)} {post.unit}"
    raised = status in (Status.WASPADA, Status.KRITIS)
    return {"label": post.name, "value": value, "where": f"{word} · {rise_words(post.rise, post.quantity)}",
            **({"status": str(status)} if raised else {})}  # fmt: skip


def _row(post: PostState, at: datetime) -> dict[str, Any]:
    """A post as the panels show it: numbers, words, its steps, and what is agreed when it stands at one."""
    word, status = _status(post, at)
    value = post.newest.value if post.newest else None
    steps = post.thresholds.steps if post.thresholds else ()
    return {
        "station": post.station,
        "label": post.name,
        "value": None if value is None else float(value),
        "unit": post.unit,
        "word": word,
        "status": str(status),
        "rise": rise_words(post.rise, post.quantity),
        "next": next_words(post),
        "next_short": _next_short(post),
        "rise_short": rise_words(post.rise, post.quantity).partition(" (")[0].partition(" dalam")[0],
        "steps": [{"word": s.word, "value": float(s.value), "status": str(SIAGA[s.word])} for s in steps],
        "opd": post.step.opd if post.step else "",
        "action": post.step.action if post.step else "",
        "awaits": _awaits(post),
        "notes": list(post.notes),
        "silent_since": post.silent_since and to_ms(post.silent_since),
        "at": post.newest and to_ms(post.newest.at),
        "basis": f"{post.thresholds.basis}; berlaku {wib(post.thresholds.valid_from):%d-%m-%Y}, diisi "
        f"{post.thresholds.by}" if post.thresholds else "",
    }  # fmt: skip


def rise_words(rise: Rise, quantity: str) -> str:
    """'+12 cm/jam dalam 1 jam', with its 95 % limits where it has any, or why it cannot be told."""
    if rise.per_hour is None:
        return f"laju tidak dapat dihitung: {rise.missing}"
    factor, unit = (100, "cm/jam") if quantity == "river_level" else (1, "m³/s per jam")
    limits = "" if rise.low is None or rise.high is None else (
        f" ({_signed(rise.low * factor)} sampai {_signed(rise.high * factor)})"
    )  # fmt: skip
    return f"{_signed(rise.per_hour * factor)} {unit}{limits} dalam {rise.window // HOUR} jam"


def _signed(rate: float) -> str:
    """'+12', '−3', '0'."""
    whole = round(rate)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{written(abs(whole), 0)}"


def next_words(post: PostState) -> str:
    """'Siaga II ± 45 mnt (30 sampai 80)', 'tidak naik', or why no time can be told."""
    found, ahead = post.to_next, post.next_step
    if post.thresholds is None:
        return "waktu ke siaga tidak dapat dihitung: ambang belum diisi"
    if ahead is None or found.minutes is None:
        return found.why if found.why in HONEST else f"waktu ke siaga tidak dapat dihitung: {found.why}"
    if found.minutes == 0:
        return f"{ahead.word} tercapai, menunggu bacaan kedua"
    limits = "" if found.soonest is None else (
        f" ({_clock(found.soonest)} sampai {_clock(found.latest) if found.latest is not None else 'lebih dari 24 jam'})"
    )  # fmt: skip
    return f"{ahead.word} ± {_clock(found.minutes)}{limits}"


def _next_short(post: PostState) -> str:
    """For across a room: '± 45 mnt ke Siaga II', 'tidak naik', or nothing where no time can be told."""
    if post.to_next.minutes:
        return f"± {_clock(post.to_next.minutes)} ke {post.next_step.word if post.next_step else ''}"
    return post.to_next.why if post.to_next.why in HONEST else ""


def _clock(minutes: int) -> str:
    return f"{minutes} mnt" if minutes < 120 else f"{minutes // 60} jam {minutes % 60} mnt"


def _awaits(post: PostState) -> str:
    if post.standing.awaits is None or post.thresholds is None:
        return ""
    return f"satu bacaan di atas {post.thresholds.steps[post.standing.awaits - 1].word}, menunggu yang kedua"


def fastest_rise(connection: Connection, at: datetime) -> Finding:
    """Centimetres per hour of the level post that rises fastest; every post in the detail."""
    posts = [p for p in post_states(connection, "river_level", at) if p.newest and p.rise.per_hour is not None]
    fresh = [p for p in posts if p.newest and at - p.newest.at <= BELIEVED_FOR]
    if not fresh:
        return Finding(None, None, missing="belum ada pos dengan cukup bacaan untuk laju")
    ordered = sorted(fresh, key=lambda p: -(p.rise.per_hour or 0.0))
    rows = [{"label": p.name, "value": rise_words(p.rise, p.quantity)} for p in ordered]
    newest = max(p.newest.at for p in fresh if p.newest)
    rate = Decimal(str(round((ordered[0].rise.per_hour or 0.0) * 100, 1)))
    return Finding(rate, newest, n=len(fresh), detail={"rows": rows, "pos": ordered[0].name})


STEPS_BASIS = "Ambang siaga diisi petugas (analis atau BPBD); sumber dan tanggalnya pada tiap pos"
CLOCK = "Pos yang paling perlu perhatian; siaga oleh dua bacaan berturut, paling tua tiga jam"

INDICATORS = (
    Indicator(
        id="river.level", title="Tinggi muka air", unit="m", topics=TOPICS, formula=worst_post("river_level"),
        clock=CLOCK, owner="BPBD", basis=STEPS_BASIS, decimals=2, better="down", bands=BANDS, family="lingkungan",
    ),
    Indicator(
        id="river.discharge", title="Debit sungai", unit="m³/s", topics=TOPICS, formula=worst_post("discharge"),
        clock=CLOCK, owner="BPBD", basis=STEPS_BASIS, decimals=0, better="down", bands=BANDS, family="lingkungan",
    ),
    Indicator(
        id="river.rise", title="Kenaikan air tercepat", unit="cm/jam", topics=TOPICS, formula=fastest_rise,
        clock="Kemiringan Theil-Sen satu jam terakhir (dua atau tiga bila bacaan kurang dari empat)", owner="BPBD",
        basis="Perhitungan internal dari telemetri", decimals=0, better="down", family="lingkungan",
        in_briefing=False,
    ),
)  # fmt: skip
