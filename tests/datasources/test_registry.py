"""Every mistake in sources.toml refuses to start with file, table, key, value and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from datasources.registry import READERS, ConfiguredSource, load
from datasources.toml_file import Misconfigured

GOOD = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "/var/log/asterisk/queue_log"
stale_after = "1m"
"""
KEY = {"CALLER_HASH_KEY": "k" * 40}


def test_a_source_is_built_from_a_few_lines(tmp_path: Path) -> None:
    (source,) = load(written(tmp_path, GOOD), KEY)
    assert (source.id, source.topics, source.stale_after.total_seconds()) == ("antrean", ("calls", "agent_spells"), 60)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("calls112.queue_log", "calls112.queuelog"), "tidak dikenal. Maksud Anda 'calls112.queue_log'?"),
        (('stale_after = "1m"', ""), 'kunci stale_after belum ada. Tambahkan, misalnya stale_after = "5m"'),
        (('"1m"', '"sebentar"'), "kunci stale_after = 'sebentar' tidak dapat dipakai; isi misalnya \"5m\""),
        (("path =", "pth ="), "kunci pth tidak dikenal. Maksud Anda 'path'?"),
        (('"/var/log/asterisk/queue_log"', "12"), "kunci path = 12 tidak dapat dipakai"),
        (('"/var/log', '"${TIDAK_ADA}/log'), "memakai ${TIDAK_ADA}, tetapi setelan TIDAK_ADA belum diisi"),
        (("[sources.antrean]", "[sumber.antrean]"), "isi hanya tabel [sources.<id>]"),
        (("[sources.antrean]", "[sources.Antrean-1]"), "id 'Antrean-1' harus huruf kecil"),
        (("title =", "title"), "bukan TOML yang sah"),
        (
            ('"calls112.queue_log"', '"excel"'),
            "kunci reader = 'excel' tidak dikenal. Yang ada: air_quality.klh, air",
        ),
        (('reader = "calls112.queue_log"', ""), "kunci reader belum ada. Tambahkan, misalnya reader ="),
        (('"Diskominfo"', '""'), "kunci owner = '' tidak dapat dipakai"),
        (('"Diskominfo"', "7"), "kunci owner = 7 tidak dapat dipakai"),
        (('"1m"', '"-1m"'), "kunci stale_after = '-1m' tidak dapat dipakai; isi misalnya \"5m\""),
        (
            ("path =", 'simulated = "mungkin"\npath ='),
            "kunci simulated = 'mungkin' tidak dapat dipakai; isi misalnya",
        ),
        (("path =", "batch_lines = 0\npath ="), "kunci batch_lines = 0 tidak dapat dipakai"),
        (("path =", 'warna = "merah"\npath ='), "kunci warna tidak dikenal. Yang boleh: "),
        ((GOOD, ""), "isi hanya tabel [sources.<id>], sedikitnya satu; ditemukan: kosong"),
        ((GOOD, "sources = 3"), "isi hanya tabel [sources.<id>], sedikitnya satu"),
        (
            (GOOD, GOOD + "[sources.antrean]"),
            "bukan TOML yang sah pada baris 8, kolom 17: tabel atau kunci itu ditulis",
        ),
        (("path =", "path = 1\npath ="), "bukan TOML yang sah pada baris 7, kolom"),
        (('"1m"', '"1m'), "bukan TOML yang sah pada baris 7, kolom 18; periksa tanda =, tanda kutip dan kurung"),
        (("path =", 'every = "0s"\npath ='), "kunci every = '0s' tidak dapat dipakai; isi misalnya \"5m\""),
        (("path =", 'every = "0s"\npath ='), "(paling sedikit 1 detik)"),
        (("path =", "every = 0.5\npath ="), "kunci every = 0.5 tidak dapat dipakai"),
        (('"1m"', '"0s"'), "kunci stale_after = '0s' tidak dapat dipakai"),
        (
            ("path =", "licence = 3\npath ="),
            'kunci licence = 3 tidak dapat dipakai; isi misalnya "licence Anda". (harus teks',
        ),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        load(written(tmp_path, GOOD.replace(*change)), KEY)
    assert sentence in str(refused.value)
    assert str(tmp_path / "sources.toml") in str(refused.value)


SENSOR = 'reader = "sensors.mqtt"\nhost = "h"\nsubscribe = ["a"]\n'
TICKETS = 'reader = "calls112.ticket_api"\naddress = "https://h/t"\ncolumns = { id = "a", received = "b" }\n'


