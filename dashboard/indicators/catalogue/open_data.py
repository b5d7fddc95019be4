"""Open data: how many data sets keep the rhythm they promise, and how complete their metadata are."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.indicators.indicator import Finding, Indicator
from dashboard.indicators.percent import percent
from dashboard.store.datasets import listed
from datasources.open_data.records import Dataset

TOPICS = ("datasets",)
ROWS = 12
NONE = "katalog belum memuat dataset"


def is_late(dataset: Dataset, at: datetime) -> bool | None:
    """Whether it is older than one period of its own rhythm; None when it promises none."""
    if dataset.period_days is None:
        return None
    return at - dataset.modified_at > timedelta(days=dataset.period_days)


def fresh(connection: Connection, at: datetime) -> Finding:
    """Of the data sets that promise a rhythm, those that are not older than one period of it."""
    datasets = listed(connection)
    if not datasets:
        return Finding(None, None, missing=NONE)
    newest = max(d.read_at for d in datasets)
    judged = [(d, late) for d in datasets if (late := is_late(d, at)) is not None]
    overdue = sorted((d for d, late in judged if late), key=lambda d: d.modified_at)
    rows = [{"label": d.title, "value": f"{d.frequency}, berubah {(at - d.modified_at).days} hari lalu"}
            for d in overdue[:ROWS]]  # fmt: skip
    detail = {"rows": rows, "tanpa_irama": len(datasets) - len(judged), "dataset": len(datasets)}
    if not judged:
        missing = "tidak satu pun dataset menyebut frekuensi pemutakhiran"
        return Finding(None, newest, n=0, missing=missing, detail=detail)
    return Finding(percent(Fraction(len(judged) - len(overdue), len(judged))), newest, n=len(judged), detail=detail)


def complete(connection: Connection, at: datetime) -> Finding:
    """Filled metadata columns of all that are asked for, pooled over the data sets."""
    datasets = listed(connection)
    if not datasets:
        return Finding(None, None, missing=NONE)
    asked = sum(d.asked for d in datasets)
    empty = Counter(column for d in datasets for column in d.missing)
    rows = [{"label": column, "value": f"kosong pada {n} dataset"} for column, n in empty.most_common(ROWS)]
    whole = sum(not d.missing for d in datasets)
    detail = {"rows": rows, "lengkap": whole, "dataset": len(datasets)}
    share = Fraction(asked - empty.total(), asked)
    return Finding(percent(share), max(d.read_at for d in datasets), n=len(datasets), detail=detail)


INDICATORS = (
    Indicator(
        id="open_data.fresh", title="Data terbuka mutakhir (lokal)", unit="%", topics=TOPICS, formula=fresh,
        clock="Saat ini; perubahan terakhir sumber daya ≤ satu masa frekuensi yang dijanjikan dataset",
        owner="Diskominfo (Walidata)", basis="lokal: aturan satu masa frekuensi", decimals=1, better="up",
        scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
    Indicator(
        id="open_data.complete", title="Kelengkapan metadata MS-Ind", unit="%", topics=TOPICS, formula=complete,
        clock="Saat ini; kolom MS-Ind yang terisi ÷ yang diminta, semua dataset digabung",
        owner="Diskominfo (Walidata)", decimals=1, better="up", scale=(Decimal(0), Decimal(100)), family="spbe",
        basis="Peraturan BPS 5/2020 (daftar kolom perlu verifikasi); persentasenya ukuran lokal",
    ),
)  # fmt: skip
