"""manage.py spbe: checks of assessment results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dashboard.commands.parameters import GivenFile, Word
from dashboard.commands.sentences import Mistake
from dashboard.published_rows import differences
from datasources import spreadsheet
from datasources.contract import SourceUnavailable
from datasources.spbe.instrument_files import instruments


@click.group()
def spbe() -> None:
    """Pemeriksaan hasil evaluasi SPBE dan Pemdi."""


@spbe.command()
@click.argument("file", metavar="BERKAS", type=GivenFile())
@click.option("--instrument", type=Word(list(instruments())), default="SPBE-2020", show_default=True, help="Instrumen.")
@click.option("--predicate-on", "on", type=Word(["unrounded", "rounded"]),
              help="Predikat dari indeks sebelum atau sesudah dibulatkan; bawaan: menurut instrumen.")  # fmt: skip
def check(file: Path, instrument: str, on: Any) -> None:
    """Periksa CSV atau XLSX hasil terbitan: nilai domain → indeks, predikat; cetak baris yang berbeda.

    Kolom: domain1 … domain4 (Pemdi: aspek1 … aspek7), indeks, predikat; boleh instansi dan tahun.
    """
    chosen = instruments()[instrument]
    n = wrong = 0
    try:
        for found in differences(chosen, spreadsheet.rows(file), on or chosen.predicate_on):
            n += 1
            if found is not None:
                wrong += 1
                name = f" ({found.name})" if found.name else ""
                click.echo(f"baris {found.row}{name}: {found.reason}")
    except SourceUnavailable as problem:
        raise Mistake(str(problem)) from None
    click.echo(f"{n} baris diperiksa menurut {chosen.title}, {wrong} berbeda.")
    sys.exit(1 if wrong else 0)
