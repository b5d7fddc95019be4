"""How much our own alarms ask of people, beside what people can bear."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.alarm_load import CHATTERS, FLOOD, AlarmLoad, Raised, alarm_load
from dashboard.formulas.written_number import written
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store.alerts import Kept, raised_between
from dashboard.store.measurements import first_known

TARGET_A_DAY = 6
NOT_TO_BE_QUOTED = (
    "Batas ISA-18.2/EEMUA 191 menurut ringkasan yang beredar, perlu verifikasi; sasaran 6 sehari ditetapkan di sini."
)


def load(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The figures of the period that is over, each beside its limit."""
    watched = first_known(connection)
    start, end = max(filters.start, watched or at), min(filters.end, at)
    if end <= start:
        return nothing("dalam masa ini belum ada yang diawasi")
    found = raised_between(connection, start, end)
    figures = alarm_load([_raised(kept) for kept in found if kept.alert.raised_at], start, end)
    columns = (
        Column("what", "Ukuran", "text", role="label"),
        Column("value", "Nilai", "text", role="value"),
        Column("limit", "Yang dapat ditanggung", "text"),
    )
    return Answer(
        columns,
        _rows(figures),
        n=figures.raised,
        notes=(
            f"Dihitung sejak {wib(start):%d/%m/%Y %H.%M} WIB, saat pengawasan dimulai atau awal masa.",
            NOT_TO_BE_QUOTED,
        ),
    )


def _raised(kept: Kept) -> Raised:
    alert = kept.alert
    return Raised(kept.rule, alert.raised_at or alert.since, alert.times, None if alert.is_told else alert.since)


def _rows(figures: AlarmLoad) -> list[dict[str, object]]:
    top = ", ".join(f"{_title(rule)} ({n})" for rule, n in figures.top)
    share = "" if figures.top_share is None else f"; {_percent(figures.top_share)} dari semua"
    pairs = (
        ("Peringatan per hari", written(figures.per_day, 1), f"≤ {TARGET_A_DAY} (sasaran layar dinding)"),
        ("Rata-rata per 10 menit", written(figures.per_ten_minutes, 3), "≤ 1"),
        ("Terbanyak dalam 10 menit", str(figures.busiest), f"≤ {FLOOD}"),
        (f"Masa 10 menit yang banjir (> {FLOOD})", _percent(figures.flood_share), "< 1 %"),
        (f"Berulang-ulang (≥ {CHATTERS} kali)", str(figures.chattering), "0"),
        ("Berlaku lebih dari 24 jam", str(figures.standing), "< 5"),
        ("Sepuluh tersering", f"{top}{share}" if top else "tidak ada", ""),
    )
    return [{"what": what, "value": value, "limit": limit} for what, value, limit in pairs]


def _title(rule: str) -> str:
    return CATALOGUE[rule].title if rule in CATALOGUE else rule


def _percent(share: Fraction) -> str:
    return f"{written(100 * share, 1)} %"


QUESTIONS = (
    Question(
        id="alerts.load", title="Beban peringatan", family="sistem", topics=("alerts",), form="table",
        clock="Peringatan yang dinyatakan dalam masa yang dipilih", ask=load,
        basis="ISA-18.2 / EEMUA 191 (ringkasan, perlu verifikasi)", by_kecamatan=False, internal=True,
    ),
)  # fmt: skip
