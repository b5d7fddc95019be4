"""Each parameter against its limit: how often it is exceeded, and whether anybody has read that limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import days_of, until
from dashboard.exploring.resources.water_stations import NO_SAMPLES
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.water_standards import ANNEX, REGULATION, Standard
from dashboard.indicators.judged_water import JudgedSample, judged_between, standards_at
from datasources.resources.record_days import day_start
from datasources.resources.water_parameters import water_parameters

UNREAD = "perlu verifikasi"
COLUMNS = (
    Column("parameter", "Parameter", "text"),
    Column("limit", "Baku mutu kelas 2", "text"),
    Column("unit", "Satuan", "text"),
    Column("basis", "Dasar", "text"),
    Column("n", "n sampel"),
    Column("over", "Melampaui"),
    Column("share", "Bagian", unit="%"),
    Column("low", "Batas bawah 95 %", unit="%"),
    Column("high", "Batas atas 95 %", unit="%"),
    Column("below", "Di bawah deteksi"),
)


def parameters(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per parameter that was measured, the most often exceeded first."""
    first, last = days_of(filters, at, at_least=12)
    judged = judged_between(connection, first, last, until(filters, at))
    if not judged:
        return nothing(NO_SAMPLES)
    standards, seen = standards_at(connection, until(filters, at)), counted(judged)
    rows = [_row(p, standards.get(p), seen) for p in water_parameters() if seen.measured[p]]
    rows.sort(key=lambda row: -(row["share"] or 0))
    said = (
        "Batas yang perlu verifikasi belum dicocokkan dengan naskah peraturan: tidak dipakai menilai dan tidak "
        "ditampilkan. DLH mengonfirmasinya di lembar Baku mutu.",
    )
    newest = max(one.sample.sampled_on for one in judged)
    return Answer(COLUMNS, rows, n=len(judged), data_time=day_start(newest), notes=said)


@dataclass(frozen=True, slots=True)
class Seen:
    """By parameter: samples that measured it, those over the limit, under detection, and not to be judged."""

    measured: Counter[str]
    over: Counter[str]
    below: Counter[str]
    unclear: Counter[str]


def counted(judged: Sequence[JudgedSample]) -> Seen:
    """Count every sample once."""
    return Seen(
        Counter(p for one in judged for p in one.sample.values),
        Counter(p for one in judged for p in one.exceeding),
        Counter(p for one in judged for p in one.sample.below),
        Counter(p for one in judged for p in one.unclear),
    )


def _row(parameter: str, standard: Standard | None, seen: Seen) -> dict[str, Any]:
    named = water_parameters()[parameter]
    row = {
        "parameter": named.title,
        "unit": named.unit,
        "limit": UNREAD if standard is None else standard.words,
        "basis": REGULATION if standard is None else standard.basis.regulation,
        "below": seen.below[parameter],
        "n": seen.measured[parameter],
        "share": None,
    }
    clear = seen.measured[parameter] - seen.unclear[parameter]
    if standard is None or not clear:
        return row
    over = seen.over[parameter]
    low, high = wilson(over, clear) or (0.0, 1.0)
    return row | {"n": clear, "over": over, "share": 100 * over / clear, "low": 100 * low, "high": 100 * high}


QUESTIONS = (
    Question(
        id="water.parameters", title="Parameter yang melampaui baku mutu", family="lingkungan", topics=("water",),
        form="table", ask=parameters, by_kecamatan=False, basis=f"{REGULATION} {ANNEX}",
        clock="Sampel dalam masa ini, sedikitnya 12 bulan ke belakang, semua titik",
    ),
)  # fmt: skip
