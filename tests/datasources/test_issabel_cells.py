"""What of a call_center database is refused, said or never read: wrong cells, names, mistakes in the options."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from datasources.calls112.issabel import Issabel
from datasources.contract import SourceUnavailable
from tests.datasources.telephone_database import KEY, TelephoneDatabase, entry, session
from tests.datasources.test_issabel import ANSWERED, _today, reading, small, with_classes

__all__ = ["_today", "small"]


@pytest.mark.parametrize(
    ("cells", "sentence", "is_read"),
    [
        ({"status": "perdida"}, "status 'perdida' tidak dikenal; yang ada: terminada, abandonada, activa", False),
        ({"status": None}, "status '' tidak dikenal", False),
        ({"datetime_init": None, "datetime_end": "-", "datetime_entry_queue": ""}, "tidak satu pun waktu", False),
        ({"datetime_end": "kemarin"}, "datetime_end bukan waktu yang sah", True),
        ({"duration_wait": -1}, "duration_wait -1 detik tidak mungkin; yang benar 0 sampai 604800", True),
        ({"duration": "lama"}, "duration bukan bilangan detik; panggilan tetap dibaca tanpa itu", True),
    ],
)
def test_a_wrong_cell_is_refused_once_in_a_sentence(
    small: TelephoneDatabase, cells: dict[str, Any], sentence: str, is_read: bool
) -> None:
    small.add("call_entry", **entry(**cells))
    follower = reading(small)
    calls = follower.fetch() + follower.fetch()
    (note,) = follower.refused
    assert sentence in note.reason
    assert note.place == "call_entry, id 1"
    assert len(calls) == is_read


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"datetime_init": ""}, "datetime_init kosong; baris tidak dibaca"),
        ({"datetime_init": "Siti"}, "datetime_init bukan waktu yang sah"),
        ({"datetime_end": "2026-11-23 06:00:00"}, "datetime_end sebelum datetime_init; baris tidak dibaca"),
        ({"datetime_end": None, "duration": "dua jam"}, "duration bukan lama seperti '01:30:00'"),
        ({"id_agent": None}, "id_agent kosong; baris tidak dibaca"),
    ],
)
def test_a_wrong_spell_is_refused_once_in_a_sentence(
    small: TelephoneDatabase, cells: dict[str, Any], sentence: str
) -> None:
    small.add("audit", **session(**cells))
    follower = reading(small)
    assert follower.fetch() + follower.fetch() == []
    (note,) = follower.refused
    assert sentence in note.reason
    assert note.place == "audit, id 1"


def test_no_name_and_no_number_leaves_the_reader(small: TelephoneDatabase) -> None:
    with_classes(small)
    columns = ("status", "uniqueid", "duration", "datetime_end", "duration_wait")
    cells = itertools.product(columns, ("Siti Aminah", "081234567890", '"Siti" <081234567890>'))
    for number, (column, planted) in enumerate(cells, start=1):
        small.add("call_entry", **entry(**{"id": number, column: planted}))
        small.add("form_data_recolected_entry", id=number, id_call_entry=number, id_form_field=7, value="Siti Aminah")
        small.add("audit", **session(id=number, datetime_end="081234567890", ext_parked="Aminah"))
    follower = reading(small, class_field=7)
    told = repr((follower.fetch(), follower.refused, follower.cursor, follower.reader))
    for planted in ("Siti", "Aminah", "81234567890", "Wulandari", "rahasia", KEY):
        assert planted not in told


def test_the_table_of_agents_with_names_and_passwords_is_not_needed(small: TelephoneDatabase) -> None:
    small.run("DROP TABLE agent")
    small.add("call_entry", **entry())
    assert reading(small).fetch() == [ANSWERED]


def test_a_missing_table_is_named(small: TelephoneDatabase) -> None:
    small.run("DROP TABLE audit")
    with pytest.raises(SourceUnavailable, match="Tabel audit tidak ada; yang ada: agent, break, call_entry"):
        reading(small).fetch()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"url": "oracle://x:katasandi@y/z"}, "jenis basis data 'oracle' tidak dikenal"),
        ({"caller_key": "pendek"}, "isi CALLER_HASH_KEY dengan sedikitnya 16 karakter acak"),
        ({"class_field": 0}, "class_field"),
        ({"re_read": timedelta(0)}, "re_read"),
    ],
)
def test_a_mistake_in_the_options_is_said(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as wrong:
        Issabel.model_validate({"url": "sqlite:///a.db", "caller_key": KEY, **options})
    assert "katasandi" not in str(wrong.value)
