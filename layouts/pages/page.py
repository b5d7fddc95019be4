"""What a page is: an address, a title, and a layout that is structure only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from layouts.exploring.filter_bar import filter_bar
from layouts.panels.drawing_component import Drawing
from layouts.panels.place import drawn


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `layout` takes whatever Dash passes and is structure: numbers come by the panels."""

    name: str
    path: str
    title: str
    layout: Callable[..., Any]


def structure(title: str, lead: str, *frames: Drawing, explored: tuple[Any, ...] = ()) -> Callable[..., Any]:
    """A page made of a heading, one sentence, and a grid of live panels; below it questions with their filters."""

    def layout(**_: Any) -> Any:
        grid = html.Div([drawn(frame) for frame in frames], className="grid")
        live = [html.H1(title), html.P(lead, className="lead"), grid]
        below = [html.H2("Jelajahi"), filter_bar(), html.Div(list(explored), className="grid")] if explored else []
        return html.Div([*live, *below])

    return layout
