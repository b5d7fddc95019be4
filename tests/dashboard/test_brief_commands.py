"""manage.py brief: from draft to approved, verified and sent again."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from dashboard.store.database import writing
from dashboard.store.editions import editions
from tests.dashboard.desk import Desk, desk, only_sentence
from tests.editions import text_of

__all__ = ["desk"]
ISSUE = ("brief", "issue", "--week", "2026-W47", "--by", "Sari")


def test_a_week_is_issued_approved_and_verified(desk: Desk) -> None:
    assert desk.run(*ISSUE).output == "Laporan 2026-W47 bupati terbitan 1 disetujui oleh Sari.\n"
    said = desk.run("brief", "verify").output
    assert said.startswith("2026-W47 bupati terbitan 1: cocok, sidik ")


def test_a_draft_of_a_machine_that_was_off_on_monday_is_as_of_now(desk: Desk) -> None:
    file = desk.folder / "konsep.pdf"
    desk.run("brief", "draft", "--week", "2026-W47", "--out", str(file))
    assert "keadaan per Selasa, 24 November 2026 08.00 WIB" in text_of(file.read_bytes(), desk.folder)[0]


def test_a_second_issue_needs_a_reason_and_is_a_revision(desk: Desk) -> None:
    desk.run(*ISSUE)
    assert "sudah terbit; terbit ulang memerlukan --reason" in only_sentence(desk.run(*ISSUE), 1)
    again = desk.run(*ISSUE, "--reason", "angka diperbaiki")
    assert again.output == "Laporan 2026-W47 bupati terbitan 2 disetujui oleh Sari.\n"


def test_verifying_a_changed_archive_fails_and_says_which(desk: Desk) -> None:
    desk.run(*ISSUE)
    engine = desk.engine()
    with writing(engine) as connection:
        connection.execute(update(editions).values(pdf=b"%PDF lain"))
    engine.dispose()
    result = desk.run("brief", "verify")
    assert result.exit_code == 1
    assert "2026-W47 bupati terbitan 1: PDF tidak cocok dengan sidiknya" in result.output


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("brief issue --week 2026-W48 --by Sari", "Minggu 2026-W48 belum selesai; konsepnya: manage.py brief draft"),
        ("brief issue --week 2026-W47 --by Sari --edition BPDB", "Edisi 'BPDB' tidak ada. Maksud Anda 'BPBD'?"),
        ("brief verify", "Tidak ada laporan dalam arsip untuk itu."),
        ("brief --week 2026-W47", "Tulis manage.py brief --week 2026-W47 --out laporan.pdf"),
        ("brief resend --week 2026-W47", "Laporan 2026-W47 belum ada; terbitkan dahulu: manage.py brief issue"),
    ],
)
def test_what_cannot_be_done_has_its_sentence(desk: Desk, command: str, sentence: str) -> None:
    assert sentence in only_sentence(desk.run(*command.split()), 1)


def test_sending_again_says_of_each_recipient_how_it_went(desk: Desk) -> None:
    file = desk.folder / "penerima.toml"
    file.write_text('[[penerima]]\nnama = "Sekda"\nemail = "sekda@contoh.id"\n', encoding="utf-8")
    desk.run(*ISSUE)
    resend = ("brief", "resend", "--week", "2026-W47")
    assert "Edisi ini tidak punya penerima" in only_sentence(desk.run(*resend), 1)
    sent = desk.run(*resend, BRIEFING_RECIPIENTS=str(file)).output
    assert sent == "Sekda <sekda@contoh.id>: ditolak. server surat belum disetel; isi SMTP_URL dan BRIEFING_FROM\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[[penerima]]\nnama = "A"\n',
            "penerima ke-1: isi nama, edisi (bawaan 'bupati'), dan salah satu: email atau alamat.",
        ),
        ('[[penerima]]\nnama = "A"\nemail = "a"\n', "penerima ke-1: email 'a' bukan alamat"),
        ('[[penerima]]\nnama = "A"\nalamat = "${TIADA}"\n', "penerima ke-1: variabel 'TIADA' belum disetel."),
        ('[[penerima]]\nnama = "A"\nemail = "a@b"\nwarna = "x"\n', "'warna' tidak dikenal"),
        ("penerima = [", "bukan TOML yang benar"),
    ],
)
def test_a_list_of_recipients_that_cannot_be_is_refused_with_file_entry_and_reason(
    desk: Desk, text: str, sentence: str
) -> None:
    file = desk.folder / "penerima.toml"
    file.write_text(text, encoding="utf-8")
    result = desk.run(*ISSUE, BRIEFING_RECIPIENTS=str(file))
    assert result.exit_code != 0
    assert f"Daftar penerima {file}" in result.output or f"{file}, penerima" in result.output
    assert sentence in result.output
