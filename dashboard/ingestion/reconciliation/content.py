"""What incidents say: rows that say the same under two ids, places nobody knows, words nobody mapped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from dashboard.ingestion.reconciliation.wording import EXAMPLES, most, number
from dashboard.store.import_findings import ImportFinding
from dashboard.vocabulary112 import UNMAPPED, folded
from datasources.calls112.records import Incident
from datasources.region import by_code, kecamatan_named

IDENTITIES = {"incident_id", "first_call_id", "as_of"}
_CONTENT = [f.name for f in fields(Incident) if f.name not in IDENTITIES]
_WEAK = {"t_received", "category_raw", "cancelled", "opd", "kecamatan_code", "status", "class_raw", "n_calls"}
"""Alike in two accidents of one minute in one kecamatan; a copy shares something more particular too."""
_PARTICULAR = [name for name in _CONTENT if name not in _WEAK]
LEAST_NAMED = 3
"""Uses before an unmapped word is named outside the 112 desk."""
NAMED = {"category": "kategori kejadian", "class": "kelas panggilan"}


def twins(incidents: Sequence[Incident]) -> Iterator[ImportFinding]:
    """Rows with the same content under different ids."""
    by_content: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for incident in incidents:
        if any(getattr(incident, name) is not None for name in _PARTICULAR):
            by_content[tuple(getattr(incident, name) for name in _CONTENT)].append(incident.incident_id)
    copies = [ids for ids in by_content.values() if len(ids) > 1]
    if copies:
        extra = sum(len(ids) - 1 for ids in copies)
        yield ImportFinding(
            "baris kembar", "", extra,
            f"{number(extra)} baris berisi sama persis dengan baris lain yang nomornya berbeda. "
            "Tidak dihapus; periksa apakah sumber mengirim satu kejadian dua kali.",
            tuple("=".join(ids[:2]) for ids in copies[-EXAMPLES:]),
        )  # fmt: skip


def places(
    incidents: Sequence[Incident], refused: Mapping[str, int], recap_labels: Mapping[str, int]
) -> Iterator[ImportFinding]:
    """Incidents without a kecamatan of ours, and the names that were not understood; never guessed."""
    known = by_code()
    nowhere = [i for i in incidents if i.kecamatan_code not in known]
    foreign = Counter(i.kecamatan_code for i in nowhere if i.kecamatan_code)
    names = Counter(refused) + foreign + Counter({w: n for w, n in recap_labels.items() if not kecamatan_named(w)})
    if names:
        yield ImportFinding(
            "kecamatan tidak dikenal", "", len(names),
            f"{number(len(names))} nama kecamatan tidak dikenal dan tidak ditebak (nama dan banyaknya datang): "
            f"{most(names)}.",
            tuple(i.incident_id for i in nowhere if i.kecamatan_code)[-EXAMPLES:],
        )  # fmt: skip
    if nowhere and len(nowhere) < len(incidents):
        yield ImportFinding(
            "tanpa kecamatan", "", len(nowhere),
            f"{number(len(nowhere))} dari {number(len(incidents))} kejadian tanpa kecamatan; "
            "dihitung untuk seluruh kabupaten saja.",
            tuple(i.incident_id for i in nowhere[-EXAMPLES:]),
        )  # fmt: skip


def unmapped(kind: str, words: Iterable[tuple[str, int]], codes: Mapping[str, str]) -> Iterator[ImportFinding]:
    """Words of one kind ("category" or "class") that have no meaning yet."""
    counted: Counter[str] = Counter()
    for word, n in words:
        if folded(word) not in codes:
            counted[word or "(kosong)"] += n
    if counted:
        yield ImportFinding(
            UNMAPPED, kind, counted.total(),
            f"{number(len(counted))} {NAMED[kind]} belum dipetakan, bersama {number(counted.total())} kali dipakai: "
            f"{most(counted, least=LEAST_NAMED)}.",
        )  # fmt: skip
