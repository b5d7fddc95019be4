"""A wrong setting refuses to start and says what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import ROOT, SettingsError, load
from tests.keys import KEYS


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Setelan SECRET_KEY: belum diisi; lihat .env.example"),
        ({"SECRET_KEY": "pendek"}, "Setelan SECRET_KEY: terlalu pendek (6 huruf); isi sedikitnya 32 huruf acak."),
        ({"PORT": "delapan"}, "Setelan PORT = 'delapan': bukan bilangan bulat."),
        ({"PORT": "0"}, "Setelan PORT = '0': harus dari 1 sampai 65535."),
        ({"CALLER_HASH_HOURS": "73"}, "Setelan CALLER_HASH_HOURS = '73': harus dari 1 sampai 72."),
        ({"WEB_THREADS": "2"}, "Setelan WEB_THREADS = '2': harus dari 4 sampai 1024."),
        ({"CONNECTIVITY_CHECK": "gerbang"}, "Setelan CONNECTIVITY_CHECK = 'gerbang': tulis host:port sebuah tetangga"),
        ({"CONNECTIVITY_CHECK": "10.0.0.1:99999"}, "misalnya 192.168.1.1:80, atau kosongkan."),
        ({"LOG_LEVEL": "CEREWET"}, "Setelan LOG_LEVEL = 'CEREWET': harus salah satu dari DEBUG, INFO, WARNING, ERROR."),
    ],
)
def test_each_mistake_has_its_sentence(given: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load({**KEYS, "VAR": str(tmp_path), **given})
    assert sentence in str(refused.value)
    assert "pendek'" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("di server sebelah", "bukan alamat basis data; tulis postgresql://pengguna:sandi@server:5432/nama, atau"),
        ("mysql://petugas:rahasia@h/d", "jenis basis data 'mysql' tidak dikenal; tulis postgresql://"),
        ("postgresql://petugas:rahasia@h:lima/d", "alamatnya tidak lengkap atau portnya bukan angka"),
        ("postgresql://petugas:rahasia@h", "alamatnya tidak lengkap atau portnya bukan angka"),
        ("postgresql://petugas:raha@sia@h/d", "Tanda @ dan / di dalam sandi ditulis %40 dan %2F."),
        ("sqlite://", "alamatnya tidak lengkap"),
    ],
)  # fmt: skip
def test_a_wrong_address_of_the_store_is_said_but_never_repeated(url: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load({**KEYS, "VAR": str(tmp_path), "DATABASE_URL": url})
    assert str(refused.value).startswith("Setelan DATABASE_URL: ")
    assert sentence in str(refused.value)
    assert not any(secret in str(refused.value) for secret in ("petugas", "rahasia", "raha@sia", "sebelah"))


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/lib/store.db", "postgresql://u:s%40ndi@h:5432/d?sslmode=require", "postgresql:///d",
        "postgresql+psycopg://u@[::1]:5432/d", "postgres://u:a/b@h/d",
    ],
)  # fmt: skip
def test_a_right_address_of_the_store_is_accepted(url: str, tmp_path: Path) -> None:
    assert url == load({**KEYS, "VAR": str(tmp_path), "DATABASE_URL": url}).DATABASE_URL


def test_a_key_of_the_environment_needs_no_file(tmp_path: Path) -> None:
    (tmp_path / "keys.env").write_text("SECRET_KEY=pendek", encoding="ascii")
    assert load({**KEYS, "VAR": str(tmp_path)}).SECRET_KEY.get_secret_value() == KEYS["SECRET_KEY"]
    with pytest.raises(SettingsError) as refused:
        load({"VAR": str(tmp_path), "SECRET_KEY": KEYS["SECRET_KEY"]})
    assert str(refused.value).startswith(f"Berkas {tmp_path}/keys.env rusak atau setengah tertulis: CALLER_HASH_KEY")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_plain_postgresql_address_is_read_with_psycopg(scheme: str, tmp_path: Path) -> None:
    settings = load({**KEYS, "VAR": str(tmp_path), "DATABASE_URL": f"{scheme}://u@h/d"})
    assert settings.database_url == "postgresql+psycopg://u@h/d"


def test_every_setting_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}
    settings = load({**KEYS, "VAR": "/nowhere"})
    assert named == {*type(settings).model_fields, "DEMO_STORM"}, "DEMO_STORM is read by the demonstration itself"


@pytest.mark.parametrize("key", ["a" * 64, "0101" * 12, "changeme" * 8, "rahasia-mojokerto-0123456789-abcdef"])
def test_a_key_that_can_be_guessed_is_refused_and_never_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY: mudah ditebak") as refused:
        load({**KEYS, "VAR": str(tmp_path), "SECRET_KEY": key})
    assert key not in str(refused.value)


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "kunci").write_text(KEYS["SECRET_KEY"] + "\n", encoding="ascii")
    given = {
        "CALLER_HASH_KEY": KEYS["CALLER_HASH_KEY"],
        "VAR": str(tmp_path),
        "SECRET_KEY_FILE": str(tmp_path / "kunci"),
    }
    assert load(given).SECRET_KEY.get_secret_value() == KEYS["SECRET_KEY"]
    with pytest.raises(SettingsError, match="SECRET_KEY dan SECRET_KEY_FILE diisi dua-duanya"):
        load({**given, **KEYS})
    with pytest.raises(SettingsError, match=r"SECRET_KEY_FILE = '.*hilang': tidak dapat dibaca"):
        load({**given, "SECRET_KEY_FILE": str(tmp_path / "hilang")})


def test_settings_that_are_printed_show_no_secret(tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": "postgresql://u:x9Kq@h/d",
        "SMTP_URL": "smtps://u:x9Kq@h",
        "HEARTBEAT_URL": "https://h/x9Kq",
    }
    printed = repr(load({**KEYS, "VAR": str(tmp_path), **given}))
    assert not any(secret in printed for secret in ("x9Kq", *KEYS.values()))
    assert "x9Kq" in load({**KEYS, "VAR": str(tmp_path), **given}).secrets


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"VAPID_KEY": "terlalu-pendek"}, "VAPID_KEY: bukan kunci VAPID; buat dengan: python manage.py push key"),
        ({"VAPID_KEY": "x9Kq" * 10 + "abc"}, "VAPID_CONTACT belum diisi padahal VAPID_KEY diisi"),
        ({"VAPID_CONTACT": "pusat@contoh.id"}, "VAPID_CONTACT = 'pusat@contoh.id': tulis mailto:"),
        ({"PUSH_HOSTS": "http://push.contoh.id"}, "'http://push.contoh.id' bukan nama host"),
        ({"PUSH_HOSTS": "10.0.0.7"}, "'10.0.0.7' bukan nama host"),
        ({"PUSH_HOSTS": "*"}, "'*' bukan nama host"),
    ],
)  # fmt: skip
def test_each_mistake_about_push_has_its_sentence_and_no_key(
    tmp_path: Path, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load({**KEYS, "VAR": str(tmp_path), **given})
    assert sentence in str(refused.value)
    assert "x9Kq" not in str(refused.value)
    assert "terlalu-pendek" not in str(refused.value)


def test_with_tls_the_public_address_is_the_contact_of_push(tmp_path: Path) -> None:
    given = {"PUBLIC_URL": "https://pk.contoh.id", "VAPID_KEY": "x9Kq" * 10 + "abc"}
    settings = load({**KEYS, "VAR": str(tmp_path), **given})
    assert settings.contact_for_push == "https://pk.contoh.id"
    assert given["VAPID_KEY"] in settings.secrets
    assert "x9Kq" not in repr(settings)


@pytest.mark.parametrize("sites", ["*", "https://*.go.id", "portal.go.id", "https://portal.go.id/halaman", "'self'"])
def test_only_whole_sites_may_frame_us(tmp_path: Path, sites: str) -> None:
    with pytest.raises(SettingsError, match="bukan alamat situs"):
        load({**KEYS, "VAR": str(tmp_path), "FRAME_ANCESTORS": sites})
