"""Counts that others made: whether classes add up to totals, periods to sums, and outcomes to calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from dashboard.formulas.stated_total import stated_total
from dashboard.ingestion.reconciliation.wording import number, period, word
from dashboard.store.import_findings import ImportFinding
from datasources.calls112.records import RecapCount, Subject

RULE = "jumlah tidak cocok"
OVER_LABELS = ("total", "offered")
"""Labels of sums over all labels of a subject; any other total is over the periods of its own label."""
OUTCOMES = {"answered": "terjawab", "abandoned": "terputus", "timeout": "waktu habis"}
NAMED: dict[Subject, str] = {
    "calls": "panggilan", "waits": "lama tunggu", "classes": "kelas panggilan", "categories": "kategori kejadian",
    "kecamatan": "kecamatan", "opd": "OPD",
}  # fmt: skip
LATEST = 24
"""Findings of a workbook that is wrong everywhere would bury all others: its newest periods stand for the rest."""

Span = tuple[datetime, datetime]
Counts = Mapping[Span, Mapping[str, int]]
Disagreement = tuple[Span, ImportFinding]


def totals(recaps: Sequence[RecapCount]) -> Iterator[ImportFinding]:
    """One finding for each sum that does not agree, newest periods first."""
    data: dict[Subject, defaultdict[Span, dict[str, int]]] = {s: defaultdict(dict) for s in NAMED}
    stated: dict[Subject, defaultdict[Span, dict[str, int]]] = {s: defaultdict(dict) for s in NAMED}
    for r in recaps:
        (stated if r.is_total else data)[r.subject][r.start, r.end][r.label] = r.n
    found = [d for s in NAMED for d in _of_subject(s, data[s], stated[s])]
    found += _of_outcomes(data["calls"], stated["calls"])
    found += _of_answered("classes", data, at_most=True)
    found += _of_answered("waits", data, at_most=False)
    found.sort(key=lambda item: (item[0], item[1].about), reverse=True)
    yield from (finding for _, finding in found[:LATEST])


def _of_subject(subject: Subject, data: Counts, stated: Counts) -> Iterator[Disagreement]:
    for span, by_label in stated.items():
        for label, total in by_label.items():
            over_labels = label in OVER_LABELS
            name = f"jumlah {NAMED[subject]}" if over_labels else f"jumlah {NAMED[subject]} {word(label)}"
            beside = _beside(data, span, subject, label) if over_labels else []
            inside = _inside(data, span, None if over_labels and subject != "calls" else label)
            if beside:
                yield from _compared(span, f"{subject}:{label}", name, total, sum(beside), f"per {NAMED[subject]}")
            elif inside:
                yield from _compared(span, f"{subject}:{label}", name, total, sum(inside), "masa di dalamnya")


def _beside(data: Counts, span: Span, subject: Subject, label: str) -> list[int]:
    """The labels of the same period. Of calls none: their outcomes are compared apart."""
    return [] if subject == "calls" else [n for said, n in data.get(span, {}).items() if said != label]


def _inside(data: Counts, span: Span, label: str | None) -> list[int]:
    """The counts of one label or all in the shorter periods of `span`; none where these overlap."""
    within = (s for s in data if span[0] <= s[0] and s[1] <= span[1] and s != span)
    inside = sorted(s for s in within if label is None or label in data[s])
    if any(later[0] < earlier[1] for earlier, later in pairwise(inside)):
        return []  # days and the month they make up would count twice
    return [n for s in inside for said, n in data[s].items() if label in (None, said)]


def _of_outcomes(data: Counts, stated: Counts) -> Iterator[Disagreement]:
    """Offered against answered, abandoned and timed out; only where at least the first two are known."""
    for span in sorted({*data, *stated}):
        counts = {**data.get(span, {}), **stated.get(span, {})}
        if {"offered", "answered", "abandoned"} <= counts.keys():
            parts = [counts[o] for o in OUTCOMES if o in counts]
            how = " + ".join(OUTCOMES[o] for o in OUTCOMES if o in counts)
            yield from _compared(span, "calls:outcomes", "panggilan masuk", counts["offered"], sum(parts), how)


def _of_answered(subject: Subject, data: Mapping[Subject, Counts], *, at_most: bool) -> Iterator[Disagreement]:
    """Classes of answered calls cannot be more than those; their waits must be as many."""
    for span, labels in data[subject].items():
        answered = data["calls"].get(span, {}).get("answered")
        summed = sum(labels.values())
        if answered is not None and not (at_most and summed <= answered):
            yield from _compared(span, f"{subject}:answered", "panggilan terjawab", answered, summed, NAMED[subject])


def _compared(span: Span, what: str, name: str, stated: int, summed: int, how: str) -> Iterator[Disagreement]:
    found = stated_total(stated, [summed])
    if found.agrees:
        return
    sentence = (
        f"{period(*span)}: {name} tertulis {number(stated)}, sedangkan jumlah {how} {number(summed)}; "
        f"tidak cocok, selisih {number(abs(int(found.difference)))}."
    )
    about = f"{span[0]:%Y%m%d%H}-{span[1]:%Y%m%d%H}:{what}"[:128]
    yield span, ImportFinding(RULE, about, abs(int(found.difference)), sentence)