@pytest.mark.parametrize(
    ("options", "change", "sentence"),
    [
        (SENSOR, ("subscribe", "langganan"), 'kunci subscribe belum ada. Tambahkan, misalnya subscribe = ["nilai"].'),
        (SENSOR, ('["a"]', "[]"), 'subscribe = [] tidak dapat dipakai; isi misalnya ["nilai"]. (paling sedikit 1 isi)'),
        (SENSOR, ('["a"]', '"a"'), '(harus daftar dalam kurung siku, seperti ["a", "b"])'),
        (SENSOR, ('["a"]', '["a", 3]'), 'subscribe.1 = 3 tidak dapat dipakai; isi misalnya "subscribe Anda". (harus'),
        (SENSOR, ('"h"', '""'), "host = '' tidak dapat dipakai; isi misalnya \"host Anda\". (paling sedikit 1 huruf)"),
        (SENSOR, ("host", "port = 70000\nhost"), "kunci port = 70000 tidak dapat dipakai; isi misalnya 8883. (harus"),
        (SENSOR, ("host", "port = 70000\nhost"), "(harus kurang dari 65.536)"),
        (SENSOR, ("host", 'port = "x"\nhost'), "(harus bilangan bulat, tanpa tanda kutip)"),
        (SENSOR, ("host", "port = 1.5\nhost"), "(harus bilangan bulat, tanpa tanda kutip)"),
        (SENSOR, ("host", 'tls = "ya"\nhost'), "isi misalnya true. (harus true atau false, tanpa tanda kutip)"),
        (SENSOR, ("host", 'format = "xml"\nhost'), "misalnya \"json\". (pilihannya: 'json', 'chirpstack', 'ttn'"),
        (SENSOR, ("host", "fields = 3\nhost"), '(harus tabel, seperti { kunci = "nilai" })'),
        (SENSOR, ("host", 'fields = { a = "pm25:x" }\nhost'), "(satuan 'x' untuk pm25 tidak dikenal; yang dapat: ug/"),
        (SENSOR, ("host", "ca_file = 1\nhost"), "(harus letak berkas, teks dalam tanda kutip)"),
        (TICKETS, ("columns", 'history = "0s"\ncolumns'), "(harus lebih dari 0 detik)"),
        (TICKETS, ("columns", 'overlap = "1m"\ncolumns'), "(paling sedikit 5 menit)"),
        (TICKETS, ("columns", "paging = { sise = 3 }\ncolumns"), "paging.sise tidak dikenal. Maksud Anda 'size'?"),
        (TICKETS, ("columns", "paging = { besar = 3 }\ncolumns"), "paging.besar tidak dikenal. Yang boleh: first, "),
        (TICKETS, ("columns", "paging = { most = 200000 }\ncolumns"), "paging.most = 200000 tidak dapat dipakai; isi"),
        (TICKETS, ("columns", "paging = { most = 200000 }\ncolumns"), "(paling banyak 100.000)"),
        (TICKETS, ("columns", "paging = 3\ncolumns"), "kunci paging = 3 tidak dapat dipakai; isi misalnya { kunci = "),
        (TICKETS, ("columns", 'zone = "Mojokerto"\ncolumns'), '"Asia/Jakarta". (harus nama zona waktu seperti Asia/'),
        (TICKETS, ("https://h/t", "h/t"), "(harus alamat seperti https://host/berkas, tanpa sandi dan tanpa spasi)"),
        (TICKETS, ('id = "a"', "id = 3"), 'columns.id = 3 tidak dapat dipakai; isi misalnya "id Anda". (harus teks'),
    ],
)  # fmt: skip
def test_what_a_reader_cannot_use_is_said_with_what_would_be_right(
    tmp_path: Path, options: str, change: tuple[str, str], sentence: str
) -> None:
    said = mistakes(tmp_path, options.replace(*change, 1))
    assert sentence in said
    assert "[sources.uji]: kunci " in said
    for english in ("Input", "should", "valid", "Value error", "second"):
        assert english not in said


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://petugas:sandi@h/t", "'https://•••@h/t'"),
        ("petugas:sandi@h", "'•••@h'"),
        ("https://h /t?key=sandi&x=1", "'https://h /t?key=•••&x=•••'"),
        ("h/${TOKEN}", "'h/${TOKEN}'"),
    ],
)
def test_an_address_is_repeated_without_its_password(tmp_path: Path, address: str, shown: str) -> None:
    said = mistakes(tmp_path, TICKETS.replace("https://h/t", address), {**KEY, "TOKEN": "sandi"})
    assert f"kunci address = {shown} tidak dapat dipakai" in said
    assert "sandi@" not in said
    assert "=sandi" not in said
    assert "h/sandi" not in said


