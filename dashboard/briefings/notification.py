"""Telegram, a WhatsApp gateway, a webhook: by the notification library, which speaks to many services."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import apprise

from dashboard.briefings.parcel import Outcome, Parcel
from dashboard.briefings.recipients import Recipient


@dataclass(frozen=True, slots=True)
class Notifications:
    """Hands the first file (the PDF) over to the service that the recipient's address names."""

    def send(self, recipient: Recipient, parcel: Parcel) -> Outcome:
        """Hand it over once. The library says yes or no; a yes is the service's, not the reader's."""
        service = apprise.Apprise()
        if not service.add(recipient.address):
            return Outcome("ditolak", "alamat notifikasi tidak dikenal; lihat daftar layanan Apprise")
        with TemporaryDirectory() as folder:
            attached = apprise.AppriseAttachment()
            for file in parcel.files[:1]:
                path = Path(folder) / file.name
                path.write_bytes(file.content)
                attached.add(str(path))
            taken = service.notify(body=parcel.text, title=parcel.subject, attach=attached)
        return Outcome("diterima server", "layanan menerima") if taken else Outcome("nanti", "layanan tidak menerima")


@dataclass(frozen=True, slots=True)
class Nowhere:
    """In place of a mail server that nobody has set."""

    def send(self, recipient: Recipient, parcel: Parcel) -> Outcome:
        """Refused, with what would be right."""
        return Outcome("ditolak", "server surat belum disetel; isi SMTP_URL dan BRIEFING_FROM")
