"""A Dash component that shows a finished drawing; its browser half is assets/drawing.js."""

from __future__ import annotations

from dash.development.base_component import Component


class Drawing(Component):
    """Shows `markup`, which only our own drawing code makes: every text in it is escaped there."""

    _namespace = "mojokerto"
    _type = "Drawing"
    _prop_names = ["id", "panel", "markup", "className"]
    _children_props: list[str] = []
    _base_nodes = ["children"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = ["id", "panel", "markup", "className"]
    available_wildcard_properties: list[str] = []

    id: dict[str, str] | str
    panel: str | None
    className: str
    markup: str

    def __init__(self, id: dict[str, str] | str, panel: str | None, className: str = "frame", markup: str = "") -> None:
        super().__init__(id=id, panel=panel, className=className, markup=markup)
