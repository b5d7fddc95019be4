"""A total that jumps while its constituents are flat is another extract, not another demand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dashboard.formulas.extract_scope import Carrier, scope_change

SWING = (0, 12, -9, 7, -14, 4, 10, -6, -11, 13, 2, -4, 8, -12)
"""Weeks are never alike; the same small swing for every test."""

Shape = Callable[[int], int]


def weeks(**shapes: Shape) -> list[dict[str, int]]:
    """Fourteen weeks; the swing is on the first constituent."""
    first = next(iter(shapes))
    return [{name: s(w) + (SWING[w] if name == first else 0) for name, s in shapes.items()} for w in range(14)]


def flat(level: int) -> Shape:
    return lambda week: level


def jump(before: int, after: int, week: int = 7) -> Shape:
    return lambda w: after if w >= week else before


# The shape published of Alexandria: from about 1,300 to about 1,850 a week, fire and ambulance flat or falling a
# little, routine records of the police coming in. All numbers are our own.
WIDENED = {
    "ambulans": flat(370), "kebakaran": jump(180, 168), "polisi": flat(640), "hentikan kendaraan": jump(80, 254),
    "aduan parkir": jump(30, 158), "tugas luar dinas": jump(0, 61), "loket": jump(45, 330),
}  # fmt: skip


def test_routine_records_that_come_into_an_extract_are_told_from_demand() -> None:
    found = scope_change(weeks(**WIDENED))
    assert found is not None
    assert (found.week, round(found.before), round(found.after)) == (7, 1346, 1980)
    assert [c.name for c in found.carriers] == ["loket", "hentikan kendaraan", "aduan parkir", "tugas luar dinas"]
    assert found.carriers[3] == Carrier("tugas luar dinas", Fraction(0), Fraction(61))
    assert abs(found.rest_after - found.rest_before) < 15


def test_records_that_leave_an_extract_are_told_too() -> None:
    found = scope_change(weeks(ambulans=flat(370), kebakaran=flat(180), loket=jump(200, 0)))
    assert found is not None
    assert [c.name for c in found.carriers] == ["loket"]
    assert found.after < found.before


def test_an_extract_that_widens_step_by_step_is_cut_where_its_jump_is_largest() -> None:
    def stepwise(week: int) -> int:
        return 0 if week < 6 else 90 if week == 6 else 300

    found = scope_change(weeks(ambulans=flat(600), loket=stepwise))
    assert found is not None
    assert found.week == 7


@pytest.mark.parametrize(
    ("why", "shapes"),
    [
        ("everything rises: more happened", {"ambulans": jump(370, 520), "kebakaran": jump(180, 250)}),
        ("everything doubles", {"ambulans": jump(370, 740), "kebakaran": jump(180, 360), "polisi": jump(90, 180)}),
        ("nothing changes", {"ambulans": flat(370), "kebakaran": flat(180)}),
        ("the total hardly moves", {"ambulans": flat(900), "loket": jump(0, 60)}),
        ("one word takes the place of another", {"ambulans": flat(370), "a": jump(200, 0), "b": jump(0, 200)}),
        ("a storm of three weeks", {"ambulans": flat(370), "banjir": lambda w: 300 if 6 <= w < 9 else 0}),
        ("too short a time after it", {"ambulans": flat(370), "loket": jump(0, 300, 11)}),
        ("the rest changes as well", {"ambulans": jump(370, 450), "loket": jump(0, 300)}),
    ],
)
def test_other_changes_are_no_change_of_scope(why: str, shapes: dict[str, Shape]) -> None:
    assert scope_change(weeks(**shapes)) is None, why


@pytest.mark.parametrize(("floods", "tells"), [(9, False), (10, True)])
def test_a_few_a_week_more_are_no_change_of_scope(floods: int, tells: bool) -> None:
    calm = [{"laka": 12, "banjir": floods if week >= 7 else 0} for week in range(14)]
    assert (scope_change(calm) is not None) is tells


def test_fewer_than_eight_weeks_tell_nothing() -> None:
    assert scope_change(weeks(ambulans=flat(370), loket=jump(0, 300))[4:11]) is None
    assert scope_change([]) is None
