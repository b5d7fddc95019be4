"""Every address of the application once, with what it answers to whom its rule lets in."""

from __future__ import annotations

from tests.dash_payload import ALL_TIME

OTHER = 0
"""Anything but a refusal: what these two answer to a guess is Dash's own."""
SAMPLES: dict[str, tuple[str, int]] = {
    "/": ("/", 200), "/<path:path>": ("/112", 200), "/_dash-layout": ("/_dash-layout", 200),
    "/_dash-dependencies": ("/_dash-dependencies", 200), "/_reload-hash": ("/_reload-hash", 200),
    "/_dash-update-component": ("/_dash-update-component", OTHER), "/_favicon.ico": ("/_favicon.ico", 200),
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>":
        ("/_dash-component-suites/dash/x.js", OTHER),
    "/assets/<path:filename>": ("/assets/theme.css", 200), "/static/<path:filename>": ("/static/x", 404),
    "/masuk": ("/masuk", 200), "/masuk/kode": ("/masuk/kode", 403), "/keluar": ("/keluar", 303),
    "/masuk/tautan/<key>": ("/masuk/tautan/x", 404),
    "/healthz": ("/healthz", 200), "/readyz": ("/readyz", 503), "/freshz": ("/freshz", 200),
    "/hooks/<source>": ("/hooks/x", 404), "/live": ("/live?panel=x", 400), "/wall/<name>": ("/wall/aula", 200),
    "/wall/<name>/<int:number>": ("/wall/dinding/1", 200), "/wall/keeper.js": ("/wall/keeper.js", 200),
    "/push/receiver.js": ("/push/receiver.js", 200),
    "/wall/pairing": ("/wall/pairing", 200), "/wall/beat": ("/wall/beat", 403), "/then": ("/then?at=x", 400),
    "/api/v1/openapi.json": ("/api/v1/openapi.json", 200), "/api/v1/indicators": ("/api/v1/indicators", 200),
    "/api/v1/indicators/<indicator>": ("/api/v1/indicators/calls112.asa", 200),
    "/api/v1/indicators/<indicator>/history": ("/api/v1/indicators/calls112.asa/history", 200),
    "/export/<name>.<any(csv,xlsx):kind>": (f"/export/calls112.answering.csv?saring={ALL_TIME}", 200),
    "/export/rencana/<name>.<any(csv,xlsx):kind>": ("/export/rencana/x.csv", 404),
    "/export/audit.csv": ("/export/audit.csv", 200), "/templat/<name>.xlsx": ("/templat/x.xlsx", 404),
    "/spbe/templat-<int:year>.xlsx": ("/spbe/templat-2025.xlsx", 200),
    "/masterplan/buku-kerja.xlsx": ("/masterplan/buku-kerja.xlsx", OTHER),
    "/laporan/<int:number>.pdf": ("/laporan/99.pdf", 404), "/laporan/<int:number>.xlsx": ("/laporan/99.xlsx", 404),
    "/laporan/<int:number>/<int:page>.png": ("/laporan/99/1.png", 404),
}  # fmt: skip
"""Every address once, and what it answers to whom its rule lets in (404 and 400: asked for what does not exist)."""
GIVEN = {"panel.markup": {"panel.panel": "tile~calls112.asa~page"}, "answer.children": {"filters.data": ALL_TIME}}
"""What two callbacks must be told to answer at all."""
POSTED = (
    "/_dash-update-component", "/masuk/kode", "/keluar", "/hooks/<source>", "/wall/pairing", "/wall/beat",
)  # fmt: skip
ADDED = ("/masuk/sso", "/masuk/sso/kembali")
"""There only where a provider of OpenID Connect is configured."""
