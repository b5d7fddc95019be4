"""Every command of the product; `python manage.py --help` lists them."""

from __future__ import annotations

import json
import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import click
from alembic import command as alembic
from alembic.config import Config

from dashboard import clock, log_lines, settings
from dashboard.alerts.channel import Post, Way
from dashboard.alerts.channels import load as load_channels
from dashboard.alerts.push_channel import to_devices
from dashboard.briefings.rounds import Rounds
from dashboard.commands.brief import brief
from dashboard.commands.check import check
from dashboard.commands.opened import configured, source_named, store
from dashboard.commands.parameters import GivenFile, PastMoment, Whole, saving
from dashboard.commands.push import push
from dashboard.commands.report import report
from dashboard.commands.sentences import Commands, Mistake, unknown
from dashboard.commands.source import source
from dashboard.commands.spbe import spbe
from dashboard.commands.user import user
from dashboard.commands.watch import watch
from dashboard.editing import simulated_thresholds
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.in_json import as_json
from dashboard.indicators.measure import measure as measure_now
from dashboard.indicators.read import readings
from dashboard.ingestion.handed_in import hand_in
from dashboard.ingestion.run import run_once
from dashboard.safety.every import refuse
from dashboard.safety.finding import Setup
from dashboard.safety.permissions import closed_to_others
from dashboard.settings import SettingsError
from dashboard.store import changes, ingestion_log, measurements
from dashboard.store.database import open_database, reading, writing
from dashboard.worker import Worker
from datasources.contract import Receiver, Source
from datasources.demo import run as demo_world
from layouts import format as say
from layouts.briefing.office import office

ROOT = Path(__file__).resolve().parent


@click.group(cls=Commands)
@click.pass_context
def cli(context: click.Context) -> None:
    """Pusat Komando Kabupaten Mojokerto."""
    context.obj = office
    try:
        values = settings.load()
        log_lines.configure(values.LOG_LEVEL, values.secrets)
    except SettingsError:  # the command itself says it, if it needs settings at all
        log_lines.configure("INFO")


@cli.command()
def migrate() -> None:
    """Buat atau perbarui tabel-tabel basis data."""
    values = settings.load()
    with saving(values.VAR):
        values.VAR.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "dashboard" / "store" / "migrations"))
    config.attributes["url"] = values.database_url
    with closed_to_others(values.database_url):
        alembic.upgrade(config, "head")


@cli.command()
def work() -> None:
    """Jalankan pekerja: tanya sumber, simpan, ukur; berhenti dengan Ctrl-C atau SIGTERM."""
    values, sources = configured()
    refuse(Setup(values, os.environ, sources))
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    keep_hashes_for = timedelta(hours=values.CALLER_HASH_HOURS)
    engine = open_database(values.database_url)
    if values.demonstration:
        with writing(engine) as connection:
            simulated_thresholds.enter_once(connection, clock.now())
    channels = load_channels(values.channels_file, {**os.environ, **values.for_sources()})
    ways: tuple[Way, ...] = (*channels, *to_devices(engine, values))
    post = Post(ways, values.address, values.HEARTBEAT_URL.get_secret_value())
    briefing = Rounds(engine, sources, *office(values, sources), by_itself=values.BRIEFING_APPROVAL == "otomatis")
    Worker(engine, sources, values.CONNECTIVITY_CHECK, keep_hashes_for, post, briefing).work(stop)


@cli.command()
@click.option("--years", type=Whole(1, 50), help="Tulis riwayat N tahun secepatnya, lalu selesai.")
@click.option("--days", type=Whole(1, 400), default=100, show_default=True, help="Riwayat saat mulai.")
def demo(years: int | None, days: int) -> None:
    """Jalankan dunia simulasi (hanya bila belum ada sources.toml sendiri)."""
    values = settings.load()
    directory = values.VAR / "demo"
    if years:
        demo_world.history(directory, years)
    else:
        demo_world.main(directory, values.DEMO_PORT, days)


@cli.command()
@click.argument("name", metavar="SUMBER")
@click.option("--file", "path", type=GivenFile(), help="Berkas pengganti.")
def ingest(name: str, path: Path | None) -> None:
    """Jalankan satu sumber sekali dan simpan hasilnya."""
    values, found = source_named(name)
    if isinstance(found.reader, Receiver) and not path:
        raise Mistake(f"Sumber {name} menerima kiriman di /hooks/{name}; tidak dapat ditanya.")
    if not isinstance(found.reader, Source) and not path:
        raise Mistake(f"Sumber {name} mengirim sendiri dan tidak ditanya; yang menerimanya: manage.py work")
    with store(values) as engine:
        with writing(engine) as connection:
            ingestion_log.register(connection, [found.id])
        outcome = hand_in(engine, found, path) if path else run_once(engine, found, values.CONNECTIVITY_CHECK)
    click.echo(f"{found.id}: {outcome.rows} baris disimpan, {outcome.refused} ditolak.")
    if outcome.error:
        raise Mistake(outcome.error)


@cli.command("measure")
@click.option("--as-of", "at", type=PastMoment(), help="Waktu ISO; tanpa zona berarti WIB.")
def measure_command(at: datetime | None) -> None:
    """Hitung semua indikator sekarang, atau pada suatu waktu, dan simpan yang berubah."""
    values, sources = configured()
    moment = at or clock.now()
    simulated = [topic for s in sources if s.simulated for topic in s.topics]
    with store(values) as engine, writing(engine) as connection:
        new = measure_now(connection, CATALOGUE.values(), moment, simulated)
        measurements.append(connection, new)
        changes.announce(connection, ["measurements"], moment)
    click.echo(f"{len(new)} dari {len(CATALOGUE)} indikator berubah.")


@cli.command()
@click.argument("indicator", metavar="INDIKATOR")
@click.option("--as-of", "at", type=PastMoment(), help="Waktu ISO; tanpa zona berarti WIB.")
@click.option("--json", "as_text", is_flag=True, help="Cetak sebagai JSON.")
def show(indicator: str, at: datetime | None, as_text: bool) -> None:
    """Tampilkan satu indikator."""
    if indicator not in CATALOGUE:
        raise unknown("Indikator", indicator, CATALOGUE)
    values, sources = configured()
    with store(values) as engine, reading(engine) as connection:
        found = readings(connection, sources, at or clock.now(), [indicator])[indicator]
    if as_text:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        return
    mark = " SIMULASI" if found.simulated else ""
    value = say.with_unit(found.value, found.indicator.unit, found.indicator.decimals)
    click.echo(f"{found.indicator.title}: {value} ({found.band or found.missing}), {found.freshness.state}{mark}")


@cli.command()
@click.argument("name", metavar="[SUMBER]", required=False)
def quarantine(name: str | None) -> None:
    """Tampilkan masukan yang ditolak, yang terbaru dahulu."""
    values, sources = configured()
    with store(values) as engine, reading(engine) as connection:
        found = ingestion_log.quarantined(connection, name)
    if name and not found and name not in (ids := [s.id for s in sources]):
        raise unknown("Sumber", name, ids)
    for q in found:
        click.echo(f"{say.short_moment(q.last_seen_at)} {q.source} {q.place} ({q.times}×)\n  {q.reason}\n  {q.raw}")
    if not found:
        click.echo("Karantina kosong: tidak ada masukan yang ditolak.")


cli.add_command(brief)
cli.add_command(user)
cli.add_command(report)
cli.add_command(watch)
cli.add_command(push)
cli.add_command(spbe)
cli.add_command(check)
cli.add_command(source)


if __name__ == "__main__":
    cli()
