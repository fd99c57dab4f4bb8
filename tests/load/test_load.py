"""The command that puts a server under load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_load_tells_what_clients_get_from_a_server_that_is_up(server_url: str) -> None:
    """For each level one line: every question of the development set's mix was answered, and its times are in order."""
    command = [sys.executable, str(ROOT / "scripts" / "load.py"), "--address", server_url, "--alone", "--json"]
    command += ["--levels", "1", "3", "--seconds", "1", "--warm-up", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["clients"] for row in rows] == [1, 3]
    for row in rows:
        assert row["answered"] > 0
        assert row["errors"] == {}
        assert 0 < row["p50"] <= row["p90"] <= row["p99"] <= row["max"]
        assert row["server_rss"] is None
