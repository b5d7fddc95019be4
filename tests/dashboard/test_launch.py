"""`make run`: each obstacle is one sentence, and Ctrl-C ends everything that was started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import launch, settings
from dashboard.settings import ROOT, Settings
from dashboard.store.database import metadata, open_database
from tests.keys import CALLER_HASH_KEY, SECRET_KEY
from tests.unprivileged import unprivileged

SOURCE = (
    '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean"\nowner = "Diskominfo"\nstale_after = "1m"\n'
)
KEYS = f"SECRET_KEY={SECRET_KEY}\nCALLER_HASH_KEY={CALLER_HASH_KEY}\n"
ENDS_WITHIN_S = 10
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder with sources.toml, and an environment that names nothing else."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "queue_log").touch()
    (tmp_path / "sources.toml").write_text(f'{SOURCE}path = "{tmp_path}/queue_log"\n', encoding="utf-8")
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("PORT", str(free_port()))
    return tmp_path


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_supervise", lambda values: pytest.fail("an obstacle was not seen"))


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("PORT", "delapan", "Setelan PORT = 'delapan': bukan bilangan bulat."),
        ("PORT", "70000", "Setelan PORT = '70000': harus dari 1 sampai 65535."),
        ("HOST", "192.0.2.1", "Setelan HOST = '192.0.2.1': bukan alamat komputer ini. Kosongkan untuk 127.0.0.1, atau"),
        ("HOST", "tidak-ada.invalid", "Setelan HOST = 'tidak-ada.invalid': bukan alamat komputer ini."),
        ("SECRET_KEY", "rahasia", "Setelan SECRET_KEY: terlalu pendek (7 huruf); isi sedikitnya 32 huruf acak."),
        ("DATABASE_URL", "rahasia", "Setelan DATABASE_URL: bukan alamat basis data; tulis postgresql://pengguna:sandi@s"),
        ("SOURCES", "/tiada.toml", "/tiada.toml: tidak dapat dibaca"),
    ],
)  # fmt: skip
def test_a_wrong_setting_stops_before_anything_starts(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: Captured,
    setting: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(setting, value)
    said = refused(capfd)
    assert sentence in said
    assert "rahasia" not in said


def test_a_taken_port_names_another(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        said = refused(capfd)
    neighbour = port + 1 if port < 65535 else port - 1
    assert said == f"Port {port} sudah dipakai program lain. Hentikan, atau pilih port lain: PORT={neighbour} make run"


def test_a_port_of_the_administrator_is_said(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    def denied(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", denied)
    monkeypatch.setenv("PORT", "80")
    assert refused(capfd) == "Port 80 hanya boleh dibuka oleh root. Pilih port 1024 atau lebih: PORT=8050 make run"


def test_a_database_server_that_is_away_is_said_without_its_password(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://petugas:rahasia@127.0.0.1:1/mojokerto")
    said = refused(capfd)
    assert said.startswith("Basis data 127.0.0.1:1/mojokerto tidak dapat dihubungi (sambungan ditolak)")
    assert "rahasia" not in said


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (("path", "pth"), "[sources.antrean]: kunci pth tidak dikenal. Maksud Anda 'path'?"),
        (("queue_log", "queuelog"), "tidak dikenal. Maksud Anda 'calls112.queue_log'?"),
        (('"1m"', '"sebentar"'), "kunci stale_after = 'sebentar' tidak dapat dipakai; isi misalnya \"5m\""),
        (("title =", "title"), "bukan TOML yang sah"),
    ],
)
def test_a_mistake_in_sources_toml_stops_before_anything_starts(
    home: Path, capfd: Captured, mistake: tuple[str, str], sentence: str
) -> None:
    file = home / "sources.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(*mistake, 1), encoding="utf-8")
    said = refused(capfd)
    assert said.startswith(str(file))
    assert sentence in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "rusak atau setengah tertulis: SECRET_KEY tidak ada di dalamnya. Pulihkan dari cadangan;"),
        (KEYS.encode()[:75], "rusak atau setengah tertulis: CALLER_HASH_KEY "),
        (KEYS.encode()[:55], "rusak atau setengah tertulis: CALLER_HASH_KEY tidak ada di dalamnya."),
        (
            b"\xff\xfe\x00" * 40,
            "rusak. Pulihkan dari cadangan; tanpa cadangan, hapus berkas itu dan `make run` membuat",
        ),
    ],
)
def test_damaged_keys_are_never_replaced_by_new_ones(
    home: Path, capfd: Captured, content: bytes, sentence: str
) -> None:
    file = home / "var" / "keys.env"
    file.parent.mkdir()
    file.write_bytes(content)
    said = refused(capfd)
    assert all(line.startswith(f"Berkas {file} ") for line in said.splitlines())
    assert sentence in said
    assert "ssss" not in said
    assert file.read_bytes() == content


def test_keys_are_made_once_for_their_owner_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_supervise", lambda values: 0)
    assert launch.main() == 0
    file = home / "var" / "keys.env"
    first = file.read_text(encoding="ascii")
    assert launch.main() == 0
    assert file.read_text(encoding="ascii") == first
    assert (file.stat().st_mode & 0o777, len(first.split())) == (0o600, 2)
    assert sorted(f.name for f in file.parent.glob("keys*")) == ["keys.env"]


def test_keys_that_were_cut_off_by_a_full_disk_are_not_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "tidak dapat ditulisi (disk penuh). Beri izin tulis atau setel VAR ke folder lain." in refused(capfd)
    assert not (home / "var" / "keys.env").exists()


def test_a_file_in_the_place_of_var_is_said(home: Path, capfd: Captured) -> None:
    (home / "var").touch()
    assert refused(capfd) == (
        f"Folder {home / 'var'} tidak dapat ditulisi (sudah ada berkas dengan nama itu). "
        "Beri izin tulis atau setel VAR ke folder lain."
    )


@pytest.mark.parametrize("with_keys", [False, True])
def test_a_folder_without_write_access_is_said(home: Path, with_keys: bool) -> None:
    var = home / "var"
    var.mkdir()
    if with_keys:
        (var / "keys.env").write_text(KEYS, encoding="ascii")
    var.chmod(0o555)
    command = [*unprivileged(), sys.executable, "-m", "dashboard.launch"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Folder {var} tidak dapat ditulisi (izin ditolak). Beri izin tulis atau setel VAR ke folder lain.\n"
    )


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_an_order_to_stop_ends_every_process(home: Path, ask: signal.Signals) -> None:
    """As a terminal does it: Ctrl-C reaches the launcher and everything in its group."""
    address = f"http://127.0.0.1:{os.environ['PORT']}"
    log = home / "log"
    with log.open("wb") as out:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "dashboard.launch"], cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
    family: set[int] = set()
    try:
        wait_until_it_answers(f"{address}/healthz", launcher, log)
        family = set(descendants(launcher.pid))
        commands = " ".join(command_of(pid) for pid in family)
        assert "gunicorn" in commands
        assert "manage.py work" in commands
        assert "manage.py demo" not in commands
        with urllib.request.urlopen(f"{address}/live?panel=tile~calls112.asa~page", timeout=20) as open_screen:
            assert open_screen.status == 200
            os.killpg(launcher.pid, ask)
            assert launcher.wait(timeout=ENDS_WITHIN_S) == 0
        assert [command_of(pid) for pid in family if running(pid)] == []
    finally:
        for pid in (pid for pid in family | {launcher.pid} if running(pid)):
            os.kill(pid, signal.SIGKILL)
        launcher.wait(timeout=5)
    assert address in log.read_text(encoding="utf-8")
    assert "SIMULASI" not in log.read_text(encoding="utf-8")


def refused(capfd: Captured) -> str:
    """What the launcher says when it does not start."""
    assert launch.main() == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, launcher: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if launcher.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(log.read_text(encoding="utf-8"))


def descendants(pid: int) -> Iterator[int]:
    """Every process below `pid`, from /proc."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="ascii").split()):
            yield child
            yield from descendants(child)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("setting", "printed"),
    [({}, True), ({"HOST": "0.0.0.0"}, False), ({"PUBLIC_URL": "https://pk.contoh.go.id"}, False),
     ({"SOURCES": "sendiri"}, False)],
)  # fmt: skip
def test_the_way_in_of_the_first_account_is_printed_for_this_machine_in_the_demonstration_only(
    tmp_path: Path, capsys: Captured, setting: dict[str, str], printed: bool
) -> None:
    made = {"SOURCES": str(ROOT / "datasources" / "demo" / "sources.toml"), **setting}
    values = settings.load({"SECRET_KEY": SECRET_KEY, "CALLER_HASH_KEY": CALLER_HASH_KEY, "VAR": str(tmp_path), **made})
    engine = open_database(values.database_url)
    metadata.create_all(engine)
    engine.dispose()
    launch._announce_first(values)
    assert ("/masuk/tautan/" in capsys.readouterr().out) is printed
