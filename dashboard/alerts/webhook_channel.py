"""Alerts to a gateway of one's own by HTTP, whose number for the message is the receipt: hook://host/path, hooks://…"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from dashboard.alerts.channel import NotHandedOver

SCHEMES = {"hook": "http", "hooks": "https"}
IDEMPOTENCY, RECEIPT = "Idempotency-Key", "X-Receipt"
KNOWN_ALREADY = 409
NAMES = ("receipt", "id", "message_id", "nomor")
"""Under which of these a gateway may give its number for the message, as JSON."""
LONGEST = 100


def understands(address: str) -> bool:
    """Whether it is a web address under our scheme."""
    parts = urlsplit(address)
    return parts.scheme in SCHEMES and bool(parts.hostname)


def hand_over(address: str, timeout_s: int, subject: str, body: str, key: str) -> str:
    """Returns the gateway's number for the message, empty when it gives none. Raises NotHandedOver.

    A gateway that knows the key already (409) has the message.
    """
    parts = urlsplit(address)
    url = parts._replace(scheme=SCHEMES[parts.scheme]).geturl()
    said = {"key": key, "title": subject, "message": body}
    try:
        answer = httpx.post(url, json=said, headers={IDEMPOTENCY: key}, timeout=timeout_s)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotHandedOver(f"saluran tidak menjawab ({type(error).__name__})") from None
    if not answer.is_success and answer.status_code != KNOWN_ALREADY:
        raise NotHandedOver(f"saluran menolak ({answer.status_code})")
    return _receipt(answer)


def _receipt(answer: httpx.Response) -> str:
    told: object = answer.headers.get(RECEIPT, "")
    if not told:
        try:
            content = answer.json()
        except ValueError:
            content = {}
        told = next((content[name] for name in NAMES if content.get(name)), "") if isinstance(content, dict) else ""
    return "".join(c for c in str(told) if c.isprintable())[:LONGEST]
