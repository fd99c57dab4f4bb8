"""A server of this program for a script: started in a process of its own, ended with the script."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

ROOT = Path(__file__).resolve().parent.parent
MACHIPLAN = (sys.executable, "-c", "from ui.cli.main import main; main()")
READY_WITHIN = 900  # seconds; a country's index is read through before anybody is answered


class Served(NamedTuple):
    """A server that is up: its address, and the number of its process."""

    address: str
    pid: int


@contextmanager
def serving(
    command: Sequence[str], ready: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Run ``command`` with a free port as its last argument until the block ends; give the server once ``ready`` answers.

    Raises:
        RuntimeError: the server ended, or was not ready in time; the message holds what it said.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    variables = os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {})
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as said:
        process = subprocess.Popen([*command, str(port)], env=variables, stdout=said, stderr=said, cwd=ROOT)
        try:
            _wait(address + ready, process, log)
            yield Served(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    why = "ended before it was ready" if process.poll() is not None else f"was not ready within {READY_WITHIN} seconds"
    raise RuntimeError(f"The server {why}. It said:\n{log.read_text()}")
