"""River water: the worst station by its pollution index, and how many samples keep class 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.pollution_index import BASIS
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.water_standards import ANNEX, REGULATION
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.judged_water import JudgedSample, judged_between, newest_judged, worst_of
from datasources.resources.record_days import day_start
from datasources.resources.water_parameters import water_parameters

OWNER = "DLH"
YEAR = timedelta(days=365)
NO_SAMPLE = "belum ada sampel air sungai yang dapat dinilai dalam 400 hari terakhir"
TRACE = "telusuri sumber cemaran di hulu titik dan ambil sampel ulang (usulan, perlu konfirmasi DLH)"
STOP = "hentikan buangan dan beri tahu warga pengguna sungai (usulan, perlu konfirmasi DLH)"
CLASS_BANDS = (
    Band("Memenuhi baku mutu", Status.NORMAL, None, Decimal(1)),
    Band("Cemar ringan", Status.NORMAL, Decimal(1), Decimal(5)),
    Band("Cemar sedang", Status.WASPADA, Decimal(5), Decimal(10), action=TRACE),
    Band("Cemar berat", Status.KRITIS, Decimal(10), None, action=STOP),
)
"""The regulation's edges belong to the better class, so the formula names the band."""
STATUS = {band.word: band.status for band in CLASS_BANDS}


def worst_index(connection: Connection, at: datetime) -> Finding:
    """The highest pollution index among the newest samples of the stations, with the parameter that drives it."""
    newest = newest_judged(connection, at)
    worst = worst_of(newest)
    if worst is None or worst.index is None:
        return Finding(None, None, missing=NO_SAMPLE)
    detail = {
        "titik": worst.sample.station_name,
        "sungai": worst.sample.river,
        "penentu": title_of(worst.index.driving),
        "rows": [_row(one) for one in sorted(newest, key=lambda s: -(s.index.value if s.index else 0))],
    }
    band = worst.index.word.capitalize()
    return Finding(worst.index.value, _taken(newest), n=len(newest), band=band, detail=detail)


def _row(one: JudgedSample) -> dict[str, Any]:
    assert one.index is not None  # noqa: S101 - newest_judged keeps those that have one
    word = one.index.word.capitalize()
    status = STATUS[word]
    return {
        "label": f"{one.sample.station_name} ({one.sample.river})",
        "value": f"{written(one.index.value, 2)} · {driving_words(one)}",
        "status": None if status is Status.NORMAL else status,
    }


def class2_share(connection: Connection, at: datetime) -> Finding:
    """Samples of the last 365 days in which every judged parameter keeps its limit."""
    today = wib(at).date()
    judged = [one for one in judged_between(connection, today - YEAR, today, at) if one.meets is not None]
    if not judged:
        return Finding(None, None, missing="belum ada sampel yang dapat dinilai dalam 365 hari terakhir")
    met = sum(bool(one.meets) for one in judged)
    low, high = wilson(met, len(judged)) or (0.0, 1.0)
    limits = f"{written(Decimal(str(low)) * 100, 0)}–{written(Decimal(str(high)) * 100, 0)} %"
    detail = {"memenuhi": met, "rows": [{"label": "Rentang 95 %", "value": limits}, *_exceeding(judged)]}
    return Finding(Decimal(100 * met) / len(judged), _taken(judged), n=len(judged), detail=detail)


def _exceeding(judged: Sequence[JudgedSample]) -> list[dict[str, Any]]:
    """Parameters by how many samples exceed them."""
    counts = {p: sum(p in one.exceeding for one in judged) for one in judged for p in one.exceeding}
    worst = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"label": title_of(p), "value": f"{n} dari {len(judged)} melampaui"} for p, n in worst]


def driving_words(one: JudgedSample) -> str:
    """The parameter that drives the index; where the laboratory found none of it, that its detection limit does."""
    parameter = one.index.driving if one.index else ""
    return title_of(parameter) + (" (batas deteksi)" if parameter in one.sample.below else "")


def title_of(parameter: str) -> str:
    """The name of a parameter."""
    return water_parameters()[parameter].title


def _taken(judged: Sequence[JudgedSample]) -> datetime:
    return day_start(max(one.sample.sampled_on for one in judged))


INDICATORS = (
    Indicator(
        id="water.worst_index", title="Indeks Pencemaran sungai terburuk", unit="indeks", topics=("water",),
        formula=worst_index, owner=OWNER, basis=f"{BASIS.regulation}; {REGULATION} {ANNEX}", decimals=2,
        better="down", target=Decimal(1), target_basis="memenuhi baku mutu", bands=CLASS_BANDS,
        clock="Sampel terbaru setiap titik, paling lama 400 hari; titik dengan indeks tertinggi",
        scale=(Decimal(0), Decimal(15)), family="lingkungan",
    ),
    Indicator(
        id="water.class2_share", title="Sampel sungai memenuhi kelas 2", unit="%", topics=("water",),
        formula=class2_share, clock="Sampel 365 hari terakhir; memenuhi bila semua parameter yang dinilai memenuhi",
        owner=OWNER, basis=f"{REGULATION} {ANNEX}", better="up", scale=(Decimal(0), Decimal(100)),
        family="lingkungan", in_briefing=False,
    ),
)  # fmt: skip
