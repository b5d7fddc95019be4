"""Accounts made, changed, closed and opened: what was typed, checked, kept and logged."""

from __future__ import annotations

import re
from datetime import datetime
from typing import get_args

from sqlalchemy import Connection

from dashboard.access import one_time, passwords, recovery_codes, second_factor
from dashboard.access.passwords import PasswordRefused
from dashboard.access.roles import Role, may
from dashboard.editing.entry import EntryRefused, one_line, quoted, whole_number
from dashboard.store import audit, people, sessions
from dashboard.store.people import Credentials, Person

ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "tamu")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")
LONGEST_TITLE, LONGEST_OPD = 128, 64


def checked(name: object, title: object, role: object, opd: object) -> tuple[str, str, Role, str | None]:
    """What was meant. Raises EntryRefused."""
    clean = one_line(name).casefold()
    if not _NAME.fullmatch(clean):
        raise EntryRefused(
            f"Nama akun {quoted(clean)} tidak dapat dipakai; tulis 2 sampai 63 huruf kecil, angka, titik atau garis, "
            "misalnya sari.w."
        )
    return (clean, *_role(title or clean, role, opd))


def _role(title: object, role: object, opd: object) -> tuple[str, Role, str | None]:
    known = next((r for r in ROLES if r == role), None)
    if known is None:
        raise EntryRefused(f"Peran {quoted(str(role or ''))} tidak ada; pilih dari daftar.")
    agency = one_line(opd)[:LONGEST_OPD]
    if known == "kepala_opd" and not agency:
        raise EntryRefused("Kepala OPD memerlukan OPD, misalnya Dinkes.")
    return one_line(title)[:LONGEST_TITLE], known, agency or None


def create(
    connection: Connection, name: object, title: object, role: object, opd: object, by: str, at: datetime,
    password_hash: str | None = None,
) -> int:  # fmt: skip
    """A new account; returns its number. Raises EntryRefused."""
    known, words, checked_role, agency = checked(name, title, role, opd)
    if people.credentials(connection, known) is not None:
        raise EntryRefused(f"Akun {quoted(known)} sudah ada.")
    number = people.add_person(connection, known, words, checked_role, agency, password_hash, at)
    audit.write(connection, at, by, "akun dibuat", f"{known} ({checked_role}{f' {agency}' if agency else ''})")
    return number


def change_role(
    connection: Connection, number: object, title: object, role: object, opd: object, by: Person, at: datetime
) -> None:
    """Another role, from the next request on. Nobody changes their own. Raises EntryRefused."""
    known = _other(connection, number, by)
    words, checked_role, agency = _role(title or known.person.title, role, opd)
    people.set_role(connection, known.person.id, words, checked_role, agency)
    before = f"{known.person.role} {known.person.opd or ''}".strip()
    audit.write(connection, at, by.name, "peran diganti",
                f"{known.person.name}: {before} → {checked_role} {agency or ''}".strip())  # fmt: skip


def close(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Take the access away at once. Nobody closes their own, so that one who may is left. Raises EntryRefused."""
    known = _other(connection, number, by)
    people.disable(connection, known.person.id, at)
    audit.write(connection, at, by.name, "akun ditutup", known.person.name)


def open_again(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Undo a closing, or a pause after too many wrong passwords. Raises EntryRefused."""
    known = _other(connection, number, by)
    people.enable(connection, known.person.id)
    audit.write(connection, at, by.name, "akun dibuka", known.person.name)


def end_sessions(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Sign somebody out everywhere. Raises EntryRefused."""
    known = _known(connection, number)
    ended = sessions.end_all(connection, known.person.id)
    audit.write(connection, at, by.name, "sesi diakhiri", f"{known.person.name}: {ended}")


def link_for(connection: Connection, number: object, by: Person, at: datetime) -> str:
    """The path of a link by which somebody sets a password; shown once. Raises EntryRefused."""
    known = _known(connection, number)
    if known.subject:
        raise EntryRefused("Akun itu masuk lewat SSO; sandinya tidak ada di sini.")
    audit.write(connection, at, by.name, "tautan sekali pakai", known.person.name)
    return one_time.new_link(connection, known.person.id, by.name, at)


def drop_code(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Take a lost second factor away. Raises EntryRefused."""
    known = _known(connection, number)
    people.set_totp(connection, known.person.id, None)
    audit.write(connection, at, by.name, "kode dilepas", known.person.name)


def own_password(connection: Connection, by: Person, new: object, keep: str, at: datetime) -> None:
    """Change one's own password, once the old one was proven; other sessions end, the one with the hash `keep` does
    not. Raises EntryRefused."""
    try:
        password_hash = passwords.hashed(str(new or ""), f"{by.name} {by.title}")
    except PasswordRefused as refused:
        raise EntryRefused(str(refused)) from None
    people.change_password(connection, by.id, password_hash, keep)
    audit.write(connection, at, by.name, "sandi diganti", by.name)


def own_code(connection: Connection, by: Person, secret: str, code: object, secret_key: str, at: datetime) -> list[str]:
    """Put up a second factor, proven by its first code; returns the recovery codes, this once. Raises EntryRefused."""
    known = people.credentials_of(connection, by.id)
    if known is None or known.password_hash is None or known.totp_sealed is not None:
        raise EntryRefused("Kode sudah terpasang; lepas dahulu dengan kode yang sedang tampil.")
    step = second_factor.step_of(secret, str(code or ""), at)
    if step is None:
        raise EntryRefused("Kode tidak cocok. Periksa jam telepon Anda, lalu tulis kode yang sedang tampil.")
    people.set_totp(connection, by.id, second_factor.sealed(secret, secret_key), step)
    audit.write(connection, at, by.name, "kode dipasang", by.name)
    return recovery_codes.new_codes(connection, by, at)


def drop_own_code(connection: Connection, by: Person, at: datetime) -> None:
    """Take one's own second factor away, once it was proven."""
    people.set_totp(connection, by.id, None)
    audit.write(connection, at, by.name, "kode dilepas", by.name)


def _known(connection: Connection, number: object) -> Credentials:
    whole = whole_number(number)
    known = None if whole is None else people.credentials_of(connection, whole)
    if known is None:
        raise EntryRefused("Akun itu tidak ada; muat ulang halaman.")
    return known


def _other(connection: Connection, number: object, by: Person) -> Credentials:
    known = _known(connection, number)
    if known.person.id == by.id and may(by, "people.write"):
        raise EntryRefused("Akun sendiri tidak diubah di sini; mintalah rekan yang berhak.")
    return known
