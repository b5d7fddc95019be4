"""How long each stage of an incident took: median and p90, over all and by agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS, TYPED_BY_HAND, typed_sources
from dashboard.exploring.calls112.counted_columns import CountedColumns, counted_columns, numbered
from dashboard.exploring.calls112.filled_columns import filled
from dashboard.exploring.calls112.sentences import TOO_FEW, minutes, whole
from dashboard.exploring.calls112.stage_lengths import between, lengths
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.percentile import summary_in_order
from dashboard.formulas.stages import CLOCKS, Stage, StageTimes
from dashboard.indicators.agency_titles import NO_AGENCY, agency_titles
from dashboard.store.incident_columns import IncidentColumns
from dashboard.store.incident_days import ABSENT

TITLES: dict[Stage, str] = {
    "answer": "Menjawab",
    "processing": "Memproses",
    "turnout": "Bersiap",
    "travel": "Perjalanan",
    "response": "Tanggap",
    "handling": "Penanganan",
    "total": "Seluruhnya",
}
OF_AGENCY: tuple[Stage, ...] = ("turnout", "travel", "response", "handling")
"""What an agency itself takes; answering and processing are the centre's."""
MOMENTS = ("dispatched", "enroute", "arrived", "closed", "call_entered", "call_answered")
HALF_HOUR = timedelta(minutes=30)
NO_ANSWER_TIME = "waktu dijawab tidak tercatat, dihitung sejak laporan diterima"
SUM_OF_PERCENTILES = "Persentil sebuah jumlah bukan jumlah persentil: p90 tiap tahap tidak boleh dijumlahkan."
FEW = "p90 hanya dari 30 kejadian; 5–29: median dan rentang; kurang dari 5: terlalu sedikit."
ROUNDED = f"{TYPED_BY_HAND[:1].upper()}{TYPED_BY_HAND[1:]}: median dibulatkan 30 menit, tanpa detik dan tanpa p90."

FIGURES = (
    Column("n", "n"),
    Column("median", "Median", unit="menit", decimals=1),
    Column("p90", "p90", unit="menit", decimals=1),
    Column("p90_low", "p90 batas bawah", decimals=1),
    Column("p90_high", "p90 batas atas", decimals=1),
    Column("lowest", "Tercepat", decimals=1),
    Column("highest", "Terlama", decimals=1),
)
FAULTS = (
    Column("zero", "Nol"),
    Column("negative", "Negatif"),
    Column("absent", "Tidak lengkap"),
    Column("remark", "Keterangan", "text", role="note"),
)


def figures(times: StageTimes, rounded: bool) -> dict[str, Any]:
    """The cells of one stage, its times in order: what so many values allow, and its faults."""
    found = summary_in_order(times.times)
    cells: dict[str, Any] = {"n": found.n, "median": minutes(found.median), "remark": ""}
    if found.shown == TOO_FEW:
        cells["remark"] = TOO_FEW
    elif rounded:
        cells |= {"median": minutes(_half_hours(found.median)), "remark": "dibulatkan 30 menit"}
    elif found.p90:
        edges = (("p90", found.p90.value), ("p90_low", found.p90.low), ("p90_high", found.p90.high))
        cells |= {key: minutes(value) for key, value in edges}
    else:
        cells |= {"lowest": minutes(found.lowest), "highest": minutes(found.highest), "remark": found.shown}
    return {**cells, "zero": times.zero, "negative": times.negative, "absent": times.missing}


def _half_hours(length: timedelta | None) -> timedelta | None:
    return None if length is None else (length + HALF_HOUR / 2) // HALF_HOUR * HALF_HOUR


