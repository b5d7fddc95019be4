"""Checks that another monitor made, from its CSV: words, times, ids; what it says in free text is masked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from datasources.contract import Batch
from datasources.services.check_log import CheckLog
from datasources.services.records import ServiceCheck

COLUMNS = {"service": "Monitor", "at": "Waktu", "verdict": "Hasil", "cause": "Pesan", "status": "Kode", "ms": "Ping"}
HEAD = "Monitor,Waktu,Hasil,Pesan,Kode,Ping"


def read(folder: Path, *rows: str) -> Batch:
    file = folder / "log.csv"
    file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    reader = CheckLog(path=file, columns=COLUMNS, services={"Portal": "portal"}, interval=timedelta(minutes=5))
    (batch,) = reader.fetch({})
    return batch


def test_a_line_is_a_check_that_holds_for_two_of_its_rounds(tmp_path: Path) -> None:
    (made,) = read(tmp_path, "Portal,02/03/2026 14:05,UP,,200,123.4").records
    at = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
    assert made == ServiceCheck("portal", at, "baik", 600, "", 200, 123)


def test_a_failure_keeps_its_cause_without_persons_and_no_response_time(tmp_path: Path) -> None:
    (made,) = read(tmp_path, "Portal,02/03/2026 14:05,down,hubungi 081234567890,503,9").records
    assert isinstance(made, ServiceCheck)
    assert (made.verdict, made.status, made.response_ms) == ("gagal", 503, None)
    assert "0812" not in made.cause


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Situs lain,02/03/2026 14:05,UP", "layanan 'Situs lain' tidak ada dalam kunci services"),
        ("Portal,02/03/2026 14:05,mungkin", "hasil 'mungkin' tidak dikenal"),
        ("Portal,,UP", "waktu pemeriksaan kosong"),
        ("Portal,02/03/2066 14:05,UP", "masih di depan"),
        ("Portal,kemarin,UP", "bukan tanggal"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    (note,) = read(tmp_path, row).refused
    assert reason in note.reason
    assert note.place == "log.csv, baris 2"


def test_the_columns_that_are_needed_are_named() -> None:
    with pytest.raises(ValidationError, match="kunci verdict harus ada"):
        CheckLog(path=Path("log.csv"), columns={"service": "a", "at": "b"}, services={"a": "b"})
