"""Running a command that file permissions stop, even when the tests run as root."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def unprivileged() -> list[str]:
    """Words to put before a command: as root they take away the right to pass over permissions; else none."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if shutil.which("setpriv") is None or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("root passes over file permissions, and setpriv cannot take that right away here")
    return prefix
