"""Runs the simulated regency: writes its files, answers as BMKG and KLH do, and publishes its sensors."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from datasources.demo import air_workbook, http_bmkg, masterplan_workbook, service_sites, storms
from datasources.demo.case_table import CaseTable
from datasources.demo.complaint_files import ComplaintFiles
from datasources.demo.masterplan_rows import Example
from datasources.demo.mqtt_publisher import SensorPublisher
from datasources.demo.permits_workbook import PermitsWorkbook
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.recap_112 import write_recap
from datasources.demo.resource_workbooks import ENERGY, GREEN, IKLH, WASTE, WATER, write_workbooks
from datasources.demo.rivers import write_sheet
from datasources.demo.service_history import write_history
from datasources.demo.spbe_workbook import write_workbook
from datasources.demo.world import HOUR, SEED, date_of, day_of, hour_of, year_of

TICK_S = 1.0
PORT_RETRY_TICKS = 30
DAYS = 60
DAY = 24 * HOUR
QUEUE_LOG, CASES, RECAP, WORKBOOK, AIR = "queue_log", "kasus.db", "rekap_112.xlsx", "spbe.xlsx", "udara.xlsx"
RIVERS, PLAN = "riwayat_sungai.csv", "masterplan.xlsx"
CHECKS, COMPLAINTS, PERMITS, TLS = "riwayat_layanan.csv", "pengaduan", "layanan.xlsx", "tls"
STORM_VARIABLE = "DEMO_STORM"
"""Set to 1, a storm breaks out when the demonstration starts."""
ORDERED_STORMS = "badai"
"""The Unix seconds of such storms, one per line, so that they have happened after a restart too."""
Clock = Callable[[], float]


def main(directory: Path, port: int, days: int = DAYS) -> None:
    """Run until SIGTERM or SIGINT; `days` of history are written first when there is none."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    run(directory, stop, port, days=days)


def run(directory: Path, stop: Event, port: int, speed: float = 1, days: int = DAYS) -> None:
    """Write, answer on `port` and publish until `stop`; from now on the world's clock runs `speed` times ours."""
    clock = _clock(speed)
    directory.mkdir(parents=True, exist_ok=True)
    _order_storms(directory / ORDERED_STORMS, int(clock()))
    _write_once(directory / WORKBOOK, lambda path: write_workbook(path, SEED))
    _write_once(directory / RIVERS, lambda path: write_sheet(path, SEED, int(clock()) - days * DAY, int(clock())))
    today = date_of(day_of(hour_of(clock()))).date()
    write_workbooks(directory, SEED, today)
    _write_once(directory / PLAN, lambda path: masterplan_workbook.write_workbook(path, Example(SEED, today)))
    _write_once(directory / AIR, lambda path: air_workbook.write_workbook(path, SEED, clock()))
    queue = QueueLogWriter(directory / QUEUE_LOG, SEED)
    files = (ComplaintFiles(directory / COMPLAINTS, SEED), PermitsWorkbook(directory / PERMITS, SEED))
    topic = f"mojokerto/simulasi/{port}"
    with (
        _public_servers(clock, stop, port),
        service_sites.serving(SEED, clock, port, directory / TLS, stop),
        closing(CaseTable(directory / CASES, SEED)) as cases,
        closing(SensorPublisher(SEED, topic)) as sensors,
    ):
        start = int(clock()) - days * DAY
        _write_once(directory / CHECKS, lambda path: write_history(path, SEED, int(clock()), days + 30))
        for writer in (queue, cases):
            if writer.is_new:
                writer.begin(start)
            writer.write_until(int(clock()))
        for daily in files:
            daily.write_until(int(clock()))
        began = year_of(queue.first_moment or start)
        _write_once(directory / RECAP, lambda path: write_recap(path, SEED, began - 1))
        print(summary(directory, days, port, topic), flush=True)
        daily_steps = tuple(daily.write_until for daily in files)
        _tick_until(stop, clock, (queue.write_until, cases.write_until, sensors.tick, *daily_steps))


def _tick_until(stop: Event, clock: Clock, steps: Sequence[Callable[[int], int]]) -> None:
    """Once a second; what cannot be written now (disk, lock) is said once and written later."""
    said: set[str] = set()
    while not stop.wait(TICK_S):
        now = int(clock())
        for step in steps:
            try:
                step(now)
            except (OSError, sqlite3.Error) as obstacle:
                if str(obstacle) not in said:
                    said.add(str(obstacle))
                    print(f"Simulasi: belum dapat menulis ({obstacle}); dicoba lagi.", flush=True)


