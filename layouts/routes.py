"""What machines ask over HTTP: indicators as JSON, and whether we are alive, ready and fresh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, Response, jsonify, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.in_json import as_json, history_json
from dashboard.indicators.read import readings, source_states
from dashboard.settings import ROOT
from dashboard.store import changes
from dashboard.store.database import reading
from datasources.registry import ConfiguredSource

MIGRATIONS = ROOT / "dashboard" / "store" / "migrations"
LONGEST_HISTORY = timedelta(days=366)
DESCRIPTION = Path(__file__).parent / "openapi.json"


def register(server: Flask, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """Serve /api/v1/…."""

    description = DESCRIPTION.read_bytes()

    @server.get("/api/v1/openapi.json")
    def described() -> Response:
        return Response(description, mimetype="application/json")

    @server.get("/api/v1/indicators")
    def indicators() -> Response:
        with reading(engine) as connection:
            found = readings(connection, sources, clock.now(), with_history=False)
        return jsonify([as_json(r) for r in found.values()])

    @server.get("/api/v1/indicators/<indicator>")
    def indicator(indicator: str) -> tuple[Response, int] | Response:
        if indicator not in CATALOGUE:
            return _wrong(404, f"indikator '{indicator}' tidak ada")
        with reading(engine) as connection:
            found = readings(connection, sources, clock.now(), [indicator], with_history=False)
        return jsonify(as_json(found[indicator]))

    @server.get("/api/v1/indicators/<indicator>/history")
    def history(indicator: str) -> tuple[Response, int] | Response:
        if indicator not in CATALOGUE:
            return _wrong(404, f"indikator '{indicator}' tidak ada")
        now = clock.now()
        try:
            start = _moment("from", now - timedelta(days=1))
            end = _moment("to", now)
        except ValueError as wrong:
            return _wrong(400, str(wrong))
        if not start <= end <= start + LONGEST_HISTORY:
            return _wrong(400, "'from' harus sebelum 'to', paling lama 366 hari")
        with reading(engine) as connection:
            return jsonify(history_json(connection, indicator, start, end))


def register_health(server: Flask, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """Serve /healthz (alive), /readyz (database and migrations) and /freshz (every source within its contract)."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="hidup")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        problem = _not_ready(engine)
        return jsonify(status=problem or "siap"), 503 if problem else 200

    @server.get("/freshz")
    def freshz() -> tuple[Response, int]:
        now = clock.now()
        with reading(engine) as connection:
            found = source_states(connection, sources)
            worked = changes.changed_at(connection, changes.WORKER)
        states = {s.id: s.freshness(now).state for s in found}
        late = {name: state for name, state in states.items() if state != FreshState.FRESH}
        status, since = "terlambat" if late else "segar", worked and (now - worked).total_seconds()
        return jsonify(status=status, terlambat=late, pekerja_s=since), 503 if late else 200


def _wrong(code: int, message: str) -> tuple[Response, int]:
    return jsonify(error=message), code


def _moment(name: str, default: datetime) -> datetime:
    text = request.args.get(name)
    if not text:
        return default
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{name}' = '{text}' bukan waktu ISO, misalnya 2026-11-24T08:00+07:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.WIB)


def _not_ready(engine: Engine) -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return "basis data tidak menjawab"
    return "" if present == newest else f"basis data pada versi {present}, program memerlukan {newest}"
