"""The masterplan against time: what its document decides, how far it is, and what was changed since."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.access.who import allowed
from layouts.masterplan.row_words import row_address
from layouts.pages.page import Page
from layouts.pages.sections import Section, sectioned
from layouts.panels.place import place

LEAD = (
    "Rencana menurut dokumen yang berlaku, di samping kemajuan yang dilaporkan OPD. Setiap rata-rata menyebut dari "
    "berapa yang dapat dihitung."
)
SECTIONS = (
    Section(
        "ringkasan", "Terhadap waktu", "Yang seharusnya selesai menurut dokumen, dan yang dilaporkan.",
        (
            place("bullet", "masterplan.progress"),
            place("bullet", "masterplan.achievement"),
            place("bullet", "masterplan.reported"),
            place("bullet", "masterplan.on_schedule"),
        ),
        (("masterplan.against_time", 2), ("masterplan.dimensions", 2)),
    ),
    Section(
        "program", "Program", "Pilih satu program untuk indikator, aksi, anggaran, bukti, dan isiannya.",
        (
            place("table", "masterplan.behind", "wide", span=2),
            place("table", "masterplan.quick_wins", "wide", span=2),
        ),
        (("masterplan.programmes", 4),),
    ),
    Section(
        "indikator", "Indikator", "Setiap indikator pada masa yang dinilai; yang tidak dapat dihitung lebih dahulu.",
        (), (("masterplan.indicators", 4),),
    ),
    Section(
        "perubahan", "Perubahan", "Target tidak pernah berubah diam-diam: semula, menjadi, oleh siapa, mengapa.",
        (place("table", "masterplan.targets_changed", "wide", span=2),), (("masterplan.changed", 4),),
    ),
    Section(
        "dokumen", "Dokumen & anggaran", "Masa berlaku dokumen, pejabat saat ini, dan uang setiap tahun.",
        (), (("masterplan.documents", 4), ("masterplan.money", 2), ("masterplan.holders", 2)),
    ),
)  # fmt: skip

_SECTIONS_OF_PAGE = sectioned("/masterplan", "Masterplan kota cerdas", LEAD, SECTIONS)


def layout(bagian: str = "", **query: Any) -> html.Div:
    """The sections; under the programmes the way to add one, for those who may."""
    page: html.Div = _SECTIONS_OF_PAGE(bagian=bagian, **query)
    if bagian != "program" or not allowed("masterplan.write"):
        return page
    add = html.A("Tambah program atau quick win", href=row_address("program"), className="add-programme")
    return html.Div([page, html.P(add)])


PAGE = Page("masterplan", "/masterplan", "Masterplan", layout)
