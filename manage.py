"""Every command of the product; `python manage.py --help` lists them."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import click
from alembic import command as alembic
from alembic.config import Config

from dashboard import clock, settings
from dashboard.briefings.content import briefing
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.measure import measure as measure_now
from dashboard.indicators.read import as_json, readings
from dashboard.ingestion.check import check as check_source
from dashboard.ingestion.run import run_once
from dashboard.store import changes, ingestion_log, measurements
from dashboard.store.database import open_database, reading, writing
from dashboard.worker import Worker
from datasources import registry
from datasources.demo import run as demo_world
from datasources.registry import ConfiguredSource
from datasources.spbe.template import write_template
from layouts import format as say
from layouts.briefing.document import render

ROOT = Path(__file__).resolve().parent


def _load() -> tuple[settings.Settings, tuple[ConfiguredSource, ...]]:
    values = settings.load()
    return values, registry.load(values.sources_file, {**os.environ, **values.for_sources()})


def _source(name: str) -> tuple[settings.Settings, ConfiguredSource]:
    values, sources = _load()
    found = next((s for s in sources if s.id == name), None)
    if found is None:
        raise click.ClickException(f"Sumber '{name}' tidak ada. Yang ada: {', '.join(s.id for s in sources)}.")
    return values, found


def _moment(text: str | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if text else clock.now()
    except ValueError:
        raise click.ClickException(f"'{text}' bukan waktu ISO; tulis seperti 2026-11-24T08:00.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=clock.WIB)).astimezone(UTC)


class _Sentences(click.Group):
    """Turns a mistake of the person at the keyboard into one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (settings.SettingsError, registry.RegistryError) as mistake:
            raise click.ClickException(str(mistake)) from None


@click.group(cls=_Sentences)
def cli() -> None:
    """Pusat Komando Kabupaten Mojokerto."""
    logging.basicConfig(level=os.environ.get("LOG_LEVEL") or "INFO", format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("httpx", "alembic", "stamina"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@cli.command()
def migrate() -> None:
    """Buat atau perbarui tabel-tabel basis data."""
    values = settings.load()
    values.VAR.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "dashboard" / "store" / "migrations"))
    config.attributes["url"] = values.database_url
    alembic.upgrade(config, "head")


@cli.command()
def work() -> None:
    """Jalankan pekerja: tanya sumber, simpan, ukur; berhenti dengan Ctrl-C atau SIGTERM."""
    values, sources = _load()
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    Worker(open_database(values.database_url), sources, values.CONNECTIVITY_CHECK).work(stop)


@cli.command()
@click.option("--years", type=click.IntRange(1, 50), help="Tulis riwayat N tahun secepatnya, lalu selesai.")
@click.option("--days", type=click.IntRange(1, 400), default=60, show_default=True, help="Riwayat saat mulai.")
def demo(years: int | None, days: int) -> None:
    """Jalankan dunia simulasi (hanya bila belum ada sources.toml sendiri)."""
    values = settings.load()
    directory = values.VAR / "demo"
    if years:
        demo_world.history(directory, years)
    else:
        demo_world.main(directory, days)


@cli.group()
def source() -> None:
    """Daftar, periksa, dan lihat contoh sumber; tulis templat buku kerja."""


@source.command("list")
def list_sources() -> None:
    """Sumber yang dipasang, dari berkas sources.toml."""
    values, sources = _load()
    click.echo(f"{values.sources_file}")
    for s in sources:
        mark = "  SIMULASI" if s.simulated else ""
        click.echo(f"{s.id:24} {s.reader_name:26} tiap {s.every} {s.owner}{mark}")


@source.command()
@click.argument("name")
def check(name: str) -> None:
    """Tanya sumber sekali tanpa menyimpan apa pun, lalu cetak apa yang dipahami dan ditolak."""
    report = check_source(_source(name)[1])
    for line in report.lines():
        click.echo(line)
    sys.exit(0 if report.answered else 1)


@source.command()
@click.argument("name")
@click.option("--rows", default=3, show_default=True)
def sample(name: str, rows: int) -> None:
    """Cetak beberapa rekaman dari sumber seperti yang dipahami program."""
    report = check_source(_source(name)[1], keep=rows)
    for record in report.samples:
        click.echo(record)
    sys.exit(0 if report.answered else 1)


