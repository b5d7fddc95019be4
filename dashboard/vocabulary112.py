"""The vocabulary of the 112 desk that ships: categories, classes of calls and agencies, with the words for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

UNMAPPED = "belum dipetakan"

Kind = Literal["category", "class", "agency"]
CountsAs = Literal["darurat", "layanan", "gangguan", "luar wilayah", "diblokir"]


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of incident. `sensitive`: small counts of a day and place are not shown outside the 112 desk."""

    code: str
    title: str
    lead: str
    words: tuple[str, ...]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class CallKind:
    """A class of answered calls, and which part of the funnel it counts as."""

    code: str
    title: str
    counts_as: CountsAs
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that handles incidents, and how sources write its name."""

    code: str
    title: str
    words: tuple[str, ...]


def folded(word: str) -> str:
    """A word as it is compared: no case, single spaces."""
    return " ".join(word.split()).casefold()


@cache
def categories() -> dict[str, Category]:
    """The categories by code, in the order they are shown."""
    return {
        code: Category(code, t["title"], t["lead"], tuple(t["words"]), t.get("sensitive", False))
        for code, t in _tables()["category"].items()
    }


@cache
def call_kinds() -> dict[str, CallKind]:
    """The classes of calls by code, in the order they are shown."""
    return {
        code: CallKind(code, t["title"], t["counts_as"], tuple(t["words"])) for code, t in _tables()["class"].items()
    }


@cache
def agencies() -> dict[str, Agency]:
    """The agencies by code, in the order they are shown."""
    return {code: Agency(code, t["title"], tuple(t["words"])) for code, t in _tables()["agency"].items()}


def entries(kind: Kind) -> Mapping[str, Category | CallKind | Agency]:
    """What a word of that kind may mean, by code."""
    if kind == "category":
        return categories()
    return call_kinds() if kind == "class" else agencies()


@cache
def shipped_words(kind: Kind) -> dict[str, str]:
    """Folded word → code, as shipped."""
    return {folded(word): code for code, entry in entries(kind).items() for word in entry.words}


@cache
def _tables() -> dict[str, dict]:
    return tomllib.loads((Path(__file__).parent / "vocabulary112.toml").read_text(encoding="utf-8"))
