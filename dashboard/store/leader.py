"""One worker at a time: a lock that the database (or the file beside it) gives up when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

ADVISORY_KEY = 35_16_112
_LOCK = text("SELECT pg_try_advisory_lock(:k, hashtext(current_schema()))")


class NotLeader(Exception):
    """Another worker holds the lock."""


@contextmanager
def leadership(engine: Engine) -> Iterator[None]:
    """Hold the lock while the block runs. Raises NotLeader when another worker has it."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.detach()  # closing it must end the session, for the lock is the session's
            if not connection.execute(_LOCK, {"k": ADVISORY_KEY}).scalar():
                raise NotLeader
            connection.commit()
            yield
        return
    path = Path(f"{engine.url.database}.leader")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotLeader from None
        yield
