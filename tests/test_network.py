"""The product and its tests work offline, and the guard that says so notices what it should."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "guard"
TELEMETRY = {
    "ANONYMIZED_TELEMETRY",
    "DO_NOT_TRACK",
    "GRADIO_ANALYTICS_ENABLED",
    "HF_HUB_DISABLE_TELEMETRY",
    "ORT_DISABLE_TELEMETRY",
}
QUESTION = "平生町の計画期間は?"

CONNECTS = """
import socket
def test_it():
    with socket.socket() as s:
        {call}
"""
SWALLOWS = """
import subprocess, sys
CODE = "import socket\\ntry: socket.getaddrinfo('example.org', 80)\\nexcept OSError: pass"
def test_it():
    subprocess.run([sys.executable, "-c", CODE], check=True)
"""


def own_environment(**more: str) -> dict[str, str]:
    """Return this environment without the guard's log, so that an inner run keeps a log of its own."""
    return {**{k: v for k, v in os.environ.items() if k != "NETWORK_GUARD_LOG"}, **more}


def run_guarded(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run a test file of its own under the guard."""
    (folder / "test_inner.py").write_text(code)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "pytest_network_guard", "-p", "no:cacheprovider", "."]
    return subprocess.run(command, cwd=folder, env=own_environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("code", "host"),
    [
        (CONNECTS.format(call='s.connect(("192.0.2.1", 80))'), "192.0.2.1"),
        (CONNECTS.format(call='s.connect_ex(("203.0.113.9", 443))'), "203.0.113.9"),
        (CONNECTS.format(call='socket.create_connection(("example.org", 80))'), "example.org"),
        (SWALLOWS, "example.org"),
    ],
    ids=["connect", "connect_ex", "by name", "swallowed in a subprocess"],
)
def test_a_connection_outside_loopback_fails_the_test(tmp_path: Path, code: str, host: str) -> None:
    """A test that reaches for an outside host fails and says which, even in a subprocess that swallows the error."""
    done = run_guarded(tmp_path, code)
    assert done.returncode == 1, done.stdout
    assert "Connections outside loopback were asked for" in done.stdout
    assert host in done.stdout


def test_loopback_is_allowed(tmp_path: Path) -> None:
    """A connection to a server on this machine passes the guard."""
    call = 's.bind(("127.0.0.1", 0)); s.listen(); socket.create_connection(s.getsockname()).close()'
    done = run_guarded(tmp_path, CONNECTS.format(call=call))
    assert done.returncode == 0, done.stdout


def test_ingest_ask_and_the_chat_page_reach_for_nothing_outside(
    machiplan: Path, serve: Callable[[Path, Mapping[str, str]], AbstractContextManager[str]], tmp_path: Path
) -> None:
    """Ingesting, asking and serving the chat page connect to nothing, with no telemetry variable set to help them."""
    environment = {k: v for k, v in os.environ.items() if k not in TELEMETRY}
    environment["MACHIPLAN_INDEX_DIR"] = str(tmp_path / "index")

    def command(*arguments: str) -> str:
        done = subprocess.run(
            [str(machiplan), *arguments], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    command("ingest", str(ROOT / "plans"))
    assert "令和9" in command("ask", QUESTION)
    with serve(tmp_path / "index", environment) as url:
        assert httpx.get(url).status_code == httpx.codes.OK
        answered = httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=30).json()
    assert answered["citations"]


@pytest.mark.slow
def test_everything_works_where_no_network_exists() -> None:
    """The same holds in a network namespace with nothing but loopback, where native code finds no way out either."""
    alone = ["unshare", "--map-root-user", "--net"]
    if sys.platform != "linux" or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("network namespaces are not allowed here; in a container: --cap-add SYS_ADMIN")
    test = f"{Path(__file__)}::{test_ingest_ask_and_the_chat_page_reach_for_nothing_outside.__name__}"
    command = [*alone, sys.executable, str(GUARD / "without_network.py"), sys.executable, "-m", "pytest", "-q", test]
    done = subprocess.run(command, cwd=ROOT, env=own_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
