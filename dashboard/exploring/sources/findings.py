"""What is wrong with what sources deliver: findings of reconciliation, their examples, and the quarantine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.import_findings import StandingFinding, standing
from dashboard.store.ingestion_log import quarantined
from dashboard.store.keep import KEEPERS

DELIVERED = ("incidents", "calls", "call_classes", "recaps")
STANDING = "Yang masih berlaku sekarang, apa pun masa yang dipilih; temuan hilang sendiri bila datanya dibetulkan."
NO_FINDING = "rekonsiliasi tidak menemukan kejanggalan pada data 112 yang tersimpan"
QUARANTINE_SHOWN = 1000


def findings(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every finding that holds, by source, those with most cases first."""
    found = standing(connection)
    if not found:
        return nothing(NO_FINDING)
    columns = (
        Column("source", "Sumber", "text", role="label"),
        Column("rule", "Temuan", "text"),
        Column("sentence", "Penjelasan", "text", role="note"),
        Column("n", "Banyaknya", role="value"),
        Column("since", "Sejak", "moment"),
    )
    rows = [
        {
            "source": s.source,
            "rule": s.finding.rule,
            "sentence": s.finding.sentence,
            "n": s.finding.n,
            "since": s.first_seen_at,
        }
        for s in sorted(found, key=_order)
    ]
    return Answer(columns, rows, n=len(rows), notes=(STANDING,))


def _order(s: StandingFinding) -> tuple[str, int, str, str]:
    return s.source, -s.finding.n, s.finding.rule, s.finding.about


def examples(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The ids of up to five incidents behind each finding, to be looked up at the source; nothing else of them."""
    found = [s for s in sorted(standing(connection), key=_order) if s.finding.examples]
    if not found:
        return nothing("tidak ada temuan yang menunjuk kejadian tertentu")
    columns = (
        Column("source", "Sumber", "text", role="label"),
        Column("rule", "Temuan", "text"),
        Column("examples", "Nomor kejadian di sumbernya", "text", role="code"),
    )
    rows = [{"source": s.source, "rule": s.finding.rule, "examples": ", ".join(s.finding.examples)} for s in found]
    return Answer(
        columns, rows, n=sum(len(s.finding.examples) for s in found), notes=("Paling banyak lima per temuan.",)
    )


def quarantine(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Refused input last seen in the period, newest first; raw text is masked before it is kept."""
    known = quarantined(connection, limit=QUARANTINE_SHOWN)
    found = [q for q in known if filters.start <= q.last_seen_at < filters.end]
    if not found:
        return nothing("tidak ada masukan yang ditolak dalam masa ini")
    columns = (
        Column("source", "Sumber", "text", role="label"),
        Column("place", "Tempat", "text"),
        Column("reason", "Mengapa ditolak", "text", role="note"),
        Column("raw", "Isi (disamarkan)", "text"),
        Column("times", "Kali", role="value"),
        Column("last", "Terakhir", "moment"),
    )
    rows = [
        {
            "source": q.source,
            "place": q.place,
            "reason": q.reason,
            "raw": q.raw,
            "times": q.times,
            "last": q.last_seen_at,
        }
        for q in found
    ]
    notes = [f"Hanya {QUARANTINE_SHOWN} masukan terbaru yang dilihat."] if len(known) == QUARANTINE_SHOWN else []
    return Answer(columns, rows, n=len(rows), data_time=found[0].last_seen_at, notes=notes)


QUESTIONS = (
    Question(
        id="sources.findings", title="Temuan rekonsiliasi", family="sistem", topics=(*DELIVERED, "findings"),
        form="table", clock="Setelah setiap impor 112: aturan yang dilanggar, dengan banyaknya, sejak kapan",
        ask=findings, by_kecamatan=False,
        basis="Aturan rekonsiliasi: jumlah kelas, urutan tahap, waktu, kata, cakupan, menit 00/30",
    ),
    Question(
        id="sources.finding_examples", title="Contoh di balik temuan", family="sistem",
        topics=(*DELIVERED, "findings"), form="table", clock="Nomor kejadian untuk dicari di sumbernya",
        ask=examples, by_kecamatan=False, audience="desk",
    ),
    Question(
        id="sources.quarantine", title="Karantina", family="sistem", topics=(*KEEPERS, "quarantine"), form="table",
        clock="Masukan yang ditolak, menurut kapan terakhir datang; yang sama dihitung sekali", ask=quarantine,
        by_kecamatan=False,
    ),
)  # fmt: skip
