"""Who gets the briefing: a TOML file of names, each with an e-mail address or a notification address."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from dashboard.briefings.edition import REGENT
from dashboard.operating_system import reason

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
KEYS = {"nama", "edisi", "email", "alamat"}


class RecipientsError(Exception):
    """A list of recipients that cannot be; the sentence is for the operator."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One road to one reader of the edition `audience`. `address` may hold a secret and is never shown or kept."""

    name: str
    audience: str
    address: str

    @property
    def by_mail(self) -> bool:
        """Whether it goes by SMTP; everything else goes by the notification library."""
        return "://" not in self.address

    @property
    def label(self) -> str:
        """What is kept and shown: the name, and the address of a mailbox, but no token."""
        return f"{self.name} <{self.address}>" if self.by_mail else self.name


def load(file: Path | None, environment: Mapping[str, str]) -> tuple[Recipient, ...]:
    """The recipients of a file; none without a file. Raises RecipientsError naming file, entry and what is right."""
    if file is None:
        return ()
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("penerima", [])
    except OSError as error:
        raise RecipientsError(f"Daftar penerima {file} tidak dapat dibaca ({reason(error)}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipientsError(f"Daftar penerima {file} bukan TOML yang benar: {error}") from None
    found = [_recipient(f"{file}, penerima ke-{place}", e, environment) for place, e in enumerate(entries, 1)]
    labels = [r.label for r in found]
    double = next((label for label in labels if labels.count(label) > 1), None)
    if double:
        raise RecipientsError(f"Daftar penerima {file}: '{double}' tertulis dua kali; beri nama yang berbeda.")
    return tuple(found)


def _recipient(place: str, entry: Any, environment: Mapping[str, str]) -> Recipient:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise RecipientsError(f"{place}: tulis [[penerima]] dengan nama, edisi, dan email atau alamat (teks).")
    wrong = set(entry) - KEYS
    if wrong or not entry.get("nama") or ("email" in entry) == ("alamat" in entry):
        odd = f"'{min(wrong)}' tidak dikenal; " if wrong else ""
        raise RecipientsError(f"{place}: {odd}isi nama, edisi (bawaan '{REGENT}'), dan salah satu: email atau alamat.")
    try:
        address = Template(entry.get("email") or entry.get("alamat", "")).substitute(environment)
    except (KeyError, ValueError) as missing:
        raise RecipientsError(f"{place}: variabel {missing} belum disetel.") from None
    if "email" in entry and not _ADDRESS.fullmatch(address):
        raise RecipientsError(f"{place}: email '{address}' bukan alamat; tulis seperti nama@mojokertokab.go.id.")
    if "alamat" in entry and "://" not in address:
        raise RecipientsError(f"{place}: alamat bukan alamat notifikasi; tulis seperti tgram://token/obrolan.")
    return Recipient(entry["nama"], entry.get("edisi", REGENT), address)


def of_audience(recipients: Sequence[Recipient], audience: str) -> list[Recipient]:
    """Those who get the edition of one audience."""
    return [r for r in recipients if r.audience == audience]
