"""Words that vanish, appear, or take each other's place between two windows."""

from __future__ import annotations

import pytest

from dashboard.formulas.changed_words import Recoding, WordChanges, changed_words

STEADY = {"laka": 40, "ular": 12}

CASES: list[tuple[str, dict[str, int], dict[str, int], WordChanges]] = [
    ("nothing changes", STEADY, STEADY, WordChanges()),
    ("ten before, none now", {**STEADY, "kdrt": 10}, STEADY, WordChanges(vanished=(("kdrt", 10),))),
    ("nine before, none now", {**STEADY, "kdrt": 9}, STEADY, WordChanges()),
    ("ten before, one now", {**STEADY, "kdrt": 10}, {**STEADY, "kdrt": 1}, WordChanges()),
    ("a new one", STEADY, {**STEADY, "banjir": 12}, WordChanges(new=(("banjir", 12),))),
    ("few of a new one", STEADY, {**STEADY, "banjir": 9}, WordChanges()),
    ("most first", {"a": 10, "b": 30, "c": 10}, {}, WordChanges(vanished=(("b", 30), ("a", 10), ("c", 10)))),
    # The shape of a re-coding in Alexandria: one type falls by 50, its neighbour rises from nothing to 44.
    ("re-coded in part", {**STEADY, "sesak 2": 62}, {**STEADY, "sesak 2": 12, "sesak 1": 44},
     WordChanges(recoded=(Recoding("sesak 2", 62, 12, "sesak 1", 0, 44),))),
    ("renamed", {**STEADY, "laka lantas": 30}, {**STEADY, "kecelakaan": 28},
     WordChanges(recoded=(Recoding("laka lantas", 30, 0, "kecelakaan", 0, 28),))),
    ("swallowed by another", {"laka": 40, "laka lantas": 30}, {"laka": 90},
     WordChanges(recoded=(Recoding("laka lantas", 30, 0, "laka", 40, 90),))),
    ("too unlike in size", {**STEADY, "kdrt": 10}, {**STEADY, "banjir": 60},
     WordChanges(vanished=(("kdrt", 10),), new=(("banjir", 60),))),
    ("both were there and are there", {"a": 60, "b": 20}, {"a": 20, "b": 60}, WordChanges()),
    ("the nearest in size belong together", {"a": 30, "b": 50}, {"c": 49, "d": 29},
     WordChanges(recoded=(Recoding("a", 30, 0, "d", 0, 29), Recoding("b", 50, 0, "c", 0, 49)))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "now", "changes"), CASES, ids=[c[0] for c in CASES])
def test_what_changed_from_one_window_to_the_next(
    name: str, before: dict[str, int], now: dict[str, int], changes: WordChanges
) -> None:
    assert changed_words(before, now) == changes
