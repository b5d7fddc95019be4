"""What a device is told: title, a few lines, the page that says more; sealed so that only its browser can read it."""

from __future__ import annotations

import base64
import json

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from dashboard.store.alert_messages import Message

MOST_LINES, LONGEST_BODY = 6, 700
"""A notification shows little; and a push service takes 4096 bytes, with what sealing adds."""


def sealed(message: Message, p256dh: str, auth: str) -> bytes:
    """The body of the request (RFC 8291). Raises ValueError for keys that are none."""
    own = ec.generate_private_key(ec.SECP256R1())
    content = json.dumps(content_of(message), ensure_ascii=False).encode()
    return bytes(http_ece.encrypt(content, private_key=own, dh=unwritten(p256dh), auth_secret=unwritten(auth)))


def content_of(message: Message) -> dict[str, object]:
    """Sentences of indicators, which stand on pages open to everybody; no word of a call or a caller is in them."""
    lines = [line for line in message.body.splitlines() if line.strip() and "://" not in line]
    rest = len(lines) - MOST_LINES
    shown = [*lines[:MOST_LINES], *([f"dan {rest} baris lain"] if rest > 0 else [])]
    return {
        "title": message.subject, "body": "\n".join(shown)[:LONGEST_BODY], "path": message.path,
        "tag": message.topic, "key": message.key, "severity": message.severity,
    }  # fmt: skip


def unwritten(text: str) -> bytes:
    """Bytes out of base64url without its padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
