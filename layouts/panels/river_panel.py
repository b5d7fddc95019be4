"""River posts: level on its siaga steps, the rise, the time to the next step, and who acts. The gravest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el
from layouts.drawing.rows import status_named
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of, text_width
from layouts.drawing.threshold_bar import threshold_bar
from layouts.format import age_words, with_unit
from layouts.panels.figure import figure, missing, staleness, state
from layouts.panels.frame import foot, head, section
from layouts.panels.room import LINE, below_figure, moment_fits

NONE = "Belum ada pos sungai"
DECIMALS = {"m": 2}
Post = Mapping[str, Any]


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a list of posts; across a room the gravest post alone, with what comes next."""
    posts: Sequence[Post] = reading.detail.get("posts") or []
    if canvas.on_wall:
        return _on_wall(reading, posts, canvas)
    listed = el("ul", {"class": "posts"}, *(_post(post, reading) for post in posts)) if posts else None
    none = el("p", {"class": "nothing"}, NONE) if not posts and reading.value is not None else None
    parts = (state(reading), missing(reading, canvas), staleness(reading, canvas), listed, none)
    return section("river", reading, head(reading, canvas), *parts, foot(reading, canvas))


def _post(post: Post, reading: Reading) -> Markup:
    status = status_named(post.get("status")) or Status.UNKNOWN
    steps = post.get("steps") or []
    bar = None
    if steps:
        bar = threshold_bar(str(post["label"]), post["value"], steps, str(status), PAGE)
    agreed = post.get("action")
    return el(
        "li",
        {"data-status": str(status)},
        el("div", {"class": "post-head"}, status_icon(status),
           el("span", {"class": "label"}, str(post["label"])),
           el("b", {"class": "value"}, _figure(post))),
        el("p", {"class": "post-word"}, str(post["word"])),
        el("div", {"class": "graphic"}, bar) if bar else None,
        el("p", {"class": "post-rise"}, f"{post['rise']} · ke ambang berikut: {post['next']}"),
        el("p", {"class": "action"}, el("b", {}, "Bertindak: "), f"{post['opd']}: {agreed}") if agreed else None,
        *(el("p", {"class": "where"}, words) for words in _small_print(post, reading)),
    )  # fmt: skip


def _figure(post: Post) -> str:
    """'1,80 m', '927 m³/s'; a dash for what was not measured."""
    value, unit = post.get("value"), str(post["unit"])
    return with_unit(None if value is None else Decimal(str(value)), unit, DECIMALS.get(unit, 0))


def _small_print(post: Post, reading: Reading) -> list[str]:
    """What is wrong with the instrument, and whose thresholds these are."""
    words = [str(note) for note in post.get("notes") or []]
    if post.get("awaits"):
        words.insert(0, str(post["awaits"]))
    if post.get("silent_since") is not None:
        seconds = max(0, int(reading.at.timestamp() - int(post["silent_since"]) / 1000))
        words.insert(0, f"Diam: bacaan terakhir {age_words(seconds)} lalu")
    return [*words, *([f"Ambang: {post['basis']}"] if post.get("basis") else [])]


def _on_wall(reading: Reading, posts: Sequence[Post], canvas: Canvas) -> Markup:
    """Titled by the post itself; below its word the time to the next step, else how fast it rises."""
    first = posts[0] if posts and reading.value is not None else None
    titled = _titled(reading, first, canvas) if first else reading
    left = below_figure(titled, canvas)
    said = [str(first[key]) for key in ("next_short", "rise_short") if first.get(key)] if first else []
    fits = next((w for w in said if lines_of(w, canvas.text, canvas.width) * LINE * canvas.text <= left), None)
    ahead = el("p", {"class": "ahead"}, fits) if fits else None
    late = staleness(titled, canvas, dated=moment_fits(titled, canvas))
    parts = (figure(titled), missing(titled, canvas), state(titled), late, ahead)
    return section("river", titled, head(titled, canvas), *parts, foot(titled, canvas))


def _titled(reading: Reading, post: Post, canvas: Canvas) -> Reading:
    """The same reading under the name of its post, as much of it as fits on a line."""
    name = str(post["label"])
    short = name if text_width(name, canvas.text) <= canvas.width else name.split(", ")[0]
    return replace(reading, indicator=replace(reading.indicator, title=short))
