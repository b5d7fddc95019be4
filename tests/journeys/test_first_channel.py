"""What a source publishes is accepted by a first channel within thirty seconds, and is an alarm on the wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.first_channel import COUNT, alarm

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

FIRST_CHANNEL_S = 30
"""Promise P5; the rule of this alert has no waiting, so the clock starts as the source publishes."""


def test_the_first_channel_accepts_an_alert_within_thirty_seconds(tmp_path: Path, sqlite_url: str, page: Page) -> None:
    with alarm(tmp_path, sqlite_url) as raised:
        page.goto(f"{raised.system.address}/wall/aula")
        expect(page.locator(COUNT)).to_have_count(0)
        waits = raised.measured(page, 1)
        expect(page.locator(COUNT)).to_have_text("1")
        assert waits.first <= FIRST_CHANNEL_S
        assert waits.both <= FIRST_CHANNEL_S
        assert set(raised.accepted()) == {"gerbang", "surel"}
