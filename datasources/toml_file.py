"""A TOML file that an operator writes: read, with "${NAME}" filled in, and every mistake said with file and place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

_DURATION = re.compile(r"^(\d+)\s*(s|m|h|d)$")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_AT = re.compile(r"at line (\d+), column (\d+)")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


class Misconfigured(Exception):
    """The file holds a mistake; the message names file, table, key, value and what would be right."""


def tables(file: Path, example: str) -> dict[str, Any]:
    """What stands in the file. Raises Misconfigured, which names `example` where there is none."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Misconfigured(f"{file}: tidak dapat dibaca ({error.strerror}). Contoh isinya: {example}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = f"bita ke-{error.start + 1} ({error.object[error.start]:#04x})"
        raise Misconfigured(
            f"{file}, baris {line}: {byte} bukan UTF-8; simpan ulang berkas itu sebagai UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{file}: bukan TOML yang sah{_mistake(str(error))}") from None


def _mistake(said: str) -> str:
    """What tomllib says, in Indonesian: where, and what to look at."""
    at = _AT.search(said)
    where = f" pada baris {at[1]}, kolom {at[2]}" if at else " pada akhir berkas"
    if "twice" in said or "overwrite" in said:
        return f"{where}: tabel atau kunci itu ditulis dua kali; sisakan satu."
    return f"{where}; periksa tanda =, tanda kutip dan kurung di sana."


def expanded(where: str, key: str, value: Any, environment: Mapping[str, str]) -> Any:
    """The value with "${NAME}" replaced and lengths of time ("5m") understood, through lists and tables.

    Raises Misconfigured for a NAME that is not set.
    """
    if isinstance(value, dict):
        return {k: expanded(where, f"{key}.{k}", v, environment) for k, v in value.items()}
    if isinstance(value, list):
        return [expanded(where, key, v, environment) for v in value]
    if not isinstance(value, str):
        return value
    if match := _DURATION.match(value):
        return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])
    for variable in _VARIABLE.findall(value):
        if variable not in environment:
            raise Misconfigured(f"{where}: kunci {key} memakai ${{{variable}}}, tetapi setelan {variable} belum diisi.")
        value = value.replace(f"${{{variable}}}", environment[variable])
    return value
