"""Editions of the briefing: each made once, kept as it was printed, never overwritten; beside it its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    func,
    insert,
    select,
)

from dashboard.store.database import UtcTime, id_column, metadata

Step = Literal["disetujui", "terkirim"]

editions = Table(
    "editions",
    metadata,
    id_column(),
    Column("edition", String(16), nullable=False),
    Column("audience", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("week", UtcTime, nullable=False),
    Column("as_of", UtcTime, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("pdf_hash", String(64), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String(128), nullable=False),
    UniqueConstraint("edition", "audience", "revision", name="editions_once"),
)
"""No statement of ours changes or deletes a line of this table."""

edition_steps = Table(
    "edition_steps",
    metadata,
    Column("edition_id", BigInteger, primary_key=True),
    Column("step", String(16), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", String(128), nullable=False),
)
"""The life of an edition after it was made; each step is taken once."""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition without its pages: what a list needs. `approved_by` is empty while it is a draft."""

    id: int
    edition: str
    audience: str
    revision: int
    week: datetime
    as_of: datetime
    reason: str
    simulated: bool
    content_hash: str
    pdf_hash: str
    made_at: datetime
    made_by: str
    approved_at: datetime | None = None
    approved_by: str = ""
    sent_at: datetime | None = None

    @property
    def state(self) -> str:
        """'konsep', 'disetujui', or 'terkirim'."""
        return "terkirim" if self.sent_at else "disetujui" if self.approved_at else "konsep"


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What is kept of an edition."""

    edition: str
    audience: str
    revision: int
    week: datetime
    as_of: datetime
    reason: str
    simulated: bool
    snapshot: str
    pdf: bytes
    content_hash: str
    pdf_hash: str


def keep_edition(connection: Connection, new: NewEdition, at: datetime, by: str) -> int:
    """Keep an edition; returns its number. Raises sqlalchemy.exc.IntegrityError when somebody else has made it."""
    values = {name: getattr(new, name) for name in new.__slots__}
    key = connection.execute(insert(editions).values(**values, made_at=at, made_by=by)).inserted_primary_key
    return int(key[0]) if key else 0


def take_step(connection: Connection, number: int, step: Step, at: datetime, by: str) -> bool:
    """Approve or mark as sent; False when that was done before."""
    c = edition_steps.c
    done = select(c.step).where(c.edition_id == number, c.step == step)
    if connection.execute(done).first() is not None:
        return False
    connection.execute(insert(edition_steps).values(edition_id=number, step=step, at=at, by=by))
    return True


def _lines() -> Select[Any]:
    c = editions.c
    approved, sent = (edition_steps.alias(name) for name in ("approved", "sent"))
    facts = [c[name] for name in EditionLine.__slots__ if name in c]
    return (
        select(
            *facts, approved.c.at.label("approved_at"), approved.c.by.label("approved_by"), sent.c.at.label("sent_at")
        )
        .outerjoin(approved, (approved.c.edition_id == c.id) & (approved.c.step == "disetujui"))
        .outerjoin(sent, (sent.c.edition_id == c.id) & (sent.c.step == "terkirim"))
    )


def every_edition(connection: Connection) -> list[EditionLine]:
    """All editions, the newest week first, in it the regent's, then by audience and revision."""
    c = editions.c
    order = (c.week.desc(), case((c.audience == "bupati", 0), else_=1), c.audience, c.revision.desc())
    rows = connection.execute(_lines().order_by(*order))
    return [_line(row) for row in rows]


def newest_mark(connection: Connection) -> tuple[int, int]:
    """(last edition, steps taken): the same while nobody made, approved or sent one. Two counts, no line is read."""
    last = connection.execute(select(func.coalesce(func.max(editions.c.id), 0))).scalar_one()
    return last, connection.execute(select(func.count()).select_from(edition_steps)).scalar_one()


def edition_line(connection: Connection, number: int) -> EditionLine | None:
    """One edition by its number."""
    row = connection.execute(_lines().where(editions.c.id == number)).first()
    return None if row is None else _line(row)


def newest_revision(connection: Connection, edition: str, audience: str) -> EditionLine | None:
    """The last revision of an edition."""
    c = editions.c
    chosen = _lines().where(c.edition == edition, c.audience == audience)
    row = connection.execute(chosen.order_by(c.revision.desc()).limit(1)).first()
    return None if row is None else _line(row)


def as_of_before(connection: Connection, audience: str, week: datetime, revision: int) -> datetime | None:
    """The as-of time of the edition that readers had before this one."""
    c = editions.c
    earlier = (c.week < week) | ((c.week == week) & (c.revision < revision))
    found = select(c.as_of).where(c.audience == audience, earlier).order_by(c.week.desc(), c.revision.desc()).limit(1)
    moment: datetime | None = connection.execute(found).scalar()
    return moment


def made_weeks(connection: Connection, audience: str) -> set[datetime]:
    """The weeks for which an edition was made."""
    return set(connection.execute(select(editions.c.week).where(editions.c.audience == audience).distinct()).scalars())


def first_week(connection: Connection) -> datetime | None:
    """The first week of the archive."""
    moment: datetime | None = connection.execute(select(func.min(editions.c.week))).scalar()
    return moment


def pages_of(connection: Connection, number: int) -> tuple[str, bytes] | None:
    """Snapshot and PDF as they were kept."""
    row = connection.execute(select(editions.c.snapshot, editions.c.pdf).where(editions.c.id == number)).first()
    return None if row is None else (row.snapshot, bytes(row.pdf))


def snapshot_of(connection: Connection, number: int) -> str | None:
    """The snapshot alone: a search through the archive must not carry every PDF along."""
    found: str | None = connection.execute(select(editions.c.snapshot).where(editions.c.id == number)).scalar()
    return found


def _line(row: Row) -> EditionLine:
    names = [name for name in EditionLine.__slots__ if name != "approved_by"]
    return EditionLine(**{name: getattr(row, name) for name in names}, approved_by=row.approved_by or "")
