"""One part of the settings: who may use it, its form, and the frame that hides it from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash, html
from sqlalchemy import Engine

from dashboard.access.roles import Action


@dataclass(frozen=True, slots=True)
class Part:
    """`fields` makes the form without data, for a family of charts that was asked for; `register` its callbacks."""

    name: str
    title: str
    lead: str
    action: Action
    fields: Callable[[str], list[Any]]
    register: Callable[[Dash, Engine], None]

    def section(self, family: str, shown: bool) -> html.Section:
        """The form in its frame; hidden when another part is open, or when who asks may not use it."""
        heading = [html.H2(self.title), html.P(self.lead, className="lead")]
        return html.Section([*heading, *self.fields(family)], className="panel edit-part", hidden=not shown)
