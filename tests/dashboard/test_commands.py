"""What each command of manage.py prints and keeps."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from openpyxl import load_workbook

from dashboard.store import ingestion_log
from dashboard.store.database import reading
from tests.dashboard.desk import NAME, NOW, NUMBER, Desk, desk, only_sentence

__all__ = ["desk"]


def test_migrate_makes_a_store_that_the_others_use(desk: Desk) -> None:
    url = f"sqlite:///{desk.folder / 'baru.db'}"
    assert desk.run("migrate", DATABASE_URL=url).exit_code == 0
    assert desk.run("migrate", DATABASE_URL=url).exit_code == 0
    desk.calls()
    assert desk.run("ingest", "antrean", DATABASE_URL=url).output == "antrean: 2 baris disimpan, 0 ditolak.\n"


def test_source_list_names_file_reader_owner_and_simulation(desk: Desk) -> None:
    file, calls, cases, sensor = desk.run("source", "list").output.splitlines()
    assert file == str(desk.folder / "sources.toml")
    assert calls.split()[:2] == ["antrean", "calls112.queue_log"]
    assert "SIMULASI" not in calls
    assert cases.endswith("SIMULASI")
    assert "DLH" in sensor


def test_source_check_prints_what_was_understood_refused_and_newest(desk: Desk) -> None:
    desk.cases(f"1;02-03-2026 08:00;{NAME};{NUMBER}", f"2;kemarin sore;{NAME};{NUMBER}")
    result = desk.run("source", "check", "kasus")
    understood, newest, refused = result.output.splitlines()
    assert (result.exit_code, understood) == (0, "kasus: dipahami 1 incidents; ditolak 1.")
    assert newest == "Data terbaru: 02-03-2026 08.00.00 WIB."
    assert refused.startswith("Ditolak, kasus.csv, baris 3, kolom tanggal: waktu terima ")
    engine = desk.engine()
    with reading(engine) as connection:
        assert ingestion_log.state_rows(connection) == {}
        assert ingestion_log.quarantined(connection) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("antrean", "queue_log tidak ditemukan; periksa opsi path dan apakah foldernya terpasang di server ini."),
        ("kasus", "kasus.csv tidak ditemukan; periksa opsi path."),
    ],
)
def test_a_source_that_cannot_be_asked_is_said_by_check_and_sample(desk: Desk, source: str, reason: str) -> None:
    checked = desk.run("source", "check", source)
    assert checked.exit_code == 1
    assert checked.output.startswith(f"{source}: TIDAK DAPAT DITANYA. Berkas {desk.folder}/")
    assert reason in checked.output
    assert reason in only_sentence(desk.run("source", "sample", source), 1)


def test_source_sample_shows_records_without_personal_data(desk: Desk) -> None:
    desk.calls()
    desk.cases(f"1;02-03-2026 08:00;{NAME};{NUMBER}")
    calls = desk.run("source", "sample", "antrean", "--rows", "1")
    cases = desk.run("source", "sample", "kasus")
    assert calls.output.startswith("Call(call_id='")
    assert len(calls.output.splitlines()) == 1
    assert cases.output.startswith("Incident(incident_id='1'")
    for personal in (NUMBER, NUMBER[1:], NAME):
        assert personal not in calls.output + cases.output


def test_source_sample_says_when_nothing_was_understood(desk: Desk) -> None:
    desk.cases()
    result = desk.run("source", "sample", "kasus")
    assert (result.exit_code, "tidak ada rekaman yang dipahami" in result.output) == (0, True)


def test_source_template_writes_a_workbook_for_the_year(desk: Desk) -> None:
    out = desk.folder / "spbe.xlsx"
    result = desk.run("source", "template", "spbe", "--out", str(out), "--year", "2025")
    assert result.output == f"{out} ditulis: SPBE, tahun 2025.\n"
    assert load_workbook(out)["SPBE"].max_row == 48


def test_ingest_keeps_what_is_new_once(desk: Desk) -> None:
    desk.calls()
    assert desk.run("ingest", "antrean").output == "antrean: 2 baris disimpan, 0 ditolak.\n"
    assert desk.run("ingest", "antrean").output == "antrean: 0 baris disimpan, 0 ditolak.\n"


def test_ingest_of_a_source_that_is_away_says_why(desk: Desk) -> None:
    result = desk.run("ingest", "antrean")
    assert result.exit_code == 1
    assert result.stdout == "antrean: 0 baris disimpan, 0 ditolak.\n"
    assert f"Berkas {desk.folder}/queue_log tidak ditemukan" in result.stderr


def test_a_file_that_is_handed_in_leaves_the_place_in_the_own_file_alone(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    other = desk.calls(name="kemarin", days_ago=1)
    handed_in = desk.run("ingest", "antrean", "--file", str(other))
    assert handed_in.output == "antrean: 2 baris disimpan, 0 ditolak.\n"
    assert desk.run("ingest", "antrean").output == "antrean: 0 baris disimpan, 0 ditolak.\n"
    assert desk.run("quarantine").output == "Karantina kosong: tidak ada masukan yang ditolak.\n"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("kasus", "salah.txt: kolom tanggal tidak ditemukan; kolom yang ada: id, pelapor."),
        ("antrean", "Tidak satu baris pun dari salah.txt dipahami (2 ditolak, yang pertama di salah.txt, baris 1: "),
        ("antrean", "Apakah ini berkas untuk antrean (calls112.queue_log)? Tidak ada yang disimpan."),
    ],
)
def test_a_file_of_a_wrong_shape_is_refused_whole_and_blames_no_source(desk: Desk, source: str, sentence: str) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    wrong = desk.folder / "salah.txt"
    wrong.write_text(f"id;pelapor\n1;{NAME}\n", encoding="utf-8")
    result = desk.run("ingest", source, "--file", str(wrong))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert NAME not in result.output
    engine = desk.engine()
    with reading(engine) as connection:
        assert {row.failures_in_row for row in ingestion_log.state_rows(connection).values()} == {0}
        assert ingestion_log.quarantined(connection) == []
    engine.dispose()


def test_refused_rows_lie_in_quarantine_masked_with_reason_and_place(desk: Desk) -> None:
    desk.calls(bad=2)
    desk.cases("1;kemarin sore;x;y")
    assert desk.run("ingest", "antrean").output == "antrean: 2 baris disimpan, 2 ditolak.\n"
    assert desk.run("ingest", "kasus").output == "kasus: 0 baris disimpan, 1 ditolak.\n"
    shown = desk.run("quarantine", "antrean").output.splitlines()
    places = [line for line in shown if "antrean queue_log" in line]
    assert places == [f"24 Nov 08.00 WIB antrean queue_log, baris {line} (1×)" for line in (8, 7)]
    assert shown[1].startswith("  baris hanya berisi 1 kolom; yang benar waktu|callid|antrean|agen|peristiwa")
    assert shown[2] == "  •••"
    everything = desk.run("quarantine").output
    assert "kasus kasus.csv, baris 2, kolom tanggal" in everything
    assert NUMBER not in everything


def test_measure_counts_what_changed_and_then_nothing(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    first = desk.run("measure").output
    assert first.endswith("indikator berubah.\n")
    assert not first.startswith("0 dari")
    assert desk.run("measure", "--as-of", "2026-11-24T08:00").output.startswith("0 dari")


def test_show_prints_every_field_of_a_reading_as_json(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    desk.run("measure")
    shown = json.loads(desk.run("show", "calls112.offered_today", "--json").output)
    expected = {
        "id": "calls112.offered_today", "title": "Panggilan 112 masuk", "value": "2", "n": 2,
        "known_at": NOW.isoformat(),
        "freshness": "segar", "source": ["antrean"], "owner": "Diskominfo", "simulated": False,
    }  # fmt: skip
    assert {key: shown[key] for key in expected} == expected
    assert {"unit", "band", "data_time", "age_s", "detail"} <= shown.keys()
    assert datetime.fromisoformat(shown["data_time"]).tzinfo is not None
    assert shown["age_s"] == (NOW - datetime.fromisoformat(shown["data_time"])).total_seconds()


def test_show_as_of_a_time_before_anything_was_known_has_no_value(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    desk.run("measure")
    shown = json.loads(desk.run("show", "calls112.offered_today", "--as-of", "2026-11-23", "--json").output)
    assert (shown["value"], shown["known_at"], shown["missing"]) == (None, None, "sumber belum pernah menjawab")


def test_show_in_words_names_value_band_and_freshness(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    desk.run("measure")
    assert desk.run("show", "calls112.offered_today").output.startswith("Panggilan 112 masuk: 2\u00a0panggilan (")


def test_brief_writes_a_pdf_of_the_running_week(desk: Desk) -> None:
    desk.calls()
    desk.run("ingest", "antrean")
    out = desk.folder / "laporan.pdf"
    result = desk.run("brief", "--week", "2026-w48", "--out", str(out))
    assert result.output == f"{out} ditulis.\n"
    assert out.read_bytes().startswith(b"%PDF")
