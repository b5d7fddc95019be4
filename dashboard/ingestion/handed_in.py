"""A file handed in by hand: kept like the source's own, without moving the source's place or blaming it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from dashboard.ingestion.run import Outcome, answered, keep_batch
from datasources import registry
from datasources.contract import Batch, Source, SourceUnavailable
from datasources.registry import ConfiguredSource


def hand_in(engine: Engine, source: ConfiguredSource, path: Path) -> Outcome:
    """Keep everything of the file at `path`. Raises Misconfigured when the source reads no files.

    A file whose first batch holds nothing but refusals is not this source's kind of file: none of it is kept.
    """
    reader = registry.with_path(source, path).reader
    assert isinstance(reader, Source)  # noqa: S101 - no Listener has a path
    outcome = Outcome()
    try:
        for batch in reader.fetch({}):
            if not outcome.rows and not batch.records and batch.refused:
                outcome.error = _wrong_file(source, path, batch)
                return outcome
            kept = keep_batch(engine, source, replace(batch, cursor={}))  # the place belongs to the source's own file
            outcome.rows += len(kept.records)
            outcome.refused += len(kept.refused)
    except SourceUnavailable as unavailable:
        outcome.error = str(unavailable)
        return outcome
    answered(engine, source)
    return outcome


def _wrong_file(source: ConfiguredSource, path: Path, batch: Batch) -> str:
    first = batch.refused[0]
    place = f"yang pertama di {first.place}: {first.reason}"
    return (
        f"Tidak satu baris pun dari {path.name} dipahami ({len(batch.refused)} ditolak, {place}). "
        f"Apakah ini berkas untuk {source.id} ({source.reader_name})? Tidak ada yang disimpan."
    )
