"""What every source promises: records, refusals with reasons, and the place where reading stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any, ClassVar, Protocol, runtime_checkable

Cursor = Mapping[str, Any]
"""Where a source stopped reading, as JSON; empty on the first run. Only the source understands it."""


class Record(Protocol):
    """One fact from outside, already checked. All times are timezone-aware UTC."""

    topic: ClassVar[str]

    @property
    def data_time(self) -> datetime:
        """The moment this fact was true in the world."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece of input that cannot be: kept as raw text, never guessed at.

    `place` says where it stood ("kasus.csv, baris 12, kolom waktu_masuk"); `reason` says in Indonesian
    what is wrong, with the value, and what would be right. `raw` must not carry personal data.
    `line` names the line of a log for good, whatever the log is called later: masked lines may look alike and are
    still several. Without it the same text and reason are one refusal, however often they come.
    """

    raw: str
    reason: str
    place: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records and refusals that are kept together, and the cursor that is true once they are kept."""

    records: tuple[Record, ...] = ()
    refused: tuple[Refused, ...] = ()
    cursor: Cursor = field(default_factory=dict)


class SourceUnavailable(Exception):
    """The source could not be asked. Its message is one Indonesian sentence; it never stands for 'no data'."""


@runtime_checkable
class Source(Protocol):
    """A place that is asked. It fetches and parses; the runner retries, times, de-duplicates, quarantines."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells of, configured as it is."""

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """Yield everything since `cursor` in batches of a few thousand. Nothing new: yield nothing.

        Raises SourceUnavailable when the place cannot be asked.
        """


@runtime_checkable
class Listener(Protocol):
    """A place that tells. `deliver` returns only when the batch is kept, so the message may be acknowledged.

    An empty batch says that the place was reached and may be silent for a good reason.
    """

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells of, configured as it is."""

    def listen(self, deliver: Callable[[Batch], None], stop: Event) -> None:
        """Listen until `stop` is set. Raises SourceUnavailable when the place cannot be reached."""


LARGEST_MESSAGE = 1_048_576
"""Bytes of a message that are ever read for a Receiver; one may accept less."""


class NotAccepted(Exception):
    """A message is turned away: `status` is the HTTP status, `sentence` one Indonesian sentence for its sender."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@runtime_checkable
class Receiver(Protocol):
    """A place that sends to us over HTTP. It checks and parses; who keeps the batch answers the sender."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells of, configured as it is."""

    def receive(self, headers: Mapping[str, str], body: bytes) -> Batch:
        """What one message says; parts that cannot be are refused. Raises NotAccepted for the message as a whole."""

    def idempotency_key(self, headers: Mapping[str, str]) -> str:
        """What the sender calls this message each time it repeats it; empty when it does not say."""
