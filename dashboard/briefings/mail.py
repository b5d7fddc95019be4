"""E-mail by SMTP: one transaction per recipient, so that one who is refused does not make the others get it twice."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from dashboard import smtp_session
from dashboard.briefings.parcel import Outcome, Parcel, Result
from dashboard.briefings.recipients import Recipient
from dashboard.smtp_session import Fate

TIMEOUT_S = 30.0
OUTCOMES: dict[Fate, Result] = {
    "taken": "diterima server", "later": "nanti", "refused": "ditolak", "uncertain": "tidak pasti",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: 'smtp://…' asks for TLS where it is offered, 'smtps://…' begins with it."""

    url: str
    sender: str
    timeout_s: float = TIMEOUT_S

    def send(self, recipient: Recipient, parcel: Parcel) -> Outcome:
        """Hand over one message to one recipient. A line that breaks after the message was sent leaves it uncertain."""
        message = self._message(recipient, parcel)
        answer = smtp_session.hand_over(self.url, self.sender, recipient.address, message, self.timeout_s)
        return Outcome(OUTCOMES[answer.fate], answer.words)

    def _message(self, recipient: Recipient, parcel: Parcel) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = formataddr((recipient.name, recipient.address))
        message["Subject"] = parcel.subject
        message["Message-ID"] = f"<{parcel.key}@{self.sender.rpartition('@')[2] or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(parcel.text)
        for file in parcel.files:
            main, _, sub = file.kind.partition("/")
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        return message
