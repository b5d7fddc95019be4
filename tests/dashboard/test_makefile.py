"""`make setup` on a machine that lacks something: one sentence, and make's own line about the failed step."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import ROOT
from tests.unprivileged import unprivileged

OLD = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['-c']; exec({code!r})"
WITHOUT_VENV = "import sys; sys.modules['ensurepip'] = None; exec({code!r})"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what `make setup` needs."""
    made = tmp_path / "proyek"
    made.mkdir()
    shutil.copy(ROOT / "Makefile", made)
    (made / "requirements.txt").write_text("paket-yang-tidak-ada==1.0\n", encoding="ascii")
    return made


def test_an_old_python_is_refused_with_the_version_that_is_there(tree: Path) -> None:
    sentence = (
        "Perlu Python 3.11 atau lebih baru; yang ada: Python 3.9.2. Pasang lalu ulangi: make run PYTHON=python3.11"
    )
    assert said(tree, "setup", PYTHON=pretender(tree.parent, OLD)) == sentence
    assert not (tree / ".venv").exists()


def test_a_machine_without_python_is_told_what_to_install(tree: Path) -> None:
    assert said(tree, "setup", PYTHON="python-tiada") == (
        "Perintah python-tiada tidak ada. Pasang Python 3.11 atau lebih baru: sudo apt-get install python3 python3-venv"
    )


def test_a_python_without_venv_is_told_what_to_install(tree: Path) -> None:
    python = pretender(tree.parent, WITHOUT_VENV)
    sentence = f"Modul venv tidak ada pada {python}. Pasang lalu ulangi: sudo apt-get install python3-venv"
    assert said(tree, "setup", PYTHON=python) == sentence
    assert not (tree / ".venv").exists()


def test_a_project_folder_without_write_access_is_said(tree: Path) -> None:
    tree.chmod(0o555)
    sentence = f"Folder {tree} tidak dapat ditulisi. Salin proyek ke folder milik Anda."
    assert said(tree, "setup", prefix=unprivileged()) == sentence


def test_packages_that_cannot_be_fetched_are_said_last(tree: Path) -> None:
    everything = said(tree, "setup", PIP_NO_INDEX="1", PIP_FIND_LINKS="", UV_NO_INDEX="1", UV_FIND_LINKS="")
    assert everything.splitlines()[-1] == (
        "Paket Python tidak dapat dipasang; alasannya tercetak di atas. Periksa internet atau proxy, "
        "lalu ulangi perintah yang sama."
    )
    assert not (tree / ".venv" / ".installed").exists()


def test_an_environment_whose_python_is_gone_is_said(tree: Path) -> None:
    (tree / ".venv" / "bin").mkdir(parents=True)
    (tree / ".venv" / "bin" / "python").symlink_to("/tiada/python3")
    (tree / ".venv" / ".installed").touch()
    assert said(tree, "run") == (
        "Folder .venv tidak dapat dipakai lagi (Python-nya diganti atau dipindah). Ketik: rm -rf .venv && make run"
    )


def test_cleaning_up_keeps_keys_and_data(tree: Path) -> None:
    (tree / "var").mkdir()
    (tree / "var" / "keys.env").touch()
    assert said(tree, "clean", fails=False) == ""
    assert (tree / "var" / "keys.env").exists()


def said(tree: Path, target: str, prefix: list[str] | None = None, fails: bool = True, **given: str) -> str:
    """stderr of make without make's own lines; PYTHON is passed on its command line as a person would."""
    python = given.pop("PYTHON", sys.executable)
    command = [*(prefix or []), "make", "--no-print-directory", target, f"PYTHON={python}"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")} | given
    ended = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert (ended.returncode != 0) == fails, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    return "\n".join(line for line in ended.stderr.splitlines() if not line.startswith("make: "))


def pretender(folder: Path, program: str) -> str:
    """A `python3` that is ours but for one thing: it runs `-c` code inside `program`."""
    script = folder / "python3"
    script.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if sys.argv[1] == '--version':\n    print('Python 3.9.2')\n"
        f"else:\n    exec({program!r}.format(code=sys.argv[2]))\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    return str(script)
