"""What the page of the sources says: findings in words, their examples on demand, and the quarantine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store import ingestion_log
from dashboard.store.database import reading, writing
from dashboard.store.import_findings import ImportFinding, set_findings
from datasources.contract import Refused

NOW = datetime(2026, 11, 23, 7, 3, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)
FILTERS = Filters(date(2026, 11, 1), date(2026, 11, 23))


def test_findings_are_listed_by_source_the_largest_first(engine: Engine) -> None:
    found(engine, "rekap", ImportFinding("jumlah tidak cocok", "2026", 36, "selisih 36"))
    found(engine, "kasus", ImportFinding("selang nol", "", 4, "nol"), ImportFinding("baris kembar", "", 9, "kembar"))
    answer = ask(engine, "sources.findings")
    assert [tuple(row[c.key] for c in answer.columns) for row in answer.rows] == [
        ("kasus", "baris kembar", "kembar", 9, EARLIER),
        ("kasus", "selang nol", "nol", 4, EARLIER),
        ("rekap", "jumlah tidak cocok", "selisih 36", 36, EARLIER),
    ]
    assert answer.n == 3


def test_single_cases_stand_in_the_desk_s_question_only(engine: Engine) -> None:
    found(engine, "kasus", ImportFinding("baris kembar", "", 2, "kembar", ("K-1=K-2",)), ImportFinding("x", "", 1, "y"))
    assert "K-1" not in str(ask(engine, "sources.findings"))
    assert QUESTIONS["sources.finding_examples"].audience == "desk"
    answer = ask(engine, "sources.finding_examples")
    assert answer.rows == [{"source": "kasus", "rule": "baris kembar", "examples": "K-1=K-2"}]


def test_refused_input_of_the_period_is_listed_newest_first(engine: Engine) -> None:
    refuse(engine, EARLIER, Refused("a •••", "tanggal salah", "berkas, baris 3"))
    refuse(engine, NOW, Refused("b", "jam 25 tidak ada", "berkas, baris 4"))
    refuse(engine, NOW, Refused("b", "jam 25 tidak ada", "berkas, baris 4"))
    refuse(engine, NOW - timedelta(days=40), Refused("c", "lama", "berkas, baris 5"))
    answer = ask(engine, "sources.quarantine")
    assert [tuple(row[c.key] for c in answer.columns) for row in answer.rows] == [
        ("kasus", "berkas, baris 4", "jam 25 tidak ada", "b", 2, NOW),
        ("kasus", "berkas, baris 3", "tanggal salah", "a •••", 1, EARLIER),
    ]
    assert (answer.n, answer.data_time) == (2, NOW)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("sources.findings", "rekonsiliasi tidak menemukan kejanggalan pada data 112 yang tersimpan"),
        ("sources.finding_examples", "tidak ada temuan yang menunjuk kejadian tertentu"),
        ("sources.quarantine", "tidak ada masukan yang ditolak dalam masa ini"),
    ],
)
def test_nothing_found_is_said(engine: Engine, name: str, missing: str) -> None:
    answer = ask(engine, name)
    assert (answer.missing, list(answer.rows)) == (missing, [])


def test_a_long_quarantine_says_that_it_is_cut(engine: Engine) -> None:
    refuse(engine, NOW, *(Refused(f"baris {i}", "salah") for i in range(1000)))
    assert ask(engine, "sources.quarantine").notes == ["Hanya 1000 masukan terbaru yang dilihat."]


def found(engine: Engine, source: str, *findings: ImportFinding) -> None:
    with writing(engine) as connection:
        set_findings(connection, source, findings, EARLIER)


def refuse(engine: Engine, at: datetime, *refused: Refused) -> None:
    with writing(engine) as connection:
        ingestion_log.quarantine_refused(connection, "kasus", refused, at)


def ask(engine: Engine, name: str) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, FILTERS, NOW)
