"""The figures of an edition as a workbook: what was counted, from when to when, and no cell that runs as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

from dashboard.briefings.edition import Edition
from layouts.briefing import edition_words as whole
from layouts.exploring.cells import exported
from layouts.format import date_range, moment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("Bidang", "Indikator", "Nilai", "Satuan", "n", "Target", "Sinyal", "Batas bawah", "Batas atas",
            "Minggu penilaian", "Minggu lalu", "Data terbaru (WIB)", "SIMULASI", "Sebab bila kosong", "Jam", "Dasar",
            "Pemilik")  # fmt: skip


def workbook(edition: Edition) -> bytes:
    """Three sheets: figures, the lines of the charts, and what a reader must know."""
    book = Workbook(write_only=True)
    for title, lines in (
        ("Minggu ini", _figures(edition)),
        ("Grafik", _charts(edition)),
        ("Keterangan", _about(edition)),
    ):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([exported(cell) for cell in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _figures(edition: Edition) -> Iterator[list[Any]]:
    yield list(HEADINGS)
    for f in edition.figures:
        of, judged = f.of, f.judged
        yield [of.family, of.title, f.value, of.unit, f.n, of.target, f.verdict, judged.low, judged.high, judged.points,
               f.previous, f.data_time, "SIMULASI" if f.simulated else None, f.missing or None, of.clock, of.basis,
               of.owner]  # fmt: skip


def _charts(edition: Edition) -> Iterator[list[Any]]:
    yield ["Indikator", "Satuan", "Titik", "Nilai", "Setahun sebelumnya", "SIMULASI"]
    for f in edition.figures:
        weeks = [(f"Minggu {slot.label}", slot) for slot in f.weeks]
        for name, slot in [*weeks, *((slot.label, slot) for slot in f.months)]:
            mark = "SIMULASI" if f.simulated else None
            yield [f.of.title, f.of.unit, name, slot.value, slot.year_before, mark]


def _about(edition: Edition) -> Iterator[list[Any]]:
    yield [
        f"Laporan mingguan {edition.week}, {date_range(edition.first, edition.last)}, {whole.audience_words(edition)}"
    ]
    yield [f"Keadaan per {moment(edition.as_of)}"]
    yield ["Sel kosong berarti tidak diketahui, bukan nol; sebabnya di kolom 'Sebab bila kosong'."]
    if edition.simulated:
        yield ["Baris bertanda SIMULASI dibuat oleh program dan tidak menggambarkan keadaan sebenarnya."]
    yield [f"Sidik isi (SHA-256): {edition.content_hash}"]
