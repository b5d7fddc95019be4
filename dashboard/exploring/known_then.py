"""Questions asked of the store as it was known at a moment, and the sentence of what could not be put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from dashboard.clock import wib
from dashboard.exploring.calls112.sentences import day_words, whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Question
from dashboard.store import source_history
from dashboard.store.counts_then import cover_counts
from dashboard.store.database import supposing
from dashboard.store.rows_then import TABLES, changed, cover_rows, recaps_since

NOT_PUT_BACK = {
    "calls112.repeat_callers": "kode penelepon dihapus setelah 72 jam",
    "desk112.not_called_back": "kode penelepon dihapus setelah 72 jam",
    "incidents112.weather": "masa berlaku peringatan cuaca dihitung ulang di tempat",
    "incidents112.weather_calls": "masa berlaku peringatan cuaca dihitung ulang di tempat",
}
"""Questions about 112 that rest on what is not kept as of when it was known, and why."""
TODAYS = "Arti kata, penduduk, hari libur dan penilaian sumber di balik jawaban ini ialah yang berlaku sekarang."
ROWS = {"calls": "panggilan", "call_classes": "catatan jenis panggilan", "outbound_calls": "panggilan keluar",
        "agent_spells": "masa jaga", "incidents": "kejadian"}  # fmt: skip


def can_be_put_back(question: Question) -> bool:
    """Whether the rows below a question say when they became known."""
    return question.family == "112" and question.id not in NOT_PUT_BACK


@dataclass(frozen=True, slots=True)
class StoreThen:
    """A connection that sees the rows of 112 as of `at`. `changed`: topic → rows known then and changed since."""

    connection: Connection
    at: datetime
    changed: dict[str, int]
    recaps_since: int
    noted_from: datetime | None

    def ask(self, question: Question, filters: Filters) -> Answer:
        """The answer as it was then; its first sentence says what of it is of today, if anything is."""
        answer = question.ask(self.connection, filters, self.at)
        return replace(answer, notes=(*self._changed(question), *answer.notes, TODAYS))

    def _changed(self, question: Question) -> list[str]:
        told = [
            f"{whole(self.changed[topic])} baris {ROWS[topic]}" for topic in question.topics if topic in self.changed
        ]
        said = []
        if told:
            said.append(
                f"{' dan '.join(told)} yang sudah diketahui saat itu diubah setelahnya; nilainya yang sekarang, tanpa "
                "yang terjadi sesudah saat itu."
            )
        if "recaps" in question.topics and self.recaps_since:
            said.append(f"{whole(self.recaps_since)} angka rekap ditulis setelahnya dan tidak dihitung.")
        if self._is_before_notes() and TABLES.keys() & set(question.topics):
            said.append(f"Perubahan baris{self._noted_words()} tidak dicatat; yang diubah bernilai sekarang.")
        return [" ".join(said)] if said else []

    def _is_before_notes(self) -> bool:
        return self.noted_from is None or self.at < self.noted_from

    def _noted_words(self) -> str:
        return "" if self.noted_from is None else f" sebelum {day_words(wib(self.noted_from).date())}"


@contextmanager
def store_then(engine: Engine, at: datetime) -> Iterator[StoreThen]:
    """The store as of a moment, for as long as it is asked. Nothing is written and nobody waits for it."""
    with supposing(engine) as connection:
        noted_from = source_history.began(connection)
        cover_rows(connection, at)
        later = changed(connection, at)
        cover_counts(connection, at)
        yield StoreThen(connection, at, later, recaps_since(connection, at), noted_from)