def overall(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Each stage over all incidents that have both of its moments."""
    found = counted_columns(connection, filters, at, MOMENTS)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    rounded = typed_there(connection, found)
    known = bool((found.columns.cells["call_answered"] != ABSENT).any())
    rows = []
    for stage, title in TITLES.items():
        cells = figures(_of_stage(stage, found.columns, known), rounded)
        if stage == "processing" and not known:
            cells["remark"] = "; ".join(filter(None, (NO_ANSWER_TIME, cells["remark"])))
        rows.append({"stage": title, "clock": CLOCKS[stage], **cells})
    columns = (Column("stage", "Tahap", "text"), Column("clock", "Dari → sampai", "text"), *FIGURES, *FAULTS)
    notes = _notes(found, rows, rounded)
    return Answer(filled(columns, rows), rows, n=len(found), data_time=found.newest, notes=notes)


def _of_stage(stage: Stage, columns: IncidentColumns, known: bool) -> StageTimes:
    """The centre answers what entered its queue; where no call is known it answered when the report came in."""
    if stage == "answer":
        return between(columns.cells["call_entered"], columns.cells["call_answered"])
    return lengths(columns, stage, "call_answered" if known else "received")


def typed_there(connection: Connection, found: CountedColumns) -> bool:
    """Whether a source of these incidents has its times typed by hand."""
    return bool(found.columns.of_sources(typed_sources(connection)).any())


def _notes(found: CountedColumns, rows: Sequence[dict[str, Any]], rounded: bool) -> tuple[str, ...]:
    faults = Counter({key: sum(row[key] for row in rows) for key in ("negative", "zero")})
    said = [ROUNDED] if rounded else [SUM_OF_PERCENTILES, FEW]
    if faults["negative"]:
        said.append(f"{whole(faults['negative'])} lama waktu negatif adalah salah catat: dihitung, tidak dipakai.")
    if faults["zero"]:
        said.append(f"{whole(faults['zero'])} lama waktu nol ikut dipakai; sering karena tombol ditekan bersamaan.")
    return (*said, *found.notes)


def by_agency(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The stages an agency takes itself, of each agency; what nobody recorded stands last."""
    found = counted_columns(connection, filters, at, MOMENTS[:4], everywhere=True)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    rounded = typed_there(connection, found)
    rows = []
    of_agency = by_agency_title(found.columns, agency_titles(connection, found.columns.words_there("opd")))
    for name, columns in sorted(of_agency.items(), key=lambda pair: (pair[0] == NO_AGENCY, -len(pair[1]), pair[0])):
        rows += [
            {"agency": name, "stage": TITLES[stage], **figures(lengths(columns, stage), rounded)} for stage in OF_AGENCY
        ]
    rows.sort(key=lambda row: not row["n"])
    shown = (Column("agency", "OPD", "text"), Column("stage", "Tahap", "text"), *FIGURES, *FAULTS)
    notes = _notes(found, rows, rounded)
    return Answer(filled(shown, rows), rows, n=len(found), data_time=found.newest, notes=notes)


def by_agency_title(columns: IncidentColumns, titles: Mapping[str | None, str]) -> dict[str, IncidentColumns]:
    """The incidents of each agency, under its title; `titles` knows every word they carry."""
    nobody = titles.get(None, "")
    names = list(dict.fromkeys((nobody, *titles.values())))
    keys = numbered(columns, "opd", {word: names.index(title) for word, title in titles.items() if word is not None})
    found = dict(zip(names, columns.split(keys, len(names)), strict=True))
    return {title: of_title for title, of_title in found.items() if len(of_title)}


QUESTIONS = (
    Question(
        id="incidents112.stages", title="Lama tiap tahap", family="112",
        topics=("incidents", "calls"), form="table", clock="Tiap tahap menyebut awal dan akhirnya sendiri", ask=overall,
    ),
    Question(
        id="incidents112.stages_by_agency", title="Lama tiap tahap per OPD", family="112", topics=("incidents",),
        form="table", clock="Bersiap: diteruskan ke OPD → berangkat; perjalanan → tiba; tanggap: laporan diterima → "
        "tiba; penanganan: tiba → selesai", ask=by_agency, by_kecamatan=False,
    ),
)  # fmt: skip
