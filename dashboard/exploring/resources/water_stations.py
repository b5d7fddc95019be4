"""Each river station: its newest index, what drives it, whether it got better, and its score over a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import LOOK_BACK_MONTHS, days_of, until
from dashboard.formulas.pollution_index import BASIS
from dashboard.formulas.storet import BASIS as STORET_BASIS
from dashboard.formulas.storet import storet
from dashboard.formulas.water_standards import ANNEX, REGULATION, Standard, to_confirm
from dashboard.indicators.catalogue.water import STATUS, driving_words, title_of
from dashboard.indicators.indicator import Status
from dashboard.indicators.judged_water import CURRENT, JudgedSample, by_station, judged_between, standards_at
from dashboard.indicators.month_window import earlier
from dashboard.store.water import confirmed_limits
from datasources.resources.record_days import day_start

NO_SAMPLES = "tidak ada sampel air sungai sampai akhir masa ini"
STORET_WORDS = "STORET: A memenuhi baku mutu, B cemar ringan, C cemar sedang, D cemar berat."
COLUMNS = (
    Column("station", "Titik", "text"),
    Column("river", "Sungai", "text"),
    Column("day", "Sampel", "day"),
    Column("index", "IP", decimals=2),
    Column("word", "Kelas", "text"),
    Column("driving", "Parameter penentu", "text"),
    Column("exceeding", "Melampaui kelas 2", "text"),
    Column("n", "Parameter dinilai"),
    Column("change", "Dibanding sampel sebelumnya", "text"),
    Column("storet", "STORET 12 bulan"),
    Column("storet_word", "Kelas", "text"),
    Column("storet_n", "n sampel"),
)


def stations(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per station, the worst index first."""
    _, last = days_of(filters, at)
    first = earlier(last.replace(day=1), LOOK_BACK_MONTHS)
    standards = standards_at(connection, until(filters, at))
    found = by_station(judged_between(connection, first, last, until(filters, at)))
    rows = [_row(samples, standards) for samples in found.values()]
    if not rows:
        return nothing(NO_SAMPLES)
    rows.sort(key=lambda row: (row["index"] is None, -(row["index"] or 0), row["station"]))
    everything = [one for samples in found.values() for one in samples]
    newest = max(one.sample.sampled_on for one in everything)
    return Answer(COLUMNS, rows, n=len(rows), data_time=day_start(newest), notes=notes(connection, everything, last))


def _row(samples: Sequence[JudgedSample], standards: Mapping[str, Standard]) -> dict[str, Any]:
    newest = samples[-1]
    index, sample = newest.index, newest.sample
    recent = [one for one in samples if (sample.sampled_on - one.sample.sampled_on).days < 365]
    score = storet(_by_parameter(recent), standards)
    word = index.word.capitalize() if index else None
    return {
        "station": sample.station_name,
        "river": sample.river,
        "day": sample.sampled_on,
        "index": index.value if index else None,
        "word": word,
        "driving": driving_words(newest) if index else None,
        "exceeding": ", ".join(map(title_of, newest.exceeding)) or ("tidak ada" if index else None),
        "n": len(newest.judged),
        "change": change_words(samples),
        "storet": score.score if score else None,
        "storet_word": score.letter if score else None,
        "storet_n": len(recent),
        "status": None if word is None or STATUS[word] is Status.NORMAL else STATUS[word],
    }


def _by_parameter(samples: Sequence[JudgedSample]) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for one in samples:
        for parameter, value in one.sample.values.items():
            if parameter not in one.unclear:
                values.setdefault(parameter, []).append(value)
    return values


def change_words(samples: Sequence[JudgedSample]) -> str:
    """Better or worse than the sample before, where both measured the same parameters."""
    if len(samples) < 2 or samples[-1].index is None or samples[-2].index is None:
        return "belum ada pembanding"
    if samples[-1].judged != samples[-2].judged:
        return "parameter berbeda, tidak dibandingkan"
    now, before = samples[-1].index.value, samples[-2].index.value
    if round(now, 2) == round(before, 2):
        return "tetap"
    words = "memburuk" if now > before else "membaik"
    return f"{words} dari {before:.2f}".replace(".", ",")


def notes(connection: Connection, judged: Sequence[JudgedSample], last: Any) -> tuple[str, ...]:
    """What stands behind the judgement: limits not confirmed, detection limits, temperature."""
    measured = {parameter for one in judged for parameter in one.sample.values} - {"temperature"}
    waiting = [p for p in to_confirm(confirmed_limits(connection, last)) if p in measured]
    below = sum(len(one.sample.below) for one in judged)
    unclear = sum(len(one.unclear) for one in judged)
    assumed = sum(one.assumed_temperature for one in judged)
    old = sum((last - one.sample.sampled_on) > CURRENT for one in judged)
    said = [
        STORET_WORDS,
        "IP hanya dapat dibandingkan bila parameternya sama; satu parameter dapat menentukan seluruhnya.",
    ]
    if waiting:
        said.append(f"Tidak dinilai karena baku mutunya perlu verifikasi: {', '.join(map(title_of, waiting))}.")
    if below:
        said.append(f"{below} nilai di bawah batas deteksi dihitung sebesar batasnya.")
    if unclear:
        said.append(f"{unclear} di antaranya tidak dinilai: batas deteksinya di atas baku mutu.")
    if assumed:
        said.append(f"{assumed} sampel tanpa suhu air: oksigen jenuh dianggap 8,26 mg/l (25 °C).")
    if old:
        said.append(f"{old} sampel lebih tua dari 400 hari; hanya untuk perbandingan.")
    return tuple(said)


QUESTIONS = (
    Question(
        id="water.stations", title="Titik pantau sungai", family="lingkungan", topics=("water",), form="table",
        ask=stations, by_kecamatan=False, basis=f"{BASIS.words}; {STORET_BASIS.article}; {REGULATION} {ANNEX}",
        clock="Sampel terbaru setiap titik sampai akhir masa; STORET dari sampel 12 bulan sebelumnya",
    ),
)  # fmt: skip
