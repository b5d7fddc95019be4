"""A complaint or a request for information, as days: who complained and about what stays outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from datasources.dated_row import began

Procedure = Literal["lapor", "ppid"]
"""Whose clocks run: SP4N-LAPOR!, or a request for information to a PPID."""
Kind = Literal["pengaduan", "pengawasan", "informasi", "aspirasi", "belum dipetakan"]
"""Classes of SP4N-LAPOR! (PermenPANRB 62/2018, as quoted by sippn.menpan.go.id; perlu verifikasi): without and with
oversight, request for information, aspiration. Requests to a PPID are of one kind."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Days in WIB. `left_out`: not ours, or filed away. `undated`: said to be done, on no day that is known."""

    topic: ClassVar[str] = "complaints"

    procedure: Procedure
    number: str
    kind: Kind
    received: date
    opd: str = ""
    category: str = ""
    verified: date | None = None
    answered: date | None = None
    closed: date | None = None
    reopened: date | None = None
    extended: bool = False
    left_out: bool = False
    undated: bool = False

    @property
    def data_time(self) -> datetime:
        """The newest day known of it; never later than the row was read."""
        return began(max(filter(None, (self.received, self.verified, self.answered, self.closed, self.reopened))))


@dataclass(frozen=True, slots=True)
class InformationRequest(Complaint):
    """A request for information to a PPID: the same days, another clock, and a source of its own."""

    topic: ClassVar[str] = "information_requests"
