"""How often one address may ask for what: a table, counted in this process."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, abort, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from dashboard.safety.network import is_loopback

TOO_OFTEN = "Terlalu banyak permintaan dari alamat Anda. Tunggu sebentar, lalu coba lagi."


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests whose path begins so; `posted` counts changes only."""

    path: str
    most: str
    posted: bool = False


RATES = (
    Rate("/masuk", "30/minute", posted=True),  # each costs a hash of argon2; guessing is slowed per account beside
    Rate("/api/", "300/minute"),
    Rate("/export/", "60/minute"),
    Rate("/laporan/", "600/minute"),  # a page of the archive shows dozens of covers
    Rate("/hooks/", "1200/minute"),
    Rate("/then", "600/minute"),  # a replay asks once a second
    Rate("/wall/pairing", "1200/minute"),  # a waiting screen asks every two seconds
    Rate("/", "6000/minute"),  # offices share an address: thirty people and their callbacks
)
FREE = ("/healthz", "/readyz", "/freshz", "/assets/", "/_dash-component-suites/")


def register(server: Flask) -> None:
    """Answer 429 to whoever asks too often. This machine itself is free, except for signing in."""
    counter = SlidingWindowCounterRateLimiter(MemoryStorage())
    items = {rate: parse(rate.most) for rate in RATES}

    @server.before_request
    def count() -> None:
        rate = _rate()
        if rate is None:
            return
        item: RateLimitItem = items[rate]
        if not counter.hit(item, rate.path, request.remote_addr or "?"):
            abort(429, TOO_OFTEN)


def _rate() -> Rate | None:
    if request.path.startswith(FREE):
        return None
    rate = next(r for r in RATES if request.path.startswith(r.path) and (not r.posted or request.method == "POST"))
    return None if is_loopback(request.remote_addr or "") and not rate.posted else rate
