"""Keys by which machines ask: with a scope, an end, and the rights of whoever made them, never more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection, Engine

from dashboard.access.keys import LONGEST_KEY, hash_of, new_key
from dashboard.editing.entry import EntryRefused, one_line, quoted, whole_number
from dashboard.store import api_tokens, audit
from dashboard.store.api_tokens import Token
from dashboard.store.database import reading, writing
from dashboard.store.people import Person

Scope = Literal["indikator", "unduhan", "laporan"]
SCOPE_TITLES: dict[Scope, str] = {
    "indikator": "membaca indikator (/api/v1)",
    "unduhan": "mengunduh jawaban (/export)",
    "laporan": "membaca laporan mingguan (/laporan)",
}
BEGINS = "mjk_"
SHOWN_OF_KEY = 10
SHORTEST_TITLE, LONGEST_TITLE = 3, 64
SPANS = {"30 hari": timedelta(days=30), "90 hari": timedelta(days=90), "1 tahun": timedelta(days=365)}
NOTED_EVERY = timedelta(hours=1)
"""A machine that asks each minute is one line an hour in the audit log, with what it asked first."""


def create(connection: Connection, title: object, scopes: object, span: object, by: Person, at: datetime) -> str:
    """Keep a new key; returns it, this once. Raises EntryRefused."""
    clean = one_line(title)
    if not SHORTEST_TITLE <= len(clean) <= LONGEST_TITLE:
        raise EntryRefused(f"Nama token {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST_TITLE} sampai "
                           f"{LONGEST_TITLE} huruf, misalnya: Portal satu data.")  # fmt: skip
    given = scopes if isinstance(scopes, list) else []
    chosen = tuple(scope for scope in get_args(Scope) if scope in given)
    if not chosen:
        raise EntryRefused("Pilih sedikitnya satu cakupan; token hanya boleh yang dipilih.")
    if not isinstance(span, str) or span not in SPANS:
        raise EntryRefused(f"Masa berlaku tidak ada; pilih {', '.join(SPANS)}.")
    key = new_key(BEGINS)
    until = at + SPANS[span]
    number = api_tokens.add_token(connection, clean, hash_of(key), key[:SHOWN_OF_KEY], by.id, chosen, at, until)
    audit.write(connection, at, by.name, "token dibuat", f"nomor {number}, {clean}: {', '.join(chosen)}, {span}")
    return key


def revoke(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """End a key at once. Raises EntryRefused."""
    known = whole_number(number)
    title = None if known is None else api_tokens.revoke(connection, known, at)
    if title is None:
        raise EntryRefused("Token itu tidak ada atau sudah dicabut; muat ulang halaman.")
    audit.write(connection, at, by.name, "token dicabut", f"nomor {known}, {title}")


def speaking_for(engine: Engine, key: str, scope: Scope | None, path: str, now: datetime) -> Person | None:
    """For whom a key speaks where `scope` is asked for; None for a key that does not reach there."""
    if not key.startswith(BEGINS) or len(key) > LONGEST_KEY:
        return None
    with reading(engine) as connection:
        found = api_tokens.valid_token(connection, hash_of(key), now)
    if found is None:
        return None
    token, person = found
    reaches = scope in token.scopes
    if not reaches or token.used_at is None or now - token.used_at >= NOTED_EVERY:
        _note(engine, token, person, path, reaches, now)
    return person if reaches else None


def _note(engine: Engine, token: Token, person: Person, path: str, reaches: bool, now: datetime) -> None:
    with writing(engine) as connection:
        if reaches:
            api_tokens.note_use(connection, token.id, now)
        outcome = audit.DONE if reaches else audit.REFUSED
        audit.write(connection, now, person.name, "token dipakai", f"nomor {token.id}, {token.title}: {path}", outcome)
