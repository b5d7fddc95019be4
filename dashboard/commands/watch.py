"""manage.py watch: keeps an eye on a command center from a second machine."""

from __future__ import annotations

import os
import signal
from threading import Event

import click

from dashboard import clock, settings
from dashboard.alerts.channels import load
from dashboard.alerts.watching import Watcher, trouble

EVERY_S = 30.0


@click.command()
@click.argument("address", metavar="ALAMAT")
def watch(address: str) -> None:
    """Awasi pusat komando di ALAMAT dari komputer lain; kabari lewat channels.toml bila mati dan bila hidup lagi."""
    values = settings.load()
    watcher = Watcher(address.rstrip("/"), load(values.channels_file, {**os.environ, **values.for_sources()}))
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    click.echo(f"Mengawasi {address} tiap {EVERY_S:.0f} detik; berhenti dengan Ctrl-C.")
    while not stop.is_set():
        watcher.look(trouble(address.rstrip("/")), clock.now())
        stop.wait(EVERY_S)
