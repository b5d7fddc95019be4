"""What every entry has in common: a refusal in words, and the signature that goes with it into the store."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection

from dashboard.store import audit, changes
from dashboard.store.people import Person

_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(\+?62|0)[ -]?8[\d .-]{6,}\d|(?<!\d)\d{16}(?!\d)")

EDITS = "edits"
"""The topic that all answers depend on: what people enter changes them at once."""


class EntryRefused(ValueError):
    """An entry that cannot be taken. The message names the field, the value, and what would be right."""


class NotYours(EntryRefused):
    """An entry about what belongs to another OPD. Whoever made it asked past what the page offers."""


def signed(connection: Connection, by: Person, at: datetime, what: str, about: str) -> None:
    """Log an entry and let the answers follow it, in the transaction that keeps it."""
    audit.write(connection, at, by.name, what, about)
    changes.announce(connection, [EDITS], at)


def one_line(typed: object) -> str:
    """What was typed as one line of visible characters; empty for what is no text."""
    words = typed.split() if isinstance(typed, str) else []
    return "".join(character for character in " ".join(words) if character.isprintable())


def names_a_person(text: str) -> bool:
    """Whether a telephone number or NIK stands in the text."""
    return _NUMBER_OF_A_PERSON.search(text) is not None


def whole_number(given: object) -> int | None:
    """A number by which a line is known; None for what cannot be one."""
    return given if isinstance(given, int) and 0 < given < 2**31 else None


def quoted(text: str) -> str:
    """A value inside a sentence: short, and never mistaken for the sentence itself."""
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"
