"""Parsers of bytes and of single texts: CAP and RSS, the queue log, TOML, addresses of pages, dates, links, masks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import SecretStr

from dashboard import settings
from dashboard.exploring.filters import parsed
from dashboard.settings import SettingsError
from datasources import evidence, registry, spreadsheet
from datasources.addresses import without_secrets
from datasources.bmkg.cap import warning
from datasources.bmkg.warnings import Warnings
from datasources.calls112.queue_log import QueueLog
from datasources.contract import SourceUnavailable
from datasources.indonesian_dates import to_utc
from datasources.privacy import caller_hash, mask
from datasources.toml_file import Misconfigured
from layouts.access.cookies import own_path
from layouts.board import keys_of
from tests.datasources.test_bmkg_warnings import cap
from tests.fuzz.changes import NASTY, Inputs, changed_bytes, scalars
from tests.fuzz.parser import Parser, over_http, read
from tests.keys import KEYS

_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
_RSS = (
    b'<?xml version="1.0"?>\n<rss version="2.0"><channel><item><link>https://fuzz.example/CJI1_alert.xml</link>'
    b"<guid>2.49.0.1.360.0.2026.11.24.07.35.002</guid></item></channel></rss>"
)
_LOG = b"\n".join(
    line for n in range(3) for line in (
        b"17640000%02d|17640000%02d.1|112|NONE|ENTERQUEUE||0812345678|1" % (n, n),
        b"17640000%02d|17640000%02d.1|112|PJSIP/1001|CONNECT|4|1.1|3" % (n + 4, n),
        b"17640000%02d|17640000%02d.1|112|PJSIP/1001|COMPLETECALLER|4|20|1" % (n + 9, n),
        b"17640000%02d|NONE|112|PJSIP/1001|PAUSE|istirahat" % n,
    )
) + b"\n"  # fmt: skip
_TOML = (
    b'[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean"\nowner = "Diskominfo"\npath = "/a"\n'
    b'stale_after = "1m"\nevery = "5s"\nnetworks = ["10.0.0.0/8"]\ncaller_key = "${CALLER_HASH_KEY}"\n'
)
text = st.sampled_from(NASTY) | st.text(max_size=60)


def _quietly(run: Callable[[Any], object], *allowed: type[Exception]) -> Callable[[Any], None]:
    def quiet(value: Any) -> None:
        try:
            run(value)
        except allowed:
            return

    return quiet


def _file(name: str, body: bytes) -> Path:
    (_FOLDER / name).write_bytes(body)
    return _FOLDER / name


def _queue_log(body: bytes) -> None:
    read(QueueLog(path=_file("queue_log", body), caller_key=SecretStr("k" * 40)).fetch({}))


def _sources(body: bytes) -> None:
    registry.load(_file("sources.toml", body), {"CALLER_HASH_KEY": "k" * 40, "VAR": str(_FOLDER)})


def _setting(pair: tuple[str, str]) -> None:
    settings.load({**KEYS, "VAR": str(_FOLDER), pair[0]: pair[1]})


_SETTINGS = st.sampled_from(["DATABASE_URL", "SMTP_URL", "PUBLIC_URL", "HEARTBEAT_URL", "CONNECTIVITY_CHECK", "PORT",
                             "FRAME_ANCESTORS", "PROXIES", "BRIEFING_FROM", "HOST"])  # fmt: skip
_ADDRESSES = st.builds(lambda a, b, c: f"{a}{b}{c}", st.sampled_from(["postgresql://", "http://", "smtp://", "", "//"]),
                       text, st.sampled_from(["@h/d", ":5432/d", "/", "", "?a=b#c"]))  # fmt: skip
_FILTERS = st.builds("~".join, st.lists(st.sampled_from(["2026-09-01", "2026-11-24", "35.16.01", ""]) | text,
                                        max_size=5))  # fmt: skip


def _of(strategy: st.SearchStrategy[Any], run: Callable[[Any], object]) -> Parser:
    return Parser(Inputs(strategy), run)


PARSERS = {
    "bmkg.cap": Parser(changed_bytes(cap().strip()), _quietly(warning, ValueError)),
    "bmkg.warnings": Parser(changed_bytes(_RSS), lambda body: over_http(
        lambda: Warnings(address="https://fuzz.example/rss.xml").fetch({}), body, "application/xml")),
    "calls112.queue_log": Parser(changed_bytes(_LOG), _queue_log),
    "sources.toml": Parser(changed_bytes(_TOML), _quietly(_sources, Misconfigured)),
    "settings": _of(st.tuples(_SETTINGS, _ADDRESSES | text), _quietly(_setting, SettingsError)),
    "filters of an address": _of(_FILTERS, _quietly(parsed, ValueError)),
    "panels of a stream": _of(st.lists(text, max_size=3), _quietly(keys_of, ValueError)),
    "dates": _of(scalars | text, _quietly(to_utc, ValueError)),
    "evidence links": _of(_ADDRESSES | text, _quietly(evidence.links, ValueError)),
    "addresses": _of(_ADDRESSES | text, without_secrets),
    "mask": _of(text, mask),
    "caller numbers": _of(text, lambda number: caller_hash(number, SecretStr("k" * 40))),
    "way back": _of(text, lambda path: _led_home(own_path(path))),
    "spreadsheet bytes": Parser(changed_bytes(b"a;b\n1;2\n\"x\";3\n"), _quietly(
        lambda body: spreadsheet.table(_file("t.csv", body)), SourceUnavailable)),
}  # fmt: skip


def _led_home(path: str) -> None:
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
