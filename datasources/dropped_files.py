"""Files that people put in a folder: which of them changed since they were read, and the cursor that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Record, Refused, SourceUnavailable

Read = Callable[[Path], tuple[Sequence[Record], Sequence[Refused]]]
"""A file to its records and refusals. Raises SourceUnavailable."""


def changed_files(
    path: Path, pattern: str, cursor: Cursor, options: str, read: Read, what: str = "berkasnya"
) -> Iterator[Batch]:
    """One batch for each changed file, with everything that the file says.

    `path` is a file or a folder; of a folder all files that fit `pattern` are read, by name. `options` are those of
    the reader: with other options the same bytes say something else. A file of a folder that cannot be understood is
    refused as a whole, and the rest goes on; a single file that cannot raises SourceUnavailable. `what` names what
    belongs in the folder, for the sentence about an empty one.
    """
    files = _files(path, pattern, what)
    there = {file.name for file in files}
    known = {name: digest for name, digest in cursor.get("files", {}).items() if name in there}
    for file in files:
        digest = hashlib.sha256(spreadsheet.content_of(file) + options.encode()).hexdigest()
        if known.get(file.name) == digest:
            continue
        try:
            records, refused = read(file)
        except SourceUnavailable as broken:
            if not path.is_dir():
                raise
            records, refused = (), (Refused("", str(broken), file.name),)
        known = {**known, file.name: digest}
        yield Batch(tuple(records), tuple(refused), {"files": known})


def changed_files_named(
    path: Path,
    pattern: str,
    cursor: Cursor,
    options: str,
    read: Callable[[Path], tuple[Sequence[Any], Sequence[Refused]]],
) -> Iterator[Batch]:
    """The same for records that have a field `file`: what a file no longer says is gone."""

    def named(file: Path) -> tuple[tuple[Any, ...], Sequence[Refused]]:
        records, refused = read(file)
        return tuple(replace(record, file=file.name) for record in records), refused

    return changed_files(path, pattern, cursor, options, named)


def _files(path: Path, pattern: str, what: str) -> list[Path]:
    if not path.is_dir():
        return [path]
    # Excel leaves "~$name.xlsx" beside a file that is open.
    files = [f for f in path.glob(pattern) if f.is_file() and not f.name.startswith((".", "~$"))]
    if not files:
        raise SourceUnavailable(f"Folder {path} tidak berisi berkas '{pattern}'; taruh {what} di sana.")
    return sorted(files, key=lambda f: f.name)
