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
    """

    raw: str
    reason: str
    place: str = ""


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

    topics: ClassVar[tuple[str, ...]]

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """Yield everything since `cursor` in batches of a few thousand. Nothing new: yield nothing.

        Raises SourceUnavailable when the place cannot be asked.
        """


@runtime_checkable
class Listener(Protocol):
    """A place that tells. `deliver` returns only when the batch is kept, so the message may be acknowledged."""

    topics: ClassVar[tuple[str, ...]]

    def listen(self, deliver: Callable[[Batch], None], stop: Event) -> None:
        """Listen until `stop` is set. Raises SourceUnavailable when the place cannot be reached."""
