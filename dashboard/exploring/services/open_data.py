"""Data sets of the open-data catalogue, one by one and by producer."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.words import per_cent
from dashboard.indicators.catalogue.open_data import NONE, is_late
from dashboard.store.datasets import listed
from datasources.open_data.records import Dataset

BASIS = "Peraturan BPS 5/2020 (MS-Ind; daftar kolom perlu verifikasi)"
NAMED = 2
"""Empty columns that are named in a cell; the others are counted."""
PRODUCER = "Produsen belum dicatat"


def each(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every data set: those past their rhythm first, then those with most empty columns."""
    datasets = listed(connection)
    if not datasets:
        return nothing(NONE)
    rows = [_row(d, at) for d in sorted(datasets, key=lambda d: (not is_late(d, at), -len(d.missing), d.title))]
    notes = ("Terlambat: perubahan terakhir lebih lama daripada satu masa frekuensi yang dijanjikan (aturan lokal).",)
    return Answer(COLUMNS, rows, n=len(rows), data_time=max(d.read_at for d in datasets), notes=notes)


COLUMNS = (
    Column("title", "Dataset", "text"),
    Column("producer", "Produsen data", "text"),
    Column("frequency", "Frekuensi", "text"),
    Column("age", "Umur", unit="hari"),
    Column("state", "Kemutakhiran", "text"),
    Column("resources", "Sumber daya"),
    Column("formats", "Format", "text"),
    Column("complete", "Metadata", unit="%", decimals=0),
    Column("missing", "Kolom kosong", "text"),
    Column("licence", "Lisensi", "text"),
)


def _row(d: Dataset, at: datetime) -> dict[str, object]:
    late, more = is_late(d, at), len(d.missing) > NAMED + 1
    return {
        "title": d.title,
        "producer": d.producer or PRODUCER,
        "frequency": d.frequency or "tidak disebut",
        "age": (at - d.modified_at).days,
        "state": "tanpa irama" if late is None else "terlambat" if late else "mutakhir",
        "resources": d.resources,
        "formats": ", ".join(d.formats),
        "complete": round(Decimal(100 * (d.asked - len(d.missing))) / d.asked, 1),
        "missing": ", ".join((*d.missing[:NAMED], f"+ {len(d.missing) - NAMED} lagi") if more else d.missing),
        "licence": d.licence,
        "status": "waspada" if late else None,
    }


def by_producer(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Filled metadata columns of each producer, pooled over its data sets."""
    datasets = listed(connection)
    if not datasets:
        return nothing(NONE)
    producers: defaultdict[str, list[Dataset]] = defaultdict(list)
    for dataset in datasets:
        producers[dataset.producer or PRODUCER].append(dataset)
    rows = []
    for producer, own in producers.items():
        asked = sum(d.asked for d in own)
        share = per_cent(Fraction(asked - sum(len(d.missing) for d in own), asked), 1)
        late = sum(bool(is_late(d, at)) for d in own)
        rows.append({"producer": producer, "share": share, "n": len(own), "late": late})
    rows.sort(key=lambda row: (row["share"] or 0, row["producer"]))
    columns = (
        Column("producer", "Produsen data", "text", role="label"),
        Column("share", "Metadata terisi", unit="%", decimals=1, role="value"),
        Column("n", "Dataset", role="note", unit="dataset"), Column("late", "Terlambat"),
    )  # fmt: skip
    return Answer(columns, rows, n=len(datasets), data_time=max(d.read_at for d in datasets))


QUESTIONS = (
    Question(
        id="open_data.producers", title="Kelengkapan metadata per produsen data", family="spbe", topics=("datasets",),
        form="bars", ask=by_producer, by_kecamatan=False, basis=BASIS,
        clock="Saat ini; kolom MS-Ind yang terisi ÷ yang diminta",
    ),
    Question(
        id="open_data.datasets", title="Dataset dalam katalog", family="spbe", topics=("datasets",), form="table",
        ask=each, by_kecamatan=False, basis=BASIS, clock="Saat ini; umur sejak sumber daya terakhir berubah",
    ),
)  # fmt: skip
