"""Rows without an id: refused unless the source says they count; then each counts once, however often it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from datasources.calls112.blank_ids import COUNTED, BlankIds
from datasources.calls112.case_list import CaseList
from datasources.calls112.records import CallClass, Incident
from datasources.calls112.vendor_database import VendorDatabase
from datasources.contract import Batch, SourceUnavailable
from tests.vendor_table import Vendor, vendor

__all__ = ["vendor"]
KEY = SecretStr("kunci-uji-yang-cukup-panjang")
COLUMNS = {"id": "No", "received": "Masuk", "category": "Kejadian"}
NOON = "20/11/2026 12:00"
TODAY = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.parametrize("blank", ["", " ", "-"])
def test_a_row_without_an_id_is_refused_unless_the_source_says_it_counts(tmp_path: Path, blank: str) -> None:
    file = saved(tmp_path, (blank, NOON, "Banjir"), ("T-2", NOON, "Banjir"))
    (batch,) = CaseList(path=file, columns=COLUMNS).fetch({})
    assert [note.reason for note in batch.refused] == ["id kosong; setiap kejadian harus punya id"]
    assert ids(batch) == ["T-2"]
    counted = read(file)
    assert counted.refused == ()
    assert [number.startswith(COUNTED) for number in ids(counted)] == [True, False]


def test_nine_equal_rows_without_an_id_are_nine_events(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, *[("", NOON, "Banjir")] * 9))
    assert len(set(ids(batch))) == 9


def test_a_row_without_an_id_needs_its_time_all_the_same(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, ("", "", "JUMLAH 9")))
    assert batch.records == ()
    assert [note.reason[:19] for note in batch.refused] == ["waktu terima kosong"]


def test_nobody_can_be_recognised_by_an_id_that_was_made(tmp_path: Path) -> None:
    file = saved(tmp_path, ("", NOON, "Banjir"))
    (ours,), (theirs,) = ids(read(file)), ids(read(file, caller_key=SecretStr("kunci-lain-yang-cukup-panjang")))
    assert ours != theirs
    assert len(ours) == len(COUNTED) + 32


@pytest.mark.parametrize("key", [None, SecretStr("pendek"), SecretStr("k" * 15)])
def test_an_id_cannot_be_made_without_a_key(tmp_path: Path, key: SecretStr | None) -> None:
    options: dict[str, Any] = {"caller_key": key} if key else {}
    with pytest.raises(ValidationError, match="isi CALLER_HASH_KEY dengan sedikitnya 16 karakter acak"):
        CaseList(path=tmp_path, columns=COLUMNS, blank_id="hitung", **options)


def test_another_word_than_hitung_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="'tolak' or 'hitung'"):
        CaseList.model_validate({"path": tmp_path, "columns": COLUMNS, "caller_key": KEY, "blank_id": "ya"})


ROW = st.tuples(
    st.sampled_from(["", "-", "T-1", "T-2"]),
    st.sampled_from([NOON, "20/11/2026 12:01"]),
    st.sampled_from(["Banjir", "Banjir, pohon", "banjir", ""]),
)


@given(st.lists(ROW, max_size=30), st.randoms(use_true_random=False))
def test_the_same_rows_have_the_same_ids_at_each_reading_and_no_two_share_one(
    rows: list[tuple[str, str, str]], random: Any
) -> None:
    shuffled = random.sample(rows, len(rows))
    with TemporaryDirectory() as folder:
        first = made(read(saved(Path(folder), *rows)))
        assert first == made(read(saved(Path(folder), *rows))), "read again"
        assert sorted(first) == sorted(made(read(saved(Path(folder), *shuffled)))), "in another order"
        assert set(first) <= set(made(read(saved(Path(folder), *rows, ("", NOON, "Kebakaran"))))), "a row is added"
    assert len(set(first)) == len([row for row in rows if row[0] in ("", "-")]) == len(first)


@given(st.lists(st.dictionaries(st.sampled_from(["received", "category", "class"]), st.text(max_size=3)), max_size=20))
def test_whatever_stands_in_the_cells_each_row_has_an_id_of_its_own(rows: list[dict[str, str]]) -> None:
    first, again = (
        [maker.filled({**row, "id": None})["id"] for row in rows] for maker in (BlankIds(KEY), BlankIds(KEY))
    )
    assert first == again
    assert len(set(first)) == len(rows)


def test_rows_of_a_database_without_an_id_are_counted_whenever_they_change(vendor: Vendor) -> None:
    with View(vendor) as asking:
        assert asking.ids("hitung") == ["5", "tanpa-id", "tanpa-id"]
        assert asking.ids("hitung") == [], "nothing new"
        vendor.add(102, kejadian="BANJIR")
        vendor.add(6)
        assert asking.ids("hitung") == ["6", "tanpa-id", "tanpa-id", "tanpa-id"], "one was added, all are given again"
        assert len(asking.made) == 3, "those that were there kept their ids"


def test_rows_of_a_database_without_an_id_are_refused_once(vendor: Vendor) -> None:
    with View(vendor) as asking:
        assert asking.ids("tolak") == ["5"]
        assert (
            asking.refused
            == [(f"{vendor.table}_v, tanpa id, kolom nomor", "id kosong; setiap kejadian harus punya id")] * 2
        )
        assert asking.ids("tolak") == []
        assert len(asking.refused) == 2


def test_a_column_that_is_mostly_blank_is_no_id(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasources.calls112.vendor_database.MOST_BLANK", 1)
    with (
        View(vendor) as asking,
        pytest.raises(SourceUnavailable, match="kolom id 'nomor' kosong di lebih dari 1 baris"),
    ):
        asking.ids("hitung")


class View:
    """The vendor's table with row 5 and two equal rows whose id is NULL, asked as the runner does."""

    def __init__(self, vendor: Vendor) -> None:
        self.vendor, self.name = vendor, f"{vendor.table}_v"
        self.cursor: Any = {}
        self.made: set[str] = set()
        self.refused: list[tuple[str, str]] = []

    def __enter__(self) -> View:
        for number in (5, 100, 101):
            self.vendor.add(number)
        nullable = "CASE WHEN id < 100 THEN id END AS nomor"
        self.vendor.run(
            f"CREATE VIEW {self.name} AS SELECT {nullable}, tanggal_terima, kejadian FROM {self.vendor.table}"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.vendor.run(f"DROP VIEW {self.name}")

    def ids(self, blank_id: Any) -> list[str]:
        columns = {"id": "nomor", "received": "tanggal_terima", "category": "kejadian"}
        reader = VendorDatabase(
            url=SecretStr(self.vendor.url), table=self.name, columns=columns, caller_key=KEY, blank_id=blank_id
        )
        found: list[str] = []
        for batch in reader.fetch(self.cursor):
            found.extend(ids(batch))
            self.refused.extend((note.place, note.reason) for note in batch.refused)
            self.cursor = batch.cursor
        self.made.update(number for number in found if number.startswith(COUNTED))
        return ["tanpa-id" if number.startswith(COUNTED) else number for number in found]


def read(file: Path, **options: Any) -> Batch:
    (batch,) = CaseList(**{"path": file, "columns": COLUMNS, "caller_key": KEY, "blank_id": "hitung", **options}).fetch(
        {}
    )
    assert not any(isinstance(record, CallClass) for record in batch.records)
    return batch


def ids(batch: Batch) -> list[str]:
    return [record.incident_id for record in batch.records if isinstance(record, Incident)]


def made(batch: Batch) -> list[str]:
    return [number for number in ids(batch) if number.startswith(COUNTED)]


def saved(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "kasus.csv"
    path.write_text("\n".join(["No;Masuk;Kejadian;Pelapor", *(";".join((*row, "Siti")) for row in rows)]) + "\n")
    return path
