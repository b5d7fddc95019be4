"""One parser under fire: what it is fed, and what it may answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest.mock import patch

from datasources import http
from datasources.contract import Batch, NotAccepted, SourceUnavailable
from tests.fuzz.changes import Inputs

MOST_ASKED = 300
"""A reader that asks more often than this of one answer would ask for ever."""


@dataclasses.dataclass(frozen=True)
class Parser:
    """`run` raises nothing but what a parser may say of bad input: those are caught there."""

    inputs: Inputs
    run: Callable[[Any], object]
    share: int = 1
    """Gets one of so many inputs: where each is a whole workbook that has to be written first."""


def read(batches: Iterable[Batch]) -> None:
    """Everything a reader gives, which must be writable text; a refusal of the whole input is an answer."""
    try:
        for batch in batches:
            for record in (*batch.records, *batch.refused):
                for text in _texts(record):
                    assert "\x00" not in text, f"a NUL that PostgreSQL cannot keep: {record!r}"
                    text.encode()
            assert isinstance(batch.cursor, dict) or batch.cursor is not None
    except (SourceUnavailable, NotAccepted):
        return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (*_texts(key), *_texts(inner))
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _texts(inner)


def over_http(fetch: Callable[[], Iterable[Batch]], body: bytes, kind: str = "application/json") -> None:
    """What the reader makes of this answer to everything it asks."""
    asked = []

    def get(self: Any, headers: Any, accept: tuple[str, ...]) -> http.Answer:
        asked.append(1)
        assert len(asked) < MOST_ASKED, "asks for ever"
        return http.Answer("fuzz.example", body, "", "", kind, {})

    with patch.object(http._Exchange, "get", get):
        read(fetch())
