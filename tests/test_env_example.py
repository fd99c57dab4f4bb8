"""The example of a settings file names what can be set."""

from __future__ import annotations

import re
from pathlib import Path

from ui.settings import setting_lines

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"


def test_the_example_names_every_setting_with_its_default() -> None:
    """``.env.example`` holds one line for each setting, commented out, with the default that holds without it."""
    lines = re.findall(r"^# (MACHIPLAN_\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    expected = [(line.variable, "" if line.default == "なし" else line.default) for line in setting_lines()]
    assert lines == expected
