"""Siaga thresholds as an officer enters them: what is taken, the sentence for each mistake, and who may."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select

from dashboard.access.roles import may
from dashboard.editing import simulated_thresholds
from dashboard.editing.entry import EntryRefused
from dashboard.editing.river_thresholds import Draft, TypedStep, checked, keep, withdraw
from dashboard.store.audit import audit_log
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from dashboard.store.river_thresholds import standing_thresholds
from tests.dashboard.river_kept import NOW

SARI = Person(1, "sari", "Sari", "analis")
POSTS = [("sadar", "river_level"), ("rolak", "discharge")]
III, II = "Siaga III", "Siaga II"


def step(
    value: str | None = "2,20", back: str | None = "", opd: str = "BPBD", action: str = "Siagakan perahu"
) -> TypedStep:
    return TypedStep(value, back, opd, action)  # fmt: skip


def draft(**given: Any) -> Draft:
    whole = Draft(
        "sadar", "river_level", "angka", {III: step("2,20", "2,1"), II: step("2.80")}, "2026-11-01", "SK 1/2026"
    )
    return replace(whole, **given)  # fmt: skip


def test_what_was_typed_is_kept_exactly_with_source_day_and_name(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, checked(draft(), POSTS, NOW), SARI, NOW)
    with reading(engine) as connection:
        (entry,) = standing_thresholds(connection)
        (logged,) = connection.execute(select(audit_log)).all()
    assert [(s.word, s.value, s.returns_at, s.opd, s.action) for s in entry.steps] == [
        (III, Decimal("2.2"), Decimal("2.1"), "BPBD", "Siagakan perahu"),
        (II, Decimal("2.8"), None, "BPBD", "Siagakan perahu"),
    ]
    assert (entry.basis, entry.by, entry.valid_from.isoformat()) == ("SK 1/2026", "Sari", "2026-10-31T17:00:00+00:00")
    assert (logged.who, logged.what) == ("sari", "ambang siaga")


def test_an_entry_for_the_same_day_takes_the_place_of_the_one_before(engine: Engine) -> None:
    for value in ("2,20", "2,30"):
        with writing(engine) as connection:
            keep(connection, checked(draft(steps={III: step(value)}), POSTS, NOW), SARI, NOW)
    with reading(engine) as connection:
        assert [str(e.steps[0].value) for e in standing_thresholds(connection)] == ["2.3"]


def test_an_entry_is_withdrawn_once(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, checked(draft(), POSTS, NOW), SARI, NOW)
    with writing(engine) as connection:
        withdraw(connection, 1, SARI, NOW)
    with writing(engine) as connection, pytest.raises(EntryRefused, match="Ambang nomor '1' tidak ada lagi"):
        withdraw(connection, 1, SARI, NOW)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"station": "x"}, "Pos 'x river_level' tidak dikenal; pilih pos dari daftar"),
        ({"scheme": "romawi"}, "Penamaan 'romawi' tidak ada"),
        ({"steps": {}}, "Belum ada satu ambang pun"),
        ({"steps": {III: step(" ")}}, "Belum ada satu ambang pun"),
        ({"steps": {"Siaga merah": step()}}, "Belum ada satu ambang pun"),
        ({"steps": {III: step("dua")}}, "Ambang Siaga III 'dua' tidak dapat dipakai; tulis angka -10 sampai 50 m"),
        ({"steps": {III: step("220")}}, "Ambang Siaga III '220' tidak dapat dipakai"),
        ({"steps": {III: step("2"), II: step("2")}}, "lebih tinggi dari tingkat 1 (2); urutkan Siaga III, Siaga II"),
        ({"steps": {III: step("2", "2,5")}}, "Ambang kembali tingkat 1 (2.5) harus di bawah ambangnya (2)"),
        ({"steps": {III: step(action="x")}}, "Tindakan Siaga III 'x' 1 huruf; yang benar 5 sampai 200 huruf"),
        ({"steps": {III: step(opd="")}}, "OPD Siaga III '' 0 huruf"),
        ({"valid_from": "1 November"}, "Berlaku sejak '1 November' bukan tanggal; yang benar seperti 2026-11-24"),
        ({"valid_from": "2029-01-01"}, "di luar jangkauan"),
        ({"basis": ""}, "Sumber '' 0 huruf; yang benar 5 sampai 256 huruf"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_sentence(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(EntryRefused) as wrong:
        checked(draft(**given), POSTS, NOW)
    assert sentence in str(wrong.value)


def test_a_discharge_has_limits_of_its_own() -> None:
    found = checked(draft(station="rolak", quantity="discharge", scheme="warna",
                          steps={"Siaga hijau": step("1.250,5")}), POSTS, NOW)  # fmt: skip
    assert found.steps[0].value == Decimal("1250.5")


@pytest.mark.parametrize(
    ("role", "opd", "allowed"),
    [("analis", None, True), ("kepala_opd", "BPBD", True), ("kepala_opd", "DLH", False), ("kepala_opd", None, False),
     ("bupati", None, False), ("supervisor_112", "BPBD", False)],
)  # fmt: skip
def test_analysts_and_the_head_of_bpbd_may_enter_thresholds(role: str, opd: str | None, allowed: bool) -> None:
    assert may(Person(1, "x", "X", role, opd), "thresholds.write") is allowed
    assert not may(Person(1, "x", "X", "kepala_opd", "BPBD"), "people.write")


def test_the_demonstration_enters_its_invented_thresholds_once(engine: Engine) -> None:
    for expected in (5, 0):
        with writing(engine) as connection:
            assert simulated_thresholds.enter_once(connection, NOW) == expected
    with reading(engine) as connection:
        assert all(e.basis.startswith("SIMULASI") for e in standing_thresholds(connection))
