"""What a page is: an address, a title, and a layout that is structure only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `layout` takes whatever Dash passes and reads nothing: numbers come by the panels."""

    name: str
    path: str
    title: str
    layout: Callable[..., Any]


def structure(title: str, lead: str, *frames: Any) -> Callable[..., Any]:
    """A page made of a heading, one sentence, and a grid of panels."""

    def layout(**_: Any) -> Any:
        return html.Div([html.H1(title), html.P(lead, className="lead"), html.Div(list(frames), className="grid")])

    return layout
