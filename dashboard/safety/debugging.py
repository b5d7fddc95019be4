"""What shows the inside of the program to others: debuggers, and logs that say everything."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.safety.finding import Finding, Setup

SWITCHES = ("FLASK_DEBUG", "DASH_DEBUG", "WERKZEUG_DEBUG_PIN", "PYTHONINSPECT")
OFF = ("", "0", "false", "no", "off")


def check(setup: Setup) -> Iterator[Finding]:
    """Debug switches of the environment, and a log level that repeats addresses and parameters."""
    for name in SWITCHES:
        if setup.environment.get(name, "").casefold() not in OFF:
            yield Finding(name, "penelusur kesalahan menyala dan menjalankan perintah siapa pun; hapus.", stops=True)
    if setup.values.LOG_LEVEL == "DEBUG":
        yield Finding("LOG_LEVEL", "DEBUG mencatat alamat dan isi permintaan; pakai INFO untuk sehari-hari.")
