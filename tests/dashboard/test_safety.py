"""manage.py check names every unsafe setting; the dangerous ones refuse to run with real sources."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

import manage
from dashboard import settings
from dashboard.safety import sources as of_sources
from dashboard.safety.every import findings, refuse
from dashboard.safety.finding import Setup
from dashboard.settings import SettingsError
from datasources import registry
from tests.keys import KEYS, SECRET_KEY

QUEUE = (
    '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean 112"\nowner = "Diskominfo"\n'
    'path = "/tidak/ada"\nstale_after = "1m"\n'
)
FEED = '[sources.udara]\nreader = "air_quality.klh"\ntitle = "Udara"\nowner = "DLH"\nstale_after = "2h"\n'
TLS = {"PUBLIC_URL": "https://pk.mojokertokab.go.id"}


@pytest.fixture(autouse=True)
def not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_sources.os, "geteuid", lambda: 1000)


def setup(folder: Path, given: dict[str, str], toml: str = QUEUE) -> Setup:
    (folder / "sources.toml").write_text(toml, encoding="utf-8")
    (folder / "sources.toml").chmod(0o644)
    environment = {**KEYS, "VAR": str(folder), "SOURCES": str(folder / "sources.toml"), **given}
    values = settings.load(environment)
    return Setup(values, environment, registry.load(values.sources_file, {**environment, **values.for_sources()}))


def said(found: Setup) -> list[str]:
    return [str(finding) for finding in findings(found)]


@pytest.mark.parametrize("given", [{}, TLS, {**TLS, "DATABASE_URL": "postgresql://pk@/pk"}])
def test_a_careful_setup_has_nothing_to_say(tmp_path: Path, given: dict[str, str]) -> None:
    assert said(setup(tmp_path, given)) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"CALLER_HASH_KEY": SECRET_KEY}, "BAHAYA  CALLER_HASH_KEY: sama dengan SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "BAHAYA  FLASK_DEBUG: penelusur kesalahan menyala"),
        ({"DASH_DEBUG": "true"}, "BAHAYA  DASH_DEBUG: penelusur kesalahan menyala"),
        ({"FORWARDED_ALLOW_IPS": "*"}, "BAHAYA  FORWARDED_ALLOW_IPS: '*' mempercayai"),
        ({"GUNICORN_CMD_ARGS": "--reload"}, "PERINGATAN  GUNICORN_CMD_ARGS: mengganti setelan aman"),
        ({"LOG_LEVEL": "DEBUG"}, "PERINGATAN  LOG_LEVEL: DEBUG mencatat"),
        ({"HOST": "0.0.0.0"}, "PERINGATAN  HOST: '0.0.0.0' terbuka bagi komputer lain tanpa TLS"),
        ({"HOST": "10.1.2.3", **TLS}, "PERINGATAN  HOST: '10.1.2.3' terbuka bagi komputer lain dan melewati proxy TLS"),
        ({"PUBLIC_URL": "http://pk.go.id"}, "PERINGATAN  PUBLIC_URL: memakai http://; sandi dan sesi terbaca"),
        ({**TLS, "PROXIES": "0"}, "PERINGATAN  PROXIES: 0 padahal PUBLIC_URL https://"),
        ({"PROXIES": "1"}, "PERINGATAN  PROXIES: X-Forwarded-For dipercaya tanpa proxy TLS"),
        ({"FRAME_ANCESTORS": "https://portal.go.id"}, "FRAME_ANCESTORS: halaman boleh dibingkai https://portal.go.id"),
        ({"DATABASE_URL": "postgresql://pk:x9Kq@10.0.0.5/pk"}, "DATABASE_URL: basis data di komputer lain tanpa TLS"),
        ({"DATABASE_URL": "postgresql://pk@10.0.0.5/pk?sslmode=require"}, "komputer lain tanpa sandi"),
        ({"DATABASE_URL": "postgresql://pk:pk@localhost/pk"}, "sandi basis data mudah ditebak"),
        ({"DATABASE_URL": "postgresql://pk:postgres@localhost/pk"}, "sandi basis data mudah ditebak"),
        ({"DATABASE_URL": "postgresql://postgres:x9Kq@localhost/pk"}, "memakai pengguna super 'postgres'"),
        ({"SMTP_URL": "smtp://pk:x9Kq@surat.go.id:587"}, "SMTP_URL: smtp:// mengirim sandi tanpa TLS"),
        ({"PUSH_HOSTS": "http://127.0.0.1:9"}, "PERINGATAN  PUSH_HOSTS: layanan push tanpa TLS di komputer ini"),
        ({"PUSH_HOSTS": "http://127.0.0.1:9", **TLS}, "BAHAYA  PUSH_HOSTS: layanan push tanpa TLS di komputer ini"),
        ({"HEARTBEAT_URL": "http://hc.go.id/ping/x9Kq"}, "HEARTBEAT_URL: memakai http://"),
    ],
)  # fmt: skip
def test_each_unsafe_setting_has_its_sentence(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    (one,) = said(setup(tmp_path, given))
    assert sentence in one
    assert "x9Kq" not in one
    assert SECRET_KEY not in one


@pytest.mark.parametrize(
    ("toml", "sentences"),
    [
        (FEED + 'address = "http://udara.example/feed"\n', ["sources.udara: udara.example ditanya lewat http://"]),
        (FEED + 'address = "http://192.168.4.5/feed"\n', []),
        (FEED + 'networks = ["10.20.0.0/16"]\n', []),
        (FEED + 'networks = ["10.0.0.0/7"]\n', ["sources.udara: networks memuat 10.0.0.0/7, hampir semua alamat"]),
        (QUEUE + 'caller_key = "rahasia-yang-panjang-sekali-0123456789"\n',
         ["sources.toml, kunci sources.antrean.caller_key: rahasia tertulis di berkas",
          "terbuka bagi semua pengguna komputer ini dan memuat rahasia; ketik: chmod 600"]),
        (QUEUE + 'caller_key = "${CALLER_HASH_KEY}"\n', []),
    ],
)  # fmt: skip
def test_each_unsafe_line_of_the_sources_has_its_sentence(tmp_path: Path, toml: str, sentences: list[str]) -> None:
    found = said(setup(tmp_path, {}, toml))
    assert len(found) == len(sentences)
    assert all(sentence in line for sentence, line in zip(sentences, found, strict=True))
    assert "rahasia-yang-panjang" not in "".join(found)


@pytest.mark.parametrize(("name", "setting"), [("keys.env", "VAR"), ("mojokerto.db", "DATABASE_URL")])
def test_files_that_others_may_read_are_named_with_the_cure(tmp_path: Path, name: str, setting: str) -> None:
    file = tmp_path / name
    file.write_text("", encoding="ascii")
    file.chmod(0o644)
    expected = f"PERINGATAN  {setting}: berkas {file} terbuka bagi semua pengguna komputer ini; ketik: chmod 600 {file}"
    assert said(setup(tmp_path, {})) == [expected]
    file.chmod(0o600)
    assert said(setup(tmp_path, {})) == []


def test_root_and_a_public_simulation_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_sources.os, "geteuid", lambda: 0)
    assert said(setup(tmp_path, {})) == [
        "PERINGATAN  pengguna: program berjalan sebagai root; buat pengguna tersendiri tanpa hak lain."
    ]
    demonstration = Setup(settings.load({**KEYS, **TLS, "VAR": str(tmp_path)}), {})
    assert demonstration.values.demonstration
    assert "dunia SIMULASI terbuka di PUBLIC_URL" in said(demonstration)[0]


def test_danger_refuses_to_start_and_a_warning_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        refuse(setup(tmp_path, {"HOST": "0.0.0.0"}))
    assert "PERINGATAN  HOST" in caplog.text
    with pytest.raises(SettingsError, match="BAHAYA  FLASK_DEBUG"):
        refuse(setup(tmp_path, {"HOST": "0.0.0.0", "FLASK_DEBUG": "1"}))


@pytest.mark.parametrize(("given", "code", "sentence"), [
    ({}, 0, "Tidak ada setelan yang tidak aman."),
    ({"HOST": "0.0.0.0"}, 0, "PERINGATAN  HOST"),
    ({"DASH_DEBUG": "1"}, 1, "BAHAYA  DASH_DEBUG"),
])  # fmt: skip
def test_the_command_says_it_and_answers_with_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], code: int, sentence: str
) -> None:
    for name, value in setup(tmp_path, given).environment.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(manage.cli, ["check"])
    assert (result.exit_code, sentence in result.output) == (code, True), result.output
