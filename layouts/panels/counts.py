"""Counts in one line, for the strip of the wall: shape, figure, word. What is none takes no room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.status_icon import status_icon
from layouts.format import number

SEVERITIES = ("kritis", "waspada")


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """Each count of detail["counts"] that is not nought; what was never counted is a question, not nothing."""
    about = {"class": "counts", "data-indicator": reading.indicator.id, "aria-label": reading.indicator.title}
    if reading.value is None:
        return el("span", about, status_icon(Status.UNKNOWN))
    found = [count for count in reading.detail.get("counts") or [] if count["value"]]
    return el("span", about, *map(_count, found))


def _count(count: Mapping[str, Any]) -> Markup:
    """The word beside a shape gives way where room is short, that of a severity last; the others have only words."""
    mark, word = str(count.get("mark") or ""), str(count["label"])
    roomy = ("when-not-tight" if mark in SEVERITIES else "when-roomy") if mark else None
    said = el("span", {"class": roomy}, f" {word}")
    return el(
        "span", {"class": mark or None, "data-count": word}, _shape(mark), el("b", {}, number(count["value"])), said
    )


def _shape(mark: str) -> Markup | None:
    if mark in SEVERITIES:
        return el("i", {"class": f"shape {mark}"})
    return status_icon(Status.UNKNOWN) if mark else None
