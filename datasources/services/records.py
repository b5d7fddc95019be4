"""Probed services: what is declared of each, and what one check of it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Verdict = Literal["baik", "lambat", "gagal", "tidak diketahui"]
"""Slow answers are answers. "tidak diketahui": our own line was down, so nobody can tell."""

NO_NAME, NO_CONNECTION, TOO_LATE, BROKEN_OFF = "nama tidak ditemukan", "tidak tersambung", "terlalu lama", "terputus"
WRONG_STATUS, WRONG_TEXT = "status lain", "isi lain"
FORBIDDEN, ASTRAY = "alamat terlarang", "pengalihan terlarang"
EXPIRED, OTHER_NAME, UNTRUSTED = "sertifikat kedaluwarsa", "sertifikat untuk nama lain", "sertifikat tidak dipercaya"
OURS = "jaringan sendiri terputus"
ON_THE_WAY = frozenset({NO_NAME, NO_CONNECTION, TOO_LATE, BROKEN_OFF})
"""Causes that our own line can have as well; the others are answers of the service itself."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """An announced span in which the service may be away. Times UTC."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DeclaredService:
    """A service as sources.toml declares it. `address` is without its query."""

    topic: ClassVar[str] = "services"

    service: str
    title: str
    owner: str
    address: str
    declared_at: datetime
    every_s: int
    failures: int
    successes: int
    certificate_days: int
    slow_after_ms: int
    maintenance: tuple[Maintenance, ...] = ()

    @property
    def data_time(self) -> datetime:
        """When it was declared to us."""
        return self.declared_at


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """One check. `response_ms`: from looking up the name to the last byte that was read, redirects included.

    `holds_s` is for how long the verdict stands without another check. The certificate's end only over https.
    """

    topic: ClassVar[str] = "service_checks"

    service: str
    checked_at: datetime
    verdict: Verdict
    holds_s: int
    cause: str = ""
    status: int | None = None
    response_ms: int | None = None
    certificate_expires_at: datetime | None = None

    @property
    def data_time(self) -> datetime:
        """When the check began."""
        return self.checked_at
