"""Times of incidents: typed by hand, running backwards, or not yet come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from dashboard.formulas.heaping import CHANCE, heaping
from dashboard.formulas.stage_order import Pair, stage_order
from dashboard.formulas.stages import LifeCycle
from dashboard.ingestion.ahead import FUTURE_TOLERANCE
from dashboard.ingestion.reconciliation.wording import EXAMPLES, number, percent
from dashboard.store import hand_typed
from dashboard.store.import_findings import ImportFinding
from datasources.calls112.records import Incident

STAGES = {
    "received": "laporan", "created": "tiket dibuat", "dispatched": "diteruskan ke OPD",
    "acknowledged": "diterima OPD", "en_route": "berangkat", "arrived": "tiba", "controlled": "terkendali",
    "closed": "selesai",
}  # fmt: skip
"""The stages an incident of the store can have, in our names and in words; t1, the answer, belongs to its call."""
COLUMNS = {"en_route": "t_enroute"}
PAIRS_SHOWN = 4


def times(incidents: Sequence[Incident], at: datetime) -> Iterator[ImportFinding]:
    """Everything found about the times of the incidents of one source."""
    yield from typed_by_hand(incidents)
    yield from order(incidents)
    yield from ahead(incidents, at)


def typed_by_hand(incidents: Sequence[Incident]) -> Iterator[ImportFinding]:
    """Each stage by itself: a report may be stamped by a machine and its closing be typed at the end of the shift."""
    for stage, name in STAGES.items():
        found = heaping(moment for i in incidents if (moment := _moment(i, stage)) is not None)
        if found.typed_by_hand and found.share is not None:
            yield ImportFinding(
                hand_typed.RULE, stage, found.heaped,
                f"Waktu {name} diketik tangan: {number(found.heaped)} dari {number(found.n)} ({percent(found.share)}) "
                f"tepat pada menit 00 atau 30, padahal kebetulan hanya {percent(CHANCE)}; dari sumber ini hanya "
                "median yang ditampilkan, dibulatkan 30 menit, tanpa detik dan tanpa p90.",
            )  # fmt: skip


def order(incidents: Sequence[Incident]) -> Iterator[ImportFinding]:
    """Stages that run backwards, and zero intervals apart from them."""
    found = stage_order([_cycle(i) for i in incidents])
    ids = [i.incident_id for i in incidents]
    if found.cases:
        yield ImportFinding(
            "urutan waktu mundur", "", len(found.cases),
            f"Urutan waktu mundur pada {number(len(found.cases))} dari {number(found.checked)} kejadian: "
            f"{_pairs(found.backwards, 'sebelum')}. Selang yang mundur tidak dihitung, tidak dijadikan nol.",
            tuple(ids[place] for place in found.cases[-EXAMPLES:]),
        )  # fmt: skip
    if found.zero_cases:
        yield ImportFinding(
            "selang nol", "", len(found.zero_cases),
            f"Dua tahap pada saat yang sama di {number(len(found.zero_cases))} dari {number(found.checked)} kejadian: "
            f"{_pairs(found.zero, 'bersamaan dengan')}. Sering karena tombol ditekan bersamaan; tetap dihitung "
            "sebagai nol.",
            tuple(ids[place] for place in found.zero_cases[-EXAMPLES:]),
        )  # fmt: skip


def ahead(incidents: Sequence[Incident], at: datetime) -> Iterator[ImportFinding]:
    """Moments that have not come yet, whatever stage they are of."""
    latest = at + FUTURE_TOLERANCE
    counted: Counter[str] = Counter()
    cases = []
    for incident in incidents:
        stages = [s for s in STAGES if (moment := _moment(incident, s)) is not None and moment > latest]
        counted.update(stages)
        if stages:
            cases.append(incident.incident_id)
    if cases:
        listed = ", ".join(f"waktu {STAGES[stage]} {number(n)}" for stage, n in counted.most_common())
        yield ImportFinding(
            "waktu di masa depan", "", len(cases),
            f"{number(len(cases))} kejadian memuat waktu yang belum tiba: {listed}. "
            "Periksa jam, tahun dan zona waktu sumbernya.",
            tuple(cases[-EXAMPLES:]),
        )  # fmt: skip


def _moment(incident: Incident, stage: str) -> datetime | None:
    moment: datetime | None = getattr(incident, COLUMNS.get(stage, f"t_{stage}"))
    return moment


def _cycle(i: Incident) -> LifeCycle:
    return LifeCycle(
        i.t_received, None, i.t_created, i.t_dispatched, i.t_acknowledged, i.t_enroute, i.t_arrived, i.t_controlled,
        i.t_closed,
    )  # fmt: skip


def _pairs(counted: Mapping[Pair, int], between: str) -> str:
    """The later stage first: "tiba sebelum laporan 3"."""
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    listed = [f"{STAGES[b]} {between} {STAGES[a]} {number(n)}" for (a, b), n in ordered[:PAIRS_SHOWN]]
    rest = len(ordered) - PAIRS_SHOWN
    return ", ".join(listed) + (f" dan {rest} pasangan lain" if rest > 0 else "")
