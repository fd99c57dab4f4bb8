"""The command line as a user runs it: a process of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(machiplan: Path, index_dir: Path, tmp_path: Path) -> Run:
    """Run ``machiplan`` over the five plans' index, in an empty folder; keywords are environment variables."""

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir), **variables}
        command = [str(machiplan), *map(str, arguments)]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )

    return run
