"""Every source that the guide shows can be written so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from datasources import registry
from datasources.registry import READERS

GUIDE = Path(__file__).parents[2] / "docs" / "panduan-112.md"
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
NAMES = ("CALLER_HASH_KEY", "ISSABEL_SANDI", "CDR_SANDI", "TIKET_SANDI", "TIKET_TOKEN", "WEBHOOK_RAHASIA")
SECRETS = dict.fromkeys(NAMES, "rahasia-yang-cukup-panjang-untuk-uji")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: re.search(r'reader = "([^"]+)"', block)[1])  # type: ignore[index]
def test_an_example_of_the_guide_is_accepted_as_it_stands(block: str, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(block, encoding="utf-8")
    (source,) = registry.load(tmp_path / "sources.toml", SECRETS)
    assert source.title


def test_the_guide_shows_every_reader_of_112() -> None:
    shown = set(re.findall(r'reader = "(calls112\.[^"]+)"', "\n".join(BLOCKS)))
    assert shown == {name for name in READERS if name.startswith("calls112.")}
