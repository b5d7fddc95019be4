"""Every vector of the reference library has a test: a new one there is missed nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "../shared/data"
TESTED = {
    "erlang_vectors.json": {"erlang_c", "erlang_a", "erlang_b"},  # test_erlang
    "stat_vectors.json": {
        "wilson_95", "garwood_poisson_95", "poisson_quantiles", "negbin_quantiles",  # test_small_numbers
        "xmr", "kaplan_meier",  # test_charts_and_times
        "laney_u",  # test_u_chart
        "getis_ord_gi_star",  # test_hot_spots
    },
    "asterisk_samples/expected.json": {  # test_queue_levels; unique callers, day and zone are the reader's
        "offered", "answered", "abandoned", "short_abandoned_le_5s", "timeout", "in_progress", "asa_s",
        "answered_le_10", "answered_le_15", "answered_le_20", "sl15_over_answered", "sl15_over_offered",
        "sl15_excl_short_abandon", "abandon_rate_all", "abandon_rate_excl_short", "aht_talk_s", "aht_excl_zero_talk",
        "p90_wait_nearest_rank", "longest_wait_any", "note", "timezone", "day", "unique_callers",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TESTED))
def test_every_shared_vector_has_a_test(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared vectors are not on this machine")
    assert set(json.loads(path.read_text(encoding="utf-8"))) == TESTED[name]
