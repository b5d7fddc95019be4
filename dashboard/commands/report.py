"""manage.py report: the figures of a week as text or JSON, to lay beside a report that was published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import click

from dashboard import settings
from dashboard.commands.opened import store
from dashboard.commands.parameters import BegunWeek, Week, Word
from dashboard.exploring.calls112.sentences import figure, listed, whole
from dashboard.exploring.calls112.volume import WEEKDAYS
from dashboard.exploring.calls112.weekly_report import CLOCK_NAMES, Choices, StageFigures, WeeklyReport, weekly_report
from dashboard.formulas.percentile import LEAST_FOR_P90
from dashboard.store.database import reading

NOTHING = "–"
STAGE_NAMES = {
    "to_queue": "sampai tiket dibuat",
    "to_dispatch": "tiket dibuat → diteruskan",
    "processing": "sampai diteruskan",
    "acknowledging": "diteruskan → diterima OPD",
    "rollout": "diteruskan → berangkat",
    "transit": "berangkat → tiba",
    "response": "sampai tiba",
    "handling": "tiba → selesai",
    "total": "sampai selesai",
}


class Zone(click.ParamType[ZoneInfo]):
    """A time zone by its name."""

    name = "zona"

    def convert(self, value: Any, param: Any, ctx: Any) -> ZoneInfo:
        """The zone."""
        if isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self.fail(f"'{value}' bukan zona waktu; tulis seperti Asia/Jakarta.", param, ctx)


@click.group()
def report() -> None:
    """Angka satu minggu, untuk dicocokkan dengan laporan yang terbit."""


@report.command()
@click.option("--week", required=True, type=BegunWeek(), help="Minggu ISO, misalnya 2026-W47.")
@click.option("--json", "as_text", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--clock", type=Word(sorted(CLOCK_NAMES)), default="received", show_default=True,
              help="Saat mulai: laporan diterima, dijawab, atau tiket dibuat.")  # fmt: skip
@click.option("--percentile", "rule", type=Word(["nearest", "linear"]), default="nearest", show_default=True,
              help="Median dan p90: peringkat terdekat, atau interpolasi.")  # fmt: skip
@click.option("--zone", type=Zone(), default="Asia/Jakarta", show_default=True, help="Zona hari dan jam.")
@click.option("--counted", is_flag=True, help="Tanpa yang batal, gangguan, luar wilayah, dan laporan ganda.")
def calls112(week: Week, as_text: bool, clock: Any, rule: Any, zone: ZoneInfo, counted: bool) -> None:
    """Kejadian 112 satu minggu: tahap, hari, jam, kategori, OPD, kelas."""
    with store(settings.load()) as engine, reading(engine) as connection:
        found = weekly_report(connection, week.label, Choices(clock, rule, zone, counted))
    if as_text:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: WeeklyReport) -> Iterable[str]:
    chosen = found.choices
    yield f"Minggu {found.week}: {whole(found.n)} kejadian, menurut waktu {CLOCK_NAMES[chosen.clock]}, {chosen.zone}."
    if found.without_clock:
        yield f"{whole(found.without_clock)} tanpa waktu {CLOCK_NAMES[chosen.clock]}, tidak dihitung."
    if found.not_counted:
        where = "Tidak dihitung" if chosen.only_counted else "Ikut dihitung di sini, bukan kejadian di dasbor"
        yield f"{where}: {listed(found.not_counted)}."
    if found.typed_by_hand:
        yield "Waktu diketik tangan: detik tidak bermakna, p90 tidak dihitung."
    yield ""
    yield f"{'Tahap (detik)':28}{'n':>7}{'rata-rata':>12}{'median':>11}{'SD (n-1)':>12}{'p90':>11}{'negatif':>9}"
    yield from (_stage_line(stage) for stage in found.stages)
    yield f"Yang tanpa salah satu waktu tidak ikut n; p90 dari n ≥ {LEAST_FOR_P90}; persentil: {chosen.rule}."
    yield ""
    days = (f"{WEEKDAYS[day.weekday()]} {day:%d-%m}: {whole(n)}" for day, n in found.days.items())
    yield f"Hari   {', '.join(days)}"
    yield f"Jam    {', '.join(f'{hour:02d}: {whole(n)}' for hour, n in found.hours.items())}"
    for title, counts in (("Kategori", found.categories), ("OPD", found.agencies), ("Kelas", found.classes)):
        yield ""
        yield title
        yield from _counts(counts, found.n)


def _stage_line(stage: StageFigures) -> str:
    cells = (_cell(stage.mean), _cell(stage.median), _cell(stage.sd), _cell(stage.p90))
    mean, median, sd, p90 = cells
    name = STAGE_NAMES[stage.stage]
    return f"{name:28}{whole(stage.n):>7}{mean:>12}{median:>11}{sd:>12}{p90:>11}{whole(stage.negative):>9}"


def _cell(value: Decimal | None) -> str:
    return NOTHING if value is None else figure(value, 2)


def _counts(counts: Mapping[str, int], n: int) -> Iterable[str]:
    for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {word:40}{whole(count):>8}{figure(Decimal(100 * count) / n, 2):>9} %"
