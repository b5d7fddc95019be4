"""The one station or OPD that a page is about, as its filter bar keeps it for the callbacks of today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboard.exploring.filters import Filters
from layouts.exploring.filter_bar import OFFICE, STATION


def about(tree: Any, filters: Filters) -> Filters:
    """The filters narrowed to what the page is about."""
    nodes = tree._traverse() if isinstance(tree, Component) else ()
    stores = [node for node in nodes if isinstance(node, dcc.Store) and getattr(node, "id", None) in (STATION, OFFICE)]
    kept = {getattr(store, "id", None): getattr(store, "data", None) for store in stores}
    return replace(filters, station=kept.get(STATION) or None, office=kept.get(OFFICE) or None)
