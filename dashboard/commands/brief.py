"""manage.py brief: write, issue, verify and send the weekly briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.briefings.compose import audiences
from dashboard.briefings.deliver import Post
from dashboard.briefings.edition import REGENT
from dashboard.briefings.issue import Press
from dashboard.commands import brief_desk
from dashboard.commands.brief_desk import Desk
from dashboard.commands.opened import configured, store
from dashboard.commands.parameters import BegunWeek, NewFile, Week, saving
from dashboard.commands.sentences import Mistake, unknown
from dashboard.settings import Settings
from dashboard.store.database import reading
from datasources.registry import ConfiguredSource

Office = Callable[[Settings, tuple[ConfiguredSource, ...]], tuple[Press, Post]]
"""manage.py hands it to its context: how editions are printed and packed is drawing, which commands know nothing of."""


WEEK = click.option("--week", required=True, type=BegunWeek(), help="Minggu ISO, misalnya 2026-W47.")
AUDIENCE = click.option(
    "--edition", "audience", default=REGENT, show_default=True, help="Untuk siapa: bupati atau OPD."
)
BY = click.option("--by", required=True, help="Nama yang menyetujui atau meminta.")


@contextmanager
def _opened(office: Office) -> Iterator[Desk]:
    values, sources = configured()
    press, post = office(values, sources)
    with store(values) as engine:
        yield Desk(engine, press, post, sources)


@click.group(invoke_without_command=True)
@click.option("--week", type=BegunWeek(), help="Tanpa perintah: konsep minggu ISO ini, misalnya 2026-W47.")
@click.option("--out", type=NewFile(), help="Tanpa perintah: berkas PDF konsep itu.")
@click.pass_context
def brief(context: click.Context, week: Week | None, out: Path | None) -> None:
    """Laporan mingguan: konsep, terbitkan, periksa, kirim ulang."""
    if context.invoked_subcommand is None:
        _in_short(context, draft, week, out)


@brief.command()
@WEEK
@click.option("--out", required=True, type=NewFile(), help="Berkas PDF yang ditulis, misalnya laporan.pdf.")
@AUDIENCE
@click.pass_obj
def draft(office: Office, week: Week, out: Path, audience: str) -> None:
    """Tulis PDF suatu minggu tanpa menyimpannya dalam arsip."""
    with _opened(office) as desk:
        _known(audience)
        brief_desk.figures(desk, week)
        with reading(desk.engine) as connection:
            edition = desk.press.compose(connection, brief_desk.order_of(connection, week, audience))
        pdf = desk.press.render(edition)
    with saving(out):
        out.write_bytes(pdf)
    click.echo(f"{out} ditulis.")


@brief.command()
@WEEK
@AUDIENCE
@BY
@click.option("--reason", default="", help="Alasan, bila sudah pernah terbit.")
@click.pass_obj
def issue(office: Office, week: Week, audience: str, by: str, reason: str) -> None:
    """Terbitkan dan setujui; yang sudah terbit menjadi terbitan berikutnya dengan alasannya."""
    with _opened(office) as desk:
        _known(audience)
        click.echo(brief_desk.issued(desk, week, audience, by, reason))


@brief.command()
@click.option("--week", type=BegunWeek(), help="Minggu ISO; tanpa ini seluruh arsip.")
@click.pass_obj
def verify(office: Office, week: Week | None) -> None:
    """Hitung ulang sidik dan angka setiap laporan dalam arsip."""
    with _opened(office) as desk:
        wrong = list(brief_desk.verified(desk, week))
    if wrong:
        raise Mistake("\n".join(wrong))


@brief.command()
@WEEK
@AUDIENCE
@click.option("--to", "only", help="Hanya kepada penerima ini; tanpa ini semua.")
@click.pass_obj
def resend(office: Office, week: Week, audience: str, only: str | None) -> None:
    """Kirim ulang laporan yang sudah disetujui, sekarang."""
    with _opened(office) as desk:
        for line in brief_desk.resent(desk, week, audience, only):
            click.echo(line)


def _in_short(context: click.Context, draft: click.Command, week: Week | None, out: Path | None) -> None:
    """`brief --week W --out F` is the regent's draft."""
    if week is None or out is None:
        raise Mistake("Tulis manage.py brief --week 2026-W47 --out laporan.pdf, atau salah satu perintahnya.")
    context.invoke(draft, week=week, out=out, audience=REGENT)


def _known(audience: str) -> None:
    if audience not in audiences():
        raise unknown("Edisi", audience, audiences())
