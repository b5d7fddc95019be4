"""A list of rows: label at the left, value at the right, a shape where a row asks for attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from layouts.drawing.markup import el, join
from layouts.drawing.status_icon import STATUS_WORDS, status_icon
from layouts.format import age_words, plain

NOTHING_TO_LIST = "Tidak ada yang perlu ditampilkan"


def rows(items: Sequence[Mapping[str, Any]], limit: int, empty: str = NOTHING_TO_LIST) -> Markup:
    """detail["rows"] as an HTML list in the order given, cut at `limit` with the number of those left out."""
    if not items:
        return el("p", {"class": "nothing"}, empty)
    shown = items if len(items) <= limit else items[: max(1, limit - 1)]
    rest = len(items) - len(shown)
    return join(
        el("ul", {"class": "rows"}, *(_row(item) for item in shown)),
        el("p", {"class": "rest"}, f"+ {rest} lagi") if rest else None,
    )


def _row(item: Mapping[str, Any]) -> Markup:
    status = status_named(item.get("status"))
    raised = status in (Status.WASPADA, Status.KRITIS)
    said = None if status is None or raised else STATUS_WORDS[status]
    return el(
        "li",
        {"data-status": None if status is None else str(status), "title": said},
        status_icon(status) if status is not None and status is not Status.NORMAL else None,
        el("span", {"class": "label"}, str(item.get("label") or "–")),
        el("span", {"class": "value"}, _value(item)),
    )


def _value(item: Mapping[str, Any]) -> str:
    """The value, the age, or both; an age stands alone where a row has no value."""
    age = item.get("age_s")
    if age is None:
        return plain(item.get("value"))
    words = age_words(int(age))
    return words if item.get("value") in (None, "") else f"{plain(item['value'])} · {words}"


def status_named(word: Any) -> Status | None:
    """The status of that name; None for none, TIDAK DIKETAHUI for a word that is no status."""
    if word in (None, ""):
        return None
    try:
        return Status(str(word))
    except ValueError:
        return Status.UNKNOWN
