"""A raised value names the OPD that acts and what was agreed, where there is room to read it."""

from __future__ import annotations

import pytest

from dashboard.indicators.indicator import Band, Status
from layouts.drawing.canvas import PAGE
from layouts.panels.forms import FORMS
from tests.builders import reading
from tests.layouts.test_drawing import WALL, text_of

BANDS = (Band("Di bawah target", Status.WASPADA, action="tambah ritasi armada"), Band("Mencapai target", Status.NORMAL))
FORMS_THAT_SAY_IT = ("bullet", "tile", "table")


@pytest.mark.parametrize("form", FORMS_THAT_SAY_IT)
def test_a_raised_value_on_a_page_names_who_acts(form: str) -> None:
    raised = reading(bands=BANDS, band="Di bawah target", status=Status.WASPADA, owner="DLH")
    said = " ".join(text_of(FORMS[form](raised, PAGE)).split())
    assert "Bertindak: DLH: tambah ritasi armada" in said
    assert "Bertindak" not in text_of(FORMS[form](raised, WALL))


@pytest.mark.parametrize("form", FORMS_THAT_SAY_IT)
def test_a_normal_value_asks_nobody(form: str) -> None:
    normal = reading(bands=BANDS, band="Mencapai target", status=Status.NORMAL, owner="DLH")
    assert "Bertindak" not in text_of(FORMS[form](normal, PAGE))
