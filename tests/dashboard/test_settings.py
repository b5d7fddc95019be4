"""A wrong setting refuses to start and says what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import ROOT, SettingsError, load

KEYS = {"SECRET_KEY": "a" * 40, "CALLER_HASH_KEY": "b" * 40}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Setelan SECRET_KEY: belum diisi; lihat .env.example"),
        ({"SECRET_KEY": "pendek"}, "Setelan SECRET_KEY: terlalu pendek (6 huruf); isi sedikitnya 32 huruf acak."),
        ({"PORT": "delapan"}, "Setelan PORT = 'delapan': bukan bilangan bulat."),
        ({"LOG_LEVEL": "CEREWET"}, "Setelan LOG_LEVEL = 'CEREWET': harus salah satu dari DEBUG, INFO, WARNING, ERROR."),
    ],
)
def test_each_mistake_has_its_sentence(given: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load({**KEYS, "VAR": str(tmp_path), **given})
    assert sentence in str(refused.value)
    assert "pendek'" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_plain_postgresql_address_is_read_with_psycopg(scheme: str, tmp_path: Path) -> None:
    settings = load({**KEYS, "VAR": str(tmp_path), "DATABASE_URL": f"{scheme}://u@h/d"})
    assert settings.database_url == "postgresql+psycopg://u@h/d"


def test_every_setting_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}
    settings = load({**KEYS, "VAR": "/nowhere"})
    assert named == set(type(settings).model_fields)
