"""What a word of a source means: the words nobody has mapped, and the lines that people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed
from dashboard.store import meanings
from dashboard.store.people import Person
from dashboard.store.source_words import words_between
from dashboard.vocabulary112 import Kind, entries, folded

KINDS: Mapping[Kind, str] = {"category": "Kategori kejadian", "class": "Kelas panggilan", "agency": "OPD"}
LOOKED_BACK = timedelta(days=365)
LONGEST_WORD = 128
NO_WORD = "Kata kosong tidak dapat dipetakan; isi kata yang ditulis sumber, misalnya banjir bandang."


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Words without a meaning and how often each occurs, the most frequent first; `blank` carry no word at all."""

    words: tuple[tuple[str, int], ...]
    blank: int


def kind_of(text: str | None) -> Kind:
    """'category', 'class' or 'agency'. Raises EntryRefused."""
    for kind in KINDS:
        if text == kind:
            return kind
    raise EntryRefused(f"Jenis kata {quoted(text or '')} tidak ada; yang benar category, class, atau agency.")


def titles(kind: Kind) -> dict[str, str]:
    """Code → title of what a word may mean, in the order they are shown."""
    return {code: entry.title for code, entry in entries(kind).items()}


def unmapped(connection: Connection, kind: Kind, at: datetime) -> Unmapped:
    """The words of the last year that have no meaning, as the sources fold together."""
    known = meanings.codes(connection, kind)
    found = words_between(connection, kind, at - LOOKED_BACK, at)
    open_words = [(word, n) for word, n in found.items() if word and known.get(word) not in titles(kind)]
    return Unmapped(tuple(sorted(open_words, key=lambda pair: (-pair[1], pair[0]))), found[""])


def map_word(connection: Connection, kind: Kind, word: str | None, code: str | None, by: Person, at: datetime) -> None:
    """Give a word a meaning. Raises EntryRefused."""
    clean = _word(word)
    if code not in titles(kind):
        raise EntryRefused(f"Arti {quoted(code or '')} untuk kata {quoted(clean)} tidak ada; pilih salah satu daftar.")
    meanings.set_meaning(connection, kind, clean, code, by.title, at)
    signed(connection, by, at, "arti kata", f"{kind}: {clean} = {code}")


def take_back(connection: Connection, kind: Kind, word: str | None, by: Person, at: datetime) -> None:
    """Take an entered line away: the word means again what ships, or nothing. Raises EntryRefused."""
    clean = _word(word)
    if not meanings.take_back(connection, kind, clean):
        raise EntryRefused(
            f"Kata {quoted(clean)} tidak ada dalam daftar isian; muat ulang halaman untuk daftar terbaru."
        )
    signed(connection, by, at, "arti kata ditarik", f"{kind}: {clean}")


def _word(word: str | None) -> str:
    clean = folded(one_line(word))
    if not clean:
        raise EntryRefused(NO_WORD)
    if len(clean) > LONGEST_WORD:
        raise EntryRefused(f"Kata {quoted(clean)} terlalu panjang ({len(clean)} huruf); paling banyak {LONGEST_WORD}.")
    return clean
