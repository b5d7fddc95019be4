"""Secrets out of files: the keys that `make run` made, and NAME_FILE in place of NAME as containers hand them over."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.operating_system import reason

RESTORE = (
    "Pulihkan dari cadangan; tanpa cadangan, hapus berkas itu dan `make run` membuat yang baru "
    "(kode penelepon yang lama tidak lagi cocok)."
)
_UNREADABLE = re.compile("[\\x00-\\x1f\\x7f\\ud800-\\udfff]")
LARGEST_SECRET = 65_536
"""Bytes."""


class SettingsError(Exception):
    """A setting that cannot be; the message is for the person who starts the program."""


def kept_keys_of(file: Path) -> dict[str, str]:
    """NAME=value lines of the file that `make run` wrote; empty when there is none. Raises SettingsError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except PermissionError:
        raise SettingsError(f"Berkas {file} tidak boleh dibaca pengguna ini; beri izin baca.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"Berkas {file} rusak. {RESTORE}") from None
    except OSError as error:
        raise SettingsError(f"Berkas {file} tidak dapat dibaca ({reason(error)}).") from None
    lines = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in lines}


def with_secret_files(given: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """The environment, with the content of the file NAME_FILE as NAME. Raises SettingsError, also of both."""
    found = dict(given)
    for name in names:
        file = given.get(f"{name}_FILE")
        if file and name in given:
            raise SettingsError(f"Setelan {name} dan {name}_FILE diisi dua-duanya; sisakan satu.")
        if file:
            found[name] = _content(f"{name}_FILE", Path(file))
    return found


def check_text(given: Mapping[str, str], names: Collection[str]) -> None:
    """Raises SettingsError for half a character out of a terminal, or a line break, in a setting of ours."""
    for name in names:
        if _UNREADABLE.search(given.get(name, "")):
            raise SettingsError(f"Setelan {name}: memuat tanda yang tidak terbaca; tulis ulang sebagai teks UTF-8.")


def _content(setting: str, file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_SECRET).decode().strip()
    except OSError as error:
        raise SettingsError(f"Setelan {setting} = '{file}': tidak dapat dibaca ({reason(error)}).") from None
    except UnicodeDecodeError:
        raise SettingsError(f"Setelan {setting} = '{file}': isinya bukan teks UTF-8.") from None


def password_of(url: str) -> str:
    """The password in an address, as it is written there; empty when there is none."""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""
