"""The one sentence a person gets for each mistake at the keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from dashboard.commands import source
from dashboard.settings import ROOT
from tests.dashboard.desk import Desk, desk, only_sentence
from tests.unprivileged import unprivileged

__all__ = ["desk"]
RECEIVER = """
[sources.tiket]
reader = "calls112.webhook"
title = "Tiket 112"
owner = "Diskominfo"
secret = "rahasia-bersama-yang-cukup-panjang-112"
event_time = "pada"
stale_after = "1h"
columns = { id = "nomor", received = "masuk" }
"""


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("ingets antrean", "'manage.py': perintah 'ingets' tidak ada. Maksud Anda 'ingest'?"),
        ("source periksa", "perintah 'periksa' tidak ada. Yang ada: check, list, sample, template."),
        ("ingest", "'manage.py ingest' memerlukan SUMBER; lihat: manage.py ingest --help"),
        ("ingest antrean kasus", "'manage.py ingest' menerima kata terlalu banyak; lihat: manage.py ingest --help"),
        ("ingest antrean --berkas x", "Opsi '--berkas' tidak ada pada 'manage.py ingest'. Yang ada: --file, --help."),
        ("--diam", "Opsi '--diam' tidak ada pada 'manage.py'. Yang ada: --help."),
        ("ingest antrean --file {}/tiada", "Opsi --file: berkas {}/tiada tidak ada; periksa nama dan foldernya."),
        ("ingest antrean --file {}", "Opsi --file: {} adalah folder; tulis nama berkasnya."),
        ("measure --as-of besok", "Opsi --as-of: 'besok' bukan waktu ISO; tulis seperti 2026-11-24T08:00."),
        ("measure --as-of 2026-11-31", "'2026-11-31' bukan waktu ISO; tulis seperti 2026-11-24T08:00."),
        ("measure --as-of 0001-01-01", "'0001-01-01' bukan waktu ISO; tulis seperti 2026-11-24T08:00."),
        ("measure --as-of 2026-11-25", "'2026-11-25' belum tiba; tulis waktu yang sudah lewat."),
        ("measure --as-of", "Opsi --as-of memerlukan satu nilai."),
        ("show calls112.asa --json=ya", "Opsi --json ditulis tanpa nilai."),
        ("show calls112.asa --as-of kemarin", "'kemarin' bukan waktu ISO; tulis seperti 2026-11-24T08:00."),
        ("brief draft --out {}/a.pdf", "'manage.py brief draft' memerlukan --week: Minggu ISO, misalnya 2026-W47."),
        ("brief draft --week 2026-W47",
         "'manage.py brief draft' memerlukan --out: Berkas PDF yang ditulis, misalnya laporan.pdf."),
        ("brief draft --week 2026-W60 --out {}/a.pdf",
         "Opsi --week: '2026-W60' bukan minggu ISO; tulis seperti 2026-W47."),
        ("brief draft --week minggu_ini --out {}/a.pdf", "'minggu_ini' bukan minggu ISO; tulis seperti 2026-W47."),
        ("brief draft --week 2026-W49 --out {}/a.pdf", "minggu 2026-W49 belum mulai; pilih minggu ini atau yang sudah"),
        ("brief draft --week 2026-W47 --out {}/x/a.pdf", "folder {}/x tidak ada; buat dahulu atau pilih folder lain."),
        ("brief draft --week 2026-W47 --out {}", "{} adalah folder; tulis nama berkasnya, misalnya {}/berkas."),
        ("source template kota", "'kota' tidak dikenal. Yang ada: air, energi, iklh, layanan,"),
        ("source template spbe --out {}/x/a.xlsx", "folder {}/x tidak ada; buat dahulu atau pilih folder lain."),
        ("source template spbe --year 26", "Opsi --year: '26' bukan bilangan bulat dari 2018 sampai 2100."),
        ("source sample antrean --rows banyak", "Opsi --rows: 'banyak' bukan bilangan bulat dari 1 sampai 1000."),
        ("demo --years 0", "Opsi --years: '0' bukan bilangan bulat dari 1 sampai 50."),
    ],
)  # fmt: skip
def test_a_command_that_cannot_be_read_has_its_sentence(desk: Desk, command: str, sentence: str) -> None:
    folder = str(desk.folder)
    result = desk.run(*(word.replace("{}", folder) for word in command.split()))
    assert sentence.replace("{}", folder) in only_sentence(result, 2)
    assert not list(desk.folder.glob("*.pdf"))


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("source check antrian", "Sumber 'antrian' tidak ada. Maksud Anda 'antrean'?"),
        ("source sample bmkg", "Sumber 'bmkg' tidak ada. Yang ada: antrean, kasus, sensor."),
        ("ingest bmkg", "Sumber 'bmkg' tidak ada. Yang ada: antrean, kasus, sensor."),
        ("quarantine bmkg", "Sumber 'bmkg' tidak ada. Yang ada: antrean, kasus, sensor."),
        ("show calls112.asah", "Indikator 'calls112.asah' tidak ada. Maksud Anda 'calls112.asa'"),
        ("ingest sensor", "Sumber sensor mengirim sendiri dan tidak ditanya; yang menerimanya: manage.py work"),
        ("ingest sensor --file {}/sources.toml", "Sumber sensor (sensors.mqtt) tidak membaca berkas; --file tidak ber"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_fit_has_its_sentence(desk: Desk, command: str, sentence: str) -> None:
    result = desk.run(*(word.replace("{}", str(desk.folder)) for word in command.split()))
    assert sentence in only_sentence(result, 1)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("ingest tiket", "Sumber tiket menerima kiriman di /hooks/tiket; tidak dapat ditanya."),
        ("ingest tiket --file {}/sources.toml", "Sumber tiket (calls112.webhook) tidak membaca berkas; --file"),
    ],
)
def test_a_source_that_sends_to_us_cannot_be_asked(desk: Desk, command: str, sentence: str) -> None:
    with (desk.folder / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.write(RECEIVER)
    assert sentence in only_sentence(desk.run(*command.replace("{}", str(desk.folder)).split()), 1)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("SOURCES", "/tiada/sources.toml", "/tiada/sources.toml: tidak dapat dibaca"),
        ("LOG_LEVEL", "cerewet", "Setelan LOG_LEVEL = 'cerewet': harus salah satu dari DEBUG, INFO, WARNING, ERROR."),
        ("SECRET_KEY", "pendek", "Setelan SECRET_KEY: terlalu pendek (6 huruf); isi sedikitnya 32 huruf acak."),
        ("DATABASE_URL", "basis data kita", "Setelan DATABASE_URL: bukan alamat basis data; tulis postgresql://"),
        ("DATABASE_URL", "sqlite:////tiada/store.db", "Basis data /tiada/store.db tidak dapat dibuka; periksa folder"),
    ],
)
def test_a_wrong_setting_has_its_sentence(desk: Desk, setting: str, value: str, sentence: str) -> None:
    assert sentence in only_sentence(desk.run("quarantine", **{setting: value}), 1)


@pytest.mark.parametrize("command", ["migrate", "measure", "quarantine", "ingest antrean", "show calls112.asa"])
def test_a_database_that_is_away_is_named_without_its_password(desk: Desk, command: str) -> None:
    result = desk.run(*command.split(), DATABASE_URL="postgresql://petugas:rahasia@127.0.0.1:1/mojokerto")
    said = only_sentence(result, 1)
    assert said.startswith("Basis data 127.0.0.1:1/mojokerto tidak dapat dihubungi (sambungan ditolak); periksa DATABA")
    assert "rahasia" not in said
    assert "petugas" not in said


@pytest.mark.parametrize("command", ["measure", "quarantine", "ingest antrean", "show calls112.asa",
                                     "brief draft --week 2026-W47 --out {}/a.pdf"])  # fmt: skip
def test_a_store_without_tables_says_how_to_make_them(desk: Desk, command: str) -> None:
    words = command.replace("{}", str(desk.folder)).split()
    result = desk.run(*words, DATABASE_URL=f"sqlite:///{desk.folder / 'kosong.db'}")
    assert "kosong.db belum ada atau belum diperbarui; jalankan dahulu: python manage.py migrate" in only_sentence(
        result, 1
    )


@pytest.mark.postgres
def test_an_empty_postgresql_says_how_to_make_tables(desk: Desk, postgres_url: str) -> None:
    said = only_sentence(desk.run("quarantine", DATABASE_URL=postgres_url), 1)
    assert said.endswith("/test belum ada atau belum diperbarui; jalankan dahulu: python manage.py migrate")


@pytest.mark.postgres
def test_a_database_that_nobody_made_is_said(desk: Desk, postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="tiada_112").render_as_string(hide_password=False)
    said = only_sentence(desk.run("quarantine", DATABASE_URL=url), 1)
    assert "/tiada_112 tidak dapat dihubungi (nama basis data atau penggunanya tidak ada); periksa" in said


def test_a_store_without_write_access_is_said(desk: Desk) -> None:
    desk.calls()
    store = desk.folder / "store.db"
    store.chmod(0o444)
    desk.folder.chmod(0o555)
    command = [*unprivileged(), sys.executable, "manage.py", "ingest", "antrean"]
    environment = os.environ | desk.environment
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    desk.folder.chmod(0o755)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Basis data {store} tidak dapat di")
    assert "izin" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"ini bukan basis data" * 99, "bukan basis data SQLite; pindahkan berkas itu")]
)
def test_a_file_that_is_no_store_is_said(desk: Desk, content: bytes, sentence: str) -> None:
    (desk.folder / "aneh.db").write_bytes(content)
    result = desk.run("migrate", DATABASE_URL=f"sqlite:///{desk.folder / 'aneh.db'}")
    assert f"Basis data {desk.folder / 'aneh.db'} {sentence}" in only_sentence(result, 1)


def test_a_disk_that_fills_up_while_writing_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, year: int) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setitem(source.TEMPLATES, "spbe", full)
    out = desk.folder / "spbe.xlsx"
    said = only_sentence(desk.run("source", "template", "spbe", "--out", str(out)), 1)
    assert said == f"{out} tidak dapat ditulis (disk penuh); pilih folder lain."


def test_ctrl_c_ends_a_command_without_a_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(source, "check_source", interrupted)
    assert only_sentence(desk.run("source", "check", "antrean"), 130) == "Dihentikan."


def test_a_bug_of_ours_is_not_hidden_behind_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(source, "check_source", bug)
    assert isinstance(desk.run("source", "check", "antrean").exception, ZeroDivisionError)
