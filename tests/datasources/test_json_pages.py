"""Pages of tickets are read to the end, or it is said why not; none is passed over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasources.contract import SourceUnavailable
from datasources.json_paths import ABSENT, at
from tests.datasources.loopback import Loopback
from tests.datasources.ticket_site import Asking, frozen, site, ticket

__all__ = ["frozen", "site"]


def test_pages_are_asked_until_an_empty_one(site: Loopback) -> None:
    for page in (1, 2, 3):
        site.json(f"/tickets?page={page}", {"data": [ticket(f"T-{page}")] if page < 3 else []})
    assert [i.incident_id for i in Asking(site).fetch()] == ["T-1", "T-2"]
    assert site.paths() == ["/tickets?page=1", "/tickets?page=2", "/tickets?page=3"]


def test_a_short_page_is_not_the_last_when_the_server_gives_less_than_was_asked_for(site: Loopback) -> None:
    for page, size in ((0, 2), (1, 2), (2, 0)):
        site.json(f"/tickets?limit=50&page={page}", {"data": [ticket(f"T-{page}{n}") for n in range(size)]})
    assert len(Asking(site, paging={"first": 0, "size_parameter": "limit", "size": 50}).fetch()) == 4


def test_pages_end_where_the_total_is_reached(site: Loopback) -> None:
    for page in (1, 2):
        site.json(f"/tickets?page={page}", {"isi": {"baris": [ticket(f"T-{page}")], "jumlah": "2"}})
    assert len(Asking(site, paging={"items": "isi.baris", "total": "isi.jumlah"}).fetch()) == 2
    assert len(site.asked) == 2


@pytest.mark.parametrize("following", ["?page=2", "/tickets?page=2", "{site}/tickets?page=2", 2, "2"])
def test_pages_follow_the_next_that_is_told(site: Loopback, following: Any) -> None:
    following = following.replace("{site}", site.address) if isinstance(following, str) else following
    site.json("/tickets?page=1", {"data": [ticket("T-1")], "lanjut": {"ke": following}})
    site.json("/tickets?page=2", {"data": [ticket("T-2")], "lanjut": {"ke": None}})
    assert len(Asking(site, paging={"next": "lanjut.ke"}).fetch()) == 2


@pytest.mark.parametrize(
    ("paging", "second", "sentence"),
    [
        ({}, None, "tidak mengenal alamat itu (404)"),
        ({}, {"data": 3}, "halaman 2: daftar di 'data' bukan daftar; periksa kunci paging.items"),
        ({}, {"isi": []}, "halaman 2: daftar di 'data' tidak ada"),
        ({}, "same", "halaman 2 sama dengan halaman sebelumnya; periksa kunci paging.parameter"),
        ({"most": 2}, {"data": [1], "total": 5}, "berisi lebih dari 2 halaman; perkecil history atau naikkan"),
        ({"total": "total"}, {"data": [], "total": 5}, "halaman 2 adalah yang terakhir, padahal baru 1 dari 5 isi"),
        ({"total": "total"}, {"data": [1], "total": "-"}, "jumlah isi di 'total' bukan bilangan"),
        ({"next": "next"}, {"data": [1], "next": "https://lain.example/x"}, "menunjuk ke lain.example; hanya"),
        ({"next": "next", "total": "total"}, {"data": [1], "next": "", "total": 5}, "baru 2 dari 5 isi terbaca"),
    ],
)  # fmt: skip
def test_a_page_that_fails_is_said_and_the_next_question_begins_where_this_one_did(
    site: Loopback, paging: dict[str, Any], second: Any, sentence: str
) -> None:
    first = {"data": [ticket("T-1")], "total": 5, "next": "?page=2"}
    site.json("/tickets?page=1", first)
    if second is not None:
        site.json("/tickets?page=2", first if second == "same" else second)
    asking = Asking(site, paging=paging, updated="diubah")
    with pytest.raises(SourceUnavailable) as failure:
        asking.fetch()
    assert sentence in str(failure.value)
    assert [i.incident_id for i in asking.given] == ["T-1"], "what was read is kept"
    assert asking.cursor == {}, "nothing after it is skipped"


def test_a_next_that_is_no_address_needs_a_parameter(site: Loopback) -> None:
    site.json("/tickets", {"data": [], "next": "abc"})
    with pytest.raises(SourceUnavailable, match=r"'next' bukan alamat; isi kunci paging\.parameter"):
        Asking(site, paging={"parameter": "", "next": "next"}).fetch()


@given(
    st.recursive(st.none() | st.integers(), lambda c: st.lists(c) | st.dictionaries(st.text("a.0"), c)), st.text("a.0")
)
def test_a_path_finds_something_or_nothing_but_never_fails(value: Any, path: str) -> None:
    found = at(value, path)
    assert found is ABSENT or found is value or repr(found) in repr(value)
