"""Two editions side by side: what became another figure, another verdict, a point, or disappeared."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.briefings.edition import Edition
from dashboard.briefings.figure import Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator that the editions do not say the same of; None where an edition does not have it."""

    title: str
    older: Figure | None
    newer: Figure | None


def differences(older: Edition, newer: Edition) -> list[Difference]:
    """In the order of the newer edition, then what only the older one has."""
    before = {figure.of.id: figure for figure in older.figures}
    after = {figure.of.id: figure for figure in newer.figures}
    found = [
        Difference(figure.of.title, before.get(name), figure)
        for name, figure in after.items()
        if not _same(before.get(name), figure)
    ]
    return found + [Difference(f.of.title, f, None) for name, f in before.items() if name not in after]


def _same(older: Figure | None, newer: Figure) -> bool:
    if older is None:
        return False
    return (older.value, older.verdict, older.band, older.missing) == (
        newer.value, newer.verdict, newer.band, newer.missing)  # fmt: skip
