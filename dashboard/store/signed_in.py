"""Whose session a key opens: sessions and people together, asked once per request."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from dashboard.store.people import Person, people
from dashboard.store.sessions import sessions


def person_of_session(
    connection: Connection, key_hash: str, at: datetime, idle: timedelta, longest: timedelta
) -> tuple[Person, datetime] | None:
    """Whose session this is and when it was last seen; None when unknown, ended, too old, or its owner disabled."""
    c, p = sessions.c, people.c
    row = connection.execute(
        select(p.id, p.name, p.title, p.role, p.opd, c.seen_at)
        .join(people, p.id == c.person)
        .where(
            c.key_hash == key_hash,
            c.seen_at > at - idle,
            c.created_at > at - longest,
            p.disabled_at.is_(None),
        )
    ).first()
    return None if row is None else (Person(*row[:5]), row[5])
