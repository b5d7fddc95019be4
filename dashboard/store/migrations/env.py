"""Alembic's entry: runs the migrations on the store's own engine."""

from __future__ import annotations

from alembic import context

from dashboard.store.database import metadata, open_database
from dashboard.store.tables import TABLES

assert TABLES  # noqa: S101 - importing it fills the metadata


def _run() -> None:
    engine = open_database(context.config.attributes["url"])
    with engine.connect().execution_options(writing=True) as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


_run()
