"""Days of a service as bars: grey when all was well, a coloured foot as high as the day was bad, a dot when unseen."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from layouts.drawing.markup import FONT, el
from layouts.theme import SCREEN, Theme

HEIGHT, STEP, BAR = 24.0, 4.0, 3.0
FOOT = {"b": 0.35, "c": 0.65, "d": 1.0}
"""Share of the bar's height: the height says what the colour says."""


def day_bars(days: str, height: float = HEIGHT, theme: Theme = SCREEN) -> Markup:
    """The SVG, as wide as its place. A letter per day: a well, b ≥ 99 %, c ≥ 95 %, d below, m maintenance, - unseen."""
    counted = Counter(days)
    bad = counted["b"] + counted["c"] + counted["d"]
    title = f"{len(days)} hari: {bad} dengan gangguan, {counted['m']} pemeliharaan, {counted['-']} tidak terpantau"
    attrs = {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {len(days) * STEP:g} {HEIGHT:g}", "role": "img",
        "preserveAspectRatio": "none", "width": "100%", "height": height, "font-family": FONT,
    }  # fmt: skip
    return el(
        "svg", attrs, el("title", {}, title), *(_bar(mark, place * STEP, theme) for place, mark in enumerate(days))
    )


def _bar(mark: str, x: float, theme: Theme) -> Markup:
    if mark == "-":
        return el("rect", {"x": x + 0.5, "y": HEIGHT - 4, "width": BAR - 1, "height": 3.0, "fill": theme.line})
    whole = {"x": x, "width": BAR}
    if mark == "m":
        return el("rect", {**whole, "y": HEIGHT * 0.6, "height": HEIGHT * 0.4, "fill": theme.accent})
    back = el("rect", {**whole, "y": 0.0, "height": HEIGHT, "fill": theme.band if mark in FOOT else theme.stale})
    if mark not in FOOT:
        return back
    high = FOOT[mark] * HEIGHT
    colour = theme.critical if mark == "d" else theme.warning
    return el("g", {}, back, el("rect", {**whole, "y": HEIGHT - high, "height": high, "fill": colour}))
