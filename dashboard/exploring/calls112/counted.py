"""Which incidents count: every one that is left out is counted by its reason, and the reasons are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import listed, whole
from dashboard.indicators.counted_incidents import why_not_counted
from dashboard.store.import_findings import standing
from dashboard.store.incident_cases import Case
from dashboard.vocabulary112 import folded

NO_INCIDENTS = "tidak ada kejadian tercatat dalam masa ini"
TYPED_BY_HAND = "waktu diketik tangan"
"""The rule of the import finding: from such sources no seconds, no p90, no share within minutes."""
DUPLICATE_CLASS = "duplikat"


@dataclass(frozen=True, slots=True)
class Counted:
    """The incidents that count, oldest first, and those that do not, by reason."""

    cases: tuple[Case, ...] = ()
    excluded: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    called_duplicate: int = 0

    @property
    def newest(self) -> datetime | None:
        """When the newest of them was received."""
        return self.cases[-1].received if self.cases else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out and what is in doubt, as sentences."""
        return counting_notes(self.excluded, self.proposed, self.called_duplicate)


def counting_notes(excluded: Mapping[str, int], proposed: int, called_duplicate: int) -> tuple[str, ...]:
    """What was left out by reason, what is proposed as a duplicate, what only its class calls one."""
    said = [f"Tidak dihitung: {listed(excluded)}."] if excluded else []
    if proposed:
        said.append(f"{whole(proposed)} diusulkan sebagai laporan ganda dan belum diputuskan; tetap dihitung.")
    if called_duplicate:
        said.append(f"{whole(called_duplicate)} berkelas laporan ganda tanpa kejadian induk; tetap dihitung.")
    return tuple(said)


def sifted(cases: Iterable[Case], classes: Mapping[str, str]) -> Counted:
    """Tell those that count from the others; `classes` maps folded words to codes."""
    kept: list[Case] = []
    excluded: Counter[str] = Counter()
    reasons: dict[tuple[object, ...], str | None] = {}
    of_word: Counter[str | None] = Counter()
    for case in cases:
        word, kind = case.class_raw, (case.cancelled, case.link, case.class_raw)
        if kind not in reasons:
            reasons[kind] = why_not_counted(case, classes)
        reason = reasons[kind]
        if reason:
            excluded[reason] += 1
            continue
        kept.append(case)
        of_word[word] += 1
    doubles = sum(n for word, n in of_word.items() if word and classes.get(folded(word)) == DUPLICATE_CLASS)
    return Counted(tuple(kept), excluded, sum(c.link == "diusulkan" for c in kept), doubles)


def typed_sources(connection: Connection) -> frozenset[str]:
    """The sources whose times were typed by hand, as reconciliation found."""
    return frozenset(s.source for s in standing(connection) if s.finding.rule == TYPED_BY_HAND)
