"""The stages of an assessment: every pair of stages for every role, and a machine that nobody leads astray."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access.assessing import may_move
from dashboard.access.roles import MAY, Role
from dashboard.assessment_stages import MOVES, STAGE_LETTERS, STAGE_TITLES, STAGES, Stage, next_stages, stage_after
from dashboard.store.people import Person

ROLES = get_args(Role)
TABLE = {
    ("kosong", "draf"): {"kepala_opd", "analis"},
    ("draf", "draf"): {"kepala_opd", "analis"},
    ("draf", "diverifikasi"): {"analis", "koordinator"},
    ("diverifikasi", "draf"): {"analis", "koordinator"},
    ("diverifikasi", "dikirim"): {"koordinator"},
    ("dikirim", "dokumen"): {"analis", "koordinator"},
    ("dokumen", "dokumen"): {"analis", "koordinator"},
    ("dokumen", "interviu"): {"analis", "koordinator"},
    ("dokumen", "final"): {"koordinator"},
    ("interviu", "interviu"): {"analis", "koordinator"},
    ("interviu", "visitasi"): {"analis", "koordinator"},
    ("interviu", "final"): {"koordinator"},
    ("visitasi", "visitasi"): {"analis", "koordinator"},
    ("visitasi", "final"): {"koordinator"},
}
"""From and to → who may; every other pair is nobody's."""


@pytest.mark.parametrize(("stage", "to"), list(product(STAGES, STAGES)))
def test_every_pair_of_stages_for_every_role(stage: Stage, to: Stage) -> None:
    allowed = {role for role in ROLES if may_move(somebody(role, "Bappeda"), "Bappeda", stage, to)}
    assert allowed == TABLE.get((stage, to), set())


def test_nobody_who_has_not_signed_in_moves_anything() -> None:
    assert not any(may_move(None, "Bappeda", stage, to) for stage, to in MOVES)


@pytest.mark.parametrize(
    ("opd", "owner", "may"),
    [("Bappeda", "Bappeda", True), (" bappeda ", "BAPPEDA", True), ("Bappeda", "Dinkes", False),
     ("Bappeda", None, False), ("Bappeda", "", False), (None, "Bappeda", False), (None, None, False), ("", "", False)],
)  # fmt: skip
def test_the_head_of_an_opd_reaches_only_its_own_indicators(opd: str | None, owner: str | None, may: bool) -> None:
    assert may_move(somebody("kepala_opd", opd), owner, "kosong", "draf") is may


def test_an_analyst_drafts_for_every_opd() -> None:
    assert may_move(somebody("analis", None), "Dinkes", "kosong", "draf")


def test_final_is_the_end_and_everything_leads_there() -> None:
    assert next_stages("final") == ()
    for stage in STAGES[:-1]:
        reached, seen = {stage}, set[Stage]()
        while reached - seen:
            here = (reached - seen).pop()
            seen.add(here)
            reached |= set(next_stages(here))
        assert "final" in seen


def test_every_right_of_the_table_is_a_right_that_some_role_holds() -> None:
    held = {action for action, roles in MAY.items() if roles}
    assert set(MOVES.values()) <= held


def test_each_stage_has_a_title_and_a_letter_of_its_own() -> None:
    assert set(STAGE_TITLES) == set(STAGE_LETTERS) == set(STAGES)
    assert len(set(STAGE_LETTERS.values())) == len(STAGES)


@given(st.lists(st.tuples(st.sampled_from(STAGES[1:]), st.booleans()), max_size=12))
def test_a_workbook_never_takes_an_indicator_back(moves: list[tuple[Stage, bool]]) -> None:
    stage: Stage = "kosong"
    for written, by_hand in moves:
        after = stage_after(stage, written, by_hand)
        assert by_hand or STAGES.index(after) >= STAGES.index(stage)
        assert after in (stage, written)
        stage = after


def somebody(role: str, opd: str | None) -> Person:
    return Person(1, "a", "A", role, opd)
