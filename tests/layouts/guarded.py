"""The whole web application on an empty store, with whatever settings a test gives."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from flask import Flask

from dashboard import settings
from dashboard.store.database import metadata, open_database
from dashboard.store.tables import TABLES
from layouts import application
from layouts.board import Board
from tests.keys import KEYS

assert TABLES
SOURCES = (
    '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean 112"\nowner = "Diskominfo"\n'
    'path = "/tidak/ada"\nstale_after = "1m"\n'
)


def guarded(folder: Path, **given: str) -> Flask:
    """Its Flask server; nothing in it watches for changes."""
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    values = settings.load({**KEYS, "VAR": str(folder), "SOURCES": str(folder / "sources.toml"), **given})
    engine = open_database(values.database_url)
    metadata.create_all(engine)
    with patch.object(application, "open_database", lambda _: engine), patch.object(Board, "_watch"):
        server = application.build(values).server
    server.extensions["test_engine"] = engine
    return server
