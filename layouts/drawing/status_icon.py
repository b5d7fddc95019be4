"""Shapes that carry a status without colour: octagon, triangle, ring, clock, broken plug, question diamond."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from layouts.drawing.markup import el, svg
from layouts.theme import SCREEN, Theme

SIZE = 40
STATUS_WORDS = {
    Status.KRITIS: "Kritis",
    Status.WASPADA: "Waspada",
    Status.NORMAL: "Normal",
    Status.UNKNOWN: "Tidak diketahui",
}
FRESH_WORDS = {
    FreshState.FRESH: "Segar",
    FreshState.LATE: "Data terlambat",
    FreshState.STALE: "Data basi",
    FreshState.LOST: "Putus",
    FreshState.NONE: "Belum ada sumber",
}


def status_colour(status: Status, theme: Theme) -> str:
    """The colour of a status; grey when nothing is asked of anybody."""
    return {Status.KRITIS: theme.critical, Status.WASPADA: theme.warning}.get(status, theme.stale)


def status_icon(status: Status, theme: Theme = SCREEN) -> Markup:
    """Octagon, triangle, ring or question diamond."""
    colour = status_colour(status, theme)
    shape = {
        Status.KRITIS: _filled("M13 2 H27 L38 13 V27 L27 38 H13 L2 27 V13 Z", colour),
        Status.WASPADA: _filled("M20 3 L38.5 37 L1.5 37 Z", colour),
        Status.NORMAL: el("circle", {"cx": 20, "cy": 20, "r": 14, **_stroke(colour, 6)}),
        Status.UNKNOWN: _question(colour),
    }[status]
    return _icon(STATUS_WORDS[status], shape)


def fresh_icon(state: FreshState, theme: Theme = SCREEN) -> Markup:
    """Clock for old data, broken plug for a silent source, ring when all is well, question when there is none."""
    colour = theme.dim
    if state in (FreshState.LATE, FreshState.STALE):
        return _icon("Data lama", _clock(colour))
    if state is FreshState.LOST:
        return _icon("Putus", _plug(colour))
    if state is FreshState.NONE:
        return _icon("Belum ada sumber", _question(colour))
    return _icon("Segar", el("circle", {"cx": 20, "cy": 20, "r": 14, **_stroke(theme.stale, 6)}))


def _icon(word: str, shape: Markup) -> Markup:
    return el("span", {"class": "icon"}, svg(SIZE, SIZE, word, "", shape))


def _stroke(colour: str, width: float) -> dict[str, object]:
    return {"fill": "none", "stroke": colour, "stroke-width": width, "stroke-linecap": "round"}


def _filled(data: str, colour: str) -> Markup:
    return el("path", {"d": data, "fill": colour})


def _question(colour: str) -> Markup:
    outline = {"d": "M20 2 L38 20 L20 38 L2 20 Z", "stroke-linejoin": "round", **_stroke(colour, 4)}
    hook = {"d": "M15 16 C15 9.5 25 9.5 25 16 C25 20 20 19.5 20 23.5", **_stroke(colour, 3.6)}
    dot = {"cx": 20, "cy": 28.5, "r": 2.4, "fill": colour}
    return el("g", {}, el("path", outline), el("path", hook), el("circle", dot))


def _clock(colour: str) -> Markup:
    face = {"cx": 20, "cy": 20, "r": 16, **_stroke(colour, 4.5)}
    hands = {"d": "M20 10.5 V20 L27 25", "stroke-linejoin": "round", **_stroke(colour, 4.5)}
    return el("g", {}, el("circle", face), el("path", hands))


def _plug(colour: str) -> Markup:
    """Two halves of a line that do not meet, and a cross between them."""
    ends = {"d": "M2 20 H9 M31 20 H38", **_stroke(colour, 5)}
    cross = {"d": "M12 12 L28 28 M28 12 L12 28", **_stroke(colour, 5)}
    return el("g", {}, el("path", ends), el("path", cross))
