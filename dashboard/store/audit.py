"""The audit log: who did or was refused what, and when. Appended, never changed; no personal data of callers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DDL, Column, Connection, Index, Row, Select, String, Table, event, func, insert, select

from dashboard.store.database import UtcTime, id_column, metadata

audit_log = Table(
    "audit_log",
    metadata,
    id_column(),
    Column("at", UtcTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(64), nullable=False),
    Column("about", String(256), nullable=False),
    Column("outcome", String(16), nullable=False),
    Index("audit_log_by_time", "at"),
)

LONGEST_ABOUT = 256
DONE, REFUSED = "berhasil", "ditolak"

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
        "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$",
        "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
    ),
}
"""The database itself refuses to change or take away a line, whichever program asks."""

for dialect, statements in APPEND_ONLY.items():
    for statement in statements:
        event.listen(audit_log, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    at: datetime
    who: str
    what: str
    about: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: from and before a moment, of somebody, of a kind, with an outcome, with words in `about`."""

    start: datetime | None = None
    end: datetime | None = None
    who: str = ""
    what: str = ""
    outcome: str = ""
    words: str = ""


def write(connection: Connection, at: datetime, who: str, what: str, about: str = "", outcome: str = DONE) -> None:
    """Append a line; control characters cannot forge a second one."""
    clean = " ".join(about.split())[:LONGEST_ABOUT]
    values = {"at": at, "who": " ".join(who.split())[:64], "what": what, "about": clean, "outcome": outcome}
    connection.execute(insert(audit_log).values(values))


def entries(connection: Connection, limit: int = 200, wanted: Wanted = Wanted()) -> list[Entry]:
    """The newest lines first."""
    return [_entry(row) for row in connection.execute(_asked(wanted).limit(limit))]


def each_entry(connection: Connection, wanted: Wanted) -> Iterator[Entry]:
    """Every line that is wanted, the newest first, read piece by piece."""
    rows = connection.execution_options(yield_per=1000).execute(_asked(wanted))
    return (_entry(row) for row in rows)


def count(connection: Connection, wanted: Wanted) -> int:
    """How many lines are wanted."""
    return connection.execute(select(func.count()).select_from(_asked(wanted).subquery())).scalar_one()


def kinds(connection: Connection) -> list[str]:
    """Every kind of deed that was ever written down."""
    return list(connection.execute(select(audit_log.c.what).distinct().order_by(audit_log.c.what)).scalars())


def _entry(row: Row) -> Entry:
    return Entry(row.at, row.who, row.what, row.about, row.outcome)


def _asked(wanted: Wanted) -> Select:
    c = audit_log.c
    conditions = [
        c.at >= wanted.start if wanted.start else None,
        c.at < wanted.end if wanted.end else None,
        c.who == wanted.who if wanted.who else None,
        c.what == wanted.what if wanted.what else None,
        c.outcome == wanted.outcome if wanted.outcome else None,
        c.about.icontains(wanted.words, autoescape=True) if wanted.words else None,
    ]
    asked = select(c.at, c.who, c.what, c.about, c.outcome).order_by(c.id.desc())
    return asked.where(*[condition for condition in conditions if condition is not None])
