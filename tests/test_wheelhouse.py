"""A machine without a network is set up from a folder of packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_readme import copy_to

ROOT = Path(__file__).resolve().parent.parent
CUT_OFF = ["unshare", "--net", "--map-root-user"]
"""Run a command where no network is, not even loopback."""


@pytest.mark.slow
def test_a_clone_is_set_up_and_answers_without_a_network(tmp_path: Path) -> None:
    """The wheelhouse holds all that a fresh clone with an empty home needs, up to an answered question."""
    if subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode:
        pytest.skip("the network cannot be cut off for a process here; run the tests as root, or allow user namespaces")
    wheelhouse, clone, home = tmp_path / "wheelhouse", tmp_path / "clone", tmp_path / "home"
    unguarded = {
        name: value for name, value in os.environ.items() if name != "NETWORK_GUARD_LOG"
    }  # pip may ask its registry
    gathered = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "wheelhouse.py"), str(wheelhouse)],
        env={**unguarded, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert gathered.returncode == 0, gathered.stderr
    for folder in (clone, home):
        folder.mkdir()
    copy_to(clone)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHON": sys.executable}

    def offline(*command: str) -> str:
        done = subprocess.run(
            [*CUT_OFF, *command], cwd=clone, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    offline("make", "setup", f"WHEELHOUSE={wheelhouse}")
    offline(".venv/bin/machiplan", "ingest", "plans")
    assert "2023年度から2027年度" in offline(".venv/bin/machiplan", "ask", "平生町の計画期間は?")
