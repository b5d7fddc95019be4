"""A request for a service, such as a permit or a birth certificate, as days: who asked stays outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from datasources.dated_row import began


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """Days in WIB. `limit_days` is the promise in working days, None where nobody wrote one.

    `left_out`: withdrawn, or sent back because it was not complete. `undated`: done, on no day that is known.
    """

    topic: ClassVar[str] = "service_requests"

    number: str
    service: str
    submitted: date
    opd: str = ""
    completed: date | None = None
    limit_days: int | None = None
    left_out: bool = False
    undated: bool = False

    @property
    def data_time(self) -> datetime:
        """The newest day known of it."""
        return began(self.completed or self.submitted)