@source.command()
@click.argument("kind", type=click.Choice(["spbe"]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("spbe.xlsx"), show_default=True)
@click.option("--year", type=int, default=lambda: clock.wib(clock.now()).year)
def template(kind: str, out: Path, year: int) -> None:
    """Tulis buku kerja kosong yang dapat diisi OPD."""
    write_template(out, year)
    click.echo(f"{out} ditulis: {kind.upper()}, tahun {year}.")


@cli.command()
@click.argument("name")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Berkas pengganti.")
def ingest(name: str, path: Path | None) -> None:
    """Jalankan satu sumber sekali dan simpan hasilnya."""
    values, found = _source(name)
    if path:
        found = registry.with_path(found, path)
    engine = open_database(values.database_url)
    with writing(engine) as connection:
        ingestion_log.register(connection, [found.id])
    outcome = run_once(engine, found, values.CONNECTIVITY_CHECK)
    click.echo(f"{found.id}: {outcome.rows} baris disimpan, {outcome.refused} ditolak. {outcome.error}".strip())
    sys.exit(1 if outcome.error else 0)


@cli.command("measure")
@click.option("--as-of", "at", help="Waktu ISO; tanpa zona berarti WIB.")
def measure_command(at: str | None) -> None:
    """Hitung semua indikator sekarang, atau pada suatu waktu, dan simpan yang berubah."""
    values, sources = _load()
    moment = _moment(at)
    engine = open_database(values.database_url)
    simulated = [topic for s in sources if s.simulated for topic in s.topics]
    with writing(engine) as connection:
        new = measure_now(connection, CATALOGUE.values(), moment, simulated)
        measurements.append(connection, new)
        changes.announce(connection, ["measurements"], moment)
    click.echo(f"{len(new)} dari {len(CATALOGUE)} indikator berubah.")


@cli.command()
@click.argument("indicator")
@click.option("--as-of", "at", help="Waktu ISO; tanpa zona berarti WIB.")
@click.option("--json", "as_text", is_flag=True, help="Cetak sebagai JSON.")
def show(indicator: str, at: str | None, as_text: bool) -> None:
    """Tampilkan satu indikator."""
    if indicator not in CATALOGUE:
        raise click.ClickException(f"Indikator '{indicator}' tidak ada. Yang ada: {', '.join(CATALOGUE)}.")
    values, sources = _load()
    with reading(open_database(values.database_url)) as connection:
        found = readings(connection, sources, _moment(at), [indicator])[indicator]
    if as_text:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        return
    mark = " SIMULASI" if found.simulated else ""
    value = say.with_unit(found.value, found.indicator.unit, found.indicator.decimals)
    click.echo(f"{found.indicator.title}: {value} ({found.band or found.missing}), {found.freshness.state}{mark}")


@cli.command()
@click.argument("name", required=False)
def quarantine(name: str | None) -> None:
    """Tampilkan masukan yang ditolak, yang terbaru dahulu."""
    with reading(open_database(settings.load().database_url)) as connection:
        for q in ingestion_log.quarantined(connection, name):
            click.echo(f"{say.short_moment(q.last_seen_at)} {q.source} {q.place} ({q.times}×)\n  {q.reason}\n  {q.raw}")


@cli.command()
@click.option("--week", required=True, help="Minggu ISO, misalnya 2026-W47.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def brief(week: str, out: Path) -> None:
    """Tulis laporan mingguan sebagai PDF."""
    try:
        _, end = clock.iso_week(week)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    values, sources = _load()
    at = min(end - timedelta(milliseconds=1), clock.now())  # the last day of the week is its Sunday, not Monday
    with reading(open_database(values.database_url)) as connection:
        found = readings(connection, sources, at, recompute=True)
        earlier = readings(connection, sources, at - timedelta(days=7), with_history=False, recompute=True)
        content = briefing(week.upper(), list(found.values()), at, list(earlier.values()))
    out.write_bytes(render(content))
    click.echo(f"{out} ditulis.")


if __name__ == "__main__":
    cli()
