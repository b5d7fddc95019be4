"""What stands at a dotted path of a JSON answer, and numbers that are moments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from datasources.indonesian_dates import FIRST_YEAR, LAST_YEAR

ABSENT = object()
"""Nothing stands at a path; null does stand there."""
_MILLISECONDS_FROM = 10**11
_FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()
_LAST = datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp()


def at(value: Any, path: str, absent: Any = ABSENT) -> Any:
    """What stands at a dotted path, `absent` when nothing does; the path "" is the value itself."""
    for step in path.split(".") if path else ():
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return absent
    return value


def as_moment(value: Any) -> Any:
    """A number of seconds or milliseconds since 1970 as a moment; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    return datetime.fromtimestamp(seconds, UTC) if _FIRST <= seconds <= _LAST else value
