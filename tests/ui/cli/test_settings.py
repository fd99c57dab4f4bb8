"""The settings: where they are read from and where they are listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ui.settings import PROJECT_ROOT, Settings, SettingsError, read_settings, setting_lines

if TYPE_CHECKING:
    from tests.ui.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]


def test_the_environment_wins_over_the_folders_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``.env`` in the current folder is read, the environment goes before it, an empty value is the default."""
    (tmp_path / ".env").write_text("MACHIPLAN_PORT=1111\nMACHIPLAN_HOST=::1\nOTHER=x\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MACHIPLAN_PORT", "2222")
    monkeypatch.setenv("MACHIPLAN_CHAT_MODEL", "")
    settings = read_settings()
    assert (settings.port, settings.host, settings.chat_model) == (2222, "::1", None)
    assert settings.index_dir == PROJECT_ROOT / "var" / "index"


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API key stands in no representation of the settings."""
    monkeypatch.setenv("MACHIPLAN_CHAT_API_KEY", "very-secret")
    settings = read_settings()
    assert settings.chat_api_key is not None
    assert "very-secret" not in f"{settings!r} {settings}"


def test_a_wrong_value_is_named_but_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable and what it is for."""
    monkeypatch.setenv("MACHIPLAN_PORT", "seven")
    with pytest.raises(SettingsError, match="MACHIPLAN_PORT") as caught:
        read_settings()
    assert "seven" not in str(caught.value)


def test_the_help_of_serve_lists_every_setting(run: Run) -> None:
    """The list is made from the declaration, so none can be missing."""
    shown = run("serve", "--help").stdout
    assert all(f"MACHIPLAN_{name.upper()}" in shown for name in Settings.model_fields)


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_lists_every_setting(name: str) -> None:
    """Each variable has a row in the table of settings, and no row names a variable that is gone."""
    rows = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line.startswith("| `MACHIPLAN_")]
    listed = {row.split("`")[1] for row in rows}
    assert listed == {line.variable for line in setting_lines()}
