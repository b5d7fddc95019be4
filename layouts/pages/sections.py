"""A page in sections, one of which is open: `?bagian=` names it, so that its address can be handed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.exploring.questions import QUESTIONS
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.tabs import Tab, tabs
from layouts.panels.drawing_component import Drawing
from layouts.panels.place import drawn


@dataclass(frozen=True, slots=True)
class Section:
    """One section: live panels, then questions, each with the columns it spans on a wide screen."""

    name: str
    title: str
    lead: str
    live: Sequence[Drawing] = ()
    questions: Sequence[tuple[str, int]] = ()


def sectioned(path: str, title: str, lead: str, sections: Sequence[Section]) -> Callable[..., Any]:
    """The layout of such a page; the first section is open when none, or one that does not exist, is asked for.

    Only the open section asks its questions: thirty charts at once would hold up the browser and help nobody.
    """
    by_name = {section.name: section for section in sections}

    def layout(bagian: str = "", **_: Any) -> html.Div:
        chosen = by_name.get(bagian, sections[0])
        return html.Div([html.H1(title), html.P(lead, className="lead"), _tabs(path, sections, chosen), *_body(chosen)])

    return layout


def _tabs(path: str, sections: Sequence[Section], chosen: Section) -> html.Nav:
    """The first section has the bare address."""
    return tabs(
        "Bagian halaman",
        [
            Tab(one.title, path if one is sections[0] else f"{path}?bagian={one.name}", one is chosen)
            for one in sections
        ],
    )


def _body(section: Section) -> list[Any]:
    heading = html.H2(section.title, className="section-title")
    parts: list[Any] = [heading, html.P(section.lead, className="lead")]
    if section.live:
        parts.append(html.Div([drawn(frame) for frame in section.live], className="grid"))
    if section.questions:
        asked = [explore(name, span) for name, span in section.questions]
        found = [QUESTIONS[name] for name, _ in section.questions]
        places, periods = any(q.by_kecamatan for q in found), any(q.by_period for q in found)
        filtered = places or periods
        below = "grid answers" if filtered else "grid answers now"
        parts += [html.Div(filter_bar(places), hidden=not filtered), html.Div(asked, className=below)]
    return parts
