"""A file handed in through the application: looked at first, then kept by the road of one in the source's folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from dashboard.formulas.same_opd import same_opd
from dashboard.ingestion.check import Report, check
from dashboard.ingestion.handed_in import hand_in
from dashboard.ingestion.upload_checks import UploadRefused, checked_name
from dashboard.store import audit, ingestion_log, uploads
from dashboard.store.database import writing
from dashboard.store.people import Person
from dashboard.store.uploads import Upload
from datasources import registry
from datasources.registry import ConfiguredSource

SHOWN = 5


class NotTheirData(UploadRefused):
    """The data of another OPD: refused for who sent the file, whatever is in it. It is written down."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be kept and what refused. `number` 0: nothing can be accepted, `report.error` or refusals say why."""

    number: int
    file: str
    report: Report
    again: Upload | None = None


def takes_files(source: ConfiguredSource) -> bool:
    """Whether a workbook or table can be handed in for it."""
    fields: Any = getattr(type(source.reader), "model_fields", {})
    return "path" in fields and source.duty is not None


def may_hand_in(source: ConfiguredSource, by: Person) -> bool:
    """The head of an OPD for the OPD's own sources, others (who hold the right) for all."""
    return takes_files(source) and (
        by.role != "kepala_opd" or any(same_opd(by.opd, one) for one in source.owner.split(","))
    )


def preview(
    engine: Engine, source: ConfiguredSource, name: object, content: bytes, by: Person, at: datetime
) -> Preview:
    """Read a file without keeping its rows, and keep the file until it is decided. Raises UploadRefused."""
    _may(source, by)
    file = checked_name(name, content)
    with TemporaryDirectory() as folder:
        report = check(registry.with_path(source, _written(source, folder, file, content)), keep=SHOWN)
    if report.error or not report.rows.total():
        return Preview(0, file, report)
    digest = hashlib.sha256(content).hexdigest()
    new = Upload(0, source.id, file, digest, by.name, at, report.rows.total(), len(report.refused), "pratinjau")
    with writing(engine) as connection:
        again = uploads.accepted_before(connection, source.id, digest)
        return Preview(uploads.keep_upload(connection, new, content), file, report, again)


def accept(engine: Engine, source: ConfiguredSource, number: int, by: Person, at: datetime) -> str:
    """Let a previewed file count; returns what became of it. Raises UploadRefused."""
    _may(source, by)
    with writing(engine) as connection:
        claimed = uploads.claim_upload(connection, number, by.name, at)
        ingestion_log.register(connection, [source.id])
    if claimed is None or claimed[0].source != source.id:
        raise UploadRefused("Pratinjau itu sudah diputuskan atau diganti; unggah berkasnya sekali lagi.")
    upload, content = claimed
    with TemporaryDirectory() as folder:
        outcome = hand_in(engine, source, _written(source, folder, upload.file, content))
    said = outcome.error or f"{outcome.rows} baris diterima, {outcome.refused} ditolak."
    with writing(engine) as connection:
        state: uploads.UploadState = "gagal" if outcome.error else "diterima"
        uploads.note_decision(connection, upload.id, state, outcome.rows, outcome.refused, said)
        audit.write(
            connection, at, by.name, "data disetor", f"{source.id}, {upload.file}, {upload.digest[:12]}: {state}"
        )
    if outcome.error:
        raise UploadRefused(outcome.error)
    return said


def give_up(engine: Engine, source: ConfiguredSource, number: int, by: Person, at: datetime) -> None:
    """Forget a previewed file. Raises NotTheirData."""
    _may(source, by)
    with writing(engine) as connection:
        uploads.claim_upload(connection, number, by.name, at)


def _may(source: ConfiguredSource, by: Person) -> None:
    if not may_hand_in(source, by):
        raise NotTheirData(f"Data '{source.title}' disetor oleh {source.owner}; akun Anda bukan dari sana.")


def _written(source: ConfiguredSource, folder: str, file: str, content: bytes) -> Path:
    """Under the name of the source's own file, whose rows it replaces; where the source is a folder, under its own."""
    own: Path = source.reader.path  # type: ignore[union-attr]
    path = Path(folder) / (file if own.is_dir() or not own.suffix else own.name)
    path.write_bytes(content)
    return path
