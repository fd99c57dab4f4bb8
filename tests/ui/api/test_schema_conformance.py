"""The real server does what its description says, as schemathesis finds it out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.ui.small import TOKEN

CONFIG = Path(__file__).with_name("schemathesis.toml")


def run_schemathesis(url: str, folder: Path, *options: str) -> str:
    """Let schemathesis try every operation; return what it says. Fails where an answer is not as described."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    command = [program, "--config-file", str(CONFIG), "run", f"{url}/openapi.json"]
    fixed = ["--no-color", "--continue-on-failure", "--request-timeout", "60"]
    done = subprocess.run([*command, *fixed, *options], cwd=folder, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout[-2_000:])  # the figures, for whoever runs the tests with -s
    assert done.returncode == 0, done.stdout + done.stderr
    operations = len(_operations(url))
    assert f"Tested: {operations}\n" in done.stdout, done.stdout
    assert httpx.get(f"{url}/readyz").status_code == 200
    return done.stdout


def _operations(url: str) -> list[tuple[str, str]]:
    paths = httpx.get(f"{url}/openapi.json").json()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


def test_the_server_keeps_to_its_description(open_server: str, tmp_path: Path) -> None:
    """Every operation answers valid, invalid and missing data with a documented status, type and shape, never with 5xx."""
    run_schemathesis(
        open_server,
        tmp_path,
        "-H",
        f"Authorization: Bearer {TOKEN}",
        "--phases",
        "examples,coverage,fuzzing",
        "-n",
        "3",
    )


@pytest.mark.slow
@pytest.mark.parametrize("header", [f"Authorization: Bearer {TOKEN}", "Accept: application/json"])
def test_the_server_keeps_to_its_description_for_long(open_server: str, tmp_path: Path, header: str) -> None:
    """The same holds for many more requests, one after another on what the former ones made, with the token and without."""
    run_schemathesis(open_server, tmp_path, "-H", header, "-n", "100")
