"""The scenes of the wall: one picture each, about one subject, in panels that fill a screen of three by two cells."""

from __future__ import annotations

from dataclasses import dataclass

GRID_COLUMNS, GRID_ROWS = 3, 2
TALL = ("table", "tile_map", "service_board", "source_health")
"""Forms that take both rows: a list or a map is read from top to bottom (wall.css)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A panel of a scene; the hero spans two columns."""

    form: str
    indicator: str
    hero: bool = False

    @property
    def cells(self) -> int:
        """How many cells of the grid it takes."""
        return (2 if self.hero else 1) * (GRID_ROWS if self.form in TALL else 1)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the rotation: a subject and its panels; the first gives the headline.

    One that is `only_raised` is left out of the rotation while nothing in it is raised; a key still shows it.
    """

    name: str
    title: str
    places: tuple[Place, ...]
    only_raised: bool = False


SCENES = (
    Scene(
        "ringkasan", "Ringkasan",
        (
            Place("trend", "calls112.offered_today", hero=True),
            Place("table", "calls112.open_incidents"),
            Place("bullet", "air.ispu"),
            Place("bullet", "spbe.index"),
        ),
    ),
    Scene(
        "tindakan", "Peringatan dan arahan",
        (
            Place("table", "alerts.standing", hero=True),
            Place("table", "directives.open"),
        ),
        only_raised=True,
    ),
    Scene(
        "112", "Darurat 112",
        (
            Place("bullet", "calls112.within_15_min"),
            Place("bullet", "calls112.service_level"),
            Place("tile_map", "calls112.incidents_24h"),
            Place("tile", "calls112.asa"),
            Place("state", "calls112.state"),
        ),
    ),
    Scene(
        "lingkungan", "Lingkungan dan bahaya",
        (
            Place("warnings", "weather.active_warnings", hero=True),
            Place("tile_map", "weather.rain_next_24h"),
            Place("bullet", "air.ispu"),
            Place("river", "river.level"),
        ),
    ),
    Scene(
        "layanan", "SPBE dan layanan",
        (
            Place("service_board", "services.up_now", hero=True),
            Place("bullet", "spbe.index"),
            Place("bullet", "complaints.closed_in_time"),
        ),
    ),
    Scene(
        "masterplan", "Masterplan kota cerdas",
        (
            Place("bullet", "masterplan.progress"),
            Place("bullet", "masterplan.achievement"),
            Place("table", "masterplan.behind"),
            Place("bullet", "masterplan.reported"),
            Place("tile", "masterplan.targets_changed"),
        ),
    ),
    Scene(
        "spbe", "Indeks SPBE dan Pemdi",
        (
            Place("bullet", "spbe.published"),
            Place("bullet", "spbe.index"),
            Place("tile", "spbe.gap_to_next"),
            Place("bullet", "pemdi.index"),
            Place("tile", "pemdi.gap_to_next"),
            Place("bullet", "spbe.domain3"),
        ),
    ),
    Scene(
        "udara", "Udara",
        (
            Place("strip", "air.strip", hero=True),
            Place("table", "air.stations"),
            Place("bullet", "air.ispu"),
            Place("tile", "air.pm25_now"),
        ),
    ),
    Scene(
        "sumber-daya", "Air, sampah, dan ruang hijau",
        (
            Place("bullet", "waste.handled"),
            Place("bullet", "waste.reduced"),
            Place("table", "water.worst_index"),
            Place("bullet", "green_space.public_share"),
            Place("bullet", "iklh.official"),
        ),
    ),
)  # fmt: skip
BY_NAME = {scene.name: scene for scene in SCENES}
