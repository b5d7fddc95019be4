"""manage.py push key: a key of our own, in a file that nobody else reads, and never on the screen."""

from __future__ import annotations

import stat
from pathlib import Path

from click.testing import CliRunner

import manage
from dashboard import settings
from dashboard.alerts.push_channel import key_of
from tests.keys import KEYS


def test_a_key_is_made_once_and_its_file_serves_as_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "vapid.key"
    made = CliRunner().invoke(manage.cli, ["push", "key", str(file)])
    assert made.exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    private = file.read_text(encoding="ascii").strip()
    assert private not in made.output
    given = {**KEYS, "VAR": str(tmp_path), "VAPID_KEY_FILE": str(file), "VAPID_CONTACT": "mailto:pusat@contoh.id"}
    key = key_of(settings.load(given))
    assert key is not None
    assert f"Kunci umumnya: {key.public}" in made.output
    assert private not in repr(key)
    again = CliRunner().invoke(manage.cli, ["push", "key", str(file)])
    assert (again.exit_code, again.stderr) == (
        1, f"Berkas {file} tidak dapat dibuat (sudah ada berkas dengan nama itu).\n",
    )  # fmt: skip
    assert file.read_text(encoding="ascii").strip() == private


def test_without_a_key_there_is_none(tmp_path: Path) -> None:
    assert key_of(settings.load({**KEYS, "VAR": str(tmp_path)})) is None
