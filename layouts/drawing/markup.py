"""Elements as text in which everything from outside is escaped."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

Child = str | Markup | None

FONT = "IBM Plex Sans Condensed, IBM Plex Sans"
"""The second name is the one Typst knows the same files by: it takes 'Condensed' for a width, not a family."""
EMPTY = Markup("")
VOID = {"br", "hr", "img", "input", "link", "meta"}


def el(tag: str, attrs: Mapping[str, object] | None = None, *children: Child) -> Markup:
    """One element. An attribute that is None or False is left out, True is empty: SVG must stay XML."""
    opening = f"<{tag}" + "".join(_attribute(name, value) for name, value in (attrs or {}).items())
    if tag in VOID:
        return Markup(opening + ">")  # noqa: S704 - both parts are escaped above
    inside = EMPTY.join(escape(child) for child in children if child is not None)
    return Markup(f"{opening}>{inside}</{tag}>")  # noqa: S704 - both parts are escaped above


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f' {name}=""'
    return f' {name}="{escape(_figure(value) if isinstance(value, float) else value)}"'


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def join(*children: Child) -> Markup:
    """Elements one after the other."""
    return EMPTY.join(escape(child) for child in children if child is not None)


def svg(width: float, height: float, title: str, desc: str, *children: Child) -> Markup:
    """An SVG root that a screen reader can read: title and description in words."""
    attrs = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_figure(float(width))} {_figure(float(height))}",
        "width": float(width),
        "height": float(height),
        "role": "img",
        "font-family": FONT,
        "font-stretch": "condensed",
    }
    return el("svg", attrs, el("title", {}, title), el("desc", {}, desc) if desc else None, *children)


def path(points: list[tuple[float, float]], closed: bool = False) -> str:
    """Path data through points given in px."""
    return "M" + " L".join(f"{_figure(x)},{_figure(y)}" for x, y in points) + (" Z" if closed else "")
