"""A wall in the browser whose clock and whose server's words are the test's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from dashboard.clock import WIB
from dashboard.indicators.reading import Reading
from dashboard.store.database import to_ms
from tests.recorded_wall import recorded
from tests.standing_wall import StandingBoard

NOON = datetime(2026, 11, 23, 12, tzinfo=WIB)


def at(moment: datetime) -> str:
    """A message of the stream at a moment; nothing new in it."""
    detail = f"{{ at: {to_ms(moment.astimezone(UTC))}, panels: {{}}, aged: {{}}, pulse: {{}} }}"
    return f"window.dispatchEvent(new CustomEvent('mojokerto:message', {{ detail: {detail} }}))"


def opened(
    page: Page,
    wall: tuple[str, StandingBoard],
    moment: datetime = NOON,
    readings: Mapping[str, Reading] | None = None,
) -> Page:
    """The wall at a moment of the server's clock, with time that runs as the test lets it."""
    wall[1].put(readings or recorded())
    page.route("**/live?*", lambda route: route.abort("connectionrefused"))
    if page.url == "about:blank":
        page.clock.install()
    page.goto(f"{wall[0]}/wall/aula")
    page.evaluate(at(moment))
    page.clock.run_for(1000)
    return page


def go_on(page: Page, seconds: int, moment: datetime = NOON, every: int = 10) -> None:
    """So much time passes, while the server speaks now and then."""
    for passed in range(0, seconds, every):
        page.evaluate(at(moment + timedelta(seconds=passed)))
        page.clock.run_for(1000 * every)
