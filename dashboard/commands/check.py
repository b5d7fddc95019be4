"""manage.py check: what is unsafe about this installation, in words."""

from __future__ import annotations

import os
import sys

import click

from dashboard.commands.opened import configured
from dashboard.safety.every import findings
from dashboard.safety.finding import Setup


@click.command()
def check() -> None:
    """Sebut setiap setelan yang tidak aman; kode keluar 1 bila ada yang berbahaya."""
    values, sources = configured()
    found = findings(Setup(values, os.environ, sources))
    for finding in found:
        click.echo(finding)
    if not found:
        click.echo("Tidak ada setelan yang tidak aman.")
    sys.exit(1 if any(finding.stops for finding in found) else 0)
