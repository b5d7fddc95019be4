"""A certificate of the simulation that ends in twelve days, made by openssl where it is installed."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

ENDS_IN_DAYS = 12
MADE_ANEW_AFTER_S = 4 * 86_400
CERTIFICATE, KEY = "situs.pem", "situs.key"


def server_context(folder: Path, address: str, now: float) -> ssl.SSLContext:
    """The context of a server at this address; a certificate of some days ago is made anew. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file, key = folder / CERTIFICATE, folder / KEY
    if not file.exists() or not key.exists() or now - file.stat().st_mtime > MADE_ANEW_AFTER_S:
        _make(file, key, address)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context


def _make(file: Path, key: Path, address: str) -> None:
    try:
        subprocess.run(  # noqa: S603 - every word of it is our own
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",  # noqa: S607
             "-subj", f"/O=SIMULASI/CN={address}", "-addext", f"subjectAltName=IP:{address}",
             "-days", str(ENDS_IN_DAYS), "-keyout", str(key), "-out", str(file)],
            check=True, capture_output=True, timeout=30,
        )  # fmt: skip
    except (subprocess.SubprocessError, FileNotFoundError) as missing:
        raise OSError(f"openssl: {missing}") from None
