"""BMKG's earthquakes: an object or a list, numbers as text, one event in several lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from datasources.bmkg.earthquake_items import earthquakes
from datasources.bmkg.earthquakes import Earthquakes, once
from datasources.contract import SourceUnavailable
from tests.datasources.loopback import Loopback, Page, serving

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "../shared/samples/bmkg"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


@pytest.mark.parametrize("shape", [lambda e: e, lambda e: [e]])
def test_an_object_and_a_list_are_read_alike(shape: Any) -> None:
    (quake,), refused = earthquakes(envelope(shape(entry())), "autogempa.json", NOW)
    assert refused == []
    assert quake.event_at == datetime(2026, 5, 23, 12, 32, 2, tzinfo=UTC)
    assert (quake.lat, quake.lon, quake.magnitude, quake.depth_km) == (-8.61, 112.75, 4.9, 41.0)
    assert (quake.felt, quake.potential) == ("II-III Malang", "Tidak berpotensi tsunami")


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"Coordinates": None}, "lat", -8.61),
        ({"Coordinates": None, "Lintang": "3.65 LU"}, "lat", 3.65),
        ({"Coordinates": None, "Bujur": "95.84 BB"}, "lon", -95.84),
        ({"Coordinates": None, "point": {"coordinates": "-1.5,120.25"}}, "lon", 120.25),
        ({"DateTime": None}, "event_at", datetime(2026, 5, 23, 12, 32, 2, tzinfo=UTC)),
        ({"DateTime": None, "Tanggal": "01 Des 2025"}, "event_at", datetime(2025, 12, 1, 12, 32, 2, tzinfo=UTC)),
        ({"Dirasakan": "-"}, "felt", None),
        ({"Potensi": None}, "potential", None),
        ({"Dirasakan": "II Malang, " * 60}, "felt", ("II Malang, " * 60)[:255] + "…"),
    ],
)
def test_quirks_are_read(change: dict[str, Any], field: str, expected: object) -> None:
    (quake,), refused = earthquakes(envelope(entry(**change)), "autogempa.json", NOW)
    assert refused == []
    assert getattr(quake, field) == expected


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Magnitude": "kuat"}, "Magnitude 'kuat' bukan bilangan"),
        ({"Magnitude": "49"}, "Magnitude 49 di luar -1 sampai 10"),
        ({"Magnitude": "nan"}, "Magnitude nan di luar"),
        ({"Kedalaman": "dangkal"}, "Kedalaman 'dangkal' tidak terbaca; seharusnya seperti '41 km'"),
        ({"Coordinates": "112.75,-8.61"}, "lintang 112.75 di luar -90 sampai 90"),
        ({"Coordinates": "8.61"}, "seharusnya 'lintang,bujur'"),
        ({"DateTime": "2026-12-23T12:32:02+00:00"}, "masih di depan"),
        ({"DateTime": "kemarin"}, "DateTime 'kemarin' bukan waktu"),
        ({"DateTime": "", "Tanggal": "", "Jam": ""}, "waktu gempa tidak diketahui"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(change: dict[str, Any], sentence: str) -> None:
    found, (refused,) = earthquakes(envelope([entry(**change)]), "gempaterkini.json", NOW)
    assert found == []
    assert sentence in refused.reason
    assert refused.place == "gempaterkini.json, gempa 1"


def test_an_event_in_two_lists_comes_once_with_what_people_felt() -> None:
    felt = entry(Coordinates="-8.66,112.76", Potensi=None)
    measured = entry(Dirasakan=None)
    for order in ([felt, measured], [measured, felt]):
        (quake,) = once(earthquakes(envelope(order), "x", NOW)[0])
        assert (quake.lat, quake.felt, quake.potential) == (-8.66, "II-III Malang", "Tidak berpotensi tsunami")


def test_two_events_of_one_second_far_apart_stay_two() -> None:
    both = envelope([entry(), entry(Coordinates="3.65,95.84")])
    assert len(once(earthquakes(both, "x", NOW)[0])) == 2


def test_three_lists_are_one_batch_and_unchanged_lists_are_not_read_again(site: Loopback) -> None:
    reader = three(site)
    site.json("/a.json", envelope(entry()), etag='"1"')
    site.json("/b.json", envelope([entry(Dirasakan=None)]), etag='"2"')
    site.json("/c.json", envelope([entry(DateTime="2026-05-22T01:00:00+00:00")]), etag='"3"')
    (batch,) = reader.fetch({})
    assert len(batch.records) == 2
    assert list(reader.fetch(batch.cursor)) == []


def test_a_list_that_answers_badly_is_refused_beside_good_ones(site: Loopback) -> None:
    site.json("/a.json", envelope(entry()))
    site.json("/b.json", {"gempa": []})
    (batch,) = three(site).fetch({})
    assert len(batch.records) == 1
    assert batch.refused[0].reason.startswith("b.json: jawaban bukan daftar gempa")
    assert "404" in batch.refused[1].reason
    assert set(batch.cursor["etags"]) == {site.url("/a.json")}


def test_no_good_list_is_an_unavailable_source(site: Loopback) -> None:
    site.pages["/a.json"] = Page(b"<html>", content_type="text/html")
    with pytest.raises(SourceUnavailable, match="mengirim text/html"):
        list(three(site).fetch({}))


def test_published_lists_are_read_completely() -> None:
    files = [*SAMPLES.glob("gempa*_*.json"), *SAMPLES.glob("autogempa_202[46]*.json")]
    if not files:
        pytest.skip("the shared samples are not beside this checkout")
    for file in files:
        data = json.loads(file.read_text())
        found, refused = earthquakes(envelope(data) if isinstance(data, list) else data, file.name, NOW)
        assert (bool(found), refused) == (True, [])


def test_the_revised_position_of_a_published_event_is_one_event() -> None:
    file = SAMPLES / "gempa_history_247_records_2025-04_2025-12.json"
    if not file.exists():
        pytest.skip("the shared samples are not beside this checkout")
    found, _ = earthquakes(envelope(json.loads(file.read_text())), file.name, NOW)
    moment = datetime(2025, 5, 6, 7, 13, 10, tzinfo=UTC)
    assert len([q for q in found if q.event_at == moment]) > 1
    assert len([q for q in once(found) if q.event_at == moment]) == 1


def entry(**changes: Any) -> dict[str, Any]:
    whole = {
        "Tanggal": "23 Mei 2026", "Jam": "19:32:02 WIB", "DateTime": "2026-05-23T12:32:02+00:00",
        "Coordinates": "-8.61,112.75", "Lintang": "8.61 LS", "Bujur": "112.75 BT", "Magnitude": "4.9",
        "Kedalaman": "41 km", "Wilayah": "Pusat gempa di laut", "Potensi": "Tidak berpotensi tsunami",
        "Dirasakan": "II-III Malang", **changes,
    }  # fmt: skip
    return {key: value for key, value in whole.items() if value is not None}


def envelope(entries: Any) -> dict[str, Any]:
    return {"Infogempa": {"gempa": entries}}


def three(site: Loopback) -> Earthquakes:
    return Earthquakes(addresses=tuple(site.url(f"/{name}.json") for name in "abc"))
