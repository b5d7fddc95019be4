"""The rivers as screens see them: siaga only by the officer's thresholds, honest words where nothing can be told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding, Status
from dashboard.store.database import reading, writing
from dashboard.store.river_thresholds import Threshold, thresholds_at, withdraw_thresholds
from tests.dashboard.river_kept import NOW, enter, keep_levels, level, levels

LEVEL = CATALOGUE["river.level"]
RISING = (1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0)


def found(engine: Engine, indicator: str = "river.level", at: Any = NOW) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE[indicator].formula(connection, at)


def post(engine: Engine, at: Any = NOW) -> dict[str, Any]:
    return found(engine, at=at).detail["posts"][0]


def test_without_thresholds_there_is_no_siaga_word(engine: Engine) -> None:
    keep_levels(engine, levels(*RISING))
    finding = found(engine)
    assert (finding.value, finding.band, finding.n) == (Decimal("2.0"), "Ambang siaga belum diisi", 1)
    band = LEVEL.band_of(finding)
    assert band is not None
    assert band.status is Status.UNKNOWN
    told = finding.detail["posts"][0]
    assert told["next"] == "waktu ke siaga tidak dapat dihitung: ambang belum diisi"
    assert not any("Siaga" in str(value) for value in told.values())


@pytest.mark.parametrize(
    ("values", "word", "following"),
    [
        ((1.0, 1.0, 1.0, 1.0, 1.0), "Di bawah siaga", "tidak naik"),
        ((2.3, 2.2, 2.1, 2.05, 2.05), "Siaga III", "tidak naik"),
        ((1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.95), "Di bawah siaga", "Siaga III ± 5 mnt"),
        ((1.9, 2.0, 2.1, 2.2, 2.3, 2.3, 2.4), "Siaga III", "Siaga II ± 10 mnt"),
        ((2.6, 2.6, 2.7, 2.7, 2.8), "Siaga II", "sudah di atas ambang tertinggi"),
        ((2.4, 2.6), "Siaga III", "Siaga II tercapai, menunggu bacaan kedua"),
        ((1.4, 1.6), "Di bawah siaga", "waktu ke siaga tidak dapat dihitung: baru 2 bacaan dalam 3 jam, perlu 4"),
        ((1.0, 1.0, 1.0, 1.0, 2.1), "Di bawah siaga", "Siaga III tercapai, menunggu bacaan kedua"),
    ],
)
def test_siaga_and_the_time_to_the_next_step(
    engine: Engine, values: tuple[float, ...], word: str, following: str
) -> None:
    keep_levels(engine, levels(*values))
    enter(engine)
    told = post(engine)
    assert told["word"] == word
    assert told["next"].partition(" (")[0] == following
    assert found(engine).band == word


def test_a_step_names_who_acts_and_what_was_agreed(engine: Engine) -> None:
    keep_levels(engine, levels(2.6, 2.6, 2.7))
    enter(engine)
    told = post(engine)
    assert (told["opd"], told["action"], told["status"]) == ("BPBD", "Siagakan perahu", "kritis")
    assert told["basis"].startswith("SK Uji 1/2026; berlaku 15-11-2026, diisi Sari")


def test_a_step_is_held_over_hours_until_its_return(engine: Engine) -> None:
    keep_levels(engine, levels(2.1, 2.1, *[1.95] * 60))
    enter(engine)
    assert post(engine)["word"] == "Siaga III"


def test_readings_that_are_hours_old_tell_no_siaga(engine: Engine) -> None:
    keep_levels(engine, levels(2.6, 2.6, 2.6, 2.6))
    enter(engine)
    late = post(engine, NOW + timedelta(hours=3, minutes=1))
    assert (late["word"], late["status"]) == ("Tidak ada bacaan baru", "tidak diketahui")
    assert late["silent_since"] is not None
    gone = found(engine, at=NOW + timedelta(hours=7))
    assert (gone.value, gone.missing) == (None, "belum ada bacaan pos sungai dalam 6 jam terakhir")
    assert gone.detail["posts"][0]["label"] == "Kali Sadar"


def test_a_reset_a_spike_and_a_stuck_sensor_are_told(engine: Engine) -> None:
    keep_levels(engine, levels(7.0, 7.1, 1.0, 1.0, 3.0, 1.0, 1.0))
    told = post(engine)["notes"]
    assert told[0].startswith("lompatan -6,10 m pukul 11.20")
    assert told[1] == "1 bacaan mustahil tidak dipakai dalam 6 jam"
    keep_levels(engine, levels(*[0.5] * 80, station="macet", station_name="Kali Macet"))
    stuck = next(p for p in found(engine).detail["posts"] if p["station"] == "macet")
    assert stuck["notes"] == ["nilai tidak berubah 13 jam; alat mungkin macet"]


def test_the_gravest_post_speaks_for_the_rivers_and_one_without_thresholds_never_hides_it(engine: Engine) -> None:
    keep_levels(engine, levels(2.1, 2.1, 2.1), levels(1.0, 3.0, 5.0, station="liar"), levels(2.6, 2.6, station="b"))
    enter(engine)
    enter(engine, "b")
    assert [p["station"] for p in found(engine).detail["posts"]] == ["b", "sadar", "liar"]
    assert found(engine).band == "Siaga II"


def test_thresholds_hold_from_their_day_and_until_withdrawn(engine: Engine) -> None:
    first = enter(engine)
    later = (Threshold("Siaga I", Decimal(9), None, "BPBD", "Evakuasi"),)
    second = enter(engine, at=NOW - timedelta(hours=2), valid_from=NOW + timedelta(days=1), steps=later)
    with reading(engine) as connection:
        assert thresholds_at(connection, NOW)["sadar", "river_level"].entry == first
        assert thresholds_at(connection, NOW + timedelta(days=2))["sadar", "river_level"].entry == second
        assert thresholds_at(connection, NOW - timedelta(days=20)) == {}
    with writing(engine) as connection:
        assert withdraw_thresholds(connection, second, NOW)
        assert not withdraw_thresholds(connection, second, NOW)
    with reading(engine) as connection:
        assert thresholds_at(connection, NOW + timedelta(days=2))["sadar", "river_level"].entry == first


def test_the_rise_of_all_posts_the_fastest_first(engine: Engine) -> None:
    keep_levels(engine, levels(*RISING), levels(1, 1, 1, 1, 1, station="b", station_name="Kali B"))
    finding = found(engine, "river.rise")
    assert finding.value == Decimal("60.0")
    assert [row["label"] for row in finding.detail["rows"]] == ["Kali Sadar", "Kali B"]
    assert finding.detail["rows"][0]["value"] == "+60 cm/jam (+60 sampai +60) dalam 1 jam"


def test_discharge_has_its_own_thresholds(engine: Engine) -> None:
    flow = {"parameter": "discharge", "unit": "m3/s"}
    keep_levels(engine, levels(1300, 1310, 1320, 1330, **flow), [level(17.2)])
    steps = (Threshold("Siaga hijau", Decimal(1250), Decimal(1200), "BPBD", "Catat di buku jaga"),)
    enter(engine, quantity="discharge", steps=steps)
    assert found(engine, "river.discharge").band == "Siaga hijau"
    assert found(engine).band == "Ambang siaga belum diisi"
