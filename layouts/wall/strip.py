"""The bar on top of every screen: SIMULASI, alerts, oldest data, clock. On a wall of many its parts share a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from layouts.drawing.markup import el
from layouts.drawing.status_icon import fresh_icon
from layouts.time_machine.band import short_band
from layouts.wall.scenes import Place
from layouts.wall.screens import Profile

COUNTED = (Place("counts", "alerts.standing"), Place("counts", "directives.open"))


def bar(
    profile: Profile, place: int, simulated: bool, counts: Sequence[Markup], then: datetime | None = None
) -> Markup:
    """The whole strip on a single screen; of a wall, its parts on the upper row and the scene's name below. On a
    picture of the past its moment stands where the clock and the oldest age would be taken for its own.
    """
    return el("header", {"class": "strip"}, *_parts(profile, place, simulated, counts, then))


def _parts(
    profile: Profile, place: int, simulated: bool, counts: Sequence[Markup], then: datetime | None
) -> Sequence[Markup | str]:
    space = el("span", {"class": "space"})
    if then is not None and place in (0, profile.across - 1):
        return *(_status(simulated, counts) if place == 0 else ()), space, short_band(then)
    if len(profile.screens) == 1:
        return *_status(simulated, counts), space, _oldest(), _clock()
    if place >= profile.across:
        return el("span", {"class": "scene-name", "data-scene-name": ""}), space
    if place == 0:
        return *_status(simulated, counts), space
    if place == profile.across - 1:
        return space, _clock()
    return space, _oldest() if place == profile.across // 2 and then is None else "", space


def _oldest() -> Markup:
    return el("span", {"class": "oldest", "data-oldest": "wall"})


def _clock() -> Markup:
    date = el("span", {"class": "when-roomy", "data-clock": "date"})
    return el("b", {"class": "clock"}, date, el("span", {"data-clock": "time"}))


def _status(simulated: bool, counts: Sequence[Markup]) -> tuple[Markup | str, Markup]:
    alerts, directives = counts
    aged = (_aged("lama", fresh_icon(FreshState.STALE)), _aged("putus", fresh_icon(FreshState.LOST)))
    badge = el("span", {"class": "simulated"}, "SIMULASI") if simulated else ""
    return badge, el("span", {"class": "alarms"}, alerts, *aged, directives)


def _aged(word: str, shape: Markup) -> Markup:
    """How many indicators are old or lost: strip.js counts them, also while no server answers, and hides none."""
    said = el("span", {"class": "when-roomy"}, f" {word}")
    return el("span", {"class": word, "data-aged": word, "hidden": True}, shape, el("b", {}), said)
