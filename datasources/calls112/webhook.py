"""112 incidents that an application sends us as they happen: signed JSON, late, repeated and in any order."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field, SecretStr, field_validator

from datasources import json_text
from datasources.calls112.incident_classes import with_classes
from datasources.calls112.incident_json import JsonIncidents, told_at
from datasources.calls112.incident_row import FUTURE_TOLERANCE
from datasources.calls112.records import Incident
from datasources.contract import LARGEST_MESSAGE, Batch, NotAccepted, Refused
from datasources.indonesian_dates import to_utc
from datasources.json_paths import ABSENT, as_moment, at

SHORTEST_SECRET = 32


class Webhook(JsonIncidents):
    """One event or a list of them, at the path `items` ("" is the whole body); `event_time` is a path in each.

    The signature is the HMAC-SHA256, in hex, of the timestamp header, `separator` and the body.
    """

    secret: SecretStr
    event_time: str = Field(min_length=1)
    items: str = ""
    signature_header: str = Field(default="X-Signature", min_length=1)
    signature_prefix: str = "sha256="
    timestamp_header: str = Field(default="X-Timestamp", min_length=1)
    separator: str = "."
    idempotency_header: str = Field(default="Idempotency-Key", min_length=1)
    max_skew: timedelta = Field(default=timedelta(minutes=5), gt=timedelta(0), le=timedelta(minutes=5))
    max_bytes: int = Field(default=LARGEST_MESSAGE, gt=0, le=LARGEST_MESSAGE)

    @field_validator("secret")
    @classmethod
    def _is_long(cls, secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"terlalu pendek; isi sedikitnya {SHORTEST_SECRET} karakter acak")
        return secret

    def receive(self, headers: Mapping[str, str], body: bytes) -> Batch:
        """The incidents of one message. Raises NotAccepted: 413 too large, 401 not signed by them, 400 not JSON."""
        if len(body) > self.max_bytes:
            raise NotAccepted(413, f"Pesan lebih besar dari {self.max_bytes} bita; kirim lebih sedikit sekaligus.")
        self._verify(_folded(headers), body)
        try:
            message = json_text.loads(body)
        except (ValueError, RecursionError):
            raise NotAccepted(400, "Isi pesan bukan JSON yang sah.") from None
        events = at(message, self.items)
        if events is ABSENT:
            return Batch((), (Refused("", f"tidak ada kejadian di '{self.items}'", "pesan"),))
        records: list[Incident] = []
        refused: list[Refused] = []
        for number, event in enumerate(events if isinstance(events, list) else [events], start=1):
            incident, notes = self._event(event, f"pesan, kejadian {number}")
            records.extend([incident] if incident else [])
            refused.extend(notes)
        # Of two classes of one call in a message the one said later stays.
        return Batch(with_classes(sorted(records, key=lambda said: said.as_of or said.t_received)), tuple(refused))

    def idempotency_key(self, headers: Mapping[str, str]) -> str:
        """What the sender calls this message; empty when it does not say."""
        return _folded(headers).get(self.idempotency_header.casefold(), "").strip()

    def _verify(self, headers: Mapping[str, str], body: bytes) -> None:
        given = headers.get(self.signature_header.casefold(), "").strip()
        stamp = headers.get(self.timestamp_header.casefold(), "").strip()
        if not given or not stamp:
            raise NotAccepted(
                401, f"Kirim tanda tangan di {self.signature_header} dan waktu di {self.timestamp_header}."
            )
        signed = stamp.encode() + self.separator.encode() + body
        right = hmac.new(self.secret.get_secret_value().encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), given.removeprefix(self.signature_prefix).lower().encode()):
            raise NotAccepted(401, "Tanda tangan tidak cocok dengan waktu dan isi pesan.")
        sent = _sent_at(stamp)
        if sent is None:
            raise NotAccepted(401, f"{self.timestamp_header} harus detik Unix atau waktu ISO dengan zona.")
        if abs(datetime.now(UTC) - sent) > self.max_skew:
            minutes = self.max_skew.total_seconds() / 60
            raise NotAccepted(401, f"Waktu pesan menyimpang lebih dari {minutes:g} menit; setel jam dan kirim ulang.")

    def _event(self, event: Any, where: str) -> tuple[Incident | None, tuple[Refused, ...]]:
        incident, notes = self.of_ticket(event, where)
        if incident is None:
            return None, notes
        try:
            as_of = told_at(event, self.event_time, self.zone)
            if as_of > datetime.now(UTC) + FUTURE_TOLERANCE:
                raise ValueError("masih di depan")
        except ValueError as wrong:
            reason = f"waktu kejadian {wrong}; tanpa waktu yang benar urutannya tidak diketahui"
            return None, (*notes, Refused("", reason, f"{where}, kolom {self.event_time}"))
        return replace(incident, as_of=as_of), notes


def _folded(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): value for name, value in headers.items()}


def _sent_at(stamp: str) -> datetime | None:
    """Seconds or milliseconds since 1970, or ISO 8601 with an offset."""
    value: Any = int(stamp) if stamp.isdecimal() and len(stamp) <= 13 else stamp
    try:
        if isinstance(value, str) and datetime.fromisoformat(value).tzinfo is None:
            return None
        return to_utc(as_moment(value))
    except ValueError:
        return None
