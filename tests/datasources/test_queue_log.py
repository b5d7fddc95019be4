"""A queue_log that grows, is cut anywhere, rotated and truncated loses no call and tells none twice differently."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from datasources.calls112 import queue_log
from datasources.calls112.queue_log import QueueLog
from datasources.calls112.records import AgentSpell, Call
from datasources.contract import Refused, SourceUnavailable

SAMPLE = (Path(__file__).parent / "samples" / "queue_log").read_bytes()
HALF = SAMPLE.index(b"1795400200|")
LINE = b"1795500000|9.9|darurat|NONE|ENTERQUEUE||0812|1\n"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(SAMPLE)), max_size=12), st.lists(st.booleans(), min_size=13, max_size=13))
def test_where_the_log_is_cut_never_shows(cuts: list[int], rotated: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log, follower = Path(folder) / "queue_log", Follower(Path(folder) / "queue_log")
        start = 0
        for number, cut in enumerate([*sorted(cuts), len(SAMPLE)]):
            with log.open("ab") as file:
                file.write(SAMPLE[start:cut])
            start = cut
            follower.fetch()
            # Asterisk finishes its line before the log is turned.
            if rotated[number] and log.read_bytes().endswith(b"\n"):
                log.rename(log.with_name(f"queue_log-{20261101 + number}"))
                log.touch()
        follower.fetch()
    assert follower.refused == []
    assert follower.calls == whole()
    assert [key[:3] for key in follower.spells] == [("PJSIP/2001", "darurat", "login")]


def test_nothing_new_yields_nothing(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE)
    assert follower.fetch() == 1
    assert follower.fetch() == 0


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE + LINE[:20])
    follower.fetch()
    assert follower.calls == whole()
    append(follower.path, LINE[20:])
    follower.fetch()
    assert ("9.9", "darurat") in follower.calls


def test_many_lines_come_in_several_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_log, "SMALLEST_BLOCK", 128)
    follower = following(tmp_path, SAMPLE, batch_lines=2)
    assert follower.fetch() > 5
    assert follower.calls == whole()


@pytest.mark.parametrize("crash_after", range(6))
def test_a_restart_after_any_batch_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash_after: int
) -> None:
    monkeypatch.setattr(queue_log, "SMALLEST_BLOCK", 128)
    follower = following(tmp_path, SAMPLE, batch_lines=2)
    follower.fetch(stop_after=crash_after)
    follower.fetch()
    assert follower.calls == whole()


def renamed(log: Path) -> None:
    log.rename(log.with_name("queue_log.1"))


def copied_and_truncated(log: Path) -> None:
    shutil.copy2(log, log.with_name("queue_log-20261123"))
    os.truncate(log, 0)


def compressed(log: Path) -> None:
    log.with_name("queue_log.1.gz").write_bytes(gzip.compress(log.read_bytes()))
    log.unlink()


@pytest.mark.parametrize("rotate", [renamed, copied_and_truncated, compressed])
def test_after_a_rotation_the_old_file_is_finished_first(tmp_path: Path, rotate: Callable[[Path], None]) -> None:
    follower = following(tmp_path, SAMPLE[:HALF])
    follower.fetch()
    append(follower.path, SAMPLE[HALF:])
    rotate(follower.path)
    append(follower.path, LINE)
    follower.fetch()
    assert follower.refused == []
    assert follower.calls.keys() == {*whole(), ("9.9", "darurat")}


def test_two_rotations_while_nobody_read_lose_nothing(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE[:HALF])
    follower.fetch()
    follower.path.rename(tmp_path / "queue_log.2")
    (tmp_path / "queue_log.1").write_bytes(SAMPLE[HALF:])
    os.utime(tmp_path / "queue_log.2", (1, 1))
    append(follower.path, LINE)
    follower.fetch()
    assert follower.calls.keys() == {*whole(), ("9.9", "darurat")}


def test_an_emptied_log_is_read_from_its_start_and_says_so(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE)
    follower.fetch()
    follower.path.write_bytes(LINE)
    follower.fetch()
    assert ("9.9", "darurat") in follower.calls
    (note,) = follower.refused
    assert "tidak ada lagi (dipangkas atau diputar)" in note.reason
    assert "queue_log.1" in note.reason


def test_a_torn_last_line_of_a_finished_file_is_refused(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE + LINE[:20])
    follower.fetch()
    renamed(follower.path)
    append(follower.path, LINE)
    follower.fetch()
    (note,) = follower.refused
    assert "baris terakhir terpotong" in note.reason
    assert note.place == "queue_log.1, sebelum baris 28"


def test_rubbish_without_end_is_refused_and_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_log, "SMALLEST_BLOCK", 512)
    follower = following(tmp_path, b"\x00" * 5000 + b"\n" + LINE, batch_lines=1)
    follower.fetch()
    assert ("9.9", "darurat") in follower.calls
    assert follower.refused


def test_a_bad_line_keeps_its_number_across_fetches(tmp_path: Path) -> None:
    follower = following(tmp_path, SAMPLE)
    follower.fetch()
    append(follower.path, LINE + b"rusak\n")
    follower.fetch()
    assert follower.refused[0].place == "queue_log, baris 29"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda log: None, "tidak ditemukan; periksa opsi path"),
        (lambda log: log.mkdir(), "path harus menunjuk berkas queue_log, bukan folder"),
    ],
)
def test_a_log_that_cannot_be_read_is_unavailable(tmp_path: Path, spoil: Callable[[Path], None], sentence: str) -> None:
    spoil(tmp_path / "queue_log")
    with pytest.raises(SourceUnavailable) as unavailable:
        Follower(tmp_path / "queue_log").fetch()
    assert sentence in str(unavailable.value)
    assert str(tmp_path / "queue_log") in str(unavailable.value)


@pytest.mark.parametrize("key", [None, "pendek"])
def test_without_a_secret_key_there_is_no_reader(tmp_path: Path, key: str | None) -> None:
    with pytest.raises(ValidationError, match="isi CALLER_HASH_KEY"):
        QueueLog(path=tmp_path, **({"caller_key": SecretStr(key)} if key else {}))


def whole() -> dict[tuple[str, str], Call]:
    with tempfile.TemporaryDirectory() as folder:
        follower = following(Path(folder), SAMPLE)
        follower.fetch()
        return follower.calls


def following(folder: Path, content: bytes, **options: Any) -> Follower:
    (folder / "queue_log").write_bytes(content)
    return Follower(folder / "queue_log", **options)


def append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)


class Follower:
    """Fetches as the runner does: keeps the cursor as JSON and merges calls as the store does."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.reader = QueueLog(path=path, caller_key=SecretStr("k" * 32), **options)
        self.cursor: dict[str, Any] = {}
        self.calls: dict[tuple[str, str], Call] = {}
        self.spells: dict[tuple[str, str, str, datetime], datetime | None] = {}
        self.refused: list[Refused] = []

    def fetch(self, stop_after: int = 1000) -> int:
        batches = 0
        for batch in self.reader.fetch(self.cursor):
            if batches == stop_after:
                break
            batches += 1
            for record in batch.records:
                if isinstance(record, AgentSpell):
                    key = (record.agent_code, record.queue, record.kind, record.start)
                    self.spells[key] = record.end or self.spells.get(key)
                    continue
                assert isinstance(record, Call)
                known = self.calls.get((record.call_id, record.queue), record)
                self.calls[record.call_id, record.queue] = merged(known, record)
            self.refused.extend(batch.refused)
            self.cursor = json.loads(json.dumps(batch.cursor))
        return batches


def merged(known: Call, new: Call) -> Call:
    told = {name: value for name, value in new._asdict().items() if value is not None}
    return known._replace(**{**told, "t_enter": known.t_enter or new.t_enter})
