"""112: a call in a queue, an incident with its life cycle t0…t8, and the counts that others made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, NamedTuple

Outcome = Literal["answered", "abandoned", "timeout", "unknown"]
"""How a call ended. "unknown": it ended, and the source cannot tell whether anybody answered (a CDR)."""

Subject = Literal["calls", "waits", "classes", "categories", "kecamatan", "opd"]
"""What a recap counts by. Labels of "calls": offered, answered, abandoned, timeout; of "waits": seconds as "0-10",
"10-15", …, "120-" (exclusive buckets of answered calls); of the others the words of the source."""


class _CallFields(NamedTuple):
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


class Call(_CallFields):
    """One caller in one queue; a caller who enters two queues is two calls. Times UTC, durations in seconds.

    Fields that are still unknown are None and never erase what is known already: a call that is answered in
    one batch and ends in the next is one row. No outcome means still waiting or talking.
    A tuple, because it is made a quarter of the price of a frozen dataclass and is the row that is kept.
    """

    __slots__ = ()
    topic: ClassVar[str] = "calls"

    @property
    def data_time(self) -> datetime:
        """The newest moment known of this call."""
        return max(filter(None, (self.t_enter, self.t_answer, self.t_end)))


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
    class_raw: str | None = None
    first_call_id: str | None = None
    caller_hash: str | None = None
    as_of: datetime | None = None
    """When the source said so; only of sources whose events may arrive late or twice."""

    @property
    def data_time(self) -> datetime:
        """When the report was received."""
        return self.t_received


@dataclass(frozen=True, slots=True)
class CallClass:
    """What an agent wrote a call down as (normal, prank, ghost, …), in the words of the source."""

    topic: ClassVar[str] = "call_classes"

    call_id: str
    at: datetime
    class_raw: str
    caller_hash: str | None = None

    @property
    def data_time(self) -> datetime:
        """When the call came in."""
        return self.at


@dataclass(frozen=True, slots=True)
class OutboundCall:
    """The centre rang somebody: the way to see whether an abandoned caller was called back."""

    topic: ClassVar[str] = "outbound_calls"

    call_id: str
    at: datetime
    called_hash: str | None
    answered: bool | None = None

    @property
    def data_time(self) -> datetime:
        """When the centre rang."""
        return self.at


@dataclass(frozen=True, slots=True)
class AgentSpell:
    """From when to when an agent, known by a code, was logged in or paused. No end: it still lasts."""

    topic: ClassVar[str] = "agent_spells"

    agent_code: str
    queue: str
    kind: Literal["login", "pause"]
    start: datetime
    end: datetime | None = None

    @property
    def data_time(self) -> datetime:
        """The newest moment known of this spell."""
        return self.end or self.start


@dataclass(frozen=True, slots=True)
class RecapCount:
    """A count that somebody else made of [start, end), by one label of one subject. A missing count is no record."""

    topic: ClassVar[str] = "recaps"

    start: datetime
    end: datetime
    subject: Subject
    label: str
    n: int
    is_total: bool = False
    file: str = ""
    """The file that says so: when it is delivered again, what it no longer says is gone."""

    @property
    def data_time(self) -> datetime:
        """The end of what was counted."""
        return self.end
