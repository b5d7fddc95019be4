"""BMKG on loopback, which warns of heavy rain over Mojosari when a journey wants it: an alert without any waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from dashboard.clock import WIB
from tests.datasources.loopback import Loopback
from tests.datasources.test_bmkg_warnings import MOJOSARI

RSS = "/alerts/nowcast/id/rss.xml"
WARNINGS = """
[sources.peringatan]
reader = "bmkg.warnings"
title = "Peringatan dini BMKG"
owner = "BPBD"
address = "{address}"
every = "1s"
stale_after = "10m"
"""


def all_is_well(bmkg: Loopback) -> None:
    """No warning is listed."""
    bmkg.xml(RSS, "<rss><channel></channel></rss>")


def warn(bmkg: Loopback, number: int = 1) -> None:
    """BMKG warns of heavy rain in Mojosari for the next two hours; `number` tells one warning from another."""
    now = datetime.now(WIB).replace(microsecond=0)
    until = (now + timedelta(hours=2)).isoformat()
    file = f"/alerts/nowcast/id/CJI{number}_alert.xml"
    bmkg.xml(
        file,
        f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>2.49.0.1.360.0.{number}</identifier>
<sender>cuaca@contoh.id</sender><sent>{now.isoformat()}</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope><info><language>id</language><event>Hujan Lebat</event><urgency>Immediate</urgency>
<severity>Moderate</severity><certainty>Observed</certainty><effective>{now.isoformat()}</effective>
<expires>{until}</expires><headline>Hujan Lebat di Jawa Timur</headline><description>Hujan.</description>
<area><areaDesc>Jawa Timur</areaDesc><polygon>{MOJOSARI}</polygon></area></info></alert>""",
    )
    link = bmkg.url(file)
    item = f"<item><title>Hujan</title><link>{link}</link><guid>2.49.0.1.360.0.{number}</guid></item>"
    bmkg.xml(RSS, f"<rss><channel>{item}</channel></rss>")
