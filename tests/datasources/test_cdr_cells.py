"""What of a cdr table is refused, said or never read: wrong cells, names and numbers, mistakes in the options."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from datasources import sql
from datasources.calls112.cdr import Cdr
from datasources.calls112.records import Call
from datasources.contract import SourceUnavailable
from tests.datasources.telephone_database import KEY, TelephoneDatabase, leg
from tests.datasources.test_cdr import OUT, _today, ids, numbered, reading, sqlite_cdr

__all__ = ["_today", "sqlite_cdr"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"calldate": "0000-00-00 00:00:00"},
            "calldate kosong atau 0000-00-00; baris tanpa waktu tidak",
        ),
        ({"calldate": None}, "calldate kosong atau 0000-00-00"),
        ({"calldate": "Siti Aminah"}, "calldate bukan waktu yang sah; yang benar seperti '2026-03-02 14:05:00'"),
        ({"duration": -4}, "duration -4 detik tidak mungkin; yang benar 0 sampai 604800"),
        ({"duration": "lama"}, "duration bukan bilangan detik; panggilan tetap dibaca tanpa itu"),
        ({"disposition": "TERJAWAB"}, "disposition tidak dikenal; yang ada: ANSWERED, NO ANSWER, BUSY"),
    ],
)
def test_a_wrong_cell_is_refused_once_in_a_sentence(
    sqlite_cdr: TelephoneDatabase, cells: dict[str, Any], sentence: str
) -> None:
    sqlite_cdr.add("cdr", **leg(**cells))
    follower = reading(sqlite_cdr)
    calls = follower.fetch() + follower.fetch()
    (note,) = follower.refused
    assert sentence in note.reason
    assert note.place == "cdr, uniqueid 1795400100.1"
    assert len(calls) == (0 if "calldate" in cells else 1)
    assert all(call.outcome == "unknown" for call in calls if isinstance(call, Call))


def test_a_clock_in_the_future_does_not_blind_the_reader(sqlite_cdr: TelephoneDatabase) -> None:
    sqlite_cdr.add("cdr", **leg(calldate="2027-01-01 00:00:00"))
    follower = reading(sqlite_cdr)
    follower.fetch()
    sqlite_cdr.add("cdr", **numbered(3, hour=13))
    assert ids(follower.fetch()) == ["1795400003.1"]


@pytest.mark.parametrize("spoiled", ["uniqueid", "linkedid", "dst", "disposition", "duration", "calldate", "lastapp"])
def test_no_name_and_no_number_leaves_the_reader(sqlite_cdr: TelephoneDatabase, spoiled: str) -> None:
    for number, planted in enumerate(("Siti Aminah", "081234567890", '"Siti" <081234567890>')):
        cells = {"lastapp": "Queue", spoiled: planted}
        sqlite_cdr.add("cdr", **leg(**{"sequence": number, **cells}))
        sqlite_cdr.add("cdr", **leg(**{**OUT, "sequence": number, spoiled: planted}))
    follower = reading(sqlite_cdr, inbound_dids=["112"], outbound_contexts=["from-internal"])
    told = repr((follower.fetch(), follower.refused, follower.cursor, follower.reader))
    assert "Siti" not in told
    assert "Aminah" not in told
    assert "81234567890" not in told
    assert KEY not in told


def test_columns_that_name_a_person_are_never_asked_for(sqlite_cdr: TelephoneDatabase) -> None:
    reader = reading(sqlite_cdr).reader
    with sql.reading(reader.url, reader.statement_timeout) as connection:
        asked = str(sql.selection(connection, "cdr", reader.asked))
        connection.execute(text(asked))
    assert not [name for name in ("clid", "cnam", "cnum", "recordingfile", "userfield", "did") if name in asked]


def test_their_own_names_of_columns_can_be_given(sqlite_cdr: TelephoneDatabase) -> None:
    sqlite_cdr.add("cdr", **leg())
    sqlite_cdr.run("CREATE VIEW cdr_112 AS SELECT calldate AS start, src, dst, dcontext, lastapp, duration, billsec, "
                   "disposition, uniqueid, linkedid AS satu FROM cdr")  # fmt: skip
    columns = {"calldate": "start", "linkedid": "satu"}
    assert ids(reading(sqlite_cdr, table="cdr_112", columns=columns).fetch()) == ["1795400100.1"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"table": "cdrr"}, "Tabel cdrr tidak ada; yang ada: cdr"),
        ({"columns": {"calldate": "start"}}, "kolom start tidak ada; kolom yang ada: calldate, clid"),
    ],
)
def test_a_missing_table_or_column_is_named(
    sqlite_cdr: TelephoneDatabase, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SourceUnavailable, match=sentence):
        reading(sqlite_cdr, **options).fetch()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"url": "oracle://x:katasandi@y/z"}, "jenis basis data 'oracle' tidak dikenal"),
        ({"caller_key": "pendek"}, "isi CALLER_HASH_KEY dengan sedikitnya 16 karakter acak"),
        ({"columns": {"clid": "clid"}}, "kunci clid tidak dikenal; yang ada: calldate, src"),
        ({"re_read": timedelta(0)}, "re_read"),
        ({"dial_prefix": "x"}, "dial_prefix"),
        ({"shortest_called": 1}, "shortest_called"),
    ],
)
def test_a_mistake_in_the_options_is_said(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as wrong:
        Cdr.model_validate({"url": "sqlite:///a.db", "caller_key": KEY, **options})
    assert "katasandi" not in str(wrong.value)
