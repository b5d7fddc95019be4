"""What is sent of an edition, and what came of sending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from dashboard.briefings.recipients import Recipient

Result = Literal["diterima server", "ditolak", "nanti", "tidak pasti"]
"""`nanti`: nothing was handed over, and it is worth another try."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels along."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message. `key` is the same however often the same message is tried: mail programs drop a second copy."""

    key: str
    subject: str
    text: str
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the other side said."""

    result: Result
    answer: str


class Road(Protocol):
    """A way to hand a parcel over. Never raises: what goes wrong is an outcome."""

    def send(self, recipient: Recipient, parcel: Parcel) -> Outcome:
        """Hand it over once."""
        ...
