"""What agents wrote calls down as, by our classes: from the calls, or from the recaps of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.calls112.recap_tallies import apart
from dashboard.exploring.filters import Filters
from dashboard.store.class_hours import classes_between
from dashboard.store.meanings import codes
from dashboard.store.recaps import recaps_between
from dashboard.vocabulary112 import UNMAPPED, CountsAs, call_kinds, folded

NOT_CLASSIFIED = "tidak dapat dihitung dari sumber ini: kelas panggilan (normal, prank, ghost, …) tidak dicatat"
BLOCKED = (
    "Nomor yang diblokir (mis. 1x24 jam) adalah kebijakan, bukan panggilan terjawab: panggilannya hilang dari "
    "hitungan, maka turunnya prank dapat berarti pemblokiran saja."
)


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Calls by class code; UNMAPPED for words nobody gave a meaning, of which there are `unmapped_words`."""

    by_code: Mapping[str, int]
    unmapped_words: int
    from_recaps: bool = False

    @property
    def classified(self) -> int:
        """Answered calls that an agent wrote down as something; blocked ones were never answered."""
        return sum(self.by_code.values()) - self.counting_as("diblokir")

    @property
    def unmapped(self) -> int:
        """Calls under words without a meaning."""
        return self.by_code.get(UNMAPPED, 0)

    def counting_as(self, part: CountsAs) -> int:
        """Calls of the classes that count as this."""
        return sum(self.by_code.get(code, 0) for code, kind in call_kinds().items() if kind.counts_as == part)


def class_counts(connection: Connection, filters: Filters, at: datetime) -> ClassCounts | None:
    """Of the period until `at`; None when nobody wrote down a class."""
    known = codes(connection, "class")
    words = classes_between(connection, filters.start, min(filters.end, at))
    if words:
        return by_class(words, known)
    recaps = [r for r in recaps_between(connection, "classes", filters.start, filters.end) if not r.is_total]
    chosen = set(apart(list({(r.start, r.end) for r in recaps})))
    for recap in recaps:
        if (recap.start, recap.end) in chosen:
            words[recap.label] += recap.n
    return by_class(words, known, from_recaps=True) if words else None


def by_class(words: Mapping[str, int], known: Mapping[str, str], from_recaps: bool = False) -> ClassCounts:
    """Words of sources → our classes; `known` maps folded words to codes."""
    found: Counter[str] = Counter()
    unmapped = set()
    for word, n in words.items():
        code = known.get(folded(word), UNMAPPED)
        if code not in call_kinds():
            code = UNMAPPED
            unmapped.add(folded(word))
        found[code] += n
    return ClassCounts(found, len(unmapped), from_recaps)
