"""Log lines that nobody outside can forge or read secrets from: one line a message, secrets masked."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

MASK = "•••"
FORMAT = "%(asctime)s %(levelname)s %(message)s"
SHORTEST = 6
"""Shorter values would mask ordinary words."""
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """A message stays on its line whatever a source or a person put in it; the lines of a traceback are indented."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(FORMAT)
        self._secrets = sorted({s for s in secrets if len(s) >= SHORTEST}, key=len, reverse=True)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The first line."""
        return _visible(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        """The traceback, no line of which can look like a message."""
        lines = super().formatException(ei).splitlines()  # type: ignore[arg-type]
        return "\n".join(f"  | {_visible(line)}" for line in lines)

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry without secrets."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


def _visible(text: str) -> str:
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


def configure(level: int | str, secrets: Iterable[str] = ()) -> None:
    """Log to the error output, unless somebody logs already; libraries that say every request are quieter."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(OneLine(secrets))
        root.addHandler(handler)
        root.setLevel(level)
    for chatty in ("httpx", "alembic", "stamina"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
