"""SPBE: the index, its domains, and the way to the next predicate."""

from __future__ import annotations

from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "spbe",
    "/spbe",
    "SPBE",
    structure(
        "Sistem Pemerintahan Berbasis Elektronik",
        "Dihitung dari level 47 indikator menurut PermenPANRB 59/2020; tanpa pembulatan sebelum predikat.",
        place("trend", "spbe.index", "wide", span=2),
        place("tile", "spbe.gap_to_next"),
        *(place("bullet", f"spbe.domain{number}") for number in range(1, 5)),
    ),
)
