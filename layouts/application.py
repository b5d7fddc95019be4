"""Joins settings, store, board, pages, panels, wall and routes into one web application."""

from __future__ import annotations

import os
from functools import partial

import dash
from flask import Flask, g
from sqlalchemy import Engine

from dashboard import settings as configuration
from dashboard.access import openid as openid_provider
from dashboard.exploring.asking import Desk
from dashboard.safety.every import refuse
from dashboard.safety.finding import Setup
from dashboard.settings import ROOT
from dashboard.store import displays
from dashboard.store.database import open_database
from datasources import registry
from datasources.region import boundaries
from datasources.registry import ConfiguredSource
from layouts import hooks, live, routes, shell
from layouts.access import audit_export, guard, one_time_link, openid, own_account, own_devices, sign_in, who
from layouts.access.guard import GuardedDash
from layouts.alerts import silent as alerts_silent
from layouts.alerts import waiting as alerts_waiting
from layouts.assessing import indicator, template_file
from layouts.board import Board
from layouts.briefing import archive_routes
from layouts.directives import board_by_opd, giving
from layouts.displays import remote
from layouts.displays.beats import Beats
from layouts.displays.gate import Gate
from layouts.displays.news import Standing
from layouts.drawing.outlines import Outlines, outlines
from layouts.editing import parts as settings_parts
from layouts.exploring import desk_room, export, filter_bar, station_choice
from layouts.exploring import place as exploring
from layouts.guarding import callback_body, failures, form_token, headers, rates
from layouts.guarding.server import harden
from layouts.handing_in import form as handing_in
from layouts.handing_in import templates
from layouts.masterplan import programme, rows, workbook_file
from layouts.pages import audit_log, briefings
from layouts.panels import place as panels
from layouts.panels import region_map_panel
from layouts.panels.forms import FORMS
from layouts.planning import panel as plan_panel
from layouts.time_machine import replay
from layouts.time_machine.lists import LISTS
from layouts.time_machine.machine import MACHINE, TimeMachine
from layouts.wall import document as wall
from layouts.wall.release import release


def build(settings: configuration.Settings | None = None) -> GuardedDash:
    """The application; its Flask server is `.server`. Raises SettingsError or Misconfigured with a sentence."""
    settings = settings or configuration.load()
    sources = registry.load(settings.sources_file, {**os.environ, **settings.for_sources()})
    refuse(Setup(settings, os.environ, sources))
    provider = openid_provider.load(settings.OPENID, os.environ)
    engine = open_database(settings.database_url)
    board = Board(engine, sources, {**FORMS, "region_map": region_map_panel.on(_outlines(settings))})
    desk = Desk(engine, sources)
    server = _server(settings)
    app = _dash(server)
    headers.register(server, app, settings)  # the first registered sees an answer last, with all that others added
    _doors(app, server, engine, settings, provider)
    shell.register(app)
    simulated = any(s.simulated for s in sources)
    app.layout = partial(shell.shell, simulated=simulated)
    _pages(app, server, engine, board, desk, sources)
    _settings(app, server, engine, sources)
    own_devices.register(app, server, engine, settings)
    _walls(app, server, engine, board, desk, settings, simulated=simulated)
    routes.register(server, engine, sources)
    hooks.register(server, engine, sources)
    routes.register_health(server, engine, sources)
    _prepare(server)
    return app


def _server(settings: configuration.Settings) -> Flask:
    server = Flask("mojokerto")
    server.secret_key = settings.SECRET_KEY.get_secret_value()
    harden(server, settings)
    server.config["COMPRESS_MIMETYPES"] = ["text/html", "text/css", "application/json", "application/javascript",
                                           "text/javascript", "image/svg+xml"]  # fmt: skip
    failures.register(server)
    rates.register(server)
    return server


def _dash(server: Flask) -> GuardedDash:
    dash.page_registry.clear()
    app = GuardedDash(
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
    app.index_string = app.index_string.replace("<html>", '<html lang="id" data-theme="siang">')
    return app


def _doors(
    app: GuardedDash, server: Flask, engine: Engine, settings: configuration.Settings,
    provider: openid_provider.Provider | None,
) -> None:  # fmt: skip
    """Who asks, whether they may, and the ways in; in the order in which a request passes them."""
    who.register(server, engine, settings.behind_tls)
    guard.register(server)
    callback_body.register(server, app)
    form_token.register(server, settings.behind_tls)
    sign_in.register(server, engine, settings.behind_tls)
    one_time_link.register(server, engine, settings.behind_tls)
    openid.register(server, engine, provider, settings.address, settings.behind_tls)


def _pages(
    app: GuardedDash, server: Flask, engine: Engine, board: Board, desk: Desk, sources: tuple[ConfiguredSource, ...]
) -> None:
    """What people read, ask, take along and act on."""
    panels.register(app, board)
    desk_room.register(app)
    filter_bar.register(app)
    station_choice.register(app, engine)
    exploring.register(app, desk)
    export.register(server, desk)
    plan_panel.register(app, server, desk)
    alerts_waiting.register(app, engine)
    alerts_silent.register(app, engine)
    giving.register(app, engine, board)
    board_by_opd.register(app, engine)
    briefings.register(app, engine)
    archive_routes.register(server, engine)
    indicator.register(app, engine, frozenset(s.id for s in sources if s.simulated))
    programme.register(app, engine, sources)
    rows.register(app, engine)


def _settings(app: GuardedDash, server: Flask, engine: Engine, sources: tuple[ConfiguredSource, ...]) -> None:
    """What officers enter and hand in, and the accounts."""
    settings_parts.register(app, engine)
    handing_in.register(app, engine, sources)
    templates.register(server)
    template_file.register(server)
    workbook_file.register(server, engine)
    own_account.register(app, engine)
    audit_log.register(app, engine)
    audit_export.register(server, engine)


def _walls(
    app: GuardedDash,
    server: Flask,
    engine: Engine,
    board: Board,
    desk: Desk,
    settings: configuration.Settings,
    *,
    simulated: bool,
) -> None:
    """The live stream, the screens and their keys, and the past."""
    standing = Standing()
    board.follow(displays.TOPIC, standing.read)
    gate = Gate(engine, standing, settings.walls_are_open, settings.behind_tls, settings.address)
    gate.register(server)
    Beats(engine, gate).register(server)
    remote.register(app, engine, release())
    live.register(server, board, gate)
    machine = TimeMachine(engine, board, desk, LISTS)
    server.extensions[MACHINE] = machine
    replay.register(server, machine)
    wall.register(server, board, machine, gate, simulated=simulated)


def _outlines(settings: configuration.Settings) -> Outlines | None:
    """The borders to draw, if any are configured. Raises SettingsError."""
    file = settings.REGION_BOUNDARIES
    if file is None:
        return None
    try:
        return outlines(boundaries.load(file), settings.REGION_BOUNDARIES_ATTRIBUTION)
    except boundaries.BoundariesError as wrong:
        raise configuration.SettingsError(f"Setelan REGION_BOUNDARIES: {wrong}") from None


def _prepare(server: Flask) -> None:
    """Let Dash do now what it does at the first request: it tells a second one, meanwhile, of half a page layout."""
    with server.test_request_context("/healthz"):
        g.validating = True
        server.preprocess_request()
