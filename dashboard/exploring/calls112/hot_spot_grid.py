"""Hot spots on a grid over the regency, from twelve months of incidents that have a point."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from math import cos, pi, radians, sqrt
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted_columns import category_of_words, sifted_columns
from dashboard.exploring.calls112.sentences import figure, share_of, whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.distance import direction, great_circle_km
from dashboard.formulas.hot_spots import FALSE_DISCOVERIES, HotSpots, NotRun, hot_spots
from dashboard.indicators.counted_incidents import is_sensitive
from dashboard.store.incident_columns import columns_between
from dashboard.store.incident_days import POINT
from dashboard.store.meanings import codes
from datasources.region import kecamatan

YEAR = timedelta(days=365)
CELL_KM = 4.0
"""About seventy cells over the regency, each of more than a desa: a cell never points at a home."""
ROWS, COLUMNS_EAST = 16, 12
"""As many cells northward and eastward hold all of it."""
KM_PER_DEGREE = 111.195
SOUTH_WEST = (-7.80, 112.30)
"""A corner outside the regency, from which the cells are counted."""
REACH = 1.25
"""A kecamatan is no disc: one of its area, a quarter wider, covers nearly all of it."""

SMALLEST_P = "<0,0001"

Cell = tuple[int, int]


def _km_per_degree_east() -> float:
    return KM_PER_DEGREE * cos(radians(SOUTH_WEST[0]))


def _centre(cell: Cell) -> tuple[float, float]:
    return (
        SOUTH_WEST[0] + (cell[0] + 0.5) * CELL_KM / KM_PER_DEGREE,
        SOUTH_WEST[1] + (cell[1] + 0.5) * CELL_KM / _km_per_degree_east(),
    )


@cache
def cells_of_regency() -> tuple[Cell, ...]:
    """The cells whose middle lies within a disc round the centre of a kecamatan."""
    discs = [((place.lat, place.lon), REACH * sqrt(place.area_km2 / pi)) for place in kecamatan()]
    return tuple(
        (row, column)
        for row in range(ROWS)
        for column in range(COLUMNS_EAST)
        if any(great_circle_km(middle, _centre((row, column))) <= reach for middle, reach in discs)
    )


@cache
def _neighbours(cells: tuple[Cell, ...]) -> list[list[int]]:
    place = {cell: number for number, cell in enumerate(cells)}
    around = [(up, right) for up in (-1, 0, 1) for right in (-1, 0, 1) if (up, right) != (0, 0)]
    return [[place[near] for up, right in around if (near := (row + up, column + right)) in place]
            for row, column in cells]  # fmt: skip


def _named(cell: Cell) -> str:
    """'3 km timur laut pusat Kecamatan Mojosari', of the nearest centre."""
    middle = _centre(cell)
    nearest = min(kecamatan(), key=lambda place: great_circle_km((place.lat, place.lon), middle))
    centre = (nearest.lat, nearest.lon)
    km = great_circle_km(centre, middle)
    if km < CELL_KM / 4:
        return f"pusat Kecamatan {nearest.name}"
    return f"{figure(km, 0)} km {direction(centre, middle)} pusat Kecamatan {nearest.name}"


def hot_cells(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The cells that have more round them than chance explains, false discoveries held to five in a hundred."""
    end = min(filters.end, at)
    within = columns_between(connection, end - YEAR, end, (POINT,))
    every = sifted_columns(within, codes(connection, "class"))
    columns = every.columns
    placed = ~(np.isnan(columns.cells["lat"]) | np.isnan(columns.cells["lon"]))
    meant = category_of_words(connection, every)
    shown = placed & columns.having("category_raw", [w for w, code in meant.items() if not is_sensitive(code)])
    cells = cells_of_regency()
    inside = _counts(columns.cells["lat"][shown], columns.cells["lon"][shown], cells)
    found = hot_spots([inside[cell] for cell in cells], _neighbours(cells), inside.total())
    notes = _notes((len(every), int(placed.sum()), int(shown.sum()), inside.total()), every.notes)
    if isinstance(found, NotRun):
        return nothing(found.reason, notes)
    rows = _rows(cells, inside, found)
    if not rows:
        return nothing("tidak ada titik rawan: sebaran kejadian tidak lebih rapat daripada kebetulan", notes)
    return Answer(COLUMNS, rows, n=inside.total(), data_time=every.newest, notes=notes)


def _counts(lat: np.ndarray, lon: np.ndarray, cells: tuple[Cell, ...]) -> Counter[Cell]:
    """How many points lie in each of the cells."""
    rows = np.floor((lat - SOUTH_WEST[0]) * KM_PER_DEGREE / CELL_KM)
    columns = np.floor((lon - SOUTH_WEST[1]) * _km_per_degree_east() / CELL_KM)
    near = (rows >= 0) & (rows < ROWS) & (columns >= 0) & (columns < COLUMNS_EAST)
    numbers = rows[near].astype(np.int64) * COLUMNS_EAST + columns[near].astype(np.int64)
    counts = np.bincount(numbers, minlength=ROWS * COLUMNS_EAST)
    return Counter({(row, column): int(counts[row * COLUMNS_EAST + column]) for row, column in cells})


COLUMNS = (
    Column("place", "Petak 4 × 4 km", "text"),
    Column("n", "Kejadian di petak itu"),
    Column("around", "Dengan petak sekitarnya"),
    Column("z", "Gi*", decimals=2),
    Column("p", "p sesudah koreksi", decimals=4),
)


def _rows(cells: tuple[Cell, ...], inside: Counter[Cell], found: HotSpots) -> list[dict[str, Any]]:
    near = _neighbours(cells)
    hot = [number for number, is_hot in enumerate(found.hot) if is_hot]
    return [
        {
            "place": _named(cells[number]),
            "n": inside[cells[number]],
            "around": inside[cells[number]] + sum(inside[cells[other]] for other in near[number]),
            "z": found.z[number],
            "p": _p(found.adjusted_p[number]),
        }
        for number in sorted(hot, key=lambda number: -(found.z[number] or 0))
    ]


def _p(chance: float | None) -> float | str | None:
    """A chance that would be rounded to nothing is said to be small, not zero."""
    return SMALLEST_P if chance is not None and chance < 0.0001 else chance


def _notes(counts: tuple[int, int, int, int], others: tuple[str, ...]) -> tuple[str, ...]:
    """Of all incidents those with a point, of these those of a category that may be shown, of these those inside."""
    n, placed, shown, inside = counts
    share = f" ({share_of(placed, n)})" if n else ""
    said = [f"{whole(placed)} dari {whole(n)} kejadian 12 bulan terakhir punya titik{share}."]
    if placed > shown:
        said.append(f"{whole(placed - shown)} kejadian kategori sensitif atau belum dipetakan tidak dipakai.")
    if shown > inside:
        said.append(f"{whole(shown - inside)} titik di luar wilayah kabupaten tidak dipakai.")
    said.append(
        f"{len(cells_of_regency())} petak diuji; titik rawan bila p ≤ {figure(FALSE_DISCOVERIES, 2)} sesudah koreksi "
        "banyak uji (FDR). Jumlah kejadian, bukan laju; wilayah didekati dengan lingkaran seluas tiap kecamatan."
    )
    return (*said, *others)


QUESTIONS = (
    Question(
        id="incidents112.hot_spots", title="Titik rawan", family="112", topics=("incidents", "edits"), form="table",
        clock="Kejadian dengan titik, 12 bulan sampai akhir masa yang dipilih", ask=hot_cells, by_kecamatan=False,
    ),
)  # fmt: skip
