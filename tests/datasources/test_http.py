"""Asking over HTTP: a deadline, a size, a type, one host; and the sentence for each thing that goes wrong."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasources.contract import SourceUnavailable
from datasources.http import BadAnswer, NotFound, ask, remembered
from datasources.http_failures import host_of
from datasources.privacy import MASK
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
        (Page(b"{}", 401), BadAnswer, "menolak permintaan (HTTP 401)"),
        (Page(b"{}", 403), BadAnswer, "menolak permintaan (HTTP 403)"),
        (Page(b"{}", 429), SourceUnavailable, "terlalu sering ditanya (429)"),
        (Page(b'{"message":"Data not found"}', 404), NotFound, "tidak mengenal alamat itu (404: Data not found)"),
        (Page(b"<p>", 404, "text/html"), NotFound, "tidak mengenal alamat itu (404)"),
        (Page(b" " * 2000), BadAnswer, "lebih besar daripada 1000 bita"),
        (Page(gzip.compress(b" " * 2000), headers={"Content-Encoding": "gzip"}), BadAnswer, "lebih besar daripada"),
        (Page(b"12", headers={"Content-Length": "50"}), SourceUnavailable, "memutus sambungan sebelum jawabannya"),
        (Page(b"", 302, headers={"Location": "http://lain.example/x"}), BadAnswer, "mengalihkan ke lain.example"),
        (Page(b"", 302, headers={"Location": "http://[rusak/"}), BadAnswer, "mengalihkan ke alamat yang tidak sah."),
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


def test_a_host_that_accepts_and_stays_silent_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(SourceUnavailable, match=rf"127\.0\.0\.1:{port} tidak menjawab lengkap dalam 0\.4 detik"):
            ask(f"http://127.0.0.1:{port}/", timeout=SHORT)


def test_a_certificate_that_nobody_vouches_for_is_said(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))

    def shake_hands() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection, context.wrap_socket(connection, server_side=True):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=shake_hands, daemon=True)
        thread.start()
        with pytest.raises(SourceUnavailable, match="gagal: sertifikatnya tidak dapat dipercaya"):
            ask(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join(timeout=5)


@pytest.mark.parametrize("address", ["ftp://host/berkas", "http://", "bukan alamat"])
def test_an_address_that_is_none_is_said(address: str) -> None:
    with pytest.raises(SourceUnavailable, match="tidak sah; tulis seperti https://host/berkas"):
        ask(address)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://petugas:sandi@h:8080/a?key=sandi", "h:8080"),
        ("https://petugas:san/di@h/a", "h"),
        ("http://[rusak/", "[rusak"),
        ("http://petugas:sandi@[rusak/a", "[rusak"),
        ("petugas:sandi@h", "•••@h"),
        ("bukan alamat", "bukan alamat"),
        ("", ""),
    ],
)
def test_a_host_is_named_without_a_password_whatever_the_address(url: str, host: str) -> None:
    assert host_of(url) == host


@given(st.text(st.sampled_from("htps:/[]@?#.%a1 ")))
def test_no_address_is_so_wrong_that_it_cannot_be_named(url: str) -> None:
    assert "@" not in host_of(url).replace(f"{MASK}@", "")


def test_an_address_that_is_none_is_said_without_its_password() -> None:
    with pytest.raises(SourceUnavailable, match="Alamat 'ftp://•••@host/berkas' tidak sah; tulis seperti https://"):
        ask("ftp://petugas:sandi@host/berkas")


def test_an_address_with_half_a_bracket_is_said() -> None:
    with pytest.raises(SourceUnavailable, match=r"\[rusak"):
        ask("http://[rusak/")


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


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate and its key, made now."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "1", "-subj", "/CN=127.0.0.1", "-out", str(certificate), "-keyout", str(key)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key
