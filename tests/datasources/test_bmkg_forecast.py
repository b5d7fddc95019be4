"""BMKG's forecast: every quirk of its JSON, and villages that answer badly beside villages that answer well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from datasources.bmkg.forecast import Forecast
from datasources.bmkg.forecast_items import forecast_slots
from datasources.contract import Batch, SourceUnavailable
from datasources.region import kecamatan
from tests.datasources.loopback import Loopback, Page, serving

ADM4 = "35.16.08.1007"
OTHER = "35.16.03.2005"
SAMPLES = Path(__file__).parents[2] / "../shared/samples/bmkg"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def test_an_item_becomes_a_slot_in_utc() -> None:
    (slot,), refused = forecast_slots(answer([[item()]]), ADM4)
    assert refused == []
    assert (slot.adm4, slot.kecamatan_code) == (ADM4, "35.16.08")
    assert slot.valid_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert slot.analysis_at == slot.data_time == datetime(2026, 11, 24, 0, tzinfo=UTC)
    assert (slot.temperature_c, slot.humidity_pct, slot.rain_mm, slot.cloud_pct) == (31, 66, 5.3, 97)
    assert (slot.wind_kmh, slot.wind_from_deg, slot.visibility_m) == (6.3, 236, 30987)
    assert (slot.weather_code, slot.weather) == (63, "Hujan Sedang")


def test_days_are_lists_and_the_first_may_be_partial() -> None:
    days = [[item(hour=18)], [], [item(hour=h) for h in (0, 3, 6)]]
    assert [s.valid_at.hour for s in forecast_slots(answer(days), ADM4)[0]] == [18, 0, 3, 6]


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"vs": None, "vs_text": None}, "visibility_m", None),
        ({"tp": 0}, "rain_mm", 0.0),
        ({"t": None}, "temperature_c", None),
        ({"weather": 0}, "weather", "Cerah"),
        ({"weather": 99, "weather_desc": "Hujan Es"}, "weather", "Hujan Es"),
        ({"datetime": None, "utc_datetime": "2026-11-24 09:00:00"}, "valid_at", datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
def test_quirks_are_read(change: dict[str, Any], field: str, expected: object) -> None:
    (slot,), refused = forecast_slots(answer([[item(**change)]]), ADM4)
    assert refused == []
    assert getattr(slot, field) == expected


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hu": 166}, "hu 166 di luar 0 sampai 100"),
        ({"t": "panas"}, "t 'panas' di luar -10 sampai 55"),
        ({"weather": None}, "kode weather None bukan bilangan bulat"),
        ({"weather": 99, "weather_desc": ""}, "kode weather 99 tidak dikenal dan weather_desc kosong"),
        ({"analysis_date": "kemarin"}, "analysis_date 'kemarin' bukan waktu"),
    ],
)
def test_an_item_that_cannot_be_is_refused_and_the_rest_goes_on(change: dict[str, Any], sentence: str) -> None:
    slots, refused = forecast_slots(answer([[item(**change), item()]]), ADM4)
    assert len(slots) == 1
    assert sentence in refused[0].reason
    assert refused[0].place == f"prakiraan {ADM4}, butir 1"


def test_every_kecamatan_is_asked_once(site: Loopback) -> None:
    for k in kecamatan():
        site.json(f"/f?adm4={k.adm4}", answer([[item()]], k.adm4))
    batches = list(Forecast(address=site.url("/f")).fetch({}))
    assert [b.records[0].kecamatan_code for b in batches] == [k.code for k in kecamatan()]  # type: ignore[attr-defined]
    assert len(site.asked) == 18


def test_an_unchanged_forecast_yields_nothing(site: Loopback) -> None:
    site.json(f"/f?adm4={ADM4}", answer([[item()]]), etag='"r1"')
    reader = Forecast(address=site.url("/f"), adm4=(ADM4,))
    (batch,) = reader.fetch({})
    assert batch.cursor == {"etags": {ADM4: {"etag": '"r1"'}}}
    assert list(reader.fetch(batch.cursor)) == []


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (Page(b'{"message":"Data not found","statusCode":404}', 404), "404: Data not found"),
        (Page(b"<html>limit</html>", content_type="text/html"), "mengirim text/html"),
        (Page(b'{"data": []}'), "tidak memuat satu pun butir"),
        (Page(b'{"rows": 1}'), "bukan prakiraan"),
        (Page(b"{"), "bukan JSON yang sah"),
    ],
)
@pytest.mark.parametrize("order", [(ADM4, OTHER), (OTHER, ADM4)])
def test_a_bad_village_is_refused_and_the_others_go_on(
    site: Loopback, page: Page, sentence: str, order: tuple[str, str]
) -> None:
    site.pages[f"/f?adm4={OTHER}"] = page
    site.json(f"/f?adm4={ADM4}", answer([[item()]]))
    batches = list(Forecast(address=site.url("/f"), adm4=order).fetch({}))
    assert sum(len(b.records) for b in batches) == 1
    (refused,) = [r for b in batches for r in b.refused]
    assert sentence in refused.reason
    assert refused.raw == f"adm4={OTHER}"


def test_the_answer_for_another_village_is_refused(site: Loopback) -> None:
    site.json("/f", answer([[item()]]))
    batches = list(Forecast(address=site.url("/f"), adm4=(ADM4, OTHER)).fetch({}))
    assert [r.reason for b in batches for r in b.refused] == [f"jawaban untuk {OTHER} berisi wilayah lain ({ADM4})"]


def test_when_all_villages_answer_badly_the_source_is_unavailable(site: Loopback) -> None:
    kept: list[Batch] = []
    with pytest.raises(SourceUnavailable, match="Tidak satu pun dari 18 wilayah terjawab baik"):
        kept.extend(Forecast(address=site.url("/f")).fetch({}))
    assert kept == []


def test_an_unreachable_host_is_given_up_after_three_villages() -> None:
    with serving() as gone:
        pass
    with pytest.raises(SourceUnavailable, match=r"sedikitnya 3 wilayah tidak terjawab\. 127"):
        list(Forecast(address=gone.url("/f")).fetch({}))


def test_published_forecasts_are_read_completely() -> None:
    files = sorted(SAMPLES.glob("prakiraan-cuaca_3*.json"))
    if not files:
        pytest.skip("the shared samples are not beside this checkout")
    for file in files:
        slots, refused = forecast_slots(json.loads(file.read_text()), file.name.split("_")[1])
        assert (len(slots), refused) == (19 if "2026" in file.name else 21, [])


def item(hour: int = 3, **changes: Any) -> dict[str, Any]:
    return {
        "datetime": f"2026-11-24T{hour:02}:00:00Z", "t": 31, "tcc": 97, "tp": 5.3, "weather": 63,
        "weather_desc": "Hujan Sedang", "wd_deg": 236, "wd": "SW", "wd_to": "NE", "ws": 6.3, "hu": 66, "vs": 30987,
        "vs_text": "> 10 km", "time_index": "2-3", "analysis_date": "2026-11-24T00:00:00",
        "image": "https://ikon.example/hujan sedang-am.svg", **changes,
    }  # fmt: skip


def answer(days: list[Any], adm4: str = ADM4) -> dict[str, Any]:
    return {"lokasi": {"adm4": adm4, "kotkab": "Mojokerto"}, "data": [{"lokasi": {"adm4": adm4}, "cuaca": days}]}
