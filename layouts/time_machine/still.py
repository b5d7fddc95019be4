"""A page stood still: its panels as they were known, and in place of what only knows today a sentence that says so.

What has an id is filled by a callback, and callbacks know today only: nothing with an id is left but drawings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.exploring.known_then import NOT_PUT_BACK
from layouts.board import parse_key
from layouts.exploring.place import answer_id
from layouts.panels.drawing_component import Drawing
from layouts.time_machine.past import Past

NOT_THEN = "Tidak dapat ditampilkan seperti diketahui saat itu, karena isinya tidak disimpan per saat diketahui: "
NO_PAGE = "Halaman ini tidak dapat ditampilkan seperti diketahui saat itu; yang ada hanya keadaan sekarang."

Lists = Mapping[str, Callable[[], Any]]
"""Id of a list that a callback fills today → the same list as it was then."""


class _LivesToday(Exception):
    pass


def still(tree: Any, past: Past, lists: Lists) -> Any:
    """The same structure without what lives; a page that is nothing else becomes its heading and a sentence."""
    past.know(parse_key(node.panel)[1] for node in _all(tree) if isinstance(node, Drawing) and node.panel)
    try:
        return _stood(tree, past, lists)
    except _LivesToday:
        return html.Div([_heading(tree), html.P(NO_PAGE, className="not-then")])


def _stood(node: Any, past: Past, lists: Lists) -> Any:
    if isinstance(node, list | tuple):
        return _each(node, past, lists)
    if isinstance(node, Drawing) and node.panel is not None:
        return _drawing(node, node.panel, past)
    if not isinstance(node, Component) or _is_filter_bar(node):
        return None if isinstance(node, Component) else node
    if getattr(node, "id", None) is not None:
        raise _LivesToday
    return _with(node, getattr(node, "children", None), past, lists)


def _with(node: Component, children: Any, past: Past, lists: Lists) -> Component:
    known = next((make for name, make in lists.items() if _is_part(node) and name in _ids(node)), None)
    made = copy(node)
    if known is not None:
        made.children = [_heading(node), html.Div(known(), **_part_of_then())]
    elif isinstance(children, Component):
        made.children = _each([children], past, lists)
    elif children is not None:
        made.children = _stood(children, past, lists)
    return made


def _each(nodes: list[Any] | tuple[Any, ...], past: Past, lists: Lists) -> list[Any]:
    """Parts that live are left out and named together at the end: one sentence, not one for each of thirty."""
    stood, titles = [], []
    for node in nodes:
        try:
            stood.append(_stood(node, past, lists))
        except _LivesToday:
            if not _is_part(node):
                raise
            titles.append(_title(node))
    return [*stood, _not_then(titles)] if titles else stood


def _not_then(titles: list[str]) -> html.Section:
    return html.Section(html.P([NOT_THEN, "; ".join(titles), "."], className="not-then"), className="panel span-4")


def _drawing(frame: Drawing, panel: str, past: Past) -> Drawing:
    _, markup = past.drawing(parse_key(panel))
    identity = {"type": "then", "panel": panel.replace(".", "-")}
    return Drawing(id=identity, panel=panel, className=frame.className, markup=str(markup))


def _is_part(node: Any) -> bool:
    """What has a heading of its own and may be left out alone."""
    return isinstance(node, html.Section) or "panel" in str(getattr(node, "className", "")).split()


def _is_filter_bar(node: Any) -> bool:
    return getattr(node, "className", None) == "filter-bar"


def _part_of_then() -> dict[str, Any]:
    """Marks for assets/time_machine.js what a replay does not move."""
    return {"data-then-still": "part"}


def _all(tree: Any) -> list[Component]:
    roots = tree if isinstance(tree, list | tuple) else [tree]
    found = [node for root in roots if isinstance(root, Component) for node in (root, *root._traverse())]
    return [node for node in found if isinstance(node, Component)]


def _ids(node: Component) -> set[str]:
    return {str(getattr(one, "id", "")) for one in _all(node)}


def _heading(tree: Any) -> Component | None:
    return next((node for node in _all(tree) if isinstance(node, html.H1 | html.H2)), None)


def _title(node: Any) -> str:
    """With the reason, where a question has one of its own."""
    heading = _heading(node)
    title = str(heading.children) if heading is not None else "sebuah isian"
    why = next((why for name, why in NOT_PUT_BACK.items() if str(answer_id(name)) in _ids(node)), None)
    return title if why is None else f"{title} ({why})"
