"""E-mail, Telegram, WhatsApp gateways, web push and webhooks through one library: Apprise."""

from __future__ import annotations

import logging
import re
from typing import Any

import apprise

from dashboard.alerts.channel import NotHandedOver

IDEMPOTENCY = "Idempotency-Key"
_STATUS = re.compile(r"(?:error=|HTTP |code )(\d{3})")

# What it logs holds addresses with passwords and tokens; we keep only what _reason() takes from it.
logging.getLogger("apprise").propagate = False
logging.getLogger("apprise").addHandler(logging.NullHandler())


def understands(address: str) -> bool:
    """Whether the library knows a service at such an address."""
    return apprise.Apprise.instantiate(address) is not None


def hand_over(address: str, timeout_s: int, subject: str, body: str, key: str) -> str:
    """Hand one message to one service. Raises NotHandedOver. The key goes along where the service has headers.

    The library tells whether a service took it and nothing more: there is no receipt.
    """
    service: Any = apprise.Apprise.instantiate(address)
    if service is None:
        raise NotHandedOver("alamat saluran tidak dikenal")
    service.socket_connect_timeout = service.socket_read_timeout = float(timeout_s)
    if isinstance(getattr(service, "headers", None), dict):
        service.headers = {**service.headers, IDEMPOTENCY: key}
    text = f"{body}\n\nNomor pesan: {key[:12]}"
    with apprise.LogCapture(level=logging.WARNING) as said:
        try:
            accepted = service.notify(title=subject, body=text)
        except (OSError, TypeError, ValueError):
            accepted = False
        reason = _reason(said.getvalue())
    if not accepted:
        raise NotHandedOver(reason)
    return ""


def _reason(said: str) -> str:
    """Why, without the address that the library repeats."""
    status = _STATUS.search(said)
    return f"saluran menolak ({status[1]})" if status else "saluran tidak menjawab atau menolak"
