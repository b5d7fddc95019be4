"""BMKG's early warnings: which alerts are taken, what they cover, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from datasources.bmkg.cap import province_of, warning
from datasources.bmkg.coverage import kecamatan_touched, ring
from datasources.bmkg.warnings import Warnings
from datasources.contract import Batch, SourceUnavailable
from datasources.region import kecamatan
from tests.datasources.loopback import Loopback, Page, serving

SAMPLES = Path(__file__).parents[2] / "../shared/samples/bmkg"
MOJOSARI = "-7.500,112.540 -7.500,112.545 -7.506,112.545 -7.500,112.540"
JAKARTA = "-6.20,106.80 -6.20,106.82 -6.22,106.82 -6.20,106.80"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def test_an_alert_is_read_in_utc_with_its_kecamatan() -> None:
    read = warning(cap())
    assert read.identifier == "2.49.0.1.360.0.2026.11.24.07.35.002"
    assert read.sent == read.data_time == datetime(2026, 11, 24, 7, 50, tzinfo=UTC)
    assert (read.effective, read.expires) == (
        datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC))  # fmt: skip
    assert (read.message_type, read.severity, read.urgency, read.certainty) == (
        "Alert", "Moderate", "Immediate", "Observed")  # fmt: skip
    assert "35.16.08" in read.kecamatan
    assert read.description == "Hujan di Jombang.\nSampai 17:00 WIB."


@pytest.mark.parametrize(
    ("polygons", "expected"),
    [
        ((JAKARTA,), ()),
        ((MOJOSARI,), ("35.16.06", "35.16.08")),
        ((JAKARTA, MOJOSARI), ("35.16.06", "35.16.08")),
        (("-8.2,111.9 -8.2,113.1 -7.0,113.1 -7.0,111.9",), tuple(k.code for k in kecamatan())),
        # A bow tie: its lines cross, it is still an area.
        (("-7.48,112.52 -7.52,112.56 -7.48,112.56 -7.52,112.52",), ("35.16.06", "35.16.07", "35.16.08", "35.16.10")),
    ],
)
def test_polygons_mark_the_kecamatan_they_touch(polygons: tuple[str, ...], expected: tuple[str, ...]) -> None:
    touched = kecamatan_touched([ring(p) for p in polygons])
    assert touched == expected


def test_a_warning_at_the_far_end_of_a_long_kecamatan_marks_it() -> None:
    lat, lon = -7.72, 112.45
    small = ring(f"{lat},{lon} {lat},{lon + 0.005} {lat - 0.005},{lon}")
    assert "35.16.01" in kecamatan_touched([small])


def test_an_alert_outside_the_kabupaten_has_no_kecamatan() -> None:
    assert warning(cap(polygon=JAKARTA)).kecamatan == ()


def test_an_update_names_what_it_replaces() -> None:
    read = warning(cap(kind="Update", references="a@b.id,2.49.1,2026-11-24T07:00:00+07:00 a@b.id,2.49.2,x"))
    assert (read.message_type, read.references) == ("Update", ("2.49.1", "2.49.2"))


def test_a_cancel_needs_neither_polygon_nor_validity() -> None:
    text = cap(kind="Cancel", references="a@b.id,2.49.1,x").decode()
    bare = text[: text.index("<info>")] + "</alert>"
    read = warning(bare.encode())
    assert (read.message_type, read.references, read.kecamatan) == ("Cancel", ("2.49.1",), ())
    assert read.effective == read.expires == read.sent


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (lambda: cap(status="Test"), "status Test bukan peringatan nyata"),
        (lambda: cap(kind="Ack"), "msgType 'Ack' bukan Alert, Update atau Cancel"),
        (lambda: cap(identifier=""), "identifier '' kosong"),
        (lambda: cap(expires=""), "expires '' bukan waktu berzona"),
        (lambda: cap(expires="2026-11-24T17:00:00"), "bukan waktu berzona"),
        (lambda: cap(expires="2026-11-24T14:00:00+07:00"), "tidak sesudah effective"),
        (lambda: cap(references="x"), "references 'x' seharusnya"),
        (lambda: cap(polygon="112.5,-7.5 112.6,-7.5 112.6,-7.6"), "lintang harus di depan"),
        (lambda: cap(polygon="-7.5,112.5 -7.5,112.5"), "sedikitnya 3"),
        (lambda: cap(polygon="-7.5 112.5"), "seharusnya 'lintang,bujur'"),
        (lambda: cap().replace(b"<polygon>", b"<circle>").replace(b"</polygon>", b"</circle>"), "tanpa poligon"),
        (lambda: b"<alert/>", "bukan peringatan CAP 1.2"),
        (lambda: b"<alert", "bukan XML yang sah (baris 1)"),
        (lambda: b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DTD atau entitas"),
    ],
)
def test_what_is_no_real_alert_has_its_sentence(body: object, sentence: str) -> None:
    with pytest.raises(ValueError) as wrong:
        warning(body())  # type: ignore[operator]
    assert sentence in str(wrong.value)


def test_the_province_stands_in_the_identifier() -> None:
    assert province_of("2.49.0.1.360.0.2026.11.24.07.35.002") == "35"
    assert province_of("CJI20261124002") == ""


def test_only_our_province_is_fetched(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"), ("CBT20261124001", "36"), ("CXX20261124001", "35"))
    site.xml("/cap/CJI20261124002_alert.xml", cap().decode())
    site.xml("/cap/CXX20261124001_alert.xml", cap(identifier="2.49.0.1.360.0.2026.11.24.07.35.003").decode())
    records = [r for b in fetched(site) for r in b.records]
    assert len(records) == 2
    assert site.paths() == ["/rss.xml", "/cap/CJI20261124002_alert.xml", "/cap/CXX20261124001_alert.xml"]


def test_no_prefix_takes_every_province(site: Loopback) -> None:
    rss(site, ("CBT20261124001", "36"))
    site.xml("/cap/CBT20261124001_alert.xml", cap(polygon=JAKARTA).decode())
    (batch, *_) = Warnings(address=site.url("/rss.xml"), prefixes=()).fetch({})
    assert len(batch.records) == 1


def test_an_alert_is_fetched_once(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"))
    site.xml("/cap/CJI20261124002_alert.xml", cap().decode())
    cursor = fetched(site)[-1].cursor
    assert fetched(site, cursor) == []
    assert site.paths().count("/cap/CJI20261124002_alert.xml") == 1


def test_an_alert_that_cannot_be_fetched_is_asked_for_again_although_the_list_is_unchanged(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"), ("CJI20261124003", "35"), etag='"1"')
    site.xml("/cap/CJI20261124003_alert.xml", cap().decode())
    first = fetched(site)
    assert [len(b.records) for b in first] == [0, 1]
    assert "tidak mengenal alamat itu (404)" in first[0].refused[0].reason
    site.xml("/cap/CJI20261124002_alert.xml", cap(identifier="2.49.0.1.360.0.2026.11.24.07.35.009").decode())
    second = fetched(site, first[-1].cursor)
    assert [len(b.records) for b in second] == [1, 0]
    assert fetched(site, second[-1].cursor) == []
    assert len(site.asked) == 3 + 2 + 1


def test_a_test_message_is_refused_once(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"))
    site.xml("/cap/CJI20261124002_alert.xml", cap(status="Test").decode())
    batches = fetched(site)
    assert [r.reason for b in batches for r in b.refused] == ["status Test bukan peringatan nyata"]
    assert fetched(site, batches[-1].cursor) == []


def test_a_link_to_another_host_is_not_followed(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"), base="http://lain.example/")
    (batch,) = fetched(site)
    assert batch.refused[0].reason == "tautan menunjuk ke host lain (lain.example); tidak diikuti"


def test_a_configured_second_host_is_followed(site: Loopback) -> None:
    with serving() as second:
        rss(site, ("CJI20261124002", "35"), base=second.url("/"))
        second.xml("/CJI20261124002_alert.xml", cap().decode())
        host = second.address.removeprefix("http://")
        (batch, *_) = Warnings(address=site.url("/rss.xml"), cap_host=host).fetch({})
    assert len(batch.records) == 1


def test_old_links_are_forgotten_unless_they_are_still_listed(site: Loopback) -> None:
    rss(site, ("CJI20261124002", "35"), ("CJI20261124003", "35"))
    site.xml("/cap/CJI20261124003_alert.xml", cap().decode())
    listed, gone = site.url("/cap/CJI20261124002_alert.xml"), "http://x/CJI20261101001_alert.xml"
    old = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    (batch,) = fetched(site, {"seen": {listed: {"id": "a", "at": old}, gone: {"id": "b", "at": old}}})
    assert set(batch.cursor["seen"]) == {listed, site.url("/cap/CJI20261124003_alert.xml")}


def test_an_empty_list_is_no_news(site: Loopback) -> None:
    rss(site)
    assert fetched(site) == []


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (Page(b"<html/>", content_type="text/html"), "mengirim text/html"),
        (Page(b"<feed/>", content_type="text/xml"), "bukan RSS: tidak ada 'channel'"),
        (Page(b"<rss>", content_type="text/xml"), "Daftar peringatan dini BMKG bukan XML yang sah"),
    ],
)
def test_a_list_that_is_none_is_an_unavailable_source(site: Loopback, page: Page, sentence: str) -> None:
    site.pages["/rss.xml"] = page
    with pytest.raises(SourceUnavailable, match=sentence):
        fetched(site)


def test_published_alerts_are_read(site: Loopback) -> None:
    if not SAMPLES.exists():
        pytest.skip("the shared samples are not beside this checkout")
    banten = warning((SAMPLES / "cap_banten_CBT20260216004.xml").read_bytes())
    assert (banten.kecamatan, province_of(banten.identifier)) == ((), "36")
    assert "Jombang" in banten.description
    assert warning((SAMPLES / "cap_CGT20260924002.transcribed_abridged.xml").read_bytes()).sent.hour == 7
    for file in SAMPLES.glob("nowcast_rss_2026*.xml"):
        site.pages["/rss.xml"] = Page(file.read_bytes(), content_type="application/rss+xml")
        assert fetched(site) == []


def fetched(site: Loopback, cursor: object = None) -> list[Batch]:
    return list(Warnings(address=site.url("/rss.xml")).fetch(cursor or {}))  # type: ignore[arg-type]


def rss(site: Loopback, *items: tuple[str, str], base: str = "", etag: str = "") -> None:
    listed = "".join(
        f"<item><title>Hujan</title><link>{base or site.url('/cap/')}{name}_alert.xml</link>"
        f'<guid isPermaLink="false">2.49.0.1.360.0.2026.11.24.07.{province}.00{number}</guid></item>'
        for number, (name, province) in enumerate(items)
    )
    head = '<?xml version="1.0"?>\n <?xml-stylesheet href="/x.xsl"?>\n'
    text = f'{head}<rss version="2.0"><channel>{listed}</channel></rss>'
    site.xml("/rss.xml", text, etag=etag)


def cap(
    identifier: str = "2.49.0.1.360.0.2026.11.24.07.35.002",
    status: str = "Actual",
    kind: str = "Alert",
    references: str = "",
    expires: str = "2026-11-24T17:00:00+07:00",
    polygon: str = MOJOSARI,
) -> bytes:
    return f"""
<?xml version="1.0" ?><?xml-stylesheet href="/x.xsl"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>{identifier}</identifier><sender>cuaca@contoh.id</sender><sent>2026-11-24T14:50:00+07:00</sent>
<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope><references>{references}</references>
<info><language>en</language><event>Heavy rain</event></info>
<info><language>id</language><event>Hujan Lebat</event><urgency>Immediate</urgency><severity>Moderate</severity>
<certainty>Observed</certainty><effective>2026-11-24T15:00:00+07:00</effective><expires>{expires}</expires>
<headline>Hujan Lebat di Jawa Timur</headline><description>Hujan di Jombang.
 Sampai 17:00 WIB.</description>
<area><areaDesc>Jawa Timur</areaDesc><polygon>{polygon}</polygon></area></info></alert>""".encode()
