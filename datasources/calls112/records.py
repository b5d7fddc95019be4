"""112: a call in a queue, and an incident with its life cycle t0…t8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Outcome = Literal["answered", "abandoned", "timeout"]


@dataclass(frozen=True, slots=True)
class Call:
    """One caller in one queue; a caller who enters two queues is two calls. Times UTC, durations in seconds.

    Fields that are still unknown are None and never erase what is known already: a call that is answered in
    one batch and ends in the next is one row. No outcome means still waiting or talking.
    """

    topic: ClassVar[str] = "calls"

    call_id: str
    queue: str
    t_enter: datetime | None = None
    t_answer: datetime | None = None
    t_end: datetime | None = None
    wait_s: int | None = None
    talk_s: int | None = None
    ring_ms: int | None = None
    outcome: Outcome | None = None
    caller_hash: str | None = None
    agent_code: str | None = None

    @property
    def data_time(self) -> datetime:
        """The newest moment known of this call."""
        return max(t for t in (self.t_enter, self.t_answer, self.t_end) if t is not None)


@dataclass(frozen=True, slots=True)
class Incident:
    """One event, however many people reported it. Names, numbers and free text are not read."""

    topic: ClassVar[str] = "incidents"

    incident_id: str
    t_received: datetime
    category_raw: str
    opd: str | None = None
    kecamatan_code: str | None = None
    desa_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    n_calls: int | None = None
    t_created: datetime | None = None
    t_dispatched: datetime | None = None
    t_acknowledged: datetime | None = None
    t_enroute: datetime | None = None
    t_arrived: datetime | None = None
    t_controlled: datetime | None = None
    t_closed: datetime | None = None
    t_reopened: datetime | None = None
    status: str | None = None
    cancelled: bool = False

    @property
    def data_time(self) -> datetime:
        """When the report was received."""
        return self.t_received
