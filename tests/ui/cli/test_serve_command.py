"""``machiplan serve``: when it speaks, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.ui.cli.conftest import Run


@contextmanager
def serving(machiplan: Path, index: Path, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the server with an answer store of its own, and end it."""
    environment = {
        **os.environ, "MACHIPLAN_WEB_PAGE": "false", "MACHIPLAN_ANSWERS_FILE": str(folder / "answers.sqlite3")
    }  # fmt: skip
    command = [str(machiplan), "serve", "--index", str(index), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_address_is_printed_when_it_is_ready_and_a_signal_stops_it_gracefully(
    machiplan: Path, index_dir: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """The first line holds the address, where /readyz is 200 at once; being asked to stop ends with 0 and no noise."""
    with serving(machiplan, index_dir, tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.split()[0]
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(f"{address}/readyz").status_code == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_connection_that_stays_open_does_not_keep_it_from_stopping(
    machiplan: Path, index_dir: Path, tmp_path: Path
) -> None:
    """A browser that holds a connection is given a few seconds."""
    with serving(machiplan, index_dir, tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        address = httpx.URL(process.stdout.readline().split()[0])
        with socket.create_connection((address.host, address.port or 80)) as held:
            held.sendall(
                b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nContent-Type: application/json\r\n\r\n{"
            )
            process.terminate()
            assert process.wait(timeout=30) == 0


def test_a_port_in_use_is_told_at_once(run: Run) -> None:
    """A Japanese sentence with the port, exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert port in done.stderr
    assert "待ち受けられません" in done.stderr


def test_an_address_that_is_not_this_machines_is_told(run: Run) -> None:
    """A host that cannot be listened on fails like a port in use."""
    done = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"MACHIPLAN_PORT": "abc"},
        {"MACHIPLAN_PORT": "70000"},
        {"MACHIPLAN_ANSWER_DAYS": "-1"},
        {"MACHIPLAN_LOG_LEVEL": "x"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run: Run, variables: dict[str, str]) -> None:
    """The message names the variable, exit code 1."""
    done = run("serve", **variables)
    assert done.returncode == 1
    assert next(iter(variables)) in done.stderr
    assert "Traceback" not in done.stderr
