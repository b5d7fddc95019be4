"""The regency as data: every code that BMKG may be asked for."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from datasources.bmkg.forecast import Forecast
from datasources.region import KABUPATEN_CODE, by_code, kecamatan, villages

PUBLISHED = Path(__file__).parents[2] / "../shared/data/adm4_kab_mojokerto_35.16.csv"


def test_304_villages_lie_in_18_kecamatan() -> None:
    assert (len(kecamatan()), len(villages())) == (18, 304)
    assert {code[:8] for code in villages()} == set(by_code())
    kelurahan = [code for code in villages() if code.split(".")[3].startswith("1")]
    assert (len(kelurahan), {code[:8] for code in kelurahan}) == (5, {"35.16.08"})


def test_each_kecamatan_is_asked_for_by_a_village_of_its_own() -> None:
    assert all(k.adm4 in villages() and k.adm4.startswith(k.code + ".") for k in kecamatan())
    assert len({k.adm4 for k in kecamatan()}) == 18


def test_every_village_is_a_code_that_the_forecast_reader_takes() -> None:
    assert len(Forecast(adm4=tuple(villages())).adm4 or ()) == 304


def test_the_codes_are_those_of_the_decree() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the shared list of codes is not beside this checkout")
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["jenis"] for row in rows) == {"kabupaten": 1, "kecamatan": 18, "desa": 299, "kelurahan": 5}
    told = {row["kode"]: row["nama"] for row in rows}
    assert told.pop(KABUPATEN_CODE)
    assert {code: k.name for code, k in by_code().items()} | villages() == told
