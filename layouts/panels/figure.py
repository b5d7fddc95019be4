"""The figure of a panel and the words that judge it: status, target, freshness, what is missing."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.clock import wib
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.ispu import Category
from dashboard.formulas.signal import Aim, aim
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.ispu_scale import swatch
from layouts.drawing.markup import el
from layouts.drawing.status_icon import FRESH_WORDS, STATUS_WORDS, fresh_icon, status_icon
from layouts.format import day_label, number, plain, short_moment

DEGRADED = (FreshState.LATE, FreshState.STALE, FreshState.LOST)
AIM_WORDS = {Aim.MET: "tercapai", Aim.MISSED: "belum tercapai", Aim.CHANCE: "belum beda nyata"}
CANNOT = "tidak dapat dihitung dari sumber ini"


def figure(reading: Reading) -> Markup:
    """The value with its unit; a dash for what is missing, never 0."""
    words = number(reading.value, reading.indicator.decimals)
    if reading.value is None:
        return el("p", {"class": "figure none"}, words)
    unit = el("span", {"class": "unit"}, reading.indicator.unit) if reading.indicator.unit else None
    return el("p", {"class": "figure"}, el("span", {"class": "number"}, words), " ", unit)


def status_word(reading: Reading) -> str:
    """The word of the band, else that of the status."""
    return reading.band or STATUS_WORDS[reading.status]


def is_judged(reading: Reading) -> bool:
    """Whether a status says anything: not where an indicator has no bands, nor where no source exists."""
    no_source = reading.freshness.state is FreshState.NONE and reading.value is None
    return not no_source and bool(reading.indicator.bands or reading.band or reading.status is not Status.NORMAL)


def state(reading: Reading) -> Markup | None:
    """Shape and word of the status; nothing where nobody has set what is normal."""
    if not is_judged(reading):
        return None
    word = el("span", {"class": "word"}, status_word(reading))
    return el("p", {"class": "state"}, status_icon(reading.status), word, _legal_colour(reading))


def _legal_colour(reading: Reading) -> Markup | None:
    """The colour that the law gives a category of ISPU, small and beside its word."""
    named = reading.detail.get("kategori_ispu")
    return swatch(Category(named)) if named else None


def since_words(reading: Reading, canvas: Canvas) -> str:
    """When the source was last in order; across a room the day alone, when it was not today."""
    since = reading.freshness.since
    if since is None:
        return "belum pernah menjawab" if reading.freshness.state is FreshState.LOST else ""
    today = wib(since).date() == wib(reading.at).date()
    when = day_label(since) if canvas.on_wall and not today else short_moment(since, reading.at)
    return f"terakhir benar {when}"


def staleness(reading: Reading, canvas: Canvas, dated: bool = True) -> Markup | None:
    """Clock or plug, the word, and when the source was last in order. The words for all three states are laid
    out and panel.css shows the one that holds: a browser without a server can then still tell that time has passed.
    """
    if reading.freshness.state is FreshState.NONE or reading.freshness.since is None:
        return _silent(reading, canvas)
    words = (
        el("span", {"class": "fresh-word", "data-when": str(s)}, fresh_icon(s), el("b", {}, FRESH_WORDS[s]))
        for s in DEGRADED
    )
    return el("p", {"class": "staleness"}, *words, _since(reading, canvas) if dated else None)


def _since(reading: Reading, canvas: Canvas) -> Markup | None:
    words = since_words(reading, canvas)
    return el("span", {"class": "since"}, words) if words else None


def _silent(reading: Reading, canvas: Canvas) -> Markup | None:
    """A source that never answered, or none at all."""
    state = reading.freshness.state
    if state is FreshState.NONE and reading.value is not None:
        return None
    attrs = {"class": "fresh-word", "data-when": str(state)}
    word = el("span", attrs, fresh_icon(state), el("b", {}, FRESH_WORDS[state]))
    return el("p", {"class": "staleness"}, word, _since(reading, canvas))


def target_words(reading: Reading) -> str:
    """'Target ≥ 90 %: belum tercapai', by the unrounded value; chance is no miss; empty without a target."""
    indicator, value = reading.indicator, reading.value
    if indicator.target is None:
        return ""
    sign = {"up": "≥ ", "down": "≤ ", "none": ""}[indicator.better]
    words = f"Target {sign}{plain(indicator.target)} {indicator.unit}".rstrip()
    if value is None or indicator.better == "none":
        return words
    state = aim(value, indicator.target, indicator.better, reading.detail.get("interval_95"))
    return f"{words}: {AIM_WORDS[state]}"


def target(reading: Reading) -> Markup | None:
    """The sentence about the target, with where it comes from on demand."""
    words = target_words(reading)
    return el("p", {"class": "target", "title": reading.indicator.target_basis or None}, words) if words else None


def remark(reading: Reading, canvas: Canvas) -> Markup | None:
    """What the figure leaves out, in one sentence, and why on demand; across a room there is no place for it."""
    words, more = reading.detail.get("remark"), reading.detail.get("remark_more")
    if not words or canvas.on_wall:
        return None
    if not more:
        return el("p", {"class": "rest"}, str(words))
    return el("details", {"class": "rule"}, el("summary", {}, str(words)), el("p", {}, str(more)))


def last_week(reading: Reading, canvas: Canvas) -> Markup | None:
    """What the last closed week says of target and change; on pages, where there is room for a second clock."""
    week = reading.last_week
    if canvas.on_wall or week is None or not week.speaks:
        return None
    return el("p", {"class": "week"}, week.words(reading.indicator))


def missing_words(reading: Reading, canvas: Canvas) -> str:
    """Why there is no value; across a room the reason alone, for the dash already says that it is missing."""
    reason = reading.missing or "belum ada data"
    return reason[:1].upper() + reason[1:] if canvas.on_wall else f"{CANNOT}: {reason}"


def missing(reading: Reading, canvas: Canvas) -> Markup | None:
    """The sentence in place of a value."""
    no_source = reading.missing == FreshState.NONE and reading.freshness.state is FreshState.NONE
    if reading.value is not None or no_source:
        return None
    return el("p", {"class": "missing"}, missing_words(reading, canvas))


def is_degraded(reading: Reading) -> bool:
    """Whether the panel says that its data are late, old or lost."""
    none = reading.freshness.state is FreshState.NONE and reading.value is None
    return none or reading.freshness.state in DEGRADED
