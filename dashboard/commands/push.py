"""manage.py push: the key by which push services know us."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dashboard.alerts.push_key import PushKey, new_private
from dashboard.commands.sentences import Mistake
from dashboard.operating_system import reason


@click.group()
def push() -> None:
    """Pemberitahuan di perangkat orang (web push)."""


@push.command()
@click.argument("file", metavar="BERKAS", type=click.Path(path_type=Path))
def key(file: Path) -> None:
    """Buat kunci VAPID di BERKAS baru yang hanya terbaca pemiliknya; kuncinya sendiri tidak dicetak."""
    private = new_private()
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
            out.write(f"{private}\n")
    except OSError as error:
        raise Mistake(f"Berkas {file} tidak dapat dibuat ({reason(error)}).") from None
    click.echo(
        f"Kunci VAPID ada di {file}. Setel VAPID_KEY_FILE={file.resolve()}, lalu jalankan ulang web dan pekerja."
    )
    click.echo(f"Kunci umumnya: {PushKey(private, '').public}")
    click.echo("Simpan cadangannya: dengan kunci lain semua orang harus menyalakan pemberitahuan sekali lagi.")
