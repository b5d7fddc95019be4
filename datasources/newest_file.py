"""The file to read where people drop files: one file, or the newest of a folder that fits a pattern."""

from __future__ import annotations

from pathlib import Path

from datasources.contract import SourceUnavailable


def newest_file(path: Path, pattern: str, what: str) -> Path:
    """`path` itself, or the newest file in it. Raises SourceUnavailable, telling to put `what` there."""
    if not path.is_dir():
        return path
    # Excel leaves "~$name.xlsx" beside a file that is open.
    files = [f for f in path.glob(pattern) if f.is_file() and not f.name.startswith((".", "~$"))]
    if not files:
        raise SourceUnavailable(f"Folder {path} tidak berisi berkas '{pattern}'; taruh {what} di sana.")
    return max(files, key=lambda f: (f.stat().st_mtime_ns, f.name))
