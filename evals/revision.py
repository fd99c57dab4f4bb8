"""Which state of the code a run measured."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git_revision(folder: Path) -> str:
    """Return the short git revision of a folder, with "+" behind it when tracked files were changed; "" outside git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
