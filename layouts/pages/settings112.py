"""Settings: what people enter themselves, each part for those who may."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.access.door import door
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.parts import PARTS, PATH, WHAT
from layouts.pages.page import Page
from layouts.pages.tabs import Tab, tabs

LEAD = "Yang disimpan di sini langsung mengubah jawaban di semua halaman, dan dicatat dengan nama Anda."


def layout(bagian: str = "", keluarga: str = "", **_: Any) -> html.Div:
    """One part open, chosen by its address. All stand in the page, hidden, so that every callback finds its place."""
    mine = [part for part in PARTS if allowed(part.action)]
    open_part = next((part for part in mine if part.name == bagian), mine[0] if mine else None)
    sections = [part.section(keluarga, shown=part is open_part) for part in PARTS]
    heading = [html.H1("Pengaturan"), html.P(LEAD, className="lead")]
    return html.Div([*heading, _way(mine, open_part), html.Div(sections, className="edit")])


def _way(mine: list[Part], open_part: Part | None) -> Any:
    """The parts one may use, or the way in."""
    if open_part is None:
        return door(WHAT, PATH)
    return tabs("Bagian pengaturan", [Tab(p.title, f"{PATH}?bagian={p.name}", p is open_part) for p in mine])


PAGE = Page("settings112", PATH, "Pengaturan", layout)
