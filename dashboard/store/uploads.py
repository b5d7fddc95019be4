"""Files handed in through the application: kept from preview to decision, then only what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata

UploadState = Literal["pratinjau", "diterima", "dibatalkan", "gagal"]

uploads = Table(
    "uploads",
    metadata,
    id_column(),
    Column("source", String(64), nullable=False),
    Column("file", String(80), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_at", UtcTime),
    Column("said", String(400), nullable=False),
    Index("uploads_by_source", "source", "at"),
    Index("uploads_waiting", "by", "state"),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file without its content. `by` is the account's name; `said` what was said when it was decided."""

    id: int
    source: str
    file: str
    digest: str
    by: str
    at: datetime
    rows: int
    refused: int
    state: UploadState
    decided_at: datetime | None = None
    said: str = ""


_COLUMNS = [uploads.c[name] for name in Upload.__dataclass_fields__]


def keep_upload(connection: Connection, new: Upload, content: bytes) -> int:
    """Keep a file for its preview; an older one that the same person left undecided is given up. Returns its number."""
    c = uploads.c
    left = (c.by == new.by, c.state == "pratinjau")
    connection.execute(update(uploads).where(*left).values(state="dibatalkan", content=None, decided_at=new.at))
    values = {name: getattr(new, name) for name in Upload.__dataclass_fields__ if name != "id"}
    key = connection.execute(insert(uploads).values(**values, content=content)).inserted_primary_key
    return int(key[0]) if key else 0


def claim_upload(connection: Connection, number: int, by: str, at: datetime) -> tuple[Upload, bytes] | None:
    """Take one's own undecided file, so that a second press finds nothing; None when there is none."""
    c = uploads.c
    mine = (c.id == number, c.by == by, c.state == "pratinjau")
    row = connection.execute(select(*_COLUMNS, c.content).where(*mine).with_for_update()).first()
    if row is None or row.content is None:
        return None
    connection.execute(update(uploads).where(*mine).values(state="dibatalkan", content=None, decided_at=at))
    return Upload(*row[:-1]), row.content


def note_decision(connection: Connection, number: int, state: UploadState, rows: int, refused: int, said: str) -> None:
    """What became of a claimed file."""
    values = {"state": state, "rows": rows, "refused": refused, "said": said[:400]}
    connection.execute(update(uploads).where(uploads.c.id == number).values(**values))


def accepted_before(connection: Connection, source: str, digest: str) -> Upload | None:
    """The same file, accepted earlier for the same source."""
    c = uploads.c
    same = (c.source == source, c.digest == digest, c.state == "diterima")
    row = connection.execute(select(*_COLUMNS).where(*same).order_by(c.id.desc()).limit(1)).first()
    return None if row is None else Upload(*row)


def newest_uploads(connection: Connection, sources: list[str], limit: int = 20) -> list[Upload]:
    """The newest decided ones of these sources."""
    c = uploads.c
    asked = select(*_COLUMNS).where(c.source.in_(sources), c.state.in_(["diterima", "gagal"]))
    return [Upload(*row) for row in connection.execute(asked.order_by(c.id.desc()).limit(limit))]
