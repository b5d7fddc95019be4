"""Which incidents count and which may be shown one by one: one rule for the live panels and for the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection

from dashboard.incident_classes import reason_not_counted
from dashboard.store.incident_cases import Case
from dashboard.store.meanings import codes
from dashboard.vocabulary112 import UNMAPPED, categories, folded

CANCELLED, ACCEPTED = "dibatalkan", "laporan ganda yang sudah diterima"
LEAST_SHOWN = 3
SENSITIVE = "Medis, sosial, dan yang belum dipetakan"


class Classed(Protocol):
    """What decides whether an incident counts."""

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""

    @property
    def link(self) -> str | None:
        """What was decided about it as a duplicate."""

    @property
    def class_raw(self) -> str | None:
        """The class of the ticket, in the source's word."""


def why_not_counted(case: Classed, classes: Mapping[str, str]) -> str | None:
    """The reason for leaving an incident out; None when it counts. `classes` maps folded words to codes."""
    if case.cancelled:
        return CANCELLED
    return ACCEPTED if case.link == "diterima" else reason_not_counted(case.class_raw, classes)


def that_count(connection: Connection, cases: Iterable[Case]) -> tuple[list[Case], Counter[str]]:
    """Those that are incidents of ours, and how many are not, by reason."""
    classes = codes(connection, "class")
    kept: list[Case] = []
    excluded: Counter[str] = Counter()
    for case in cases:
        reason = why_not_counted(case, classes)
        if reason:
            excluded[reason] += 1
        else:
            kept.append(case)
    return kept, excluded


def category_codes(connection: Connection, cases: Iterable[Case]) -> dict[str, str]:
    """The code of each word those cases carry for their category; UNMAPPED where nobody gave it a meaning."""
    return codes_of_words(connection, {case.category_raw for case in cases})


def codes_of_words(connection: Connection, words: Iterable[str]) -> dict[str, str]:
    """The code of each word for a category; UNMAPPED where nobody gave it a meaning."""
    known = codes(connection, "category")
    mapped = {word: known.get(folded(word), UNMAPPED) for word in words}
    return {word: code if code in categories() else UNMAPPED for word, code in mapped.items()}


def is_sensitive(code: str) -> bool:
    """Whether single cases of a category could be somebody's illness or misfortune; an unmapped word may be."""
    return code == UNMAPPED or categories()[code].sensitive
