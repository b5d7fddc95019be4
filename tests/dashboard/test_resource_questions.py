"""Questions about water, waste, green space and energy, as people narrow them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading
from tests.dashboard.resources_kept import (
    NOW,
    bank,
    building,
    green,
    kept,
    landfill,
    made,
    months,
    official,
    plant,
    sample,
    urban,
    used,
    waste,
)

D = Decimal
FILTERS = Filters(date(2026, 9, 1), date(2026, 11, 23))
YEAR = months(date(2026, 10, 1), 12)
MAY, AUGUST = date(2026, 5, 10), date(2026, 8, 10)
DIRTY = {"tss": "100", "bod": "9", "do": "3", "temperature": "26"}
CLEAN = {"tss": "10", "bod": "1", "do": "6", "temperature": "26"}


def test_stations_stand_worst_first_with_their_direction_and_score(engine: Engine) -> None:
    kept(engine, [*sample("A", AUGUST, **CLEAN), *sample("B", MAY, **CLEAN), *sample("B", AUGUST, **DIRTY)])
    first, second = ask(engine, "water.stations").rows
    assert (first["station"], first["word"], first["exceeding"]) == ("Titik B", "Cemar ringan", "BOD, DO, TSS")
    assert first["change"].startswith("memburuk dari 0,")
    assert (first["storet"], first["storet_n"]) == (-14, 2)
    assert (second["station"], second["change"], second["exceeding"]) == (
        "Titik A",
        "belum ada pembanding",
        "tidak ada",
    )


def test_samples_of_other_parameters_are_not_compared(engine: Engine) -> None:
    kept(engine, [*sample("B", MAY, **CLEAN), *sample("B", AUGUST, **CLEAN, cod="5")])
    (row,) = ask(engine, "water.stations").rows
    assert row["change"] == "parameter berbeda, tidak dibandingkan"


def test_what_a_judgement_leaves_out_is_said(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="10", bod="1", do="6", cu="<0.05", zn="<0.01", no2_n="9"))
    notes = " ".join(ask(engine, "water.stations").notes)
    for words in ("perlu verifikasi: Nitrit (NO2-N)", "2 nilai di bawah batas deteksi", "1 di antaranya tidak dinilai",
                  "8,26 mg/l (25 °C)"):  # fmt: skip
        assert words in notes


def test_a_limit_from_memory_is_not_shown_as_law(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="60", bod="1", no2_n="9"))
    rows = {row["parameter"]: row for row in ask(engine, "water.parameters").rows}
    assert (rows["TSS"]["limit"], rows["TSS"]["over"], rows["TSS"]["n"]) == ("≤ 50", 1, 1)
    assert (rows["Nitrit (NO2-N)"]["limit"], rows["Nitrit (NO2-N)"]["share"]) == ("perlu verifikasi", None)
    assert "0,06" not in str(rows)


def test_the_balance_adds_up_to_what_was_generated(engine: Engine) -> None:
    kept(engine, [waste(month) for month in YEAR])
    answer = ask(engine, "waste.balance")
    assert [float(row["share"]) for row in answer.rows] == pytest.approx(
        [400 / 120, 500 / 120, 12.5, 1600 / 120, 5000 / 120, 25]
    )
    assert answer.n == 12


def test_double_counting_is_said_and_no_rest_is_invented(engine: Engine) -> None:
    kept(engine, [waste(month, landfilled_t=D(12_000)) for month in YEAR])
    answer = ask(engine, "waste.balance")
    assert "Tidak terkelola" not in {row["way"] for row in answer.rows}
    assert any("terhitung dua kali" in note for note in answer.notes)


def test_targets_from_memory_are_not_drawn(engine: Engine) -> None:
    kept(engine, [waste(month) for month in months(date(2026, 10, 1), 24)])
    rows = ask(engine, "waste.by_month", Filters(date(2024, 11, 1), date(2026, 11, 1))).rows
    targets = {row["month"].year: row["handled_target"] for row in rows}
    assert targets == {2024: None, 2025: 70, 2026: 70}


def test_the_runway_says_what_was_assumed_and_what_is_not_known(engine: Engine) -> None:
    flows = [landfill(m, volume_left_m3=D(400_000) if m == YEAR[-1] else None) for m in YEAR]
    kept(engine, [*flows, *(landfill(m, "10", name="TPA Lama") for m in YEAR)])
    known, unknown = ask(engine, "waste.runway").rows
    assert (known["name"], known["volume"], known["assumed"]) == ("Karangdiyeng", 400_000, "0,75 t/m³, 15 % (anggapan)")
    assert (unknown["days_year"], unknown["measured"]) == (None, "belum pernah")


def test_places_are_summed_and_say_how_many_months_were_weighed(engine: Engine) -> None:
    kept(engine, [landfill(m, "100", weighing="perkiraan" if m == YEAR[0] else "timbangan") for m in YEAR])
    (row,) = ask(engine, "waste.places").rows
    assert (row["tonnes"], row["months"], row["per_month"], row["weighed"]) == (1200, 12, 100, "11 dari 12 bulan")
    assert row["trips"] is None


def test_a_bank_that_sold_nothing_lately_is_not_active_and_missing_is_not_zero(engine: Engine) -> None:
    kept(engine, [
        *(bank("Melati", m) for m in YEAR), *(bank("Mawar", m, turnover_rp=None) for m in YEAR[:6]),
    ])  # fmt: skip
    (row,) = ask(engine, "waste.banks").rows
    assert (row["kecamatan"], row["banks"], row["active"], row["sold"]) == ("Mojosari", 2, 1, 1800)
    assert (row["received"], row["turnover"]) == (2700, None)


def test_each_kecamatan_is_tested_for_both_parts(engine: Engine) -> None:
    kept(
        engine,
        [green("A", "140"), green("P", "300", "privat"), green("X", "5", kecamatan_code="35.16.01"), urban("1000")],
    )
    whole, jatirejo, mojosari = ask(engine, "green_space.kecamatan").rows
    assert (whole["place"], float(whole["public_short"]), float(whole["private_short"])) == (
        "Semua yang diketahui",
        6,
        0,
    )
    assert (float(mojosari["needed"]), jatirejo["why"][:31]) == (60, "luas kawasan perkotaan belum di")
    assert [row["kind"] for row in ask(engine, "green_space.kinds").rows] == [
        "Taman kota (privat)",
        "Taman kota (publik)",
    ]


def test_buildings_without_area_keep_their_row_and_are_not_ranked(engine: Engine) -> None:
    bills = [used(code, m, str(9000 + 100 * n)) for code in "ABM" for n, m in enumerate(YEAR)]
    kept(engine, [building("A"), building("B", None, None), building("M", "1000", "500"), *bills])
    rows = {row["building"]: row for row in ask(engine, "energy.buildings").rows}
    a = rows["Kantor A"]
    assert (float(a["intensity"]), float(a["low"]), float(a["high"]), a["word"]) == (9.55, 9, 10.1, "efisien")
    assert (rows["Kantor B"]["intensity"], rows["Kantor B"]["why"]) == (None, "luas lantai belum diukur")
    assert rows["Kantor M"]["why"].startswith("gedung campuran")


def test_a_month_of_all_buildings_is_pooled_over_their_floor(engine: Engine) -> None:
    kept(
        engine,
        [building("A"), building("B", "3000"), used("A", YEAR[-1], "10000"), used("B", YEAR[-1], "18000", days=60)],
    )
    (row,) = ask(engine, "energy.by_month").rows
    assert (row["kind"], row["n"], round(float(row["pooled"]), 4)) == (
        "AC",
        2,
        round((10000 + 18000 * 365 / 12 / 60) / 4000, 4),
    )


def test_a_young_roof_has_no_yield_of_a_year(engine: Engine) -> None:
    kept(
        engine, [plant("P"), plant("Q", "10"), *(made("P", m, "5475") for m in YEAR), made("Q", YEAR[-1], "900", "100")]
    )
    old, new = ask(engine, "energy.solar").rows
    assert (float(old["yield"]), float(old["factor"])) == (1314, 15)
    assert ("yield" in new, new["own"], new["months"]) == (False, 800, 1)


def test_official_and_own_figures_stand_in_columns_of_their_own(engine: Engine) -> None:
    figures = [official(2024, part, value) for part, value in (("IKA", "52"), ("IKU", "86"), ("IKL", "40"))]
    kept(engine, [*figures, official(2024, "IKLH", "63.1", "64")])
    whole, *parts = ask(engine, "iklh.parts").rows
    assert (whole["value"], whole["gap"], float(whole["local"])) == (D("63.1"), D("-0.9"), 63.142)
    assert [p["local"] for p in parts] == [None, None, None]
    assert len(ask(engine, "iklh.years").rows) == 4


def test_a_correction_says_what_it_was(engine: Engine) -> None:
    kept(engine, [official(2024, "IKLH", "63.1", "66")], NOW - timedelta(days=9))
    kept(engine, [official(2024, "IKLH", "63.1", "60")], NOW - timedelta(days=1))
    (row,) = ask(engine, "resources.corrections").rows
    assert (row["sheet"], row["row"], row["change"], row["said"], row["says"]) == (
        "IKLH", "IKLH, 2024", "dikoreksi", "target 66", "target 60",
    )  # fmt: skip


OURS = sorted(
    name for name in QUESTIONS if name.split(".")[0] in ("water", "waste", "green_space", "energy", "iklh")
)  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_a_period_before_all_data_shows_none_of_them(engine: Engine, name: str) -> None:
    last = YEAR[-1]
    kept(engine, [
        waste(last), landfill(last), bank("M", last), *sample("A", AUGUST, **CLEAN), green("A", "1"),
        urban("9", year=2026), official(2025, "IKLH", "60"), used("A", last, "5"), plant("P"), made("P", last, "5"),
    ])  # fmt: skip
    answer = ask(engine, name, Filters(date(2022, 1, 1), date(2022, 3, 31)))
    assert (answer.rows, bool(answer.missing)) == ((), True)


def ask(engine: Engine, name: str, filters: Filters = FILTERS) -> Answer:
    with reading(engine) as connection:
        answer: Any = QUESTIONS[name].ask(connection, filters, NOW)
        return answer


def test_an_index_that_a_detection_limit_drives_says_so(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="10", bod="1", cu="<0.01"))
    (row,) = ask(engine, "water.stations").rows
    assert row["driving"] == "Tembaga (Cu) (batas deteksi)"
