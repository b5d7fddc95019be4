"""Wall screens: profiles with their sizes in minutes of arc, and the scenes that take turns on them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import hypot, radians, tan
from pathlib import Path

from layouts.drawing.canvas import Canvas, wall

INCH_MM = 25.4
GRID_COLUMNS, GRID_ROWS = 3, 2
STRIP_AM, TITLE_AM, GAP_AM, PADDING_AM = 40, 42, 6, 9
"""Heights of the strip and the scene's title, gaps between panels, padding inside one; minutes of arc."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of screen. Pixels, inches, metres."""

    name: str
    title: str
    width: int
    height: int
    diagonal_inch: float
    distance_m: float
    theme: str

    @property
    def am(self) -> float:
        """Pixels that one minute of arc covers at the viewing distance."""
        pitch_mm = self.diagonal_inch * INCH_MM / hypot(self.width, self.height)
        return self.distance_m * 1000 * tan(radians(1 / 60)) / pitch_mm

    def canvas(self, columns: int) -> Canvas:
        """The inside of a panel that spans so many columns of the grid."""
        am = self.am
        cell_width = (self.width - (GRID_COLUMNS + 1) * GAP_AM * am) / GRID_COLUMNS
        cell_height = (self.height - (STRIP_AM + TITLE_AM + GRID_ROWS * GAP_AM) * am) / GRID_ROWS
        width = cell_width * columns + GAP_AM * am * (columns - 1)
        return wall(am, width - 2 * PADDING_AM * am, cell_height - 2 * PADDING_AM * am)


@dataclass(frozen=True, slots=True)
class Place:
    """A panel of a scene; the hero spans two columns."""

    form: str
    indicator: str
    hero: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the rotation: a subject, how long it stays, and its panels (hero first)."""

    name: str
    title: str
    dwell_s: int
    places: tuple[Place, ...]


SCENES = (
    Scene(
        "ringkasan", "Ringkasan", 30,
        (
            Place("trend", "calls112.offered_today", hero=True),
            Place("table", "calls112.open_incidents"),
            Place("bullet", "calls112.within_15_min"),
            Place("bullet", "air.ispu"),
            Place("bullet", "spbe.index"),
        ),
    ),
    Scene(
        "112", "112", 30,
        (
            Place("trend", "calls112.offered_today", hero=True),
            Place("tile_map", "calls112.incidents_24h"),
            Place("bullet", "calls112.service_level"),
            Place("tile", "calls112.asa"),
            Place("bullet", "calls112.mean_response"),
        ),
    ),
    Scene(
        "lingkungan", "Lingkungan dan bahaya", 30,
        (
            Place("warnings", "weather.active_warnings", hero=True),
            Place("tile_map", "weather.rain_next_24h"),
            Place("bullet", "air.ispu"),
            Place("tile", "air.pm25_now"),
            Place("tile", "river.level"),
        ),
    ),
)  # fmt: skip


@cache
def profiles() -> dict[str, Profile]:
    """The profiles by name."""
    tables = tomllib.loads((Path(__file__).parent / "profiles.toml").read_text(encoding="utf-8"))
    return {name: Profile(name=name, **table) for name, table in tables.items()}


def wall_looks() -> dict[str, Canvas]:
    """The looks a wall may ask for: 'aula.hero', 'aula.cell', ….."""
    return {
        f"{name}.{part}": profile.canvas(columns)
        for name, profile in profiles().items()
        for part, columns in (("hero", 2), ("cell", 1))
    }
