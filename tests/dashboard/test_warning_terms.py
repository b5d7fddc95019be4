"""What is decided about a warning when it comes is what its messages say when asked, in whatever order these came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from dashboard.exploring.hazards.warned_time import warned_time
from dashboard.formulas.time_spans import hours_inside, together
from dashboard.store.bmkg import warnings
from dashboard.store.database import reading, to_ms, writing
from dashboard.store.keep import keep
from dashboard.store.warning_spells import warning_spells
from dashboard.store.warning_terms import Terms, bit_of, newest_terms, terms_between, warning_terms
from datasources.bmkg.records import Warning

START = datetime(2026, 11, 20, tzinfo=UTC)
END = START + timedelta(days=2)
PACET, SOOKO = "35.16.02", "35.16.12"
PLACES = st.sampled_from([(), (PACET,), (SOOKO,), (PACET, SOOKO)])
KINDS = st.sampled_from(["Alert", "Alert", "Update", "Cancel"])
TOLD = st.tuples(KINDS, st.integers(0, 3), st.integers(0, 300), st.integers(1, 600), PLACES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOLD, max_size=12), st.randoms(), st.integers(0, 2000), st.integers(1, 1500))
def test_terms_decided_ahead_are_the_spells_of_the_messages(
    engine: Engine, told: list[tuple[str, int, int, int, tuple[str, ...]]], chance: object, first: int, length: int
) -> None:
    messages = [message(number, *each) for number, each in enumerate(told)]
    chance.shuffle(messages)  # type: ignore[attr-defined]
    with writing(engine) as connection:
        for table in (warnings, warning_terms):
            connection.execute(delete(table))
        for place in range(0, len(messages), 3):
            keep(connection, "bmkg", messages[place : place + 3], END)
    start = START + timedelta(minutes=first)
    end = start + timedelta(minutes=length)
    with reading(engine) as connection:
        spells = warning_spells(connection, start, end, END)
        terms = terms_between(connection, start, end, END)
        newest, n = newest_terms(connection, start, end, END, PACET, 2)
    assert listed(terms) == sorted(
        (to_ms(s.start), to_ms(s.end), sum(bit_of(code) for code in s.kecamatan)) for s in spells
    )
    over_pacet = [s for s in spells if PACET in s.kecamatan]
    assert n == len(over_pacet)
    assert [t.start for t in newest] == sorted((s.start for s in over_pacet), reverse=True)[:2]
    cut = together(((s.start, s.end) for s in over_pacet), start, end)
    assert warned_time(terms.over(PACET), start, end).spans() == cut
    middle = start + (end - start) / 2
    hours = warned_time(terms.over(PACET), start, end).hours_between([to_ms(start), to_ms(middle), to_ms(end)])
    assert hours == [hours_inside(cut, start, middle), hours_inside(cut, middle, end)]


def listed(terms: Terms) -> list[tuple[int, int, int]]:
    return sorted(zip(terms.start.tolist(), terms.end.tolist(), terms.places.tolist(), strict=True))


def message(number: int, kind: str, back: int, wait: int, lasts: int, places: tuple[str, ...]) -> Warning:
    """Message `number` of the day; an update or a cancel speaks of one of the four before it."""
    sent = START + timedelta(minutes=60 * number)
    references = () if kind == "Alert" else (f"m{max(0, number - 1 - back)}",)
    effective = sent + timedelta(minutes=wait)
    return Warning(
        identifier=f"m{number}", sent=sent, message_type=kind, references=references, event="Hujan Lebat",
        severity="Moderate", urgency="Immediate", certainty="Observed", effective=effective,
        expires=effective + timedelta(minutes=lasts), headline="", description="", kecamatan=places,
    )  # fmt: skip
