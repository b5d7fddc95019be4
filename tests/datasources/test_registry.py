"""Every mistake in sources.toml refuses to start with file, table, key, value and what would be right."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from datasources.registry import READERS, RegistryError, load

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
    assert (source.id, source.topics, source.stale_after.total_seconds()) == ("antrean", ("calls",), 60)


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
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(RegistryError) as refused:
        load(written(tmp_path, GOOD.replace(*change)), KEY)
    assert sentence in str(refused.value)
    assert str(tmp_path / "sources.toml") in str(refused.value)


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="tidak dapat dibaca"):
        load(tmp_path / "sources.toml", KEY)


def test_a_secret_is_never_repeated(tmp_path: Path) -> None:
    text = GOOD.replace("path =", "caller_key = 7\npath =")
    with pytest.raises(RegistryError, match=r"\(rahasia\)"):
        load(written(tmp_path, text), KEY)


@pytest.mark.parametrize("name", READERS)
def test_every_reader_keeps_the_contract(name: str) -> None:
    module, _, class_name = READERS[name].partition(":")
    reader = getattr(import_module(module), class_name)
    asked, tells = callable(getattr(reader, "fetch", None)), callable(getattr(reader, "listen", None))
    assert asked != tells
    assert reader.topics
    assert reader.model_config["frozen"]
    assert reader.model_config["extra"] == "forbid"


def written(directory: Path, text: str) -> Path:
    file = directory / "sources.toml"
    file.write_text(text, encoding="utf-8")
    return file
