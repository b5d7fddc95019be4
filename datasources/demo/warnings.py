"""Nowcast warnings as BMKG publishes them: an RSS list and one CAP 1.2 file for each alert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from math import cos, pi, radians, sin, sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape
from zlib import crc32

from datasources.demo.storms import Storm, storm_of_day
from datasources.demo.world import HOUR, as_utc, day_of, hour_of
from datasources.region import PROVINCE_CODE, by_code

SENDER = "cuaca.ekstrem@bmkg.go.id"
EVENT = "Hujan Lebat dan Petir"
BEFORE_S = 20 * 60
UPDATED_AFTER_S = HOUR
CALLED_OFF_BEFORE_S = 25 * 60
LISTED_S = 24 * HOUR
OURS_LISTED_DAYS = 60
"""Ours stay on the list, as they do at BMKG, so that a demonstration begun today has something to look back on."""
WIND = "Angin Kencang"
WIND_EVERY, CALLED_OFF_EVERY = 2, 3
"""Storms with a second alert in force at the same time; storms that end early, whose warning is cancelled."""
KM_PER_DEGREE = 111
CORNERS = 12
SEVERE_FROM = 5.0
BANTEN = ((-6.02, 106.05), "Cibeber, Cilegon, Jombang, Kramatwatu, Pulomerak")
GORONTALO = ((0.48, 122.13), "Boliyohuto, Mootilango, Tolangohula")
"""Other provinces: a point (latitude, longitude) and kecamatan, one of which is called like our neighbour."""


class Alert(NamedTuple):
    """Times in Unix seconds; the offset in hours belongs to the province."""

    code: str
    identifier: str
    message: str
    references: str
    province: str
    offset: int
    severity: str
    sent: int
    effective: int
    expires: int
    places: str
    polygons: tuple[str, ...]
    event: str = EVENT


def alerts(seed: str, now: float) -> list[Alert]:
    """Every alert on the list at this Unix second, newest first; expired ones stay listed as they do at BMKG."""
    today = day_of(hour_of(now))
    days = range(today - OURS_LISTED_DAYS, today + 1)
    ours = [alert for day in days if (storm := storm_of_day(seed, day)) for alert in _of_storm(storm)]
    elsewhere = [alert for alert in _elsewhere(now) if now - LISTED_S < alert.sent]
    listed = [alert for alert in (*ours, *elsewhere) if alert.sent <= now]
    return sorted(listed, key=lambda alert: alert.sent, reverse=True)


def _of_storm(storm: Storm) -> Iterator[Alert]:
    start, expires = storm.start * HOUR, storm.end * HOUR
    severity = "Severe" if storm.factor >= SEVERE_FROM else "Moderate"
    first = _alert("CJI", PROVINCE_CODE, 1, "Jawa Timur", 7, start - BEFORE_S, start, expires)
    places, polygons = _area(storm.kecamatan)
    first = first._replace(severity=severity, places=places, polygons=polygons)
    yield first
    sent = start + UPDATED_AFTER_S
    update = _alert("CJI", PROVINCE_CODE, 2, "Jawa Timur", 7, sent, sent, expires)
    places, polygons = _area(storm.kecamatan[:-1])
    update = update._replace(
        message="Update", references=_reference(first), severity=severity, places=places, polygons=polygons
    )
    yield update
    lot = crc32(f"peringatan:{storm.start}".encode())
    if lot % WIND_EVERY == 0:
        sent = start + UPDATED_AFTER_S // 2
        wind = _alert("CJI", PROVINCE_CODE, 3, "Jawa Timur", 7, sent, sent, expires)
        places, polygons = _area(storm.kecamatan[:2])
        yield wind._replace(event=WIND, places=places, polygons=polygons)
    if lot % CALLED_OFF_EVERY == 0:
        sent = expires - CALLED_OFF_BEFORE_S
        cancel = _alert("CJI", PROVINCE_CODE, 4, "Jawa Timur", 7, sent, sent, expires)
        yield cancel._replace(message="Cancel", references=_reference(update), places=places, polygons=polygons)


def _reference(alert: Alert) -> str:
    return f"{SENDER},{alert.identifier},{_stamp(alert.sent, alert.offset)}"


def _elsewhere(now: float) -> Iterator[Alert]:
    """One alert for each of two other provinces in every six hours."""
    first = hour_of(now) // 6 * 6
    for hour in range(first - 24, first + 1, 6):
        sent = hour * HOUR
        for prefix, province, name, offset, (point, places) in (
            ("CBT", "36", "Banten", 7, BANTEN), ("CGT", "75", "Gorontalo", 8, GORONTALO),
        ):  # fmt: skip
            number = (hour // 6) % 4 + 1
            alert = _alert(prefix, province, number, name, offset, sent, sent + 600, sent + 3 * HOUR)
            yield alert._replace(places=places, polygons=(_ring(*point, 6),))


def _alert(
    prefix: str, province: str, number: int, name: str, offset: int, sent: int, start: int, expires: int
) -> Alert:
    utc, local = as_utc(start), as_utc(sent + offset * HOUR)
    identifier = f"2.49.0.1.360.0.{utc:%Y.%m.%d.%H}.{province}.{number:03d}"
    code = f"{prefix}{local:%Y%m%d}{number:03d}"
    return Alert(code, identifier, "Alert", "", name, offset, "Moderate", sent, start, expires, "", ())


def _area(codes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    found = [by_code()[code] for code in codes]
    rings = tuple(_ring(k.lat, k.lon, 0.6 * sqrt(k.area_km2 / pi)) for k in found)
    return ", ".join(sorted(k.name for k in found)), rings


def _ring(lat: float, lon: float, km: float) -> str:
    """A circle of that radius as 'lat,lon lat,lon …', closed."""
    turns = [radians(360 * corner / CORNERS) for corner in (*range(CORNERS), 0)]
    degrees = km / KM_PER_DEGREE
    return " ".join(f"{lat + degrees * cos(t):.3f},{lon + degrees * sin(t):.3f}" for t in turns)


def _stamp(moment: int, offset: int) -> str:
    return f"{as_utc(moment + offset * HOUR):%Y-%m-%dT%H:%M:%S}+{offset:02d}:00"


def _headline(alert: Alert) -> str:
    return f"{alert.event} di {alert.province}"


def _description(alert: Alert) -> str:
    zone = {7: "WIB", 8: "WITA", 9: "WIT"}[alert.offset]
    start, end = (as_utc(t + alert.offset * HOUR) for t in (alert.effective, alert.expires))
    return (
        f"SIMULASI. {alert.event} diperkirakan terjadi {_english(start)} {zone} di sebagian {alert.province}, antara "
        f"lain {alert.places}.\n Keadaan ini diperkirakan berlangsung sampai {_english(end)} {zone}."
    )


def _english(local: datetime) -> str:
    """BMKG writes the months of its warnings in English."""
    return f"{local:%d %B %Y, %H:%M}"


def cap(alert: Alert) -> str:
    """The CAP file."""
    texts = {
        "language": "id", "category": "Met", "event": alert.event, "urgency": "Immediate", "severity": alert.severity,
        "certainty": "Observed",
    }  # fmt: skip
    info = "".join(f"<{name}>{escape(text)}</{name}>\n" for name, text in texts.items())
    polygons = "".join(f"<polygon>{ring}</polygon>\n" for ring in alert.polygons)
    references = f"<references>{alert.references}</references>\n" if alert.references else ""
    sent, effective, expires = (_stamp(t, alert.offset) for t in (alert.sent, alert.effective, alert.expires))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
 <?xml-stylesheet type="text/xsl" href="/cap/nowcast-cap-style.xsl"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>{alert.identifier}</identifier>
<sender>{SENDER}</sender>
<sent>{sent}</sent>
<status>Actual</status>
<msgType>{alert.message}</msgType>
<scope>Public</scope>
{references}<info>
{info}<eventCode><valueName>OET:v1.2</valueName><value>OET-194</value></eventCode>
<effective>{effective}</effective>
<expires>{expires}</expires>
<senderName>SIMULASI</senderName>
<headline>{escape(_headline(alert))}</headline>
<description>{escape(_description(alert))}</description>
<area>
<areaDesc>{alert.province}</areaDesc>
{polygons}</area>
</info>
</alert>
"""


def rss(found: list[Alert], base: str, now: float) -> str:
    """The list; its own times are those of the answer, as at BMKG. `base` is the address of this server."""
    items = "".join(
        f"""<item>
<title>{escape(_headline(a))}</title>
<link>{escape(f"{base}/alerts/nowcast/id/{a.code}_alert.xml")}</link>
<description>{escape(_description(a))}</description>
<author>{SENDER} (BMKG)</author>
<category>Met</category>
<guid isPermaLink="false">{a.identifier}</guid>
<pubDate>{as_utc(a.sent + a.offset * HOUR):%a, %d %b %Y %H:%M:%S} +{a.offset:02d}00</pubDate>
</item>
"""
        for a in found
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Peringatan Dini Cuaca BMKG (SIMULASI)</title>
<link>{escape(base)}/alerts/nowcast/id/rss.xml</link>
<language>id</language>
<copyright>public domain</copyright>
<pubDate>{format_datetime(as_utc(now))}</pubDate>
{items}</channel></rss>
"""
