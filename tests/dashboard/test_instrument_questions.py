"""Questions of SPBE and Pemdi: facts apart from entries, breaks in words, missing levels named, a third instrument."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import last_days
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.exploring.spbe import indicator_values
from dashboard.formulas.maturity_index import maturity_index
from dashboard.indicators.assessment_state import state_of
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.catalogue import spbe as catalogue
from dashboard.instruments import scheme_of
from dashboard.store.assessments import keep_values
from dashboard.store.database import reading, writing
from dashboard.store.published_results import keep_results
from datasources.spbe import instrument_files
from datasources.spbe.instrument_files import InstrumentError, instruments, load, load_all
from datasources.spbe.published import PublishedResults
from datasources.spbe.records import AssessedValue

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
TODAY = last_days(1, NOW.date())
SPBE = instruments()["SPBE-2020"]


def test_published_results_are_facts_with_their_source(engine: Engine) -> None:
    answer = asked(engine, "spbe.published_history")
    assert [(r["year"], r["index"], r["predicate"]) for r in answer.rows] == [
        ("2019", Decimal("1.55"), "Kurang"), ("2023", Decimal("3.52"), "Sangat Baik"),
        ("2024", Decimal("4.16"), "Sangat Baik"),
    ]  # fmt: skip
    assert all(len(str(row["source"])) > 20 for row in answer.rows)
    assert any("2020, 2021, 2022" in note for note in answer.notes)


def test_every_change_of_instrument_is_a_break_in_words(engine: Engine) -> None:
    notes = [n for n in asked(engine, "spbe.published_history").notes if n.startswith("Garis terputus dengan sengaja")]
    assert len(notes) == 2
    assert "SPBE 2018 (35 indikator) dan SPBE 2020" in notes[0]
    assert "SPBE 2020 dan Pemdi 2026" in notes[1]


def test_facts_and_entries_never_stand_in_one_answer() -> None:
    for question in (q for q in QUESTIONS.values() if q.family == "spbe"):
        assert not {"spbe_levels", "spbe_published"} <= set(question.topics), question.id
    assert CATALOGUE["spbe.published"].topics == ("spbe_published",)


def test_the_published_groups_say_what_follows_and_what_is_missing(engine: Engine) -> None:
    answer = asked(engine, "spbe.published_groups")
    assert [row["sums"] for row in answer.rows] == [
        "45 dari 50", "38 dari 50", "31 dari 55", "47 + 29 atau 48 + 28 dari 80"
    ]  # fmt: skip
    assert answer.rows[2]["room"] == "24 level, 36,00 poin bobot"
    assert "Level ke-47 indikator tidak diterbitkan dan belum diisi" in answer.notes[-1]


def test_without_any_entry_no_level_is_shown(engine: Engine) -> None:
    assert asked(engine, "spbe.matrix").missing == "47 indikator SPBE 2020 belum diisi"
    assert asked(engine, "spbe.entered_history").missing


def test_the_matrix_shows_all_indicators_also_those_that_are_missing(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [AssessedValue(SPBE.id, 2025, 3, Decimal(4), "dikirim")], NOW)
    answer = asked(engine, "spbe.matrix")
    assert len(answer.rows) == 47
    assert (answer.rows[2]["value"], answer.rows[2]["stage"]) == (4, "dikirim koordinator")
    assert (answer.rows[3]["value"], answer.rows[3]["stage"]) == (None, "belum diisi")
    assert "Yang kosong tidak dihitung nol" in " ".join(answer.notes)


def test_live_evidence_names_what_is_not_measured_yet(engine: Engine) -> None:
    answer = asked(engine, "pemdi.live")
    assert {str(row["indicator"]).split()[0] for row in answer.rows} == {"14", "16", "17", "18", "19", "20"}
    assert all(row["value"] for row in answer.rows)


def test_what_an_instrument_names_as_live_evidence_is_measured() -> None:
    named = [name for i in instruments().values() for live in i.lives.values() for name in live.measured]
    assert set(named) - set(CATALOGUE) == set()
    assert len(named) >= 7


def test_the_classes_of_another_ministrys_index_are_written_out() -> None:
    rows = {
        str(r["indicator"]).split()[0]: r["classes"]
        for r in indicator_values.externals(instruments()["PEMDI-2026"]).rows
    }
    assert rows["5"] == "sampai 12,5 → 1; > 12,5 → 2; > 37,5 → 3; > 62,5 → 4; > 75 → 5"
    assert rows["7"] == "di bawah 1,8 → 1; ≥ 1,8 → 2; ≥ 2,6 → 3; ≥ 3,5 → 4; ≥ 4,2 → 5"
    assert rows["10"] == "pemetaan belum diketahui"


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped instruments and a made-up one: two files and no code."""
    folder = tmp_path / "instruments"
    shutil.copytree(instrument_files.FOLDER, folder)
    (folder / "desa-2030.toml").write_text(MADE_UP, encoding="utf-8")
    (folder / "desa-2030.csv").write_text(
        "no,name,aspect,weight,words,source\n1,Buku Tamu,1,30,kata,U\n2,Wifi,1,30,kata,U\n3,Aplikasi,2,40,kata,U\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(instrument_files, "FOLDER", folder)
    instruments.cache_clear()
    return folder


@pytest.fixture(autouse=True)
def _shipped_again() -> object:
    yield
    instruments.cache_clear()


def test_a_third_instrument_needs_two_files_and_no_code(third: Path, engine: Engine) -> None:
    made = instruments()["DESA-2030"]
    found = maturity_index(scheme_of(made), {1: Decimal("0.5"), 2: Decimal(3), 3: Decimal(2)})
    assert (found.index, found.predicate) == (Decimal("1.85"), "Jalan")
    assert [i.id for i in catalogue._of_instrument(made)] == [
        "desa.index",
        "desa.gap_to_next",
        "desa.aspect1",
        "desa.aspect2",
    ]
    assert [q.id for q in indicator_values._of_instrument(made)] == ["desa.matrix", "desa.groups"]
    with writing(engine) as connection:
        keep_values(connection, "buku", [AssessedValue("DESA-2030", 2030, n, Decimal(2)) for n in (1, 2, 3)], NOW)
        assert state_of(connection, made, 2030).found.predicate == "Jalan"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('weight = "60"', 'weight = "61"', "bobot aspek 1 tertulis 61, jumlah indikatornya 60"),
        ('start = "0"', 'start = "1"', "predikat terendah mulai di 1; yang benar paling tinggi 0"),
        ('on = "unrounded"', 'on = "perhaps"', "yang benar unrounded atau rounded"),
        ('U = "karangan', 'V = "karangan', "sumber 'U' tidak dijelaskan dalam"),
        ('sheet = "DESA"', "", "kunci 'sheet' tidak ada"),
        ('key = "desa"', 'key = "spbe"', "key harus berbeda untuk setiap instrumen"),
        ("number = 2", "number = 3", "aspek 2 dipakai indikator tetapi tidak ada"),
    ],
)
def test_a_mistake_in_an_instrument_is_named(third: Path, old: str, new: str, sentence: str) -> None:
    file = third / "desa-2030.toml"
    file.write_text(MADE_UP.replace(old, new), encoding="utf-8")
    with pytest.raises(InstrumentError, match=sentence):
        load_all(third)


