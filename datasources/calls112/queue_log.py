"""112 calls from the queue_log that Asterisk, FreePBX or Issabel writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from datasources.calls112.growing_file import Block, Position, blocks
from datasources.calls112.queue_log_fold import Fold
from datasources.contract import Batch, Cursor, Record, Refused
from datasources.privacy import SHORTEST_KEY, caller_hasher
from datasources.read_ahead import read_ahead

BYTES_PER_LINE = 64
SMALLEST_BLOCK = 64 * 1024


class QueueLog(BaseModel):
    """Follows one queue_log. `queues` limits it to those queues; `batch_lines` is approximate."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    topics: ClassVar[tuple[str, ...]] = ("calls", "agent_spells")

    path: Path
    queues: tuple[str, ...] | None = None
    caller_key: SecretStr = Field(default="${CALLER_HASH_KEY}", validate_default=True)
    batch_lines: int = Field(default=45_000, gt=0, le=1_000_000)

    @field_validator("caller_key")
    @classmethod
    def _is_secret(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value()
        if len(text) < SHORTEST_KEY or text.startswith("${"):
            raise ValueError(
                f"kunci rahasia belum diisi; isi CALLER_HASH_KEY dengan sedikitnya {SHORTEST_KEY} karakter acak"
            )
        return key

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """Calls and spells of the lines written since. Raises SourceUnavailable when the file cannot be read."""
        yield from read_ahead(self._batches(cursor))

    def _batches(self, cursor: Cursor) -> Iterator[Batch]:
        hasher = caller_hasher(self.caller_key)
        waiting, spells = cursor.get("waiting", []), cursor.get("spells", [])
        size = max(SMALLEST_BLOCK, self.batch_lines * BYTES_PER_LINE)
        for block in blocks(self.path, Position.from_cursor(cursor), size):
            fold = Fold(hasher, self.queues, waiting, spells)
            fold.add(block.lines, block.file.name, block.first_line, block.after.head)
            waiting, spells = fold.waiting(), fold.spells.open()
            refused = (*_lost(block), *fold.refused)
            records: tuple[Record, ...] = (*fold.calls(), *fold.spells.spells())
            yield Batch(records, refused, {**block.after.cursor(), "waiting": waiting, "spells": spells})


def _lost(block: Block) -> tuple[Refused, ...]:
    if not block.lost:
        return ()
    place = f"{block.file.name}, sebelum baris {block.first_line}"
    return (Refused("", block.lost, place, f"{block.after.head}:{block.first_line}"),)
