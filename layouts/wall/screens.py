"""Wall profiles: the sizes of a screen in minutes of arc, what it shows at which hour, and walls of several screens."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import hypot, radians, tan
from pathlib import Path
from typing import Any

from layouts.drawing.canvas import Canvas, wall
from layouts.theme import THEMES
from layouts.wall.scenes import BY_NAME, GRID_COLUMNS, GRID_ROWS, SCENES, Scene

__all__ = ["SCENES", "Part", "Profile", "Scene", "Screen", "profiles", "wall_looks"]

INCH_MM = 25.4
STRIP_AM, TITLE_AM, GAP_AM, PADDING_AM = 31, 34, 5, 8
"""Heights of the strip and the scene's title, gaps between panels, padding inside one; minutes of arc."""
SEAM_PX = 20
"""No text stands nearer to the edge of a screen, where the bezel begins (design: wall.md §2)."""
LONGEST_CYCLE_S = 180
ALARM_SCENE = "tindakan"
SHORTEST_DWELL_S, LONGEST_DWELL_S = 20, 120
"""A single scene of a screen may stand for as long as it likes; of several each is read and soon seen again."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a screen shows from so many minutes after midnight WIB: scenes by name, with their seconds."""

    minute: int
    scenes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One panel of glass and the parts of its day, in order; before the first the last still holds.

    `kept_ready` are scenes that no part shows and an alarm may.
    """

    parts: tuple[Part, ...]
    kept_ready: tuple[str, ...] = ()

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Every scene it ever shows, each once; all of them are mounted."""
        names = [name for part in self.parts for name, _ in part.scenes]
        return tuple(BY_NAME[n] for n in dict.fromkeys([*names, *self.kept_ready]) if n in BY_NAME)


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of screen, or a wall of `across` × `down` equal ones. Pixels, inches (of one screen), metres.

    `themes` holds which theme begins at which minute after midnight WIB; `rest` from when until when it is night.
    """

    name: str
    title: str
    width: int
    height: int
    diagonal_inch: float
    distance_m: float
    themes: tuple[tuple[int, str], ...]
    screens: tuple[Screen, ...]
    rest: tuple[int, int] | None = None
    across: int = 1
    down: int = 1

    @property
    def theme(self) -> str:
        """The theme before any script has looked at the clock."""
        return self.themes[-1][1]

    @property
    def screen_size(self) -> tuple[int, int]:
        """Width and height of one screen in px."""
        return self.width // self.across, self.height // self.down

    @property
    def am(self) -> float:
        """Pixels that one minute of arc covers at the viewing distance."""
        pitch_mm = self.diagonal_inch * INCH_MM / hypot(*self.screen_size)
        return self.distance_m * 1000 * tan(radians(1 / 60)) / pitch_mm

    def alone(self, number: int) -> Profile:
        """Screen `number` (from 1, row by row) of this wall, as the whole picture of its own computer."""
        width, height = self.screen_size
        return Profile(self.name, self.title, width, height, self.diagonal_inch, self.distance_m, self.themes,
                       (self.screens[number - 1],), self.rest)  # fmt: skip

    def canvas(self, columns: int) -> Canvas:
        """The inside of a panel that spans so many columns of the grid of one screen."""
        am, (screen_width, screen_height) = self.am, self.screen_size
        cell_width = (screen_width - (GRID_COLUMNS + 1) * GAP_AM * am) / GRID_COLUMNS
        cell_height = (screen_height - (STRIP_AM + TITLE_AM + GRID_ROWS * GAP_AM) * am) / GRID_ROWS
        width = cell_width * columns + GAP_AM * am * (columns - 1)
        column = cell_height * GRID_ROWS + GAP_AM * am * (GRID_ROWS - 1)
        padding = 2 * PADDING_AM * am
        return wall(am, width - padding, cell_height - padding, column - padding)


@cache
def profiles() -> dict[str, Profile]:
    """The profiles by name. Raises ValueError with a sentence for one that cannot be."""
    tables = tomllib.loads((Path(__file__).parent / "profiles.toml").read_text(encoding="utf-8"))
    return {name: profile_of(name, table) for name, table in tables.items()}


def profile_of(name: str, table: Mapping[str, Any]) -> Profile:
    """A profile from its table. Raises ValueError that names the profile and what is wrong."""
    given = dict(table)
    days = [screen["scenes"] for screen in given.pop("screens", [])] or [given.pop("scenes")]
    themes = tuple(sorted((_minute(hour), theme) for hour, theme in given.pop("themes").items()))
    rest = given.pop("rest", None)
    profile = Profile(
        name=name, themes=themes, screens=_with_alarms([Screen(tuple(_parts(day))) for day in days]),
        rest=rest and (_minute(rest[0]), _minute(rest[1])), **given,
    )  # fmt: skip
    for wrong in _mistakes(profile):
        raise ValueError(f"profil layar '{name}': {wrong}")
    return profile


def _with_alarms(screens: list[Screen]) -> tuple[Screen, ...]:
    """Somewhere the list of alerts is mounted: it is seen when an alert has no other place."""
    if not any(scene.name == ALARM_SCENE for screen in screens for scene in screen.scenes):
        screens[0] = Screen(screens[0].parts, (ALARM_SCENE,))
    return tuple(screens)


def _parts(day: Mapping[str, Mapping[str, int]]) -> list[Part]:
    return sorted((Part(_minute(hour), tuple(scenes.items())) for hour, scenes in day.items()), key=lambda p: p.minute)


def _minute(text: str) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3])\.([0-5]\d)", text)
    if not found:
        raise ValueError(f"'{text}' bukan jam; tulis seperti 06.00")
    return 60 * int(found[1]) + int(found[2])


def _mistakes(profile: Profile) -> Iterator[str]:
    if len(profile.screens) != profile.across * profile.down:
        yield f"{len(profile.screens)} layar untuk {profile.across} × {profile.down}"
    for theme in (theme for _, theme in profile.themes if theme not in THEMES):
        yield f"tema '{theme}' tidak ada; yang ada: {', '.join(THEMES)}"
    for part in (part for screen in profile.screens for part in screen.parts):
        names = [name for name, _ in part.scenes]
        yield from (
            f"adegan '{name}' tidak ada; yang ada: {', '.join(BY_NAME)}" for name in names if name not in BY_NAME
        )
        dwells = [seconds for _, seconds in part.scenes]
        if len(dwells) > 1 and not all(SHORTEST_DWELL_S <= s <= LONGEST_DWELL_S for s in dwells):
            yield f"adegan tampil {SHORTEST_DWELL_S} sampai {LONGEST_DWELL_S} detik"
        if sum(dwells) > LONGEST_CYCLE_S:
            yield f"satu putaran {sum(dwells)} detik; paling lama {LONGEST_CYCLE_S}"


def wall_looks() -> dict[str, Canvas]:
    """The looks a wall may ask for: 'aula.hero', 'aula.cell', ….."""
    return {
        f"{name}.{part}": profile.canvas(columns)
        for name, profile in profiles().items()
        for part, columns in (("hero", 2), ("cell", 1))
    }
