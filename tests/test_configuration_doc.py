"""docs/configuration.md says of every setting what the settings' declaration says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from annotated_types import Ge, Le

from ui.cli.main import machiplan
from ui.settings import PREFIX, Settings, read_settings, setting_lines

DOC = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(MACHIPLAN_\w+)` \| (.+) \| (.+) \| `(.+)` \| (.+) \|$", re.MULTILINE)


def allowed(name: str) -> str:
    """Return what a setting's type and bounds allow, as the document says it; "" where only words can."""
    field = Settings.model_fields[name]
    bounds = [each.ge if isinstance(each, Ge) else each.le for each in field.metadata if isinstance(each, Ge | Le)]
    if field.annotation is bool:
        return "`true`, `false`"
    if field.annotation is Path:
        return "a path; relative to the current folder"
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(field.annotation))
    return "{} to {}".format(*bounds) if bounds else ""


def test_every_setting_has_its_row_in_the_order_of_declaration() -> None:
    """With its default, and with what its type allows."""
    rows = [(variable, default) for variable, _, default, _, _ in ROW.findall(DOC.read_text("utf-8"))]
    assert rows == [
        (line.variable, "none" if line.default == "なし" else f"`{line.default}`") for line in setting_lines()
    ]
    for variable, told, _, _, _ in ROW.findall(DOC.read_text("utf-8")):
        assert told == (allowed(variable.removeprefix(PREFIX).lower()) or told)


def test_every_example_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All examples together are settings that machiplan reads, and none of them is the default."""
    monkeypatch.chdir(tmp_path)
    defaults = {line.variable: line.default for line in setting_lines()}
    for variable, _, _, example, _ in ROW.findall(DOC.read_text("utf-8")):
        assert example != defaults[variable]
        monkeypatch.setenv(variable, example)
    assert read_settings() != Settings.model_construct()


def test_the_commands_exist() -> None:
    """What a setting is said to matter to are commands of machiplan."""
    for variable, _, _, _, commands in ROW.findall(DOC.read_text("utf-8")):
        named = re.findall(r"`(\w+)`", commands)
        assert set(named) <= set(machiplan.commands), variable
        assert named or commands == "all"
