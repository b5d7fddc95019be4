"""The archive page: what is listed, found, compared, downloaded, and who may approve."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, g
from openpyxl import load_workbook
from sqlalchemy import Engine

from dashboard.access.roles import may
from dashboard.alerts.rules import BY_ID
from dashboard.briefings.compose import Order
from dashboard.briefings.edition import Edition
from dashboard.briefings.issue import Press, approve, issue, reissue
from dashboard.indicators.catalogue.briefings import DRAFT, ISSUED, LATE, UNDELIVERED, state
from dashboard.store import deliveries, week_figures
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from dashboard.store.week_figures import WeekFigure
from layouts.briefing import archive, archive_routes
from layouts.briefing.attachment import workbook
from layouts.briefing.document import render
from tests.editions import AS_OF, WEEK, edition, figure

STEADY = (88.1, 90.2, 87.3, 91.4, 89.5, 90.6, 88.7, 92.8, 89.9, 88.1, 90.2, 91.3, 89.4)


@pytest.fixture
def server(engine: Engine) -> Iterator[Flask]:
    made = Flask("test")
    archive_routes.register(made, engine)
    with made.test_request_context():
        g.person = lambda: None
        yield made


def test_pdf_workbook_and_pictures_are_served_and_what_is_not_there_is_said(engine: Engine, server: Flask) -> None:
    line = issued(engine)
    client = server.test_client()
    pdf = client.get(f"/laporan/{line}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "laporan-2026-W47-bupati.pdf" in pdf.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(client.get(f"/laporan/{line}.xlsx").data)).sheetnames == [
        "Minggu ini", "Grafik", "Keterangan"]  # fmt: skip
    assert client.get(f"/laporan/{line}/1.png").data.startswith(b"\x89PNG")
    assert client.get(f"/laporan/{line}/9.png").status_code == 404
    assert client.get("/laporan/99.pdf").status_code == 404


def test_the_list_names_week_days_life_and_roads_under_its_year(engine: Engine) -> None:
    number = issued(engine)
    with writing(engine) as connection:
        approve(connection, number, AS_OF, "Bupati Mojokerto")
        deliveries.plan(connection, number, ["Sekda <sekda@contoh.id>"], AS_OF)
    said = listed(engine)
    for words in (
        "2026",
        "Minggu 47/2026 · Bupati",
        "16–22 November 2026",
        "disetujui Bupati Mojokerto",
        "Sekda: menunggu",
    ):
        assert words in said
    assert "sekda@contoh.id" not in said, "the list is for everybody; addresses are not"
    assert "Setujui dan kirim" not in listed(engine, may_approve=True), "it is approved already"


def test_only_who_may_approve_sees_the_button(engine: Engine) -> None:
    issued(engine)
    assert "Setujui dan kirim" in listed(engine, may_approve=True)
    assert "Setujui dan kirim" not in listed(engine)


@pytest.mark.parametrize(("role", "allowed"), [("bupati", True), ("analis", True), ("kepala_opd", False),
                                               ("supervisor_112", False), (None, False)])  # fmt: skip
def test_the_regent_and_the_analyst_may_approve(role: str | None, allowed: bool) -> None:
    person = None if role is None else Person(1, "a", "A", role)
    assert may(person, "briefings.approve") is allowed


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 2), ("2026-W47", 2), ("banjir", 1), ("terjawab", 2), ("bpbd", 0), ("terbitan 2", 1), ("terjawab banjir", 1)],
)
def test_a_search_looks_into_names_reasons_and_contents(engine: Engine, words: str, found: int) -> None:
    issued(engine)
    reissue(engine, press(), Order(WEEK, AS_OF, reason="Data banjir terlambat"), AS_OF, "Sari")
    with reading(engine) as connection:
        assert len(archive.matching(connection, words)) == found


def test_a_long_archive_lists_the_newest_and_says_how_to_find_the_others(engine: Engine) -> None:
    quick = Press(lambda connection, order: edition(figure()), lambda made: b"%PDF")
    for back in range(archive.MOST_LISTED + 5):
        issue(engine, quick, Order(WEEK - timedelta(days=7 * back), AS_OF), AS_OF, "pekerja")
    said = listed(engine)
    assert said.count("Data XLSX") == archive.MOST_LISTED
    assert "5 laporan lain tidak ditampilkan" in said
    with reading(engine) as connection:
        assert [line.edition for line in archive.matching(connection, "2025-w40 bupati")] == ["2025-W40"]


def test_contents_are_opened_first_where_the_name_holds_some_of_the_words(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = Press(lambda connection, order: edition(figure(STEADY)), lambda made: b"%PDF")
    for back in range(3):
        issue(engine, quick, Order(WEEK - timedelta(days=7 * back), AS_OF), AS_OF, "pekerja")
    monkeypatch.setattr(archive, "MOST_OPENED", 1)
    with reading(engine) as connection:
        assert [line.edition for line in archive.matching(connection, "2026-w45 terjawab")] == ["2026-W45"]


def test_an_archive_without_editions_says_when_the_first_comes(engine: Engine) -> None:
    assert "Senin pukul 06.00 WIB" in listed(engine)


def test_two_editions_are_compared_figure_by_figure(engine: Engine) -> None:
    older = issued(engine)
    newer = edition(figure(STEADY, value=Decimal("60")), figure(STEADY, id="new", title="Baru"))
    line = reissue(engine, press(newer), Order(WEEK, AS_OF, reason="x"), AS_OF, "Sari")
    assert line is not None
    with reading(engine) as connection:
        said = str(archive.compared(connection, older, line.id)).replace("\\xa0", " ")
        same = str(archive.compared(connection, older, older))
    assert "93,1 %" in said
    assert "60,0 %" in said
    assert "Memburuk" in said
    assert "Baru" in said
    assert "Pilih dua laporan" in same


def test_no_cell_of_the_workbook_runs_as_a_formula() -> None:
    made = edition(figure(STEADY, title='=HYPERLINK("http://x")', missing="+1", basis="@sum"))
    book = load_workbook(io.BytesIO(workbook(made)))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not any(value.startswith(("=", "+", "@", "\t")) for value in cells)
    assert '\'=HYPERLINK("http://x")' in cells


def test_the_overview_says_when_the_edition_is_late_or_did_not_arrive(engine: Engine) -> None:
    number = issued(engine)
    assert band(engine, timedelta(0)) == DRAFT
    assert band(engine, timedelta(days=7, minutes=10)) == DRAFT
    assert band(engine, timedelta(days=7, minutes=11)) == LATE
    with writing(engine) as connection:
        approve(connection, number, AS_OF, "Bupati")
        deliveries.plan(connection, number, ["Sekda"], AS_OF)
    assert band(engine, timedelta(hours=1)) == ISSUED
    with writing(engine) as connection:
        road = deliveries.of_edition(connection, number)[0]
        deliveries.claim(connection, road.id, AS_OF)
        deliveries.settle(connection, road.id, "ditolak", "550", AS_OF)
    assert band(engine, timedelta(hours=1)) == UNDELIVERED


def test_an_archive_that_stays_empty_is_late_once_there_are_figures(engine: Engine) -> None:
    assert band(engine, timedelta(days=1)) is None
    figures = AS_OF + timedelta(days=1)
    with writing(engine) as connection:
        week_figures.append_new(connection, [
            WeekFigure("calls112.asa", WEEK, Decimal(8), 90, None, "", "normal", AS_OF, "", False, figures)
        ])  # fmt: skip
    assert band(engine, timedelta(days=1, minutes=10)) is None
    assert band(engine, timedelta(days=1, minutes=11)) == LATE


def test_an_office_whose_edition_is_missing_is_late_and_one_that_never_had_any_is_not(engine: Engine) -> None:
    issue(engine, press(), Order(WEEK - timedelta(days=7), AS_OF, "BPBD"), AS_OF - timedelta(days=7), "pekerja")
    issued(engine)
    with reading(engine) as connection:
        found = state(connection, AS_OF + timedelta(minutes=11))
    assert (found.value, found.band) == (11, LATE)
    assert found.detail["rows"] == [{"label": "Edisi BPBD", "value": "belum terbit"}]


def test_late_or_failed_raises_an_alert() -> None:
    assert BY_ID["briefing.state"].timing.after == timedelta(0)


def band(engine: Engine, after: timedelta) -> str | None:
    with reading(engine) as connection:
        return state(connection, AS_OF + after).band


def press(made: Edition | None = None) -> Press:
    return Press(lambda connection, order: made or edition(figure(STEADY)), render)


def issued(engine: Engine) -> int:
    line = issue(engine, press(), Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    return line.id


def listed(engine: Engine, may_approve: bool = False) -> str:
    """The list as the text of its components."""
    with reading(engine) as connection:
        parts: list[Any] = archive.listed(connection, archive.matching(connection, ""), may_approve, "")
    return str([part.to_plotly_json() if hasattr(part, "to_plotly_json") else part for part in parts])
