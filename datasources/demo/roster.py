"""Who sits at the telephones: three shifts, their agents by code, and their breaks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from datasources.demo.world import HOUR, day_of, hour_of, midnight

AGENTS = tuple(f"PJSIP/{extension}" for extension in range(1001, 1009))
SHIFTS = ((7, 3), (15, 2), (23, 1))
"""Hour in WIB at which a shift begins, and how many sit in it."""
FIRST_BREAK_S, BREAK_S, NIGHT_BREAK_S = 2 * HOUR, 30 * 60, 5 * 60
BREAKS_APART_S = 45 * 60
"""Longer than a break: never two at once, and whoever is alone at night leaves for five minutes only."""


class Shift(NamedTuple):
    """Begins at a Unix hour; `breaks` are (agent, from, to) in Unix seconds."""

    start: int
    agents: tuple[str, ...]
    breaks: tuple[tuple[str, int, int], ...]


def shift_at(hour: int) -> Shift:
    """The shift of this Unix hour."""
    day = day_of(hour)
    begun = [place for place, (start, _) in enumerate(SHIFTS) if midnight(day) + start <= hour]
    return _shift(day, begun[-1]) if begun else _shift(day - 1, len(SHIFTS) - 1)


def on_duty(moment: int) -> list[str]:
    """The agents who can be rung at this Unix second."""
    shift = shift_at(hour_of(moment))
    away = [agent for agent, start, end in shift.breaks if start <= moment < end]
    return [agent for agent in shift.agents if agent not in away]


@lru_cache(maxsize=64)
def _shift(day: int, place: int) -> Shift:
    """The roster moves on by one agent a day."""
    start, seats = midnight(day) + SHIFTS[place][0], SHIFTS[place][1]
    first = day + sum(number for _, number in SHIFTS[:place])
    agents = tuple(AGENTS[(first + seat) % len(AGENTS)] for seat in range(seats))
    length = BREAK_S if seats > 1 else NIGHT_BREAK_S
    begins = [start * HOUR + FIRST_BREAK_S + seat * BREAKS_APART_S for seat in range(seats)]
    breaks = tuple((agent, at, at + length) for agent, at in zip(agents, begins, strict=True))
    return Shift(start, agents, breaks)
