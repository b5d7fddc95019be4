"""One message to one address by SMTP: what the server said, and whether it may have taken what it did not confirm."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal
from urllib.parse import unquote, urlsplit

TEMPORARY = range(400, 500)
_LEADING_DOT = re.compile(rb"(?m)^\.")

Fate = Literal["taken", "later", "refused", "uncertain"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`words` are the server's, or what became of the line. `uncertain`: it broke after everything had been said."""

    fate: Fate
    words: str


def hand_over(url: str, sender: str, address: str, message: EmailMessage, timeout_s: float) -> Answer:
    """Hand over one message. 'smtp://…' asks for TLS where it is offered, 'smtps://…' begins with it. Never raises for
    what the server did.
    """
    try:
        server = _connected(url, timeout_s)
    except smtplib.SMTPAuthenticationError as error:
        return Answer("later", f"server menolak nama atau sandi: {_said(error.smtp_error)}")
    except (OSError, smtplib.SMTPException) as error:
        return Answer("later", f"server surat tidak dapat dihubungi: {error}")
    try:
        return _handed_over(server, sender, address, message)
    finally:
        server.close()


def _connected(url: str, timeout_s: float) -> smtplib.SMTP:
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    host, port = parts.hostname or "", parts.port or (465 if secure else 587)
    context = ssl.create_default_context()
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(host, port, timeout=timeout_s, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=timeout_s)
    )
    try:
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _handed_over(server: smtplib.SMTP, sender: str, address: str, message: EmailMessage) -> Answer:
    try:
        for code, answer in (server.mail(sender), server.rcpt(address), server.docmd("DATA")):
            if code >= 400:
                return Answer("later" if code in TEMPORARY else "refused", f"{code} {_said(answer)}")
    except (OSError, smtplib.SMTPException) as error:
        return Answer("later", f"sambungan putus sebelum surat diserahkan: {error}")
    body = _LEADING_DOT.sub(b"..", message.as_bytes(policy=SMTP))
    try:
        server.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Answer("uncertain", f"sambungan putus sesudah surat diserahkan: {error}")
    if code >= 400:
        return Answer("later" if code in TEMPORARY else "refused", f"{code} {_said(answer)}")
    _farewell(server)
    return Answer("taken", f"{code} {_said(answer)}")


def _farewell(server: smtplib.SMTP) -> None:
    """What happens after the message was taken changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return


def _said(answer: object) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
