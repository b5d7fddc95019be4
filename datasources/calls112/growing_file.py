"""Follows a log that grows, is rotated and is truncated, without losing a line or reading one as new twice."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, cast

from datasources.contract import SourceUnavailable

HEAD = 256
"""Bytes by which a file is known again under another name or inode; they begin with a time, so they differ."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stopped: bytes and lines consumed of the file that begins with `head`."""

    inode: int = 0
    offset: int = 0
    head: str = ""
    head_length: int = 0
    line: int = 0

    @classmethod
    def from_cursor(cls, cursor: Mapping[str, Any]) -> Position | None:
        """The position kept in a cursor; None on the first run."""
        return cls(**{name: cursor[name] for name in cls.__slots__}) if "offset" in cursor else None

    def cursor(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of one file, the first of which is `first_line`; `lost` says what could not be read."""

    file: Path
    lines: list[bytes]
    first_line: int
    after: Position
    lost: str = ""


def blocks(path: Path, position: Position | None, size: int) -> Iterator[Block]:
    """Whole lines since `position`, about `size` bytes at a time; a last line without newline waits for the next time.

    After a rotation the old file is finished first. Raises SourceUnavailable.
    """
    files, lost = _files(path, position)
    for (file, start), following in pairwise([*files, None]):  # type: ignore[misc]
        for block in _read(file, start, size, finished=following is not None and _has_content(path)):
            yield Block(block.file, block.lines, block.first_line, block.after, block.lost or lost)
            lost = ""


def _files(path: Path, position: Position | None) -> tuple[list[tuple[Path, Position]], str]:
    if position is None or _is_file_of(path, position):
        return [(path, position or Position())], ""
    rotated = _rotated(path)
    for index, file in enumerate(rotated):
        if _is_old_file_of(file, position):
            later = [(other, Position()) for other in (*rotated[index + 1 :], path)]
            return [(file, position), *later], ""
    lost = (
        f"berkas yang dibaca sampai bita {position.offset} tidak ada lagi (dipangkas atau diputar); "
        f"baris sesudahnya mungkin belum terbaca. Simpan berkas lama sebagai {path.name}.1 di folder yang sama."
    )
    return [(path, Position())], lost


def _rotated(path: Path) -> list[Path]:
    """queue_log.1, queue_log-20261122, queue_log.2.gz …, oldest first."""
    ours = re.compile(re.escape(path.name) + r"[.-]\d+(\.gz)?")
    try:
        found = [file for file in path.parent.iterdir() if ours.fullmatch(file.name)]
        return sorted(found, key=lambda file: file.stat().st_mtime_ns)
    except OSError as error:
        raise SourceUnavailable(_unreadable(path, error)) from None


def _is_file_of(file: Path, position: Position) -> bool:
    """Renaming keeps the inode, copytruncate and gzip the first bytes; truncating keeps neither these nor the size."""
    try:
        with _open(file) as stream:
            status = os.fstat(stream.fileno())
            head = stream.read(position.head_length)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SourceUnavailable(_unreadable(file, error)) from None
    long_enough = file.suffix == ".gz" or status.st_size >= position.offset
    return long_enough and _hash(head) == position.head and (bool(head) or status.st_ino == position.inode)


def _is_old_file_of(file: Path, position: Position) -> bool:
    """A rotated file that cannot be read, or is being compressed, must not stop the reading of the present one."""
    try:
        return _is_file_of(file, position)
    except (SourceUnavailable, EOFError, zlib.error):
        return False


def _read(file: Path, start: Position, size: int, finished: bool) -> Iterator[Block]:
    try:
        with _open(file) as stream:
            yield from _lines(file, stream, start, size, finished)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceUnavailable(_unreadable(file, error)) from None


def _lines(file: Path, stream: BinaryIO, start: Position, size: int, finished: bool) -> Iterator[Block]:
    inode = os.fstat(stream.fileno()).st_ino
    head, offset, line, rest = b"", start.offset, start.line, b""
    stream.seek(offset)
    while True:
        fresh = stream.read(size)
        block = rest + fresh
        # Without a newline in so much, the block is rubbish and passes as one line, to be refused.
        cut = block.rfind(b"\n") + 1 or (len(block) if len(block) >= size else 0)
        torn = "baris terakhir terpotong, tanpa akhir baris" if not fresh and block and finished else ""
        if torn:
            cut = len(block)
        elif not fresh:
            return
        rest = block[cut:]
        if not cut:
            continue
        offset += cut
        if len(head) < min(HEAD, offset):
            head = _head(stream, min(HEAD, offset))
        lines = [] if torn else block[:cut].removesuffix(b"\n").split(b"\n")
        after = Position(inode, offset, _hash(head), len(head), line + len(lines))
        yield Block(file, lines, line + 1, after, torn)
        line = after.line


def _head(stream: BinaryIO, length: int) -> bytes:
    here = stream.tell()
    stream.seek(0)
    head = stream.read(length)
    stream.seek(here)
    return head


def _open(file: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(file)) if file.suffix == ".gz" else file.open("rb")


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _hash(head: bytes) -> str:
    return hashlib.sha256(head).hexdigest()[:16]


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"Berkas {path} tidak ditemukan; periksa opsi path dan apakah foldernya terpasang di server ini."
    if isinstance(error, PermissionError):
        return f"Berkas {path} tidak boleh dibaca; beri pengguna layanan ini hak baca (misalnya grup asterisk)."
    return f"Berkas {path} tidak dapat dibaca ({error}); path harus menunjuk berkas queue_log, bukan folder."
