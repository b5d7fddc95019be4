"""Names, numbers and texts of the sources stand nowhere else: not in the store, a log, a page, an export, on paper."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import MetaData, select

from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store import audit
from dashboard.store.database import reading
from layouts.pages import CLOSED, PAGES
from layouts.panels.forms import FORMS
from tests.conftest import missing_service
from tests.dash_payload import ALL_TIME, ask, send, words
from tests.journeys.room_112 import NOW, NUMBER, PERSONAL, RARE, Room, opened

DESK_ONLY = [name for name, question in QUESTIONS.items() if question.audience == "desk"]
OWN = [name for name, question in QUESTIONS.items() if question.audience == "opd"]
TICKETS = ("T-98", "T-29")


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Everything that is logged, however quietly."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper, root = Keeper(), logging.getLogger()
    before = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(keeper)
    root.setLevel(before)


@pytest.fixture
def room(tmp_path: Path, sqlite_url: str, log: list[str]) -> Iterator[Room]:
    with time_machine.travel(NOW, tick=False):
        made = opened(tmp_path, sqlite_url)
        yield made
        made.engine.dispose()


def test_nothing_personal_is_logged_shown_handed_out_or_printed(room: Room, log: list[str], tmp_path: Path) -> None:
    """Nor, outside the desk, a category that was typed as a sentence, or the number of a ticket."""
    texts = {"paper": printed(room.paper(), tmp_path)}
    for name in ("", "dewi"):
        texts |= {f"{name or 'guest'} {where}": text for where, text in seen(room.client(name)).items()}
    desk = {f"desk {where}": text for where, text in seen(room.client("sari")).items()}
    texts["log"] = "\n".join(log)
    assert len(texts) > 300
    assert found({**texts, **desk}, PERSONAL) == []
    assert found(texts, (RARE, *(f'"{ticket}"' for ticket in TICKETS))) == []
    assert RARE.casefold() in desk["desk incidents112.unmapped_words"].casefold()


def test_nothing_personal_is_kept(database_url: str, tmp_path: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        room = opened(tmp_path, database_url)
        assert found({"store": stored(room)}, PERSONAL) == []
        room.engine.dispose()


def test_the_search_finds_what_was_planted() -> None:
    assert found({"page": f"<p>{NUMBER}</p>"}, PERSONAL) == [f"page: {NUMBER}", f"page: {NUMBER[1:]}"]


def found(texts: dict[str, str], words: tuple[str, ...]) -> list[str]:
    """Where which of the words stand."""
    return [f"{where}: {word}" for where, text in texts.items() for word in words if word.casefold() in text.casefold()]


@pytest.mark.parametrize("name", ["", "budi", "ani", "dewi"])
def test_no_hand_made_payload_opens_the_desk(room: Room, name: str) -> None:
    client = room.client(name)
    assert "<table" in ask(client, "calls112.answering")
    for question in DESK_ONLY:
        said = ask(client, question)
        assert "<table" not in said
        assert "tidak berhak" in said or "Masuk" in said
        assert client.get(f"/export/{question}.csv?saring={ALL_TIME}").status_code == 404
    assert "Antrean sekarang" not in words(
        send(client, [("desk-room", "children")], [("desk-room", "id", "desk-room")])
    )


def test_the_supervisor_s_room_opens_for_the_supervisor(room: Room) -> None:
    client = room.client("sari")
    sent = send(client, [("desk-room", "children")], [("desk-room", "id", "desk-room")])
    assert "Antrean sekarang" in words(sent)
    assert "<table" in ask(client, "desk112.answering_now")
    assert client.get(f"/export/desk112.answering_now.csv?saring={ALL_TIME}").status_code == 200


@pytest.mark.parametrize(("name", "own", "foreign"), [("dewi", "Damkar", "Dinkes"), ("joko", "Dinkes", "Damkar")])
def test_the_head_of_an_agency_sees_that_agency_s_tickets_only(room: Room, name: str, own: str, foreign: str) -> None:
    client = room.client(name)
    for question in OWN:
        for text in (
            ask(client, question),
            client.get(f"/export/{question}.csv?saring={ALL_TIME}").get_data(as_text=True),
        ):
            assert own in text
            assert foreign not in text


@pytest.mark.parametrize("name", ["", "budi", "ani"])
def test_who_heads_no_agency_has_no_case_list(room: Room, name: str) -> None:
    client = room.client(name)
    for question in OWN:
        assert "<table" not in ask(client, question)
        assert client.get(f"/export/{question}.xlsx?saring={ALL_TIME}").status_code == 404


def test_a_download_of_cases_is_written_down_with_who_took_it(room: Room) -> None:
    room.client("dewi").get(f"/export/opd112.cases.csv?saring={ALL_TIME}")
    with reading(room.engine) as connection:
        newest = audit.entries(connection, 1)[0]
    assert (newest.who, newest.what) == ("dewi", "unduhan")
    assert newest.about.startswith("opd112.cases.csv")


def stored(room: Room) -> str:
    """Every cell of every table, as text. A number as a hash of which the key is elsewhere is no number."""
    found, tables = [], MetaData()
    with reading(room.engine) as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            found += [repr(tuple(row)) for row in connection.execute(select(table))]
    assert len(found) > 100
    return "\n".join(found)


def seen(client: FlaskClient) -> dict[str, str]:
    """Everything a browser of that person is given."""
    panels = [f"{form}~{name}~page" for name in CATALOGUE for form in FORMS]
    pages = [*(page.path for page in PAGES), *(page.path for page, _ in CLOSED), "/wall/aula", "/masuk"]
    found = {path: client.get(path).get_data(as_text=True) for path in [*pages, "/api/v1/indicators", "/freshz"]}
    found |= {name: ask(client, name) for name in QUESTIONS}
    found |= {panel: filled(client, panel) for panel in panels}
    found |= {page.path + " content": content(client, page.path) for page in PAGES}
    for name in QUESTIONS:
        found[f"{name}.csv"] = client.get(f"/export/{name}.csv?saring={ALL_TIME}").get_data(as_text=True)
        found[f"{name}.xlsx"] = cells(client.get(f"/export/{name}.xlsx?saring={ALL_TIME}").get_data())
    return found


def filled(client: FlaskClient, panel: str) -> str:
    form, indicator, look = panel.split("~")
    identity = {"type": "panel", "form": form, "indicator": indicator, "look": look}
    return send(client, [(identity, "markup")], [(identity, "panel", panel)], ("form", "indicator", "look")).get_data(
        as_text=True
    )


def content(client: FlaskClient, path: str) -> str:
    """What the page's own callback sends."""
    outputs = [("_pages_content", "children"), ("_pages_store", "data")]
    inputs = [("_pages_location", "pathname", path), ("_pages_location", "search", "")]
    sent = send(client, outputs, inputs)
    assert sent.status_code == 200
    return words(sent)


def cells(book: bytes) -> str:
    """A workbook's cells; the words of a refusal as they are."""
    if not book.startswith(b"PK"):
        return book.decode(errors="replace")
    return "\n".join(str(row) for sheet in load_workbook(BytesIO(book)) for row in sheet.iter_rows(values_only=True))


def printed(pdf: bytes, directory: Path) -> str:
    """The words of the PDF."""
    if shutil.which("pdftotext") is None:
        missing_service("pdftotext (poppler-utils)")
    (directory / "laporan.pdf").write_bytes(pdf)
    ran = subprocess.run(["pdftotext", "-layout", directory / "laporan.pdf", "-"], capture_output=True, check=True)
    assert NUMBER not in ran.stderr.decode()
    return ran.stdout.decode()
