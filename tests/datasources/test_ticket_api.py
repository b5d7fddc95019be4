"""Incidents from an application that answers with JSON: mapping, what changed since, who asks."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from datasources import registry
from datasources.calls112.records import Incident
from datasources.calls112.ticket_api import TicketApi
from datasources.contract import SourceUnavailable
from datasources.privacy import caller_hash
from tests.datasources.loopback import Loopback, Page
from tests.datasources.ticket_site import COLUMNS, KEY, NAME, NOW, NUMBER, Asking, frozen, site, ticket

__all__ = ["frozen", "site"]


def test_a_nested_ticket_becomes_an_incident(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-7")]}, etag="")
    (incident,) = Asking(site, paging={"parameter": ""}).fetch()
    assert incident == Incident(
        incident_id="T-7",
        t_received=datetime(2026, 11, 22, 7, 5, tzinfo=UTC),
        t_arrived=datetime(2026, 11, 22, 7, 17, tzinfo=UTC),
        category_raw="Kebakaran",
        opd="Damkar",
        kecamatan_code="35.16.03",
        lat=-7.6727,
        lon=112.543,
        status="diproses",
        class_raw="darurat",
        first_call_id="1763794800.21",
        n_calls=2,
        caller_hash=caller_hash(NUMBER, KEY),
    )


def test_nobody_can_be_recognised_in_what_is_given_refused_or_remembered(site: Loopback) -> None:
    wrong = ticket("T-8", lokasi={"kecamatan": f"rumah {NUMBER}"}, panggilan=[NUMBER], kategori=f"oleh {NUMBER}")
    wrong["waktu"] = {"masuk": "2026-11-22 14:05", "tiba": NAME}
    unread = ticket("T-9", waktu={"masuk": f"{NAME} {NUMBER}"}, diubah=NAME)
    site.json("/tickets", {"data": [ticket("T-7"), wrong, unread, NAME]})
    asking = Asking(site, paging={"parameter": ""}, updated="diubah")
    given = repr(asking.fetch()) + repr(asking.refused) + json.dumps(asking.cursor)
    assert len(asking.refused) >= 6
    for secret in (NAME, "Sulastri", NUMBER, NUMBER[1:], "Jalan Mawar"):
        assert secret not in given


@pytest.mark.parametrize(
    ("said", "kept"), [("SELESAI", "selesai"), ("Batal", "batal"), ("closed", "selesai"), ("entah", "entah")]
)
def test_status_words_are_translated_and_unknown_ones_stay(site: Loopback, said: str, kept: str) -> None:
    site.json("/tickets", {"data": [ticket("T-7", status=said)]})
    (incident,) = Asking(site, paging={"parameter": ""}, status_words={"Closed": "selesai"}).fetch()
    assert (incident.status, incident.cancelled) == (kept, kept == "batal")


@pytest.mark.parametrize("moment", ["2026-11-22 14:05", "2026-11-22T07:05:00Z", "22/11/2026 14:05", 1795331100,
                                    1795331100000])  # fmt: skip
def test_a_moment_without_a_zone_is_local_and_a_number_counts_from_1970(site: Loopback, moment: Any) -> None:
    site.json("/tickets", {"data": [ticket("T-7", waktu={"masuk": moment})]})
    (incident,) = Asking(site, paging={"parameter": ""}).fetch()
    assert incident.t_received == datetime(2026, 11, 22, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "reason", "place", "kept"),
    [
        ({"nomor": None}, "id kosong", "nomor", 0),
        ({"waktu": {"masuk": "2027-11-22 14:05"}}, "waktu terima '2027-11-22 14:05' masih di depan", "waktu.masuk", 0),
        ({"waktu": {"masuk": 17}}, "waktu terima '17' adalah angka, bukan tanggal", "waktu.masuk", 0),
        ({"kategori": {"nama": ["a"]}}, "berisi lebih dari satu nilai; petakan sampai", "kategori.nama", 1),
        ({"jumlah_panggilan": "dua"}, "jumlah panggilan 'dua' harus bilangan bulat mulai 1", "jumlah_panggilan", 1),
        ({"jumlah_panggilan": 0}, "jumlah panggilan '0' harus bilangan bulat", "jumlah_panggilan", 1),
        ({"panggilan": [NUMBER]}, "tampak seperti nomor telepon, bukan id panggilan", "panggilan.0", 1),
        ({"lokasi": {"lat": "-7,6", "lng": None}}, "posisi harus seperti LatLng", "lokasi.lat", 1),
        ({"lokasi": {"lat": 112.5, "lng": -7.6}}, "posisi di luar kabupaten", "lokasi.lat", 1),
        ({"lokasi": {"kecamatan": "Gubeng"}}, "'Gubeng' bukan kecamatan Kabupaten Mojokerto", "lokasi.kecamatan", 1),
        ({"diubah": "lusa"}, "waktu perubahan '•••' bukan waktu; tiket tetap dibaca", "diubah", 1),
        ({"diubah": None}, "waktu perubahan kosong; tiket tetap dibaca", "diubah", 1),
    ],
)
def test_a_wrong_value_is_refused_by_page_ticket_and_path(
    site: Loopback, change: dict[str, Any], reason: str, place: str, kept: int
) -> None:
    site.json("/tickets", {"data": [{**ticket("T-7"), **change}]})
    asking = Asking(site, paging={"parameter": ""}, updated="diubah")
    assert len(asking.fetch()) == kept
    (note,) = asking.refused
    assert reason in note.reason
    assert note.place == f"{urlsplit(site.address).netloc}, halaman 1, tiket 1, kolom {place}"


def test_a_ticket_that_is_no_object_is_refused(site: Loopback) -> None:
    site.json("/tickets", {"data": ["T-7"]})
    asking = Asking(site, paging={"parameter": ""})
    assert asking.fetch() == []
    assert "tiket harus objek JSON" in asking.refused[0].reason


def test_the_next_question_begins_five_minutes_before_the_newest_change(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-1", diubah="2026-11-23 10:00:00")]})
    asking = Asking(site, since="sejak", until="sampai", updated="diubah", paging={"parameter": ""})
    asking.fetch()
    asking.fetch()
    first, second = (parse_qs(urlsplit(path).query) for path in site.paths())
    assert first == {"sejak": ["2026-10-24 12:00:00"], "sampai": ["2026-11-23 12:00:00"]}
    assert second["sejak"] == ["2026-11-23 09:55:00"]


def test_a_change_in_the_future_does_not_hide_what_comes_after_it(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-1", diubah="2031-01-01 10:00:00")]})
    asking = Asking(site, since="sejak", updated="diubah", paging={"parameter": ""})
    asking.fetch()
    assert asking.cursor["newest"] == NOW.isoformat()


def test_without_a_time_of_change_our_own_last_question_counts(site: Loopback) -> None:
    site.json("/tickets", {"data": []})
    asking = Asking(site, since="sejak", time_format="unix", paging={"parameter": ""})
    asking.fetch()
    asking.fetch()
    assert parse_qs(urlsplit(site.paths()[1]).query) == {"sejak": [str(int(NOW.timestamp()) - 300)]}


def test_in_the_overlap_only_what_changed_is_given_again(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-1"), ticket("T-2"), ticket(None)]})
    asking = Asking(site, updated="diubah", paging={"parameter": ""})
    assert len(asking.fetch()) == 2
    batches = asking.batches
    assert asking.fetch() == []
    assert (asking.batches, len(asking.refused)) == (batches, 1), "nothing new yields nothing"
    site.json("/tickets", {"data": [ticket("T-1"), ticket("T-2", status="selesai")]})
    assert [(i.incident_id, i.status) for i in asking.fetch()] == [("T-2", "selesai")]


def test_an_unchanged_only_page_is_not_sent_again(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-1")]}, etag='"v1"')
    asking = Asking(site, paging={"parameter": ""}, updated="diubah")
    asking.fetch()
    assert asking.fetch() == []
    assert site.asked[1][1]["if-none-match"] == '"v1"'


def test_the_first_of_several_pages_says_nothing_about_the_others(site: Loopback) -> None:
    site.json("/tickets?page=1", {"data": [ticket("T-1")]}, etag='"v1"')
    site.json("/tickets?page=2", {"data": []}, etag='"v1"')
    asking = Asking(site)
    asking.fetch()
    assert "etags" not in asking.cursor


def test_unchanged_is_no_answer_for_a_page_that_was_never_read(site: Loopback) -> None:
    site.json("/tickets?page=1", {"data": [ticket("T-1")]})
    site.pages["/tickets?page=2"] = Page(b"", 304)
    with pytest.raises(SourceUnavailable, match="menjawab 'tidak berubah' untuk halaman yang belum dibaca"):
        Asking(site).fetch()


@pytest.mark.parametrize(
    ("secret", "header"),
    [
        ({"bearer": "abc.def"}, "Bearer abc.def"),
        ({"basic": "baca:sandi"}, "Basic " + base64.b64encode(b"baca:sandi").decode()),
    ],
)
def test_who_asks_is_said_in_a_header(site: Loopback, secret: dict[str, str], header: str) -> None:
    site.json("/tickets", {"data": []})
    Asking(site, paging={"parameter": ""}, **secret).fetch()
    assert site.asked[0][1]["authorization"] == header


def test_a_refused_token_is_said_without_the_token(site: Loopback) -> None:
    site.pages["/tickets"] = Page(b"{}", 401)
    with pytest.raises(SourceUnavailable, match=r"menolak permintaan \(HTTP 401\)") as failure:
        Asking(site, bearer="rahasia-sekali").fetch()
    assert "rahasia" not in str(failure.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"bearer": "a\nb"}, "isi rahasia tanpa baris baru"),
        ({"basic": "tanpa-titik-dua"}, "tulis sebagai pengguna:sandi"),
        ({"bearer": "a", "basic": "b:c"}, "pakai bearer atau basic, tidak keduanya"),
        ({"overlap": timedelta(0)}, "greater than or equal to 5 minutes"),
        ({"status_words": {"done": "beres"}}, "'beres' bukan status; yang ada: baru, diterima"),
        ({"caller_key": "pendek"}, "isi CALLER_HASH_KEY dengan sedikitnya 16 karakter acak"),
        ({"columns": {"id": "a", "received": "b", "nama": "c"}}, "kunci nama tidak dikenal"),
        ({"columns": {"id": "a", "received": "b", "lat": "c"}}, "position, atau dengan lat dan lon bersama"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_options_is_said(options: dict[str, Any], sentence: str) -> None:
    base = {"address": "http://127.0.0.1/x", "columns": COLUMNS, "caller_key": KEY}
    with pytest.raises(ValidationError, match=sentence):
        TicketApi.model_validate({**base, **options})


def test_an_api_is_added_by_configuration_alone(tmp_path: Path, site: Loopback) -> None:
    site.json("/v1/tiket", {"isi": [ticket("T-1")], "total": 1})
    toml = tmp_path / "sources.toml"
    toml.write_text(TOML.format(site=site.address), encoding="utf-8")
    (source,) = registry.load(toml, {"CALLER_HASH_KEY": "k" * 40, "TIKET_TOKEN": "abc"})
    assert isinstance(source.reader, TicketApi)
    records = [record for batch in source.reader.fetch({}) for record in batch.records]
    assert len(records) == 1
    assert site.asked[0][1]["authorization"] == "Bearer abc"


TOML = """
[sources.tiket]
reader = "calls112.ticket_api"
title = "Tiket 112"
owner = "Diskominfo"
stale_after = "5m"
address = "{site}/v1/tiket"
bearer = "${{TIKET_TOKEN}}"
since = "from"
updated = "diubah"
paging = {{ items = "isi", total = "total", size_parameter = "per_page", size = 50 }}

[sources.tiket.columns]
id = "nomor"
received = "waktu.masuk"
opd = "opd.0.nama"
caller = "pelapor.telepon"
"""
