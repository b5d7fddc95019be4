"""Questions asked of the store as it was known at a moment, and the sentence of what could not be put back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.clock import wib
from dashboard.exploring.calls112.sentences import day_words, whole
from dashboard.exploring.covering import CALLS, Covering
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Question
from dashboard.store import row_versions, source_history
from dashboard.store.database import EPOCH, supposing
from dashboard.store.noted_tables import AIR, HAZARDS, tables_of
from dashboard.store.rows_then import TABLES
from dashboard.store.service_checks import KEPT_FOR

_NO_CODES = "kode penelepon dihapus setelah 72 jam"
_NO_FINDINGS = "temuan dan baris yang ditolak memuat kutipan berkas; yang lama tidak disimpan di samping yang baru"
NOT_PUT_BACK = {
    "calls112.repeat_callers": _NO_CODES,
    "desk112.not_called_back": _NO_CODES,
    "sources.findings": _NO_FINDINGS,
    "sources.finding_examples": _NO_FINDINGS,
    "sources.quarantine": _NO_FINDINGS,
    "alerts.messages": "keadaan tiap pesan diganti di tempat dan bersama alamat penerima tidak disalin ke catatan",
}
"""Questions that rest on what is not kept as of when it was known, and why."""
TODAYS = "Penilaian sumber, rumus dan aturan program di balik jawaban ini ialah yang berlaku sekarang."
TODAYS_WORDS = "Arti kata, penduduk, hari libur dan penilaian sumber di balik jawaban ini ialah yang berlaku sekarang."
"""The same for moments before changes of the first three were noted."""
RUNNING = (
    "Udara dihitung sampai jam genap terakhir sebelum saat itu; penilaiannya dapat sampai sepuluh menit lebih baru."
)
FOLDED = "Pemeriksaan satu per satu sudah dihapus setelah 30 hari: hari dari saat itu dihitung sampai akhirnya."
ROWS = {"calls": "panggilan", "call_classes": "catatan jenis panggilan", "outbound_calls": "panggilan keluar",
        "agent_spells": "masa jaga", "incidents": "kejadian"}  # fmt: skip

OFFICES = ("services", "service_checks", "datasets", "spbe_levels", "alerts", "directives", "duties", "sources")
RESTS_ON = {"opd": OFFICES, "level": ("levels",), "air": (AIR,), "station": (AIR,), "hazards": (HAZARDS,)}
"""By the first part of their names: questions that rest on more than the topics they are asked again for."""


def can_be_put_back(question: Question) -> bool:
    """Whether a question can be answered as was known at a moment."""
    return question.id not in NOT_PUT_BACK


@dataclass(frozen=True, slots=True)
class StoreThen:
    """A store that is asked as of `at`; what a question rests on is covered when it is asked."""

    covering: Covering
    rows_noted_from: datetime | None
    versions_from: Mapping[str, datetime]

    @property
    def connection(self) -> Connection:
        """The connection that sees the store of then, as far as it was asked for."""
        return self.covering.connection

    @property
    def changed(self) -> dict[str, int]:
        """Topic of 112 → rows that were known then and were changed since."""
        self.covering.rest_on(CALLS)
        return self.covering.changed

    def ask(self, question: Question, filters: Filters) -> Answer:
        """The answer as it was then; its first sentence says what of it is of today, if anything is."""
        topics = {*question.topics, *RESTS_ON.get(question.id.partition(".")[0], ())}
        self.covering.rest_on(topics)
        answer = question.ask(self.covering.connection, filters, self.covering.at)
        return replace(answer, notes=(*self._changed(topics), *answer.notes, *self._limits(topics), self._todays()))

    def _limits(self, topics: set[str]) -> Iterator[str]:
        if AIR in topics:
            yield RUNNING
        if "service_checks" in topics and clock.now() - self.covering.at > KEPT_FOR:
            yield FOLDED

    def _todays(self) -> str:
        since = self._all_noted_from(tables_of(["edits"]))
        return TODAYS_WORDS if since is None or self.covering.at < since else TODAYS

    def _changed(self, topics: set[str]) -> list[str]:
        told = [f"{whole(n)} baris {ROWS[topic]}" for topic, n in self.covering.changed.items() if topic in topics]
        said = []
        if told:
            said.append(
                f"{' dan '.join(told)} yang sudah diketahui saat itu diubah setelahnya; nilainya yang sekarang, tanpa "
                "yang terjadi sesudah saat itu."
            )
        if "recaps" in topics and self.covering.recaps_since:
            said.append(f"{whole(self.covering.recaps_since)} angka rekap ditulis setelahnya dan tidak dihitung.")
        since = self._noted_from(topics)
        if since is None or self.covering.at < since:
            said.append(f"Perubahan baris{_before(since)} tidak dicatat; yang diubah bernilai sekarang.")
        return [" ".join(said)] if said else []

    def _noted_from(self, topics: set[str]) -> datetime | None:
        """Since when every change below these topics is known; None: it never was."""
        rows = {self.rows_noted_from} if TABLES.keys() & topics else set()
        return self._all_noted_from(tables_of(topics), rows)

    def _all_noted_from(self, tables: set[str], rows: Collection[datetime | None] = ()) -> datetime | None:
        found = [*rows, *(self.versions_from.get(name) for name in tables)]
        return None if None in found else max((at for at in found if at is not None), default=EPOCH)


def _before(since: datetime | None) -> str:
    return "" if since is None else f" sebelum {day_words(wib(since).date())}"


@contextmanager
def store_then(engine: Engine, at: datetime) -> Iterator[StoreThen]:
    """The store as of a moment, for as long as it is asked. Nothing is written and nobody waits for it."""
    with supposing(engine) as connection:
        noted_from = source_history.began(connection)
        yield StoreThen(Covering(connection, at), noted_from, row_versions.began(connection))
