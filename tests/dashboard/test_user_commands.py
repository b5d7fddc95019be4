"""manage.py user: accounts made, changed and closed at the keyboard; a password never stands on the command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

import manage
from dashboard.store import audit
from dashboard.store.database import reading
from tests.dashboard.desk import Desk, desk, only_sentence

__all__ = ["desk"]

PASSWORD = "kopi senja di trawas 17"


def test_an_account_is_made_listed_and_closed(desk: Desk) -> None:
    assert typed(desk, "create", "Sari", "--role", "supervisor_112", "--title", "Sari W.").stdout.endswith(
        "Akun sari dibuat: Supervisor 112.\n"
    )
    assert desk.run("user", "list").stdout == "sari: Supervisor 112, Sari W.\n"
    assert desk.run("user", "disable", "sari").stdout == "Akun sari ditutup.\n"
    assert desk.run("user", "list").stdout.startswith("Belum ada akun.")


def test_every_change_of_an_account_is_in_the_audit_log(desk: Desk) -> None:
    typed(desk, "create", "sari", "--role", "analis")
    typed(desk, "password", "sari")
    desk.run("user", "disable", "sari")
    engine = desk.engine()
    with reading(engine) as connection:
        told = [(e.what, e.about) for e in audit.entries(connection)]
    engine.dispose()
    assert told == [("akun ditutup", "sari"), ("sandi diganti", "sari"), ("akun dibuat", "sari (analis)")]


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (("create", "sari", "--role", "kepala_opd"), PASSWORD, "Kepala OPD memerlukan --opd, misalnya --opd Dinkes."),
        (("create", "ada", "--role", "analis"), PASSWORD,
         "Akun 'ada' sudah ada. Ganti sandinya dengan: manage.py user password ada"),
        (("create", "sari", "--role", "analis"), "pendek",
         "Sandi terlalu pendek (6 huruf); pakai sedikitnya 12, misalnya empat kata."),
        (("password", "sarri"), PASSWORD, "Akun 'sarri' tidak ada. Yang ada: ada."),
    ],
)  # fmt: skip
def test_each_mistake_gets_its_sentence(desk: Desk, words: tuple[str, ...], password: str, said: str) -> None:
    typed(desk, "create", "ada", "--role", "analis")
    result = typed(desk, *words, password=password)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == said


def test_a_role_that_does_not_exist_is_named_beside_those_that_do(desk: Desk) -> None:
    sentence = only_sentence(desk.run("user", "create", "sari", "--role", "dewa"), 2)
    assert "'dewa' tidak dikenal. Yang ada: bupati, koordinator, kepala_opd, analis, supervisor_112" in sentence


def typed(desk: Desk, *words: str, password: str = PASSWORD) -> Result:
    runner = CliRunner(env=desk.environment)
    return runner.invoke(manage.cli, ["user", *words], input=f"{password}\n{password}\n", prog_name="manage.py")
