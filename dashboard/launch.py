"""`make run`: prepare keys and tables, say what is simulated, then run web, worker and demonstration together."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager

from dashboard import settings
from dashboard.settings import ROOT, SettingsError


def main() -> int:
    """Prepare and supervise until Ctrl-C; returns the exit code. Every obstacle is one sentence."""
    var = Path(os.environ.get("VAR") or ROOT / "var")
    try:
        _make_keys(var)
        values = settings.load()
        _port_is_free(values.HOST, values.PORT)
    except (SettingsError, OSError) as obstacle:
        print(_sentence(obstacle, var), file=sys.stderr)
        return 1
    if subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, check=False).returncode:
        return 1
    _announce(values)
    return _supervise(values)


def _make_keys(var: Path) -> None:
    """Random keys of this installation, made once, readable by its owner only."""
    file = var / "keys.env"
    if file.exists():
        return
    var.mkdir(parents=True, exist_ok=True)
    lines = (f"{name}={secrets.token_hex(32)}\n" for name in ("SECRET_KEY", "CALLER_HASH_KEY"))
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.writelines(lines)


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise SettingsError(
                f"Port {port} sudah dipakai program lain. Hentikan, atau pilih port lain: PORT={port + 1} make run"
            ) from None


def _sentence(obstacle: Exception, var: Path) -> str:
    if isinstance(obstacle, OSError):
        return (
            f"Folder {var} tidak dapat ditulisi ({obstacle.strerror}). Beri izin tulis atau setel VAR ke folder lain."
        )
    return str(obstacle)


def _announce(values: settings.Settings) -> None:
    address = f"http://{values.HOST}:{values.PORT}"
    print(f"\n  Pusat Komando Mojokerto   {address}\n  Layar dinding             {address}/wall/aula")
    if values.demonstration:
        print("  SIMULASI: belum ada sources.toml; semua masukan (112, BMKG, udara, sungai, SPBE) dibuat dunia tiruan.")
    print("  Berhenti dengan Ctrl-C.\n", flush=True)


def _supervise(values: settings.Settings) -> int:
    """Run the Procfile's own lines; when one ends, all end."""
    environment = {**os.environ, "HOST": values.HOST, "PORT": str(values.PORT), "VAR": str(values.VAR),
                   "PYTHONUNBUFFERED": "1"}  # fmt: skip
    manager = Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes.items():
        if name == "release" or (name == "demo" and not values.demonstration):
            continue
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
