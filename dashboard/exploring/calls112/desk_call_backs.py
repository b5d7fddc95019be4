"""Callers who gave up and wait to be called back: times and waits, never numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.call_backs import GaveUp, not_called_back
from dashboard.store.calls112 import newest_call_at
from dashboard.store.queue_now import attempts_between, ever_rung_out, rung_back

WITHIN = timedelta(hours=24)
NO_OUTBOUND = "Panggilan keluar tidak tercatat: siapa yang sudah ditelepon balik tidak dapat diketahui dari sumber ini."
COLUMNS = (
    Column("last", "Terakhir menelepon", "moment"),
    Column("first", "Pertama menelepon", "moment"),
    Column("attempts", "Percobaan"),
    Column("wait", "Tunggu terlama", unit="detik"),
    Column("remark", "Keterangan", "text", role="note"),
)


def waiting_for_us(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Those of the last 24 hours who gave up after 5 s or timed out, were not answered later and not called back."""
    newest = newest_call_at(connection, at)
    if newest is None:
        return nothing("belum ada panggilan tercatat")
    attempts = attempts_between(connection, at - WITHIN, at)
    found = not_called_back(attempts, rung_back(connection, at - WITHIN, at))
    withheld = sum(not each.known for each in found)
    rows = [
        {"last": each.last, "first": each.first, "attempts": each.attempts, "wait": each.longest_wait_s,
         "remark": _remark(each)} for each in sorted(found, key=lambda each: each.last, reverse=True)
    ]  # fmt: skip
    notes = [f"{whole(len(found) - withheld)} penelepon dapat ditelepon balik; nomornya ada di sistem telepon."]
    if withheld:
        notes.append(f"{whole(withheld)} panggilan tanpa nomor: tidak dapat dicek dan tidak dapat ditelepon balik.")
    notes += [] if ever_rung_out(connection) else [NO_OUTBOUND]
    notes.append("Menelepon lagi dalam 60 detik dihitung penelepon yang sama; putus sampai 5 detik tidak dihitung.")
    return Answer(COLUMNS, rows, n=len(found), data_time=newest, notes=notes)


def _remark(each: GaveUp) -> str:
    if not each.known:
        return "tanpa nomor"
    return "sudah ditelepon, tidak diangkat" if each.rung else "belum ditelepon balik"


QUESTIONS = (
    Question(
        id="desk112.not_called_back", title="Belum ditelepon balik", family="112", topics=("calls", "outbound_calls"),
        form="table", clock="24 jam terakhir; putus > 5 detik atau habis waktu, belum terjawab, belum ditelepon balik",
        ask=waiting_for_us, by_kecamatan=False, audience="desk",
    ),
)  # fmt: skip