def test_a_file_that_is_not_utf_8_is_said_by_line_and_byte(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b'[sources.a]\ntitle = "caf\xe9"\n')
    with pytest.raises(Misconfigured) as refused:
        load(tmp_path / "sources.toml", KEY)
    where = f"{tmp_path}/sources.toml, baris 2: bita ke-25 (0xe9)"
    assert str(refused.value) == f"{where} bukan UTF-8; simpan ulang berkas itu sebagai UTF-8."


def test_the_mark_that_windows_writes_before_utf_8_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert [source.id for source in load(tmp_path / "sources.toml", KEY)] == ["antrean"]


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="tidak dapat dibaca"):
        load(tmp_path / "sources.toml", KEY)


def test_a_secret_is_never_repeated(tmp_path: Path) -> None:
    text = GOOD.replace("path =", "caller_key = 7\npath =")
    with pytest.raises(Misconfigured, match=r"\(rahasia\)"):
        load(written(tmp_path, text), KEY)


@pytest.mark.parametrize(
    "options",
    [
        'reader = "calls112.vendor_database"\nurl = "oracle://u:rahasia@h/d"\ncolumns = { id = "id", received = "t" }',
        'reader = "calls112.vendor_database"\nurl = "rahasia"\ncolumns = { id = "id", received = "t" }',
    ],
)
def test_the_address_of_a_database_is_never_repeated(tmp_path: Path, options: str) -> None:
    text = f'[sources.kasus]\ntitle = "a"\nowner = "b"\nstale_after = "1m"\n{options}\n'
    with pytest.raises(Misconfigured, match=r"\[sources\.kasus\]: kunci url = \(rahasia\) tidak dapat") as refused:
        load(written(tmp_path, text), KEY)
    assert "rahasia@" not in str(refused.value)


def test_each_of_several_mistakes_is_said_on_a_line_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as refused:
        load(written(tmp_path, '[sources.antrean]\nreader = "calls112.queue_log"\n'), KEY)
    keys = ["title", "owner", "stale_after"]
    assert [line.split("kunci ")[1].split()[0] for line in str(refused.value).splitlines()] == keys


@pytest.mark.parametrize("name", READERS)
def test_every_reader_keeps_the_contract(name: str) -> None:
    module, _, class_name = READERS[name].partition(":")
    reader = getattr(import_module(module), class_name)
    assert [callable(getattr(reader, verb, None)) for verb in ("fetch", "listen", "receive")].count(True) == 1
    assert reader.topics
    assert reader.model_config["frozen"]
    assert reader.model_config["extra"] == "forbid"


def mistakes(directory: Path, options: str, environment: Mapping[str, str] = KEY) -> str:
    """What is said of one source with these options."""
    text = f'[sources.uji]\ntitle = "a"\nowner = "b"\nstale_after = "1m"\n{options}\n'
    with pytest.raises(Misconfigured) as refused:
        load(written(directory, text), environment)
    return str(refused.value)


def written(directory: Path, text: str) -> Path:
    file = directory / "sources.toml"
    file.write_text(text, encoding="utf-8")
    return file


TWO_QUEUES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean"
owner = "Diskominfo"
path = "/a"
stale_after = "1m"
{first}

[sources.cdr]
reader = "calls112.cdr"
title = "CDR"
owner = "Diskominfo"
url = "sqlite:////b"
stale_after = "1m"
inbound_dids = ["112"]
{second}
"""


def two_queues(folder: Path, first: str = "", second: str = "") -> tuple[ConfiguredSource, ...]:
    file = folder / "sources.toml"
    file.write_text(TWO_QUEUES.format(first=first, second=second), encoding="utf-8")
    return load(file, {"CALLER_HASH_KEY": "k" * 40})


def test_two_sources_of_the_same_calls_refuse_to_start(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sumber antrean dan cdr sama-sama mengirim 'calls'.*terhitung dua kali"):
        two_queues(tmp_path)


def test_one_of_them_may_tell_something_else_only(tmp_path: Path) -> None:
    _, cdr = two_queues(tmp_path, second='only = ["outbound_calls"]')
    assert cdr.topics == ("outbound_calls",)


def test_both_may_count_when_the_operator_says_that_their_calls_differ(tmp_path: Path) -> None:
    assert len(two_queues(tmp_path, "also_counted = true", "also_counted = true")) == 2


def test_a_topic_that_a_reader_does_not_tell_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"kunci only menyebut 'cuaca'; calls112\.cdr mengirim calls"):
        two_queues(tmp_path, second='only = ["cuaca"]')
