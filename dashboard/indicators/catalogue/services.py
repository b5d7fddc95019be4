"""Probed services: how many run, their availability in pooled seconds, response times, certificates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.availability import Watched
from dashboard.formulas.percentile import nearest_rank_of_counts
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import percent
from dashboard.indicators.service_board import BoardRow, board
from dashboard.store.database import to_ms

OWNER, TOPICS = "Diskominfo", ("service_checks", "services")
LOCAL = "lokal"
"""Flag of a measure that no national standard knows."""
TARGET = Decimal(99)
LONG = timedelta(hours=1)
URGENT_DAYS = 7
NONE_DECLARED = "belum ada layanan yang didaftarkan untuk diperiksa"
NOT_CHECKED = "belum ada pemeriksaan layanan"
ALL_WELL, SLOW, UNSURE, AWAY, LONG_AWAY = (
    "Semua berjalan", "Ada yang lambat", "Ada yang tidak diketahui", "Ada yang gagal", "Gagal > 60 menit",
)  # fmt: skip


def _newest(rows: Sequence[BoardRow]) -> datetime | None:
    """The last check, to the minute: a board is not measured anew for every check that finds the same."""
    newest = max((row.newest.checked_at for row in rows if row.newest), default=None)
    return None if newest is None else newest.replace(second=0, microsecond=0)


def up_now(connection: Connection, at: datetime) -> Finding:
    """How many of the declared services answer as they should; slow ones answer, those in maintenance do not count."""
    rows = board(connection, at)
    if not rows or _newest(rows) is None:
        return Finding(None, None, missing=NOT_CHECKED if rows else NONE_DECLARED)
    words = Counter(row.now.word for row in rows)
    is_long = any(_is_long(row, at) for row in rows)
    away = LONG_AWAY if is_long else AWAY
    raised = ((words["gagal"], away), (words["tidak diketahui"], UNSURE), (words["lambat"], SLOW), (1, ALL_WELL))
    band = next(word for n, word in raised if n)
    detail = {"layanan": [_bars(row, at) for row in rows], "keadaan": dict(words)}
    up = words["berjalan"] + words["lambat"]
    return Finding(Decimal(up), _newest(rows), n=len(rows) - words["pemeliharaan"], band=band, detail=detail)


STATUS = {"gagal": "waspada", "tidak diketahui": "tidak diketahui", "lambat": "waspada"}


def _is_long(row: BoardRow, at: datetime) -> bool:
    return row.now.word == "gagal" and row.now.since is not None and at - row.now.since > LONG


def _bars(row: BoardRow, at: datetime) -> dict[str, Any]:
    """A letter for each day, so that a board of many services stays a few hundred bytes."""
    share = percent(row.month.share)
    since = None if row.now.since is None or row.now.word in ("berjalan", "lambat") else to_ms(row.now.since)
    return {
        "label": row.service.title,
        "value": f"{row.now.word}: {row.now.cause}" if row.now.cause else row.now.word,
        "status": "kritis" if _is_long(row, at) else STATUS.get(row.now.word),
        "since": since,
        "owner": row.service.owner,
        "days": "".join(letter(day) for day in row.bars),
        "share": None if share is None else str(round(share, 2)),
        "p95": row.response(95),
    }


def letter(day: Watched) -> str:
    """'-' nobody looked, 'm' maintenance all the time, 'a' all well, 'b' ≥ 99 %, 'c' ≥ 95 %, 'd' below."""
    if day.share is None:
        return "m" if day.maintenance and day.maintenance == day.total else "-"
    limits = ((day.down == 0, "a"), (day.share >= Decimal("0.99"), "b"), (day.share >= Decimal("0.95"), "c"))
    return next((mark for holds, mark in limits if holds), "d")


def availability_30d(connection: Connection, at: datetime) -> Finding:
    """Seconds up of seconds watched, added over all services and divided once."""
    rows = board(connection, at)
    whole = sum((row.month for row in rows), Watched())
    if whole.share is None:
        return Finding(None, None, missing=NOT_CHECKED if rows else NONE_DECLARED)
    worst = sorted((row for row in rows if row.month.share is not None), key=lambda row: row.month.share or 0)
    listed = [{"label": row.service.title, "value": _percent_words(row.month)} for row in worst]
    seen = percent(whole.seen)
    detail = {"rows": listed, "terpantau_persen": None if seen is None else round(float(seen), 1), "basis": LOCAL}
    value = percent(whole.share)
    return Finding(None if value is None else round(value, 3), _newest(rows), n=len(worst), detail=detail)


def _percent_words(span: Watched) -> str:
    share = percent(span.share)
    return "–" if share is None else f"{round(share, 2)} %".replace(".", ",")


def response_p95(connection: Connection, at: datetime) -> Finding:
    """Nearest rank over the answers of all services, seven whole days; beside it p50 and p95 of each."""
    rows = board(connection, at)
    times: Counter[int] = Counter()
    for row in rows:
        times.update(row.week.response_ms)
    value = nearest_rank_of_counts(times, 95)
    if value is None:
        return Finding(None, None, missing=NOT_CHECKED if rows else NONE_DECLARED)
    slowest = sorted(rows, key=lambda row: -(row.response(95) or 0))
    listed = [{"label": row.service.title, "value": f"p50 {_ms(row.response(50))} · p95 {_ms(row.response(95))}"}
              for row in slowest]  # fmt: skip
    detail = {"rows": listed, "p50": nearest_rank_of_counts(times, 50), "basis": LOCAL}
    return Finding(Decimal(value), _newest(rows), n=times.total(), detail=detail)


def _ms(value: int | None) -> str:
    return "–" if value is None else f"{value:,} ms".replace(",", ".")


def certificates(connection: Connection, at: datetime) -> Finding:
    """How many certificates end within the days that their service declares; those that ended count too."""
    rows = [(row, days) for row in board(connection, at) if (days := row.certificate_days(at)) is not None]
    if not rows:
        return Finding(None, None, missing="belum ada layanan https yang diperiksa")
    rows.sort(key=lambda pair: pair[1])
    soon = [(row, days) for row, days in rows if days <= row.service.certificate_days]
    urgent = any(days <= URGENT_DAYS for _, days in soon)
    band = "Berakhir ≤ 7 hari" if urgent else "Segera berakhir" if soon else "Semua masih lama"
    listed = [
        {
            "label": row.service.title,
            "value": "sudah berakhir" if days < 0 else f"{days} hari lagi",
            "status": None if (row, days) not in soon else "kritis" if days <= URGENT_DAYS else "waspada",
        }
        for row, days in rows
    ]
    newest = _newest([row for row, _ in rows])
    return Finding(Decimal(len(soon)), newest, n=len(rows), band=band, detail={"rows": listed})


CHECKS = "Pemeriksaan HTTP dari pusat komando"

INDICATORS = (
    Indicator(
        id="services.up_now", title="Layanan berjalan", unit="layanan", topics=TOPICS, formula=up_now,
        clock="Saat ini; gagal sesudah beberapa pemeriksaan berturut-turut; yang dalam pemeliharaan tidak dihitung",
        owner=OWNER, basis=f"{LOCAL}: {CHECKS}; gagal > 60 menit kritis", better="up", family="spbe",
        bands=(Band(ALL_WELL, Status.NORMAL), Band(SLOW, Status.WASPADA), Band(UNSURE, Status.UNKNOWN),
               Band(AWAY, Status.WASPADA), Band(LONG_AWAY, Status.KRITIS)),
    ),
    Indicator(
        id="services.availability_30d", title="Ketersediaan layanan (lokal)", unit="%", topics=TOPICS,
        formula=availability_30d, owner=OWNER, decimals=2, better="up", target=TARGET,
        clock="30 hari terakhir; detik berjalan ÷ detik terpantau, semua layanan digabung; tanpa pemeliharaan",
        basis=f"{LOCAL}: belum ada angka nasional; {CHECKS}", target_basis="lokal, perlu ditetapkan Sekda",
        scale=(Decimal(95), Decimal(100)), family="spbe",
        bands=(Band("Mencapai target lokal", Status.NORMAL, low=TARGET),
               Band("Di bawah target lokal", Status.WASPADA, high=TARGET)),
    ),
    Indicator(
        id="services.response_p95", title="Waktu jawab layanan p95 (lokal)", unit="ms", topics=TOPICS,
        formula=response_p95, owner=OWNER, better="down", family="spbe", basis=f"{LOCAL}: {CHECKS}",
        clock="7 hari lengkap terakhir (hari pertama: hari ini); mencari nama → bita terakhir dibaca; peringkat "
        "terdekat, dibulatkan dua angka",
    ),
    Indicator(
        id="services.certificates", title="Sertifikat segera berakhir", unit="sertifikat", topics=TOPICS,
        formula=certificates, clock="Saat ini; sisa hari ≤ batas yang ditulis pada tiap layanan", owner=OWNER,
        basis=f"{LOCAL}: sertifikat TLS seperti terlihat pemeriksaan", better="down", family="spbe",
        bands=(Band("Semua masih lama", Status.NORMAL), Band("Segera berakhir", Status.WASPADA),
               Band("Berakhir ≤ 7 hari", Status.KRITIS)),
    ),
)  # fmt: skip
