"""Going through the pages of a list over HTTP: to the end, or with a sentence; never past a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field

from datasources.contract import SourceUnavailable
from datasources.http_failures import host_of
from datasources.json_paths import ABSENT, at


class Paging(BaseModel):
    """How a list is divided. `items`, `next` and `total` are dotted paths in an answer; "" means there is none.

    `next` leads to an address, or to what `parameter` is to be. Without `next` and `total` the list ends with its
    first empty page. Without `parameter` and `next` there is one page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: str = "data"
    parameter: str = "page"
    first: int = Field(default=1, ge=0)
    size_parameter: str = ""
    size: int = Field(default=100, gt=0, le=10_000)
    next: str = ""
    total: str = ""
    most: int = Field(default=500, gt=0, le=100_000)

    def pages(self, address: str, ask: Callable[[str], Any]) -> Iterator[list[Any]]:
        """The items of each page. Raises SourceUnavailable when one is missing, wrong, or there are too many."""
        url: str | None = self.start(address)
        seen, before = 0, None
        for number in range(self.first, self.first + self.most):
            assert url is not None  # noqa: S101 - returned below
            answer = ask(url)
            where = f"{host_of(url)}, halaman {number}"
            items = self._items(answer, where)
            if items and items == before:
                raise SourceUnavailable(f"{where} sama dengan halaman sebelumnya; periksa kunci paging.parameter.")
            seen, before = seen + len(items), items
            yield items
            url = self._after(url, answer, seen, number, where)
            if url is None:
                return
        raise SourceUnavailable(
            f"{host_of(address)} berisi lebih dari {self.most} halaman; perkecil history atau naikkan paging.most."
        )

    def start(self, address: str) -> str:
        """The address of the first page."""
        asked = {self.size_parameter: str(self.size), self.parameter: str(self.first)}
        return with_query(address, {name: value for name, value in asked.items() if name})

    def _items(self, answer: Any, where: str) -> list[Any]:
        items = at(answer, self.items)
        if items is None:
            return []
        if not isinstance(items, list):
            there = "tidak ada" if items is ABSENT else "bukan daftar"
            raise SourceUnavailable(f"{where}: daftar di '{self.items}' {there}; periksa kunci paging.items.")
        return items

    def _after(self, url: str, answer: Any, seen: int, number: int, where: str) -> str | None:
        """The address of the next page; None at the end."""
        total = self._total(answer, where)
        if self.next:
            following = at(answer, self.next, None)
            if following not in (None, "", False):
                return self._linked(url, following, where)
        elif self.parameter and not self._ended(answer, seen, total):
            return with_query(url, {self.parameter: str(number + 1)})
        if total is not None and seen < total:
            raise SourceUnavailable(f"{where} adalah yang terakhir, padahal baru {seen} dari {total} isi terbaca.")
        return None

    def _ended(self, answer: Any, seen: int, total: int | None) -> bool:
        return not at(answer, self.items, None) or (total is not None and seen >= total)

    def _total(self, answer: Any, where: str) -> int | None:
        if not self.total:
            return None
        said = at(answer, self.total, None)
        if isinstance(said, bool) or not str(said).isdecimal():
            raise SourceUnavailable(f"{where}: jumlah isi di '{self.total}' bukan bilangan; periksa paging.total.")
        return int(str(said))

    def _linked(self, url: str, following: Any, where: str) -> str:
        said = str(following)
        if not said.startswith(("http://", "https://", "/", "?")):
            if not self.parameter:
                raise SourceUnavailable(f"{where}: '{self.next}' bukan alamat; isi kunci paging.parameter.")
            return with_query(url, {self.parameter: said})
        try:
            target = urljoin(url, said)
            is_same_host = urlsplit(target)[:2] == urlsplit(url)[:2]
        except ValueError:  # such as http://[rusak/
            raise SourceUnavailable(f"{where}: '{self.next}' menunjuk ke alamat yang tidak sah.") from None
        if not is_same_host:
            raise SourceUnavailable(f"{where} menunjuk ke {host_of(target)}; hanya host yang sama diikuti.")
        return target


def with_query(url: str, query: Mapping[str, str]) -> str:
    """`url` with these parameters, each once."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in query]
    return urlunsplit(parts._replace(query=urlencode([*kept, *query.items()])))
