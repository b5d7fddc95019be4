"""Levels of readiness by rule: local ones that people fill in, and the historical example they were modelled on."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.exploring.levels.rule_levels import QUESTIONS
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.page import Page

LEAD = (
    "Tekanan dan kapasitas dinilai terpisah; satu indikator tidak dapat ditutup oleh yang lain. Angka 1 yang terbaik, "
    "berbeda dari SPBE dan Pemdi. Yang belum diisi tidak pernah dihitung sebagai baik."
)


def layout(**_: Any) -> Any:
    """Structure only."""
    settings = html.A("Isi nilai dan penetapan", href="/pengaturan?bagian=level")
    return html.Div(
        [
            html.H1("Level kesiapan"),
            html.P(LEAD, className="lead"),
            html.P(settings),
            html.Div(filter_bar(), hidden=True),
            html.Div([explore(question.id, 2) for question in QUESTIONS], className="grid"),
        ],
        className="instruments readiness",
    )


PAGE = Page("readiness", "/kesiapan", "Kesiapan", layout)