def history(directory: Path, years: int) -> None:
    """Write `years` years of calls and incidents up to now at once, in place of what stands in `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    now, began = int(time.time()), time.monotonic()
    _order_storms(directory / ORDERED_STORMS, now)
    fresh_log, fresh_cases = directory / f"{QUEUE_LOG}.baru", directory / f"{CASES}.baru"
    for file in (fresh_log, fresh_cases):
        file.unlink(missing_ok=True)
    queue = QueueLogWriter(fresh_log, SEED, rotate_bytes=None)
    start = now - int(years * 365.25 * DAY)
    lines = rows = 0
    with closing(CaseTable(fresh_cases, SEED)) as cases:
        queue.begin(start)
        cases.begin(start)
        # Week by week, so that both tell of calls that are still remembered.
        for until in (*range(start, now, 7 * DAY), now):
            lines += queue.write_until(until)
            rows += cases.write_until(until)
    write_recap(directory / RECAP, SEED, year_of(start) - 1)
    for rest in ("-wal", "-shm"):
        (directory / f"{CASES}{rest}").unlink(missing_ok=True)
    os.replace(fresh_cases, directory / CASES)
    os.replace(fresh_log, directory / QUEUE_LOG)
    print(
        f"Riwayat {years} tahun ditulis dalam {time.monotonic() - began:.0f} detik: {lines} baris queue_log dan "
        f"{rows} tiket di {directory} (SIMULASI)."
    )


def summary(directory: Path, days: int, port: int, topic: str) -> str:
    """What is simulated, and where it is found."""
    address = f"http://127.0.0.1:{port}"
    return (
        f"SIMULASI Kabupaten Mojokerto; riwayat awal {days} hari. Semua angka, nama dan nomor dikarang.\n"
        f"  112      {directory / QUEUE_LOG} (antrean), {directory / CASES} (tiket), {directory / RECAP} (rekap)\n"
        f"  BMKG     {address}/publik/prakiraan-cuaca, /DataMKG/TEWS/, /alerts/nowcast/id/rss.xml\n"
        f"  KLH      {address}/apimobile/v1/getStations\n"
        f"  Udara    {directory / AIR}, {address}/public/api/v1/world/locations/measures/current\n"
        f"  Sungai   {address}/telemetri/sungai, {directory / RIVERS} (riwayat)\n"
        f"  Sensor   MQTT 127.0.0.1:1883, topik {topic}/#\n"
        f"  SPBE     {directory / WORKBOOK}\n"
        f"  OPD      {directory / WATER}, {WASTE}, {GREEN}, {ENERGY}, {IKLH} (air, sampah, RTH, energi, IKLH)\n"
        f"  Layanan  127.0.0.2 sampai 127.0.0.9 port {port}; {directory / COMPLAINTS}, {directory / PERMITS}"
    )


def _clock(speed: float) -> Clock:
    began = time.time()
    return lambda: began + (time.time() - began) * speed


def _write_once(path: Path, write: Callable[[Path], None]) -> None:
    """An officer who tries a workbook out keeps what he wrote."""
    if not path.exists():
        write(path)


def _order_storms(file: Path, now: int) -> None:
    """The storms ordered earlier, and one from now on when the environment asks for it and none rages."""
    ordered = [int(line) for line in file.read_text().split()] if file.exists() else []
    for since in ordered:
        storms.order(SEED, since)
    if os.environ.get(STORM_VARIABLE, "0") not in ("", "0") and storms.storm_at(SEED, hour_of(now)) is None:
        storm = storms.order(SEED, now)
        file.write_text("".join(f"{since}\n" for since in (*ordered, now)))
        print(f"Simulasi: badai {storm.hours} jam dimulai; panggilan 112 menjadi {storm.factor:.0f} kali.", flush=True)


@contextmanager
def _public_servers(clock: Clock, stop: Event, port: int) -> Iterator[None]:
    """Answer in a thread of its own; while the port is taken, try again quietly."""
    running: list[ThreadingHTTPServer] = []

    def serve() -> None:
        said = False
        while not stop.is_set():
            try:
                server = http_bmkg.server(SEED, clock, port)
            except OSError:
                if not said:
                    print(f"Simulasi: port {port} dipakai program lain; dicoba terus.", flush=True)
                said = True
                stop.wait(PORT_RETRY_TICKS * TICK_S)
                continue
            running.append(server)
            server.serve_forever(poll_interval=0.2)
            return

    thread = Thread(target=serve, name="demo-http", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        for server in running:
            server.shutdown()
            server.server_close()
        thread.join(timeout=2)
