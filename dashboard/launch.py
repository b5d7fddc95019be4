"""`make run`: prepare keys and tables, say what is simulated, then run web, worker and demonstration together."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from honcho.environ import parse_procfile
from honcho.manager import Manager

from dashboard import clock, settings
from dashboard.access.one_time import first_link
from dashboard.alerts import channels
from dashboard.operating_system import reason
from dashboard.settings import ROOT, SettingsError
from dashboard.store.database import open_database
from datasources import registry
from datasources.toml_file import Misconfigured

LAST_PORT = 65535
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ORDERED = (130, 143)
"""What honcho answers after Ctrl-C and SIGTERM: somebody wanted it to end, so it ended well."""


def main() -> int:
    """Prepare and supervise until Ctrl-C; returns the exit code. Every obstacle is one sentence."""
    try:
        values = _prepared()
        if subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, check=False).returncode:
            return 1
        _announce(values)
        _announce_first(values)
        return _supervise(values)
    except (SettingsError, Misconfigured) as obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before the supervisor listens for it
        return 0


def _prepared() -> settings.Settings:
    """Keys made and everything looked at that would otherwise stop a process later, in its own words."""
    var = Path(os.environ.get("VAR") or ROOT / "var")
    _make_keys(var)
    values = settings.load()
    environment = {**os.environ, **values.for_sources()}
    registry.load(values.sources_file, environment)
    channels.load(values.channels_file, environment)
    _port_is_free(values.HOST, values.PORT)
    return values


def _make_keys(var: Path) -> None:
    """Random keys of this installation, made once, whole or not at all, readable by its owner only."""
    file, half = var / settings.KEYS_FILE, var / f"{settings.KEYS_FILE}.{os.getpid()}"
    try:
        var.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=var).close()
        if file.exists():
            return
        lines = (f"{name}={secrets.token_hex(32)}\n" for name in ("SECRET_KEY", "CALLER_HASH_KEY"))
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())
        half.rename(file)
    except OSError as error:
        raise SettingsError(
            f"Folder {var} tidak dapat ditulisi ({reason(error)}). Beri izin tulis atau setel VAR ke folder lain."
        ) from None


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(_not_ours(error, host, port)) from None


def _not_ours(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else port - 1
        return f"Port {port} sudah dipakai program lain. Hentikan, atau pilih port lain: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} hanya boleh dibuka oleh root. Pilih port 1024 atau lebih: PORT=8050 make run"
    return (
        f"Setelan HOST = '{host}': bukan alamat komputer ini. Kosongkan untuk 127.0.0.1, "
        "atau tulis 0.0.0.0 agar terbuka bagi komputer lain."
    )


def _announce(values: settings.Settings) -> None:
    address = f"http://{values.HOST}:{values.PORT}"
    print(f"\n  Pusat Komando Mojokerto   {address}\n  Layar dinding             {address}/wall/aula")
    if values.demonstration:
        print(
            "  SIMULASI: belum ada sources.toml; semua masukan (112, BMKG, udara, sungai, SPBE, layanan) dibuat dunia "
            "tiruan."
        )
    print("  Berhenti dengan Ctrl-C.\n", flush=True)


def _announce_first(values: settings.Settings) -> None:
    """In the demonstration on this very machine, the way in of the first account. Elsewhere `manage.py user create`."""
    if not values.demonstration or values.HOST not in LOOPBACK or values.PUBLIC_URL:
        return
    engine = open_database(values.database_url)
    path = first_link(engine, clock.now())
    engine.dispose()
    if path:
        address = f"http://{values.HOST}:{values.PORT}{path}"
        print(f"  Masuk pertama kali (sekali pakai, 1 jam)\n  {address}\n", flush=True)


def _supervise(values: settings.Settings) -> int:
    """Run the Procfile's own lines; when one ends, all end."""
    environment = {
        **os.environ, "HOST": values.HOST, "PORT": str(values.PORT), "VAR": str(values.VAR), "PYTHONUNBUFFERED": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }  # fmt: skip
    manager = Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes.items():
        if name == "release" or (name == "demo" and not values.demonstration):
            continue
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.loop()
    return 0 if manager.returncode in ORDERED else int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
