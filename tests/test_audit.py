"""The audit that CI runs: it finds a secret that was committed and a package with a known vulnerability."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOOK = Path(sys.executable).with_name("detect-secrets-hook")
REPORT = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": []}]}]}


# Put together here, so that the audit does not find them in this file.
@pytest.mark.parametrize(
    "line",
    [
        'KEY = "AKIA' + 'IOSFODNN7EXAMPLF"',
        'token = "7f0c19e4a85b' + '4d2f9a3e6b1c8d5f0a7e"',
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        'password = "correct-horse-' + 'battery-staple"',
    ],
)
def test_a_committed_secret_is_found(line: str, tmp_path: Path) -> None:
    """A key, a random token, a private key or a password in a new file fails the scan, which names the file."""
    file = tmp_path / "new.py"
    file.write_text(line + "\n", encoding="utf-8")
    command = [str(HOOK), "--no-verify", "--baseline", str(ROOT / ".secrets.baseline"), str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "new.py:1" in done.stdout


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        (REPORT, 1, "1 vulnerable"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, "1 packages asked about, 0 vulnerable"),
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, 0, "NOT AUDITED"),
    ],
)
def test_an_advisory_fails_the_audit_and_silence_is_told(
    report: dict[str, object], code: int, said: str, tmp_path: Path
) -> None:
    """A vulnerable package is exit code 1; an index without advisories passes, and the audit says that it knows nothing."""
    stand_in = tmp_path / "pip-audit"  # the advisories themselves are on the network
    stand_in.write_text(f"#!/bin/sh\necho '{json.dumps(report)}'\n", encoding="utf-8")
    stand_in.chmod(0o755)
    command = [sys.executable, "scripts/audit.py", str(stand_in), "requirements.lock"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, said in done.stdout) == (code, True), done
