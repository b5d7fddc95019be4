"""Our key of web push (VAPID, RFC 8292): by it a push service knows that a message comes from where one subscribed."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

PROOF_HOLDS = timedelta(hours=12)
"""The longest that the standard allows is a day."""


@dataclass(frozen=True, slots=True)
class PushKey:
    """`private` is the secret number in base64url; `contact` (mailto: or https:) is whom push services may write to."""

    private: str = field(repr=False)
    contact: str

    @property
    def public(self) -> str:
        """What browsers subscribe with, in base64url; not secret."""
        point = self._vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return _written(point)

    def proof(self, endpoint: str, at: datetime) -> str:
        """The header Authorization for a message to that endpoint."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": self.contact,
                  "exp": int((at + PROOF_HOLDS).timestamp())}  # fmt: skip
        return str(self._vapid().sign(claims)["Authorization"])

    def _vapid(self) -> Vapid02:
        return Vapid02.from_raw(self.private.encode())


def new_private() -> str:
    """A new secret number, 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _written(number.to_bytes(32, "big"))


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
