"""Known weaknesses of the packages we run, asked of PyPI once a day: `make audit`, and in passing in `make check`.

In passing a weakness is told and fails nothing: what others publish overnight must not stop whoever repairs something
else. `make audit` fails for it. Without an answer both say so in a word: silence is no clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STAMP = ROOT / ".venv" / ".audited"
PATIENCE_S = {True: 4, False: 120}
COMMAND = [
    sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-r", str(ROOT / "requirements.txt"), "-f", "json",
    "--progress-spinner", "off",
]  # fmt: skip


def main(in_passing: bool) -> int:
    """Ask and say; the exit code is 1 for a weakness or no answer, always 0 in passing."""
    today = datetime.now(UTC).date().isoformat()
    if in_passing and STAMP.exists() and STAMP.read_text(encoding="ascii") == today:
        return 0
    found = asked(PATIENCE_S[in_passing])
    lines, is_clean = told(found)
    print("\n".join(lines), file=sys.stderr)
    if in_passing:
        STAMP.write_text(today, encoding="ascii")
    return 0 if is_clean or in_passing else 1


def asked(seconds: int) -> dict[str, Any] | None:
    """pip-audit's report; None when there was no answer in time."""
    try:
        ran = subprocess.run(COMMAND, capture_output=True, timeout=seconds, check=False, cwd=ROOT)
        report: dict[str, Any] = json.loads(ran.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    return report


def told(report: dict[str, Any] | None) -> tuple[list[str], bool]:
    """What to say of a report, and whether every package was looked up and none is weak."""
    packages = report.get("dependencies", []) if report else []
    unknown = [p["name"] for p in packages if "skip_reason" in p]
    if not packages or len(unknown) == len(packages):
        return ["audit: PyPI does not answer; weaknesses of packages were not looked up."], False
    weak = [
        f"audit: {p['name']} {p['version']}: {v['id']}, repaired in {', '.join(v['fix_versions']) or 'no version yet'}"
        for p in packages
        for v in p.get("vulns", [])
    ]
    rest = [f"audit: not looked up: {', '.join(unknown)}"] if unknown else []
    if not weak and not rest:
        return [f"audit: {len(packages)} packages, no known weakness."], True
    return weak + rest, False


if __name__ == "__main__":
    sys.exit(main("--in-passing" in sys.argv))
