"""One message that somebody sent us: check it, keep it where it arrives, and say what became of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from dashboard.ingestion import run
from dashboard.store import ingestion_log, received
from dashboard.store.database import reading, writing
from datasources.contract import Batch, NotAccepted, Receiver
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status and one Indonesian sentence for the sender, who repeats the message unless it is 2xx."""

    status: int
    sentence: str


def receive(engine: Engine, source: ConfiguredSource, headers: Mapping[str, str], body: bytes) -> Answer:
    """Keep what one message says. Never raises for what the sender did wrong, nor while the store is in trouble.

    A message is remembered only after it is kept: one that fails in between is repeated, and keeping it twice
    changes nothing.
    """
    assert isinstance(source.reader, Receiver)  # noqa: S101 - chosen by the route
    try:
        batch = source.reader.receive(headers, body)
    except NotAccepted as refused:
        log.warning("source %s: a message was not accepted (%s): %s", source.id, refused.status, refused.sentence)
        return Answer(refused.status, refused.sentence)
    said = source.reader.idempotency_key(headers)
    try:
        return _kept(engine, source, batch, received.key_of(said, body) if said else "")
    except SQLAlchemyError:
        log.exception("source %s: a message could not be kept", source.id)
        return Answer(503, "Pesan belum dapat disimpan; kirim ulang sebentar lagi.")


def _kept(engine: Engine, source: ConfiguredSource, batch: Batch, key: str) -> Answer:
    with reading(engine) as connection:
        is_registered = source.id in ingestion_log.state_rows(connection)
        is_repeated = bool(key) and received.is_known(connection, source.id, key)
    if not is_registered:  # the web is up before the worker has ever led
        with writing(engine) as connection:
            ingestion_log.register(connection, [source.id])
    if is_repeated:
        run.answered(engine, source)
        return Answer(200, "Pesan ini sudah diterima sebelumnya.")
    kept = run.keep_batch(engine, source, batch)
    if key:
        with writing(engine) as connection:
            received.remember(connection, source.id, key, clock.now())
    run.answered(engine, source)
    readings = sum(record.topic == "observations" for record in kept.records)
    incidents = sum(record.topic == "incidents" for record in kept.records)
    counted = f"{readings} bacaan" if readings or "sensors" in source.topics else f"{incidents} kejadian"
    return Answer(200, f"Diterima: {counted}, ditolak {len(kept.refused)} bagian.")
