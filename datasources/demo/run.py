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

from datasources.demo import http_bmkg
from datasources.demo.case_table import CaseTable
from datasources.demo.mqtt_publisher import SensorPublisher
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.spbe_workbook import write_workbook
from datasources.demo.world import HOUR, SEED

TICK_S = 1.0
PORT_RETRY_TICKS = 30
DAYS = 60
QUEUE_LOG, CASES, WORKBOOK = "queue_log", "kasus.db", "spbe.xlsx"
Clock = Callable[[], float]


def main(directory: Path, days: int = DAYS) -> None:
    """Run until SIGTERM or SIGINT; `days` of history are written first when there is none."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    run(directory, stop, days=days)


def run(directory: Path, stop: Event, speed: float = 1, days: int = DAYS) -> None:
    """Write, answer and publish until `stop`; the world's clock runs `speed` times as fast as ours from now on."""
    clock = _clock(speed)
    directory.mkdir(parents=True, exist_ok=True)
    _write_workbook_once(directory / WORKBOOK)
    queue = QueueLogWriter(directory / QUEUE_LOG, SEED)
    with closing(CaseTable(directory / CASES, SEED)) as cases, closing(SensorPublisher(SEED)) as sensors:
        start = int(clock()) - days * 24 * HOUR
        for writer in (queue, cases):
            if writer.is_new:
                writer.begin(start)
            writer.write_until(int(clock()))
        print(summary(directory, days), flush=True)
        with _public_servers(clock, stop):
            _tick_until(stop, clock, (queue.write_until, cases.write_until, sensors.tick))


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
    fresh_log, fresh_cases = directory / f"{QUEUE_LOG}.baru", directory / f"{CASES}.baru"
    for file in (fresh_log, fresh_cases):
        file.unlink(missing_ok=True)
    queue = QueueLogWriter(fresh_log, SEED, rotate_bytes=None)
    start = now - int(years * 365.25 * 24 * HOUR)
    queue.begin(start)
    lines = queue.write_until(now)
    with closing(CaseTable(fresh_cases, SEED)) as cases:
        cases.begin(start)
        rows = cases.write_until(now)
    for rest in ("-wal", "-shm"):
        (directory / f"{CASES}{rest}").unlink(missing_ok=True)
    os.replace(fresh_cases, directory / CASES)
    os.replace(fresh_log, directory / QUEUE_LOG)
    print(
        f"Riwayat {years} tahun ditulis dalam {time.monotonic() - began:.0f} detik: {lines} baris queue_log dan "
        f"{rows} kejadian di {directory} (SIMULASI)."
    )


def summary(directory: Path, days: int) -> str:
    """What is simulated, and where it is found."""
    address = f"http://127.0.0.1:{http_bmkg.PORT}"
    return (
        f"SIMULASI Kabupaten Mojokerto; riwayat awal {days} hari. Semua angka, nama dan nomor dikarang.\n"
        f"  112      {directory / QUEUE_LOG} (antrean), {directory / CASES} (kejadian)\n"
        f"  BMKG     {address}/publik/prakiraan-cuaca, /DataMKG/TEWS/, /alerts/nowcast/id/rss.xml\n"
        f"  KLH      {address}/apimobile/v1/getStations\n"
        f"  Sensor   MQTT 127.0.0.1:1883, topik mojokerto/sensor/#\n"
        f"  SPBE     {directory / WORKBOOK}"
    )


def _clock(speed: float) -> Clock:
    began = time.time()
    return lambda: began + (time.time() - began) * speed


def _write_workbook_once(path: Path) -> None:
    """An officer who tries the workbook out keeps what he wrote."""
    if not path.exists():
        write_workbook(path, SEED)


@contextmanager
def _public_servers(clock: Clock, stop: Event) -> Iterator[None]:
    """Answer in a thread of its own; while the port is taken, try again quietly."""
    running: list[ThreadingHTTPServer] = []

    def serve() -> None:
        said = False
        while not stop.is_set():
            try:
                server = http_bmkg.server(SEED, clock)
            except OSError:
                if not said:
                    print(f"Simulasi: port {http_bmkg.PORT} dipakai program lain; dicoba terus.", flush=True)
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
