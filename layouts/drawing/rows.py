"""A list of rows: label at the left, value or age at the right, a shape where a row asks for attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from datasources.region import kecamatan
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el, join
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of, text_width
from layouts.format import age_words, plain

NOTHING_TO_LIST = "Tidak ada yang perlu ditampilkan"
LINE, ROW_GAP = 1.08, 0.16
"""A line and the space around a row, in text heights; panel.css says the same."""

LONGEST_VALUE = 0.6
"""Share of the narrowest panel that a value may take at the right of its label on a page."""

REGULAR = 0.96
"""Regular letters beside the semi-bold ones that text_width measures."""

Row = Mapping[str, Any]


def rows(items: Sequence[Row], at: datetime, canvas: Canvas, empty: str = NOTHING_TO_LIST) -> Markup:
    """detail["rows"] as an HTML list in the order given, and how many more there are where a line is left."""
    if not items:
        return el("p", {"class": "nothing"}, empty)
    shown, counted = _that_fit(items, at, canvas)
    rest = len(items) - len(shown)
    return join(
        el("ul", {"class": "rows"}, *(_row(item, at, canvas) for item in shown)) if shown else None,
        el("p", {"class": "rest"}, f"+ {rest} lagi" if shown else f"{rest} baris") if rest and counted else None,
    )


def _that_fit(items: Sequence[Row], at: datetime, canvas: Canvas) -> tuple[Sequence[Row], bool]:
    """The rows with room, and whether a line is left for the number of the others."""
    if not canvas.on_wall:
        return (items if len(items) <= canvas.rows else items[: canvas.rows - 1]), True
    left, count = canvas.height, 0
    for item in items:
        height = _height(item, at, canvas)
        if height > left:
            break
        left, count = left - height, count + 1
    return items[:count], left >= LINE * canvas.text


def _icon_width(item: Row, canvas: Canvas) -> float:
    return 0.9 * canvas.text if _has_icon(item) else 0


def _beside(item: Row, at: datetime, canvas: Canvas) -> float:
    """Px left for the label beside the icon and the value; none when the value needs half of the row."""
    value = text_width(_value_words(item, at, canvas), canvas.text)
    room = canvas.width - _icon_width(item, canvas) - value - 0.6 * canvas.text
    return room if value <= 0.45 * canvas.width else 0


def _is_stacked(item: Row, at: datetime, canvas: Canvas) -> bool:
    if not canvas.on_wall:
        return text_width(_value_words(item, at, canvas), canvas.text) > LONGEST_VALUE * PAGE.width
    room = canvas.width - _icon_width(item, canvas) - 0.6 * canvas.text
    label = label_of(item, at, canvas)
    whole = text_width(label, canvas.text) + text_width(_value_words(item, at, canvas), canvas.text)
    return whole > room and not _beside(item, at, canvas)


def _height(item: Row, at: datetime, canvas: Canvas) -> float:
    """Px that a row takes on the wall: the label's lines beside the value, or the value on a line below them."""
    label, beside = label_of(item, at, canvas), _beside(item, at, canvas)
    if _is_stacked(item, at, canvas):
        lines = 1 + lines_of(label, canvas.text, canvas.width - _icon_width(item, canvas))
    else:
        lines = lines_of(label, REGULAR * canvas.text, beside) if beside else 1
    return (LINE * lines + ROW_GAP) * canvas.text


def _row(item: Row, at: datetime, canvas: Canvas) -> Markup:
    status = status_named(item.get("status"))
    since = item.get("since")
    value = _value_words(item, at, canvas)
    age = None if since is None else str(age_words(_age_s(item, at)))
    words = value.removesuffix(age or "").removesuffix(" · ") if age else value
    return el(
        "li",
        {"data-status": status and str(status), "class": "stacked" if _is_stacked(item, at, canvas) else None},
        status_icon(status) if status is not None and _has_icon(item) else None,
        el("span", {"class": "label"}, label_of(item, at, canvas)),
        el("span", {"class": "value"},
           words if words else None, " · " if words and age else None,
           el("time", {"data-age-from": int(since)}, age) if since is not None else None),
        el("span", {"class": "where"}, str(item["where"])) if item.get("where") and not canvas.on_wall else None,
    )  # fmt: skip


def _has_icon(item: Row) -> bool:
    return status_named(item.get("status")) not in (None, Status.NORMAL)


def label_of(item: Row, at: datetime, canvas: Canvas) -> str:
    """The label; on the wall with the kecamatan in three letters when the row would not fit on one line."""
    label = str(item.get("label") or "–")
    if not canvas.on_wall:
        return label
    taken = _icon_width(item, canvas) + text_width(_value_words(item, at, canvas), canvas.text) + 0.6 * canvas.text
    if text_width(label, canvas.text) <= canvas.width - taken:
        return label
    for one in kecamatan():
        label = label.replace(f"· {one.name}", one.short)
    return label


def _value_words(item: Row, at: datetime, canvas: Canvas) -> str:
    """Value and age; across a room the age alone, where there is one."""
    age = _age_s(item, at)
    value = item.get("value")
    if age is None:
        return plain(value)
    if canvas.on_wall or value in (None, ""):
        return age_words(age)
    return f"{plain(value)} · {age_words(age)}"


def _age_s(item: Row, at: datetime) -> int | None:
    """Seconds, given as `age_s` or since the moment `since` (ms of the epoch)."""
    if item.get("since") is not None:
        return max(0, int(at.timestamp() - int(item["since"]) / 1000))
    return None if item.get("age_s") is None else int(item["age_s"])


def status_named(word: Any) -> Status | None:
    """The status of that name; None for none, TIDAK DIKETAHUI for a word that is no status."""
    if word in (None, ""):
        return None
    try:
        return Status(str(word))
    except ValueError:
        return Status.UNKNOWN
