"""Water, waste, green space and energy: what is measured a few times a year, beside its target."""

from __future__ import annotations

from layouts.exploring.place import explore
from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "resources",
    "/sumber-daya",
    "Air, sampah & energi",
    structure(
        "Air, sampah, ruang hijau, dan energi",
        "Diisi OPD lewat buku kerja. Angka resmi tidak dicampur dengan hitungan lokal; yang perlu verifikasi bertanda.",
        place("bullet", "waste.handled"),
        place("bullet", "waste.reduced"),
        place("table", "water.worst_index", rows=2),
        place("table", "water.class2_share", rows=2),
        place("trend", "waste.generated", "wide", span=2),
        place("table", "waste.landfill_days", rows=2),
        place("table", "iklh.official", rows=2),
        place("table", "energy.wasteful_share", rows=2),
        place("bullet", "green_space.public_share"),
        place("tile", "energy.renewable_share"),
        explored=(
            explore("water.stations", span=4),
            explore("water.trend", span=2),
            explore("water.parameters", span=2),
            explore("iklh.parts", span=2),
            explore("iklh.years", span=2),
            explore("waste.balance", span=2),
            explore("waste.by_month", span=2),
            explore("waste.runway", span=2),
            explore("waste.places", span=2),
            explore("waste.banks", span=2),
            explore("green_space.kecamatan", span=2),
            explore("green_space.kinds", span=2),
            explore("energy.buildings", span=2),
            explore("energy.by_month", span=2),
            explore("energy.solar", span=2),
            explore("resources.corrections", span=2),
        ),
    ),
)
