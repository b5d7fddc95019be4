"""Links between the parts of a page, of which one is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dash import dcc, html


@dataclass(frozen=True, slots=True)
class Tab:
    """One link; `chosen` is the part that is open."""

    title: str
    href: str
    chosen: bool


def tabs(label: str, links: Iterable[Tab]) -> html.Nav:
    """The links in a row; `label` says to a screen reader what they lead to."""
    drawn = [dcc.Link(tab.title, href=tab.href, className="part chosen" if tab.chosen else "part") for tab in links]
    named: dict[str, Any] = {"aria-label": label}
    return html.Nav(drawn, className="parts", **named)
