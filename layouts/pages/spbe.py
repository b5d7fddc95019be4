"""SPBE and Pemdi: indices, what was published, every indicator, and the way to the next level."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.exploring.questions import QUESTIONS
from dashboard.exploring.spbe.plan_request import request_of
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments
from layouts.assessing import template_file
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.page import Page
from layouts.panels.place import drawn, place
from layouts.planning.panel import panel

LEAD = (
    "Dua instrumen berdampingan, tidak pernah dalam satu garis. Hasil terbitan adalah fakta bersumber; nilai per "
    "indikator berasal dari isian. Indeks dihitung tanpa pembulatan sebelum predikat."
)


def layout(**asked: Any) -> Any:
    """Structure; what an address asks of the plan fills its form."""
    return html.Div(
        [
            html.H1("SPBE dan Pemerintah Digital"),
            html.P(LEAD, className="lead"),
            html.Div([drawn(frame) for frame in _frames()], className="grid"),
            html.Div(filter_bar(), hidden=True),
            html.H2("Yang diterbitkan"),
            html.Div([explore("spbe.published_history", 2), explore("spbe.published_groups", 2)], className="grid"),
            html.Div(panel(request_of(asked)), className="grid"),
            *(part for instrument in instruments().values() for part in _instrument(instrument)),
            html.H2("Tahun-tahun yang diisi"),
            html.Div([explore("spbe.entered_history", 2)], className="grid"),
        ],
        className="instruments",
    )


def _frames() -> list[Any]:
    """The published index first: it is the one that counts."""
    frames = [place("bullet", "spbe.published")]
    for instrument in instruments().values():
        frames += [place("bullet", f"{instrument.key}.index"), place("tile", f"{instrument.key}.gap_to_next")]
    return frames


def _instrument(instrument: Instrument) -> list[Any]:
    """A part for each instrument, so that a further one needs no code."""
    parts = [explore(f"{instrument.key}.matrix", 2), explore(f"{instrument.key}.groups", 2)]
    parts += [explore(name, 2) for kind in ("live", "externals") if (name := f"{instrument.key}.{kind}") in QUESTIONS]
    heading = html.H2(f"{instrument.title}: {instrument.lead}")
    basis = html.P([f"{instrument.legal_basis} · ", template_file.link(instrument)], className="clock-line")
    return [heading, basis, html.Div(parts, className="grid")]


PAGE = Page("spbe", "/spbe", "SPBE", layout)
