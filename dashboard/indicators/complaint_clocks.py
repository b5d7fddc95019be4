"""The clocks of complaints: which day each begins, when it is done, and what its limit is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dashboard.formulas.within_clock import Clock
from dashboard.formulas.working_days import WorkingCalendar
from datasources.complaints.records import Complaint, Kind

VERIFIED, ANSWERED, PPID_DAYS, PPID_EXTENDED = 3, 5, 10, 17
CLOSED: Mapping[Kind, int] = {"informasi": 5, "pengaduan": 14, "pengawasan": 60}
"""Working days. Aspirations have no limit that was found."""
ANSWER_CLOCK = "diteruskan ke OPD → jawaban pertama, hari kerja; tanpa tanggal verifikasi: sejak diterima"
KIND_TITLES: Mapping[Kind, str] = {
    "informasi": "Permintaan informasi",
    "pengaduan": "Pengaduan tidak berkadar pengawasan",
    "pengawasan": "Pengaduan berkadar pengawasan",
    "aspirasi": "Aspirasi",
    "belum dipetakan": "Kelas belum dipetakan",
}
NATIONAL = "PermenPANRB 62/2018, dikutip sippn.menpan.go.id (perlu verifikasi)"
FLOW = "Alur LAPOR! seperti dikutip dari lapor.go.id (perlu verifikasi)"
INFORMATION = "UU 14/2008 Pasal 22: 10 hari kerja, dapat diperpanjang 7"

AsClock = Callable[[Complaint], Clock | str]


def verification(c: Complaint) -> Clock | str:
    """Received → verified and forwarded. An answer or a closing says that it was."""
    done = min(filter(None, (c.verified, c.answered, c.closed)), default=None)
    return left_out(c) or Clock(c.received, done, VERIFIED)


def first_answer(c: Complaint) -> Clock | str:
    """Forwarded to the OPD → first answer: the flow gives each step its own days, and an OPD answers for its own only.

    From receipt where no day of forwarding is known, so that what is not written down never makes anybody look quicker.
    A closing counts as an answer.
    """
    done = c.answered or c.closed
    begun = c.verified if c.verified is not None and (done is None or c.verified <= done) else c.received
    return left_out(c) or Clock(begun, done, ANSWERED)


def closing(c: Complaint) -> Clock | str:
    """Received → closed; a reopened one is open until it is closed again."""
    if c.kind not in CLOSED:
        return left_out(c) or f"{KIND_TITLES[c.kind].lower()}: tanpa batas waktu"
    return left_out(c) or Clock(c.received, closed_for_good(c), CLOSED[c.kind])


def information(c: Complaint) -> Clock | str:
    """Received → answered, a request to a PPID; an announced extension counts."""
    return left_out(c) or Clock(c.received, c.answered or c.closed, PPID_EXTENDED if c.extended else PPID_DAYS)


def left_out(c: Complaint) -> str:
    """Why a complaint has no clock; empty when it has."""
    if c.left_out:
        return "diarsipkan atau bukan kewenangan"
    return "selesai tanpa tanggal" if c.undated else ""


def closed_for_good(c: Complaint) -> date | None:
    """The day of the last closing; None while it is open, or open again."""
    if c.closed is None or (c.reopened is not None and c.reopened > c.closed):
        return None
    return c.closed


def age(calendar: WorkingCalendar, complaint: Complaint, today: date) -> int:
    """Working days since it was received."""
    return calendar.elapsed(complaint.received, today)
