"""Sources that play a script, as the tests of ingestion configure them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, ClassVar

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.store import ingestion_log
from dashboard.store.database import reading, writing
from datasources.calls112.records import Call
from datasources.contract import Batch, Cursor, SourceUnavailable
from datasources.registry import ConfiguredSource

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def past_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an hour past the noon in which everything of these tests happens."""
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))


def register(engine: Engine, *ids: str) -> None:
    with writing(engine) as connection:
        ingestion_log.register(connection, ids)


def state(engine: Engine) -> Any:
    with reading(engine) as connection:
        return ingestion_log.state_rows(connection)["antrean"]


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, bool]]:
    """What was logged, and whether a traceback stood under it."""
    return [(r.message, r.exc_info is not None) for r in caplog.records]


@dataclass
class Scripted:
    """A source that plays a script: for each question, batches and then perhaps an error."""

    topics: ClassVar[tuple[str, ...]] = ("calls",)
    script: list[list[Any]]
    cursors: list[Cursor] = field(default_factory=list)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        self.cursors.append(dict(cursor))
        for item in self.script[min(len(self.cursors), len(self.script)) - 1]:
            if isinstance(item, Exception):
                raise item
            yield item


@dataclass
class Broker:
    """A listener that fails `downs` times, then tells of one call (or of `told`) and listens on."""

    topics: ClassVar[tuple[str, ...]] = ("calls",)
    downs: int
    error: Exception = field(default_factory=lambda: SourceUnavailable("Broker MQTT 10.0.0.9:1883 tidak menjawab."))
    told: Batch | None = None

    def listen(self, deliver: Callable[[Batch], None], stop: Event) -> None:
        if self.downs:
            self.downs -= 1
            raise self.error
        deliver(Batch((call(1),)) if self.told is None else self.told)
        stop.wait(timeout=30)


def source(reader: Any, **given: Any) -> ConfiguredSource:
    defaults: dict[str, Any] = {
        "id": "antrean", "reader_name": "calls112.queue_log", "title": "Antrean 112", "owner": "Diskominfo",
        "every": timedelta(seconds=2), "stale_after": timedelta(minutes=1), "silent_after": None, "licence": "",
        "attribution": "", "simulated": True, "reader": reader,
    }  # fmt: skip
    return ConfiguredSource(**{**defaults, **given})


def call(number: int) -> Call:
    return Call(call_id=f"{number}.1", queue="112", t_enter=NOON + timedelta(minutes=number))
