"""Links to evidence: addresses that a browser may follow without running anything."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MOST_LINKS = 10
LONGEST_LINK = 300
RIGHT = "tulis alamat https://…, http://…, atau alamat di situs ini seperti /dokumen/bukti.pdf"
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\<>\"'`]")


class BadLink(ValueError):
    """A link that cannot be taken; the message is the Indonesian reason."""


def link(text: str) -> str:
    """One link as it was written. Raises BadLink for other schemes, hidden hosts and whatever is no address."""
    if len(text) > LONGEST_LINK:
        raise BadLink(f"tautan '{text[:30]}…' terlalu panjang ({len(text)} huruf); paling banyak {LONGEST_LINK}")
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        own = not parts.scheme and not parts.netloc and text.startswith("/") and not text.startswith("//")
    except ValueError:
        fits = own = False
    if _FORBIDDEN.search(text) or not (fits or own):
        raise BadLink(f"tautan '{text[:30]}' tidak dapat dipakai; {RIGHT}")
    return text


def links(text: str) -> tuple[str, ...]:
    """The links of a cell or field, one a line or separated by spaces, commas or semicolons. Raises BadLink."""
    found = tuple(dict.fromkeys(link(part) for part in re.split(r"[\s;,]+", text.strip()) if part))
    if len(found) > MOST_LINKS:
        raise BadLink(f"{len(found)} tautan; paling banyak {MOST_LINKS} untuk satu indikator")
    return found
