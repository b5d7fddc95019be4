"""Texts that would run in a browser if anybody forgot to escape them, wherever a source or a person can write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from sqlalchemy import Engine

from dashboard.access import passwords
from dashboard.clock import WIB
from dashboard.formulas.directive_course import Stage, Turn
from dashboard.store import directives, holiday_edits, notes, people
from dashboard.store.database import writing
from tests.datasources.loopback import Loopback, Page
from tests.datasources.test_bmkg_warnings import cap
from tests.datasources.test_spbe_workbook import a_row, write

PASSWORD = "kopi senja di trawas 17"
TAG = '<img src=q onerror="p()">'
CLOSING = "'\"></title></script></textarea>"


def plant(name: str) -> str:
    """`name` as a reader should see it, and what must never become an element."""
    return f"{name}{TAG}{CLOSING}"


OWNER, TITLE, CATEGORY, AGENCY = plant("Dinas"), plant("Sumber"), plant("Api"), plant("Damkar")
HEADLINE, SERVICE, NOTE, ORDER = plant("Hujan"), plant("Layanan"), plant("Catatan"), plant("Perintah")
JAVASCRIPT = "javascript:p()"
ROLES = (("ratu", "bupati", None), ("sari", "supervisor_112", None), ("joko", "kepala_opd", OWNER))


def sources(folder: Path, site: Loopback) -> str:
    """More tables of sources.toml, and the files and answers that they read."""
    _cases(folder / "kasus.csv")
    _levels(folder / "spbe.xlsx")
    _warning(site)
    head = f"title = '''{TITLE}'''\nowner = '''{OWNER}'''\nevery = \"1s\"\nstale_after = \"10m\"\n"
    return f"""
[sources.kasus]
reader = "calls112.case_list"
path = "{folder / "kasus.csv"}"
columns = {{ id = "No", received = "Masuk", category = "Kategori", kecamatan = "Kecamatan", opd = "OPD" }}
{head}
[sources.spbe]
reader = "spbe.workbook"
path = "{folder / "spbe.xlsx"}"
{head}
[sources.peringatan]
reader = "bmkg.warnings"
address = "{site.url("/rss.xml")}"
{head}
[sources.layanan]
reader = "services.http_probe"
allow = ["127.0.0.1"]
{head}
[sources.layanan.services.portal]
title = '''{SERVICE}'''
owner = '''{OWNER}'''
address = "{site.url("/portal")}?q=%3Cimg%20src=q%3E"
networks = ["127.0.0.0/8"]
every = "10s"
timeout = "2s"
"""


def _cases(file: Path) -> None:
    at = (datetime.now(WIB) - timedelta(minutes=20)).strftime("%d/%m/%Y %H:%M")
    quoted = (f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (CATEGORY, "Pacet", AGENCY))
    file.write_text(f"No;Masuk;Kategori;Kecamatan;OPD\nT-1;{at};{';'.join(quoted)}\n", encoding="utf-8")


def _levels(file: Path) -> None:
    good = a_row(No=1, Level=4, Penjelasan=plant("Sel"), Bukti="https://contoh.go.id/bukti")
    write(file, good, a_row(No=2, Level=plant("Level")), a_row(No=3, Bukti=JAVASCRIPT))


def _warning(site: Loopback) -> None:
    now = datetime.now(WIB).replace(microsecond=0)
    link = site.url("/CJI1_alert.xml")
    site.xml("/rss.xml", f'<rss version="2.0"><channel><item><link>{link}</link></item></channel></rss>')
    text = cap(expires=(now + timedelta(hours=3)).isoformat()).decode().strip()
    text = text.replace("2026-11-24T15:00:00+07:00", (now - timedelta(hours=1)).isoformat())
    text = text.replace("2026-11-24T14:50:00+07:00", (now - timedelta(hours=1)).isoformat())
    for said in ("Hujan Lebat di Jawa Timur", "Hujan Lebat", "Hujan di Jombang."):
        text = text.replace(f">{said}", f">{escape(HEADLINE)}", 1)
    site.xml("/CJI1_alert.xml", text)
    site.pages["/portal"] = Page(b"<html>ya</html>", content_type="text/html")


def people_and_texts(engine: Engine) -> None:
    """A regent, a supervisor and the head of the planted OPD; a note, an instruction with evidence, a day off."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        for name, role, opd in (
            ("ratu", "bupati", None),
            ("sari", "supervisor_112", None),
            ("joko", "kepala_opd", OWNER),
        ):
            people.add_person(connection, name, plant(name), role, opd, passwords.hashed(PASSWORD), now)
        notes.add_note(connection, "112", now - timedelta(days=1), None, "peristiwa", NOTE, plant("Sari"), now)
        order = directives.add_directive(connection, directives.Directive(
            0, ORDER, ORDER, "calls112.asa", ORDER, now, OWNER, now + timedelta(days=2), None, OWNER, 1, now,
            Stage.GIVEN, now))  # fmt: skip
        directives.add_turn(connection, directives.TurnTaken(
            order, now, Turn.GIVE, Stage.GIVEN, OWNER, ORDER, JAVASCRIPT, now + timedelta(days=2)))  # fmt: skip
        day = holiday_edits.EnteredDay((now + timedelta(days=3)).date(), True, plant("Libur"), plant("Sari"))
        holiday_edits.enter_days(connection, [day], now)
