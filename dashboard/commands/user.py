"""manage.py user: accounts of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import click
from sqlalchemy import Connection

from dashboard import clock, settings
from dashboard.access import accounts, one_time, passwords
from dashboard.access.passwords import PasswordRefused
from dashboard.access.roles import ROLE_TITLES, Role
from dashboard.commands.opened import store
from dashboard.commands.parameters import Word
from dashboard.commands.sentences import Mistake, unknown
from dashboard.editing.entry import EntryRefused
from dashboard.store import audit, people
from dashboard.store.database import reading, writing

ROLES = [role for role in get_args(Role) if role != "tamu"]


@click.group()
def user() -> None:
    """Akun orang yang boleh masuk."""


@user.command()
@click.argument("name", metavar="NAMA")
@click.option("--role", required=True, type=Word(ROLES), help="Peran.")
@click.option("--title", default="", help="Nama lengkap atau jabatan.")
@click.option("--opd", help="OPD, untuk kepala OPD.")
def create(name: str, role: str, title: str, opd: str | None) -> None:
    """Buat akun; sandi ditanyakan, tidak pernah ditulis di baris perintah."""
    known = name.strip().casefold()
    hashed = _asked_password(known)
    with store(settings.load()) as engine, writing(engine) as connection:
        if people.credentials(connection, known) is not None:
            raise Mistake(f"Akun '{known}' sudah ada. Ganti sandinya dengan: manage.py user password {known}")
        if role == "kepala_opd" and not opd:
            raise Mistake("Kepala OPD memerlukan --opd, misalnya --opd Dinkes.")
        try:
            accounts.create(connection, known, title, role, opd, "manage.py", clock.now(), hashed)
        except EntryRefused as refused:
            raise Mistake(str(refused)) from None
    click.echo(f"Akun {known} dibuat: {ROLE_TITLES[role]}.")  # type: ignore[index]


@user.command()
@click.argument("name", metavar="NAMA")
def link(name: str) -> None:
    """Cetak tautan sekali pakai, dengan mana orangnya membuat sandi sendiri."""
    values, made = settings.load(), []
    _change(
        name,
        "tautan sekali pakai",
        lambda connection, number: made.append(one_time.new_link(connection, number, "manage.py", clock.now())),
    )
    hours = int(one_time.HOLDS.total_seconds() // 3600)
    click.echo(f"{values.address}{made[0]}\nBerlaku sekali, paling lama {hours} jam.")


@user.command("code")
@click.argument("name", metavar="NAMA")
def drop_code(name: str) -> None:
    """Lepas kode telepon dari akun, misalnya karena teleponnya hilang."""
    _change(name, "kode dilepas", lambda connection, number: people.set_totp(connection, number, None))
    click.echo(f"Kode telepon {name} dilepas.")


@user.command("list")
def list_users() -> None:
    """Tampilkan akun yang aktif."""
    with store(settings.load()) as engine, reading(engine) as connection:
        everybody = people.everybody(connection)
    for person in everybody:
        click.echo(f"{person.name}: {ROLE_TITLES.get(person.role, person.role)}, {person.title}")  # type: ignore[call-overload]
    if not everybody:
        click.echo("Belum ada akun. Buat dengan: manage.py user create NAMA --role analis")


@user.command()
@click.argument("name", metavar="NAMA")
def password(name: str) -> None:
    """Ganti sandi; sesi yang terbuka berakhir."""
    hashed = _asked_password(name)
    _change(name, "sandi diganti", lambda connection, number: people.set_password(connection, number, hashed))
    click.echo(f"Sandi {name} diganti; sesi yang terbuka berakhir.")


@user.command()
@click.argument("name", metavar="NAMA")
def disable(name: str) -> None:
    """Tutup akun; sesi yang terbuka berakhir."""
    _change(name, "akun ditutup", lambda connection, number: people.disable(connection, number, clock.now()))
    click.echo(f"Akun {name} ditutup.")


def _change(name: str, what: str, change: Callable[[Connection, int], None]) -> None:
    folded = name.strip().casefold()
    with store(settings.load()) as engine, writing(engine) as connection:
        known = people.credentials(connection, folded)
        if known is None:
            raise unknown("Akun", folded, [p.name for p in people.everybody(connection)])
        change(connection, known.person.id)
        audit.write(connection, clock.now(), "manage.py", what, folded)


def _asked_password(name: str) -> str:
    given = click.prompt("Sandi", hide_input=True, confirmation_prompt="Sekali lagi")
    try:
        return passwords.hashed(given, name)
    except PasswordRefused as refused:
        raise Mistake(str(refused)) from None
