"""The second factor: codes of RFC 6238 from a telephone. The secret is sealed with SECRET_KEY in the store."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken

ISSUER = "Pusat Komando Mojokerto"
STEP_S = 30
WINDOW = 1
"""Steps before and after that are taken: clocks of telephones are never quite right."""


def new_secret() -> str:
    """A secret of 160 bits, in base 32 as telephones take it."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """The otpauth address, which a telephone reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; None for a wrong code."""
    clean = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", clean):
        return None
    at, generator = int(now.timestamp()) // STEP_S, pyotp.TOTP(secret)
    steps = range(at - WINDOW, at + WINDOW + 1)
    return next((s for s in steps if hmac.compare_digest(generator.generate_otp(s), clean)), None)


def sealed(secret: str, key: str) -> str:
    """The secret as it is kept."""
    return _box(key).encrypt(secret.encode()).decode()


def unsealed(kept: str, key: str) -> str | None:
    """The secret again; None when it was sealed with another key."""
    try:
        return _box(key).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def _box(key: str) -> Fernet:
    """SECRET_KEY also signs; what seals is derived from it for this one purpose."""
    return Fernet(base64.urlsafe_b64encode(hmac.digest(key.encode(), b"second factor", hashlib.sha256)))
