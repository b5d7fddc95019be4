"""A few inputs for every parser and for the API; `make fuzz` gives each a thousand times more."""

from __future__ import annotations

import pytest

from tests.fuzz import api
from tests.fuzz.__main__ import PARSERS, fire, roll

FIRED, ROLLED = 25, 250


@pytest.mark.parametrize("name", PARSERS)
def test_no_input_makes_a_parser_crash(name: str) -> None:
    parser = PARSERS[name]
    assert fire(parser, FIRED // parser.share, derandomize=True) >= 1
    assert roll(parser, ROLLED // parser.share) >= ROLLED // parser.share


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_request_to_the_api_is_a_failure_of_ours() -> None:
    answers = api.main(40, derandomize=True)
    assert {200, 400, 404} <= set(answers)
    assert max(answers) < 500
