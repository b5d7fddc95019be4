"""Levels of readiness: entered, assessed once with the reason, apart from what was decreed; local looks local."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.editing import level_values
from dashboard.editing.entry import EntryRefused
from dashboard.exploring.filters import last_days
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.level_rules.files import FOLDER, RuleError, level_rules, load
from dashboard.store.database import reading, writing
from dashboard.store.level_entries import ASSESSED, DECREED, newest
from dashboard.store.people import Person

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
ANI = Person(1, "ani", "Ani, BPBD", "analis")
FLOOD = level_rules()["siaga_banjir"]
TYPED = {"hujan": "60", "sungai": "20,5", "personel": "90", "perahu": "50", "logistik": "4", "kontingensi": "12"}


def test_a_level_is_kept_with_its_reason_at_the_moment_it_was_assessed(engine: Engine) -> None:
    with writing(engine) as connection:
        found = level_values.keep(connection, FLOOD, TYPED, ANI, NOW)
        stored = newest(connection, FLOOD.id)
    assert found.level == 3
    assert (stored[ASSESSED].value, stored[ASSESSED].at) == ("3", NOW)
    assert stored[ASSESSED].note.startswith("3 (Rawan), karena tekanan sedang (Hujan 24 jam")
    assert "Perahu dan pompa laik pakai 50 %" in stored[ASSESSED].note


def test_an_empty_field_is_unknown_and_never_a_good_level(engine: Engine) -> None:
    with writing(engine) as connection:
        found = level_values.keep(connection, FLOOD, {**TYPED, "hujan": ""}, ANI, NOW)
        stored = newest(connection, FLOOD.id)
    assert (found.level, stored[ASSESSED].value, stored["hujan"].value) == (None, "", "")
    assert stored[ASSESSED].note.startswith("Tidak dapat dinilai: Hujan 24 jam")


def test_the_decreed_level_stands_beside_the_assessed_one(engine: Engine) -> None:
    with writing(engine) as connection:
        level_values.keep(connection, FLOOD, TYPED, ANI, NOW)
        level_values.decree(connection, FLOOD, "2", "Keputusan Bupati 188.45/12/2026", ANI, NOW)
        stored = newest(connection, FLOOD.id)
    assert (stored[ASSESSED].value, stored[DECREED].value) == ("3", "2")
    notes = " ".join(answer(engine, "level.siaga_banjir").notes)
    assert "Level sistem, dinilai 23-11-2026 14.05 WIB oleh Ani, BPBD: 3 (Rawan)" in notes
    assert "Level yang ditetapkan: 2 (Siaga), Keputusan Bupati 188.45/12/2026" in notes


def test_a_local_rule_and_a_historical_one_say_so_first(engine: Engine) -> None:
    assert answer(engine, "level.siaga_banjir").notes[0].startswith("LOKAL: ambang setempat, bukan standar nasional.")
    assert answer(engine, "level.ppkm").notes[0].startswith("HISTORIS: tidak berlaku lagi.")


def test_the_historical_example_shows_assessed_and_decreed_level(engine: Engine) -> None:
    notes = " ".join(answer(engine, "level.ppkm").notes)
    assert "Contoh Surabaya, Mei 2022: Level 1, karena laju penularan TK1 dan kapasitas respons Memadai." in notes
    assert "Ditetapkan waktu itu: Level 2" in notes


def test_the_way_to_a_better_level_names_the_thresholds(engine: Engine) -> None:
    with writing(engine) as connection:
        level_values.keep(connection, FLOOD, TYPED, ANI, NOW)
    (way,) = (n for n in answer(engine, "level.siaga_banjir").notes if n.startswith("Cara termurah"))
    assert way == "Cara termurah ke 2 (Siaga): Perahu dan pompa laik pakai melewati 60."


def test_before_anybody_fills_it_in_nothing_is_assessed(engine: Engine) -> None:
    found = answer(engine, "level.siaga_banjir")
    assert {row["class"] for row in found.rows} == {"tidak dapat dinilai"}
    assert "Belum pernah dinilai. Tidak dapat dinilai:" in found.notes[1]


@pytest.mark.parametrize("typed", ["banyak", "1e3", "--5", "12345678901", "1.2.3"])
def test_what_is_no_number_is_refused_in_words(engine: Engine, typed: str) -> None:
    with writing(engine) as connection, pytest.raises(EntryRefused, match="bukan angka; tulis seperti 62,5"):
        level_values.keep(connection, FLOOD, {**TYPED, "hujan": typed}, ANI, NOW)


@pytest.mark.parametrize(("level", "basis"), [("9", "Keputusan Bupati 1"), ("", "Keputusan Bupati 1"), ("2", "SK")])
def test_a_decree_needs_a_level_and_its_legal_reference(engine: Engine, level: str, basis: str) -> None:
    with writing(engine) as connection, pytest.raises(EntryRefused):
        level_values.decree(connection, FLOOD, level, basis, ANI, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('">= 50"', '"50"', "ambang '50' tidak terbaca; yang benar seperti '>= 20'"),
        ("[1, 1, 2]", "[1, 1]", "punya 2 sel; yang benar 3"),
        ("[1, 1, 2]", "[1, 1, 9]", "level 9 dalam matriks tidak punya nama"),
        ("kontingensi = 0", "lain = 0", "syarat 'lain' dipakai tetapi tidak ada"),
        ('standing = "lokal"', 'standing = "baru"', "standing 'baru' tidak dikenal"),
        ('L = "ambang', 'Z = "ambang', "sumber 'L' tidak dijelaskan"),
    ],
)
def test_a_mistake_in_a_rule_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = (FOLDER / "siaga_banjir.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "x.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=sentence):
        load(tmp_path / "x.toml")


def answer(engine: Engine, name: str) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, last_days(1, NOW.date()), NOW)
