"""The choice of one station, from those that were ever heard of; the rest of its page follows it."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, html
from sqlalchemy import Engine

from dashboard.store.database import reading
from dashboard.store.stations import all_stations
from layouts.exploring.filter_bar import STATION

CHOICE = "station-choice"


def station_choice(chosen: str | None) -> html.Div:
    """The box; its options come from the store by callback."""
    first = [] if chosen is None else [{"label": chosen, "value": chosen}]
    return html.Div([html.Label(["Stasiun", dbc.Select(first, chosen, id=CHOICE)])], className="filter-bar")


def register(app: Dash, engine: Engine) -> None:
    """Fill the box, and hand on what was chosen."""

    @app.callback(Output(CHOICE, "options"), Input(CHOICE, "id"))
    def options(_: str) -> list[dict[str, str]]:
        with reading(engine) as connection:
            return [{"label": f"{s.title} ({s.source})", "value": s.id} for s in all_stations(connection)]

    @app.callback(Output(STATION, "data"), Input(CHOICE, "value"))
    def hand_on(station: str | None) -> str | None:
        return station or None
