"""Alerts by e-mail straight to a mail server, whose answer is the receipt: smtp://user:password@host:587?dari=…&kepada=…"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, urlsplit

from dashboard.alerts.channel import NotHandedOver
from dashboard.smtp_session import hand_over as to_server

SCHEMES = ("smtp", "smtps")


def understands(address: str) -> bool:
    """Whether it names a mail server, one sender and one recipient."""
    parts = urlsplit(address)
    sender, recipient = _ends(address)
    return parts.scheme in SCHEMES and bool(parts.hostname) and "@" in sender and recipient.count("@") == 1


def hand_over(address: str, timeout_s: int, subject: str, body: str, key: str) -> str:
    """Returns what the server said when it took the message. Raises NotHandedOver.

    The key is the Message-ID: a mail box that gets a repeat after a broken line can tell that it is one.
    """
    sender, recipient = _ends(address)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    server = urlsplit(address)._replace(query="", path="").geturl()
    answer = to_server(server, sender, recipient, message, timeout_s)
    if answer.fate != "taken":
        raise NotHandedOver(answer.words)
    return answer.words


def _ends(address: str) -> tuple[str, str]:
    said = parse_qs(urlsplit(address).query)
    return said.get("dari", [""])[0], said.get("kepada", [""])[0]
