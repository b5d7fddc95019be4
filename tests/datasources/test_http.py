"""Asking over HTTP: a deadline, a size, a type, one host; and the sentence for each thing that goes wrong."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest

from datasources.contract import SourceUnavailable
from datasources.http import BadAnswer, NotFound, ask, remembered
from tests.datasources.loopback import Loopback, Page, serving

SHORT = timedelta(seconds=0.4)


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def test_an_answer_carries_its_body_type_and_validators(site: Loopback) -> None:
    site.pages["/a"] = Page(b'{"a": 1}', content_type="application/json; charset=utf-8", etag='"v1"')
    answer = ask(site.url("/a"))
    assert answer is not None
    assert (answer.json(), answer.content_type, answer.validators) == ({"a": 1}, "application/json", {"etag": '"v1"'})
    assert site.asked[0][1]["user-agent"].startswith("mojokerto-command-center/")


def test_what_is_unchanged_is_none(site: Loopback) -> None:
    site.pages["/a"] = Page(b"{}", etag='"v1"')
    answer = ask(site.url("/a"))
    assert answer is not None
    cursor = {"etags": {"a": answer.validators}}
    assert ask(site.url("/a"), etag_cursor=remembered(cursor, "a")) is None
    assert remembered({}, "a") == {}


@pytest.mark.parametrize(
    ("page", "kind", "sentence"),
    [
        (Page(b"<html>", content_type="text/html"), BadAnswer, "mengirim text/html, padahal yang diminta app"),
        (Page(b"{}", content_type=""), BadAnswer, "mengirim isi tanpa jenis"),
        (Page(b"{}", 500), BadAnswer, "sedang bermasalah (HTTP 500)"),
        (Page(b"{}", 403), BadAnswer, "menolak permintaan (HTTP 403)"),
        (Page(b"{}", 429), SourceUnavailable, "terlalu sering ditanya (429)"),
        (Page(b'{"message":"Data not found"}', 404), NotFound, "tidak mengenal alamat itu (404: Data not found)"),
        (Page(b"<p>", 404, "text/html"), NotFound, "tidak mengenal alamat itu (404)"),
        (Page(b" " * 2000), BadAnswer, "lebih besar daripada 1000 bita"),
        (Page(gzip.compress(b" " * 2000), headers={"Content-Encoding": "gzip"}), BadAnswer, "lebih besar daripada"),
        (Page(b"12", headers={"Content-Length": "50"}), SourceUnavailable, "memutus sambungan sebelum jawabannya"),
        (Page(b"", 302, headers={"Location": "http://lain.example/x"}), BadAnswer, "mengalihkan ke lain.example"),
        (Page(b"", 302, headers={"Location": "/page"}), BadAnswer, "mengalihkan lebih dari 3 kali"),
    ],
)  # fmt: skip
def test_each_wrong_answer_has_its_sentence(site: Loopback, page: Page, kind: type, sentence: str) -> None:
    site.pages["/page"] = page
    with pytest.raises(SourceUnavailable) as wrong:
        ask(site.url("/page"), max_bytes=1000)
    assert sentence in str(wrong.value)
    assert "127.0.0.1" in str(wrong.value)
    assert type(wrong.value) is kind


def test_the_message_of_a_404_is_kept_apart(site: Loopback) -> None:
    site.json("/page", {"message": "Data not found", "error": "Not Found", "statusCode": 404}, status=404)
    with pytest.raises(NotFound) as wrong:
        ask(site.url("/page"))
    assert wrong.value.said == "Data not found"


def test_a_redirect_on_the_same_host_is_followed(site: Loopback) -> None:
    site.pages["/old"] = Page(b"", 301, headers={"Location": "/new"})
    site.json("/new", [1])
    answer = ask(site.url("/old"))
    assert answer is not None
    assert answer.json() == [1]


def test_a_dripping_body_ends_at_the_deadline(site: Loopback) -> None:
    site.pages["/slow"] = Page(b"[" + b" " * 100 + b"]", drip_s=0.1)
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match=r"tidak menjawab lengkap dalam 0\.4 detik"):
        ask(site.url("/slow"), timeout=SHORT)
    assert time.monotonic() - started < 2


def test_dripping_headers_end_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 60:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.1)
            except OSError:
                return

    thread = Thread(target=drip, daemon=True)
    thread.start()
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match="tidak menjawab lengkap"):
        ask(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=SHORT)
    assert time.monotonic() - started < 2
    listener.close()
    thread.join(timeout=2)


def test_a_closed_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceUnavailable, match=f"127.0.0.1:{port} tidak dapat dihubungi"):
        ask(f"http://127.0.0.1:{port}/")


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(SourceUnavailable, match=r"Nama tidak-ada\.invalid tidak ditemukan"):
        ask("http://tidak-ada.invalid/")


def test_broken_json_names_the_host(site: Loopback) -> None:
    site.pages["/a"] = Page(b"{")
    answer = ask(site.url("/a"))
    assert answer is not None
    with pytest.raises(BadAnswer, match=r"Jawaban 127\.0\.0\.1:\d+ bukan JSON yang sah"):
        answer.json()
