"""What the audit of packages says: a weakness by name, and never that all is well when nobody answered."""

from __future__ import annotations

from typing import Any

import pytest

from tests import audit

WEAK = {"id": "PYSEC-2024-35", "fix_versions": ["2.15.0"]}
SKIPPED = {"name": "dash", "skip_reason": "Dependency not found on PyPI"}
NO_ANSWER = "audit: PyPI does not answer; weaknesses of packages were not looked up."
SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}


@pytest.mark.parametrize(
    ("report", "lines", "is_clean"),
    [
        (None, [NO_ANSWER], False),
        ({"dependencies": []}, [NO_ANSWER], False),
        ({"dependencies": [SKIPPED]}, [NO_ANSWER], False),
        ({"dependencies": [SOUND]}, ["audit: 1 packages, no known weakness."], True),
        ({"dependencies": [SOUND, SKIPPED]}, ["audit: not looked up: dash"], False),
        ({"dependencies": [SOUND, {"name": "dash", "version": "2.9.0", "vulns": [WEAK]}]},
         ["audit: dash 2.9.0: PYSEC-2024-35, repaired in 2.15.0"], False),
    ],
)  # fmt: skip
def test_each_report_has_its_words(report: dict[str, Any] | None, lines: list[str], is_clean: bool) -> None:
    assert audit.told(report) == (lines, is_clean)


@pytest.mark.parametrize(("in_passing", "code"), [(True, 0), (False, 1)])
def test_in_passing_a_weakness_is_told_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any, in_passing: bool, code: int
) -> None:
    weak = {"name": "dash", "version": "2.9.0", "vulns": [WEAK]}
    monkeypatch.setattr(audit, "asked", lambda _: {"dependencies": [weak]})
    monkeypatch.setattr(audit, "STAMP", tmp_path / "audited")
    assert audit.main(in_passing) == code
    assert "PYSEC-2024-35" in capsys.readouterr().err
    assert (tmp_path / "audited").exists() == in_passing
