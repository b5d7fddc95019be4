"""What a command works on: the settings, the sources and the store, opened for it and closed afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from dashboard import settings
from dashboard.commands.sentences import unknown
from dashboard.store.database import open_database
from datasources import registry
from datasources.registry import ConfiguredSource


def configured() -> tuple[settings.Settings, tuple[ConfiguredSource, ...]]:
    """Settings and sources. Raises SettingsError or Misconfigured."""
    values = settings.load()
    return values, registry.load(values.sources_file, {**os.environ, **values.for_sources()})


@contextmanager
def store(values: settings.Settings) -> Iterator[Engine]:
    """The store for one command; its connections are closed afterwards."""
    engine = open_database(values.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def source_named(name: str) -> tuple[settings.Settings, ConfiguredSource]:
    """A source by its id. Raises Mistake with the names that come near."""
    values, sources = configured()
    found = next((s for s in sources if s.id == name), None)
    if found is None:
        raise unknown("Sumber", name, [s.id for s in sources])
    return values, found
