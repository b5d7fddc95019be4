"""The case table of an Indonesian 112 application, filled as incidents happen and edited as help goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from datasources.demo.faults import kecamatan_written
from datasources.demo.incidents import LONGEST_HOURS, SimulatedIncident, incidents_of_hour
from datasources.demo.world import HOUR, WIB_HOURS, as_utc, hour_of
from datasources.region import kecamatan, villages

COLUMNS = (
    "id", "lat_long", "alamat", "desa", "kec", "kejadian", "tanggal_terima", "tanggal_diteruskan", "tanggal_tiba",
    "tanggal_selesai", "approve", "ket", "laporan", "tim", "jumlah_tim", "nama_pelapor", "noTelp_pelapor", "bulan",
    "tahun",
)  # fmt: skip
NUMBERS = frozenset(("id", "approve"))
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
EDITED_HOURS = 72
"""After a pause the rows of these last hours are written again."""
ROWS_RECALLED = 1000


class CaseTable:
    """The table `lokasi` in an SQLite file. Not for use in several threads."""

    def __init__(self, file: Path, seed: str) -> None:
        self._seed = seed
        self._connection = sqlite3.connect(file, timeout=10, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        columns = ", ".join(f"{name} {'INTEGER' if name in NUMBERS else 'VARCHAR'}" for name in COLUMNS)
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS lokasi ({columns}, PRIMARY KEY (id))")
        self._written: int | None = None
        self._oldest = 0
        self._ids: dict[tuple[object, object], int] = {}
        self._next_id = 1
        self._recall()

    @property
    def is_new(self) -> bool:
        """Whether no row stands in it."""
        return self._written is None

    def _recall(self) -> None:
        """Which rows stand in the table, so that they are edited and not told twice."""
        rows = self._connection.execute(
            "SELECT id, lat_long, tanggal_terima FROM lokasi ORDER BY id DESC LIMIT ?", (ROWS_RECALLED,)
        ).fetchall()
        self._ids = {(position, received): number for number, position, received in rows}
        if rows:
            self._next_id = rows[0][0] + 1
            moments = [moment_of(received) for _, _, received in rows]
            self._written, self._oldest = max(moments) - EDITED_HOURS * HOUR, min(moments)

    def begin(self, moment: int) -> None:
        """Start with the incidents after this Unix second."""
        self._written = self._oldest = moment

    def write_until(self, now: int) -> int:
        """Insert and update the rows whose stages lie up to the Unix second `now`; returns how many rows."""
        if self._written is None:
            raise ValueError("begin() comes first")
        if now <= self._written:
            return 0
        found = [i for i in _changed(self._seed, self._written, now) if i.received >= self._oldest]
        changed = sorted(found, key=lambda i: (i.received, i.number))
        if changed:
            self._keep([self._numbered(row_of(incident, now)) for incident in changed])
        self._written = now
        return len(changed)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _numbered(self, cells: tuple[object, ...]) -> tuple[object, ...]:
        key = (cells[COLUMNS.index("lat_long") - 1], cells[COLUMNS.index("tanggal_terima") - 1])
        if key not in self._ids:
            self._ids[key] = self._next_id
            self._next_id += 1
        return (self._ids[key], *cells)

    def _keep(self, rows: list[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * len(COLUMNS))
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(f"REPLACE INTO lokasi VALUES ({marks})", rows)  # noqa: S608 - only marks


def _changed(seed: str, after: int, until: int) -> Iterator[SimulatedIncident]:
    for hour in range(hour_of(after) - LONGEST_HOURS, hour_of(until) + 1):
        for incident in incidents_of_hour(seed, hour):
            if incident.received <= until and any(after < stage <= until for stage in incident.stages()):
                yield incident


def row_of(incident: SimulatedIncident, now: int) -> tuple[object, ...]:
    """The row, without its id, as it stands at the Unix second `now`; the person in it is invented and says so."""
    number = str(int(incident.kecamatan.code[-2:]))
    received = in_words(incident.received)
    closed = _stage(incident.closed, now)
    return (
        f"LatLng({incident.lat}, {incident.lon})",
        f"Jalan Simulasi RT {incident.number % 9 + 1}, {villages()[incident.village]}",
        villages()[incident.village],
        kecamatan_written(incident, number),
        incident.category,
        received,
        _stage(incident.dispatched, now),
        _stage(incident.arrived, now),
        closed,
        1,
        f"Keterangan simulasi dari PELAPOR SIMULASI {incident.number % 1000}",
        "Laporan simulasi: selesai ditangani" if closed else "",
        "TIM SIMULASI",
        "1",
        f"PELAPOR SIMULASI {incident.number % 1000}",
        incident.caller or "-",
        received.split()[1],
        received.split()[2],
    )


def in_words(moment: int) -> str:
    """'11 September 2021 12:45' in WIB: the application writes no seconds and no zone."""
    t = as_utc(moment + WIB_HOURS * HOUR)
    return f"{t.day} {MONTHS[t.month - 1]} {t.year} {t:%H:%M}"


def moment_of(words: str) -> int:
    """The Unix second of such words."""
    day, month, year, clock = words.split()
    hour, minute = clock.split(":")
    moment = datetime(int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    return int(moment.timestamp()) - WIB_HOURS * HOUR


def kecamatan_ids() -> dict[str, str]:
    """The application's own numbers of the kecamatan, as text."""
    return {str(int(k.code[-2:])): k.name for k in kecamatan()}


def _stage(moment: int | None, now: int) -> str:
    return in_words(moment) if moment is not None and moment <= now else ""
