"""manage.py source: what is installed, what it answers, and empty workbooks for an OPD."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dashboard import clock
from dashboard.commands.opened import configured, source_named
from dashboard.commands.parameters import NewFile, Whole, Word, saving
from dashboard.commands.sentences import Mistake
from dashboard.ingestion.check import check as check_source
from datasources.templates import TEMPLATES


@click.group()
def source() -> None:
    """Daftar, periksa, dan lihat contoh sumber; tulis templat buku kerja."""


@source.command("list")
def list_sources() -> None:
    """Sumber yang dipasang, dari berkas sources.toml."""
    values, sources = configured()
    click.echo(f"{values.sources_file}")
    for s in sources:
        mark = "  SIMULASI" if s.simulated else ""
        click.echo(f"{s.id:24} {s.reader_name:26} tiap {s.every} {s.owner}{mark}")


@source.command()
@click.argument("name", metavar="SUMBER")
def check(name: str) -> None:
    """Tanya sumber sekali tanpa menyimpan apa pun, lalu cetak apa yang dipahami dan ditolak."""
    report = check_source(source_named(name)[1])
    for line in report.lines():
        click.echo(line)
    sys.exit(0 if report.answered else 1)


@source.command()
@click.argument("name", metavar="SUMBER")
@click.option("--rows", type=Whole(1, 1000), default=3, show_default=True, help="Banyaknya rekaman.")
def sample(name: str, rows: int) -> None:
    """Cetak beberapa rekaman dari sumber seperti yang dipahami program."""
    report = check_source(source_named(name)[1], keep=rows)
    if not report.answered:
        raise Mistake(f"{name}: TIDAK DAPAT DITANYA. {report.error}")
    for record in report.samples:
        click.echo(record)
    if not report.samples:
        click.echo(f"{name}: menjawab, tetapi tidak ada rekaman yang dipahami; lihat: manage.py source check {name}")


@source.command()
@click.argument("kind", metavar="JENIS", type=Word(sorted(TEMPLATES)))
@click.option("--out", type=NewFile(), help="Berkas XLSX yang ditulis; tanpa ini JENIS.xlsx.")
@click.option("--year", type=Whole(2018, 2100), default=lambda: clock.wib(clock.now()).year, help="Tahun penilaian.")
def template(kind: str, out: Path | None, year: int) -> None:
    """Tulis buku kerja kosong yang dapat diisi OPD."""
    out = out or Path(f"{kind}.xlsx")
    with saving(out):
        TEMPLATES[kind](out, year)
    click.echo(f"{out} ditulis: {kind.upper()}, tahun {year}.")