def test_weights_that_do_not_add_up_to_100_are_refused(third: Path) -> None:
    file = third / "desa-2030.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2,40", "2,41"), encoding="utf-8")
    with pytest.raises(InstrumentError, match="bobot indikator berjumlah 101; yang benar 100"):
        load(third / "desa-2030.toml")


def asked(engine: Engine, name: str) -> Answer:
    with writing(engine) as connection:
        for batch in PublishedResults().fetch({}):
            keep_results(connection, "terbit", batch.records, NOW)  # type: ignore[arg-type]
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, TODAY, NOW)


MADE_UP = """
id = "DESA-2030"
key = "desa"
title = "Desa 2030"
lead = "karangan"
legal_basis = "karangan"
sheet = "DESA"
first_year = 2030

[values]
whole = false
lowest = "0"
highest = "3"
decimals = 1
plan_step = "0.5"
plan_step_basis = "karangan"
unscored = "0"
unscored_source = "U"
target = "2"
target_basis = "karangan"

[predicate]
on = "unrounded"
source = "U"
bands = [
  { word = "Lari", start = "2.5", source = "U" },
  { word = "Jalan", start = "1.5", source = "U" },
  { word = "Diam", start = "0", source = "U" },
]

[[aspects]]
number = 1
name = "Balai"
weight = "60"
source = "U"

[[aspects]]
number = 2
name = "Warga"
weight = "40"
source = "U"

[words]
kata = ["nol", "satu", "dua", "tiga"]

[sources]
U = "karangan untuk uji"
"""
