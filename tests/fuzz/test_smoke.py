"""A few inputs for every parser and for the API; `make fuzz` gives each a thousand times more."""

from __future__ import annotations

import pytest
import time_machine

from tests.builders import NOW
from tests.fuzz import api, workbooks
from tests.fuzz.__main__ import PARSERS, fire, roll

FIRED, ROLLED = 25, 250


@pytest.mark.parametrize("name", PARSERS)
def test_no_input_makes_a_parser_crash(name: str) -> None:
    parser = PARSERS[name]
    assert fire(parser, max(1, FIRED // parser.share), derandomize=True) >= 1
    assert roll(parser, ROLLED // parser.share) >= ROLLED // parser.share


@pytest.mark.parametrize("name", workbooks.BOOKS)
def test_rows_in_memory_say_what_the_same_rows_say_as_a_file(name: str) -> None:
    """Or the hundredth part of the cost would be paid with another reader than the one that runs."""
    with time_machine.travel(NOW, tick=False):
        in_memory, in_a_file = workbooks.both_ways(name)
    assert [batch.records for batch in in_memory] == [batch.records for batch in in_a_file]
    assert [batch.refused for batch in in_memory] == [batch.refused for batch in in_a_file]
    assert any(batch.records for batch in in_memory)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_request_to_the_api_is_a_failure_of_ours() -> None:
    answers = api.main(40, derandomize=True)
    assert {200, 400, 404} <= set(answers)
    assert max(answers) < 500
