"""The threat model names a test for each threat, and each of those tests exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREATS = [
    line.split("|")[1:-1]
    for name in ("security.md",)
    for line in (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    if re.match(r"\| T\d+ ", line)
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_each_threat_has_its_own_number() -> None:
    """They are numbered from T1 without a gap, so that a commit or a report can name one."""
    assert [cells[0].strip() for cells in THREATS] == [f"T{number}" for number in range(1, len(THREATS) + 1)]
    assert THREATS


def test_each_threat_has_a_test_that_exists() -> None:
    """The last column names at least one test file, with the test's name where the file holds more."""
    for cells in THREATS:
        named = NAMED.findall(cells[-1])
        assert named, cells[0]
        for file, test in named:
            source = (ROOT / file).read_text(encoding="utf-8")
            assert f"def {test}(" in source if test else "def test_" in source, (cells[0], file, test)
