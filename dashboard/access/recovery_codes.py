"""Recovery codes: ten that let somebody in once each when the telephone is lost; shown once and kept as hashes."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from sqlalchemy import Connection

from dashboard.access.displays import LETTERS
from dashboard.access.keys import hash_of
from dashboard.store import audit, recovery_codes
from dashboard.store.people import Person

MANY, LENGTH, GROUP = 10, 16, 4
"""Sixteen of 28 letters are 77 random bits: nobody tries them all, so that a plain hash is enough, as for keys."""


def new_codes(connection: Connection, person: Person, at: datetime) -> list[str]:
    """Ten new ones as they are shown, 'BCDF-2345-GHJK-6789'; those before open nothing any more."""
    made = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(MANY)]
    recovery_codes.replace_codes(connection, person.id, [hash_of(code) for code in made], at)
    audit.write(connection, at, person.name, "kode pemulihan dibuat", f"{person.name}: {MANY}")
    return ["-".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP)) for code in made]


def use(connection: Connection, person: Person, typed: str, at: datetime) -> bool:
    """Use one of a person's own up; False for what is none, or was used before."""
    clean = re.sub(r"[\s-]", "", typed).upper()
    if len(clean) != LENGTH or not recovery_codes.use_code(connection, person.id, hash_of(clean), at):
        return False
    left = recovery_codes.codes_left(connection, person.id)
    audit.write(connection, at, person.name, "kode pemulihan dipakai", f"{person.name}: sisa {left}")
    return True
