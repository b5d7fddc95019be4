"""A small server here that answers as BMKG's, KLH's, AirGradient's and a river telemetry's do, under their paths."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from datasources.demo import airgradient, earthquakes, klh_feed, rivers, warnings, weather
from datasources.demo.faults import server_is_down
from datasources.demo.world import HOUR, as_utc, day_of
from datasources.region import KABUPATEN_CODE, PROVINCE_CODE, by_code, villages

JSON, XML = "application/json; charset=utf-8", "application/xml; charset=utf-8"
NOT_FOUND = {"message": "Data not found", "error": "Not Found", "statusCode": 404}


class Answer(NamedTuple):
    """Status, content type, body."""

    status: int
    kind: str
    body: bytes


def answer(seed: str, target: str, base: str, now: float) -> Answer:
    """What the public servers say to `target` (path and query) at this Unix second; `base` is our address."""
    if server_is_down(seed, now):
        return Answer(503, "text/html; charset=utf-8", b"<html><body>503 Service Unavailable</body></html>")
    asked = urlsplit(target)
    if asked.path == "/publik/prakiraan-cuaca":
        return _json(forecast(seed, parse_qs(asked.query).get("adm4", [""])[0], now))
    if asked.path.startswith("/DataMKG/TEWS/") and asked.path.endswith(".json"):
        name = asked.path.removeprefix("/DataMKG/TEWS/").removesuffix(".json")
        return _json(earthquakes.document(seed, name, now))
    if asked.path.startswith("/alerts/nowcast/id/"):
        return _alerts(seed, asked.path.removeprefix("/alerts/nowcast/id/"), base, now)
    if asked.path == "/apimobile/v1/getStations":
        return _json(klh_feed.feed(seed, now))
    if asked.path == "/public/api/v1/world/locations/measures/current":
        return _json(airgradient.measures(seed, now))
    if asked.path == "/telemetri/sungai":
        return _json(rivers.document(seed, now))
    return _json(None)


def forecast(seed: str, adm4: str, now: float) -> dict[str, Any] | None:
    """The forecast of one village; None for a code that is none of ours."""
    place = by_code().get(adm4[:8])
    if place is None or adm4 not in villages():
        return None
    where = {
        "adm1": PROVINCE_CODE, "adm2": KABUPATEN_CODE, "adm3": place.code, "adm4": adm4, "provinsi": "Jawa Timur",
        "kotkab": "Mojokerto", "kecamatan": place.name, "desa": villages()[adm4], "lon": place.lon, "lat": place.lat,
    }  # fmt: skip
    run = weather.run_before(now)
    analysis = f"{as_utc(run * HOUR):%Y-%m-%dT%H:%M:%S}"
    days: dict[int, list[dict[str, Any]]] = {}
    for hour in weather.slots(now):
        item = weather.forecast_item(seed, place, hour, run)
        days.setdefault(day_of(hour), []).append({**item, **weather.times(hour), "analysis_date": analysis})
    inner = {"lokasi": {**where, "timezone": "+0700", "type": "adm4"}, "cuaca": list(days.values())}
    return {"lokasi": {**where, "timezone": "Asia/Jakarta"}, "data": [inner]}


def _alerts(seed: str, name: str, base: str, now: float) -> Answer:
    listed = warnings.alerts(seed, now)
    if name == "rss.xml":
        return Answer(200, XML, warnings.rss(listed, base, now).encode())
    found = next((alert for alert in listed if name == f"{alert.code}_alert.xml"), None)
    return Answer(200, XML, warnings.cap(found).encode()) if found else _json(None)


def _json(content: Any) -> Answer:
    status = 404 if content is None else 200
    return Answer(status, JSON, json.dumps(NOT_FOUND if content is None else content, ensure_ascii=False).encode())


def server(seed: str, clock: Callable[[], float], port: int) -> ThreadingHTTPServer:
    """A server on loopback that is ready to `serve_forever`. Raises OSError when the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            base = f"http://{self.headers.get('Host') or f'127.0.0.1:{port}'}"
            said = answer(seed, self.path, base, clock())
            tag = f'"{hashlib.sha256(said.body).hexdigest()[:16]}"'
            if said.status == 200 and self.headers.get("If-None-Match") == tag:
                said = Answer(304, said.kind, b"")
            self.send_response(said.status)
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(said.body)))
            if said.status in (200, 304):
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: Any) -> None:
            """A demonstration has nothing to log of each request."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    return Server(("127.0.0.1", port), Handler)
