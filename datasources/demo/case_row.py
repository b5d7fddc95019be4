"""A row of the case table as an Indonesian 112 application writes it: dates in words, people invented."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zlib import crc32

from datasources.demo.faults import category_written, class_written, kecamatan_written
from datasources.demo.life_cycle import Life
from datasources.demo.tickets import Ticket
from datasources.demo.world import HOUR, WIB_HOURS, as_utc
from datasources.region import kecamatan, villages

COLUMNS = (
    "id", "lat_long", "alamat", "desa", "kec", "kejadian", "tanggal_terima", "tanggal_diteruskan", "tanggal_tiba",
    "tanggal_selesai", "approve", "ket", "laporan", "tim", "jumlah_tim", "nama_pelapor", "noTelp_pelapor", "bulan",
    "tahun", "kelas", "id_panggilan", "status", "tanggal_tiket", "tanggal_diterima", "tanggal_berangkat",
    "tanggal_terkendali", "tanggal_dibuka_lagi",
)  # fmt: skip
NUMBERS = frozenset(("id", "approve"))
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def row_of(ticket: Ticket, now: int) -> tuple[object, ...]:
    """The row, without its id, as it stands at the Unix second `now`; the person in it is invented and says so."""
    life, received = ticket.life, to_the_second(ticket.call.answered_at)
    closed = _closed(life, now)
    _, month, year, _ = received.split()
    return (
        *_place(ticket),
        category_written(ticket),
        received,
        _stage(life.dispatched, now),
        _stage(life.arrived, now),
        closed,
        1,
        *_invented(ticket, closed),
        month,
        year,
        class_written(ticket),
        ticket.call.call_id,
        _status(life, now, closed),
        to_the_second(life.created),
        _stage(life.acknowledged, now),
        _stage(life.enroute, now),
        _stage(life.controlled, now),
        _stage(life.reopened, now),
    )


def _place(ticket: Ticket) -> tuple[str, str, str, str]:
    if ticket.place is None:
        return "", "", "", ""
    village = villages().get(ticket.village, "")
    position = "" if ticket.lat is None else f"LatLng({ticket.lat}, {ticket.lon})"
    written = kecamatan_written(ticket, str(int(ticket.place.code[-2:])))
    return position, f"Jalan Simulasi RT {ticket.call.enter % 9 + 1}, {village}", village, written


def _invented(ticket: Ticket, closed: str) -> tuple[str, ...]:
    """Free text, report, team, how many teams, name and number."""
    name, number = f"PELAPOR SIMULASI {crc32(ticket.call.call_id.encode()) % 1000}", ticket.call.caller or "-"
    if ticket.life.dispatched is None:
        return f"Keterangan simulasi dari {name}", "", "", "", name, number
    done = "Laporan simulasi: selesai ditangani" if closed else ""
    return f"Keterangan simulasi dari {name}", done, "TIM SIMULASI", "1", name, number


def _closed(life: Life, now: int) -> str:
    """A ticket that is opened again loses its time of closing until it is closed for good."""
    if life.reopened is not None and life.reopened <= now:
        return _stage(life.closed_again, now)
    return _stage(life.cancelled or life.closed, now)


def _status(life: Life, now: int, closed: str) -> str:
    if life.cancelled is not None and life.cancelled <= now:
        return "BATAL"
    if closed:
        return "SELESAI"
    for moment, word in ((life.enroute, "PENANGANAN"), (life.acknowledged, "DITERIMA OPD")):
        if moment is not None and moment <= now:
            return word
    return "MASUK"


def in_words(moment: int) -> str:
    """'11 September 2021 12:45' in WIB, as applications write it that know no seconds and no zone."""
    return _minute_in_words(moment // 60)


def to_the_second(moment: int) -> str:
    """'11 September 2021 12:45:30' in WIB, as this application writes it."""
    return f"{_minute_in_words(moment // 60)}:{moment % 60:02d}"


@lru_cache(maxsize=1024)
def _minute_in_words(minute: int) -> str:
    t = as_utc(minute * 60 + WIB_HOURS * HOUR)
    return f"{t.day} {MONTHS[t.month - 1]} {t.year} {t.hour:02d}:{t.minute:02d}"


def moment_of(words: str) -> int:
    """The Unix second of such words, with or without seconds."""
    day, month, year, clock = words.split()
    hour, minute, *second = map(int, clock.split(":"))
    midnight = datetime(int(year), MONTHS.index(month) + 1, int(day), tzinfo=UTC)
    return int(midnight.timestamp()) + (hour - WIB_HOURS) * HOUR + minute * 60 + sum(second)


def kecamatan_ids() -> dict[str, str]:
    """The application's own numbers of the kecamatan, as text."""
    return {str(int(k.code[-2:])): k.name for k in kecamatan()}


def _stage(moment: int | None, now: int) -> str:
    return to_the_second(moment) if moment is not None and moment <= now else ""
