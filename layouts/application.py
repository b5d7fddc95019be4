"""Joins settings, store, board, pages, panels, wall and routes into one web application."""

from __future__ import annotations

import os

import dash
from dash import Dash
from flask import Flask

from dashboard import settings as configuration
from dashboard.settings import ROOT
from dashboard.store.database import open_database
from datasources import registry
from layouts import headers, live, routes, shell
from layouts.board import Board
from layouts.panels import place as panels
from layouts.wall import document as wall


def build(settings: configuration.Settings | None = None) -> Dash:
    """The application; its Flask server is `.server`. Raises SettingsError or RegistryError with a sentence."""
    settings = settings or configuration.load()
    sources = registry.load(settings.sources_file, {**os.environ, **settings.for_sources()})
    engine = open_database(settings.database_url)
    board = Board(engine, sources)
    server = Flask("mojokerto")
    server.secret_key = settings.SECRET_KEY.get_secret_value()
    dash.page_registry.clear()
    app = Dash(
        "mojokerto",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets"),
        use_pages=True,
        pages_folder="",
        title="Pusat Komando Mojokerto",
        update_title="",
        compress=True,
        serve_locally=True,
    )
    server.config["COMPRESS_MIMETYPES"] = ["text/html", "text/css", "application/json", "application/javascript",
                                           "text/javascript", "image/svg+xml"]  # fmt: skip
    shell.register(app)
    app.layout = shell.shell(simulated=any(s.simulated for s in sources))
    app.index_string = app.index_string.replace("<html>", '<html lang="id" data-theme="siang">')
    panels.register(app, board)
    live.register(server, board)
    routes.register(server, engine, sources)
    routes.register_health(server, engine, sources)
    wall.register(server, board, simulated=any(s.simulated for s in sources))
    headers.register(server, app)
    return app
