"""Whatever bytes come in, the server answers or hangs up, and goes on answering."""

from __future__ import annotations

import re
import socket
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.ui.api.odd_requests import QUESTION, odd_request

REQUESTS = 10_000
SEED = 20_260_601
WARM = 1_000
"""Requests after which caches and threads are there."""

MOST_GROWTH = 250 * 1024**2
"""Bytes that the process may grow by in the nine thousand after them: kept answers' caches, no leak of each request."""

PATIENCE = 60
SILENCE = 3
"""Seconds."""
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
DOCUMENTED = (b'"not_ready"', b'"not_completed"', b"Queue is full")
"""What an answer with status 503 may hold."""


def send(address: tuple[str, int], request: bytes) -> bytes:
    """Return all that the server says to some bytes until it hangs up. Raises ``TimeoutError`` where it never does."""
    received = bytearray()
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        try:
            connection.sendall(request)
            connection.settimeout(SILENCE)
            _rest(connection, received)
        except TimeoutError:  # it waits for what a broken request promised, or streams: say that nothing comes
            connection.settimeout(PATIENCE)
            connection.shutdown(socket.SHUT_WR)
            _rest(connection, received)
        except (ConnectionResetError, BrokenPipeError):
            pass  # it hung up before all was sent
    return bytes(received)


def _rest(connection: socket.socket, received: bytearray) -> None:
    with suppress(ConnectionResetError):  # it hung up before all was read
        while piece := connection.recv(65_536):
            received += piece


def resident(url: str) -> int:
    """Return the bytes of memory that the server at ``url`` has."""
    port = str(urlsplit(url).port).encode()
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        words = line.read_bytes().split(b"\0") if line.exists() else []
        if b"serve" in words and port in words:
            found = re.search(r"VmRSS:\s+(\d+) kB", line.with_name("status").read_text())
            assert found
            return int(found[1]) * 1024
    raise AssertionError(f"no process serves {url}")


def answer_of(url: str) -> dict[str, Any]:
    """Return what does not differ between two answers to one question."""
    told = httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=PATIENCE).json()
    return {name: told[name] for name in ("answer", "citations", "abstained", "notices")}


@pytest.mark.slow
def test_ten_thousand_odd_requests_break_nothing(open_server: str) -> None:
    """Each gets an answer below 500 or a closed connection; the process lives, stays in its memory and answers as before."""
    parts = urlsplit(open_server)
    assert parts.hostname
    assert parts.port
    address = (parts.hostname, parts.port)
    before = answer_of(open_server)
    assert before["citations"]
    seen: Counter[str] = Counter()
    failed: list[tuple[bytes, bytes]] = []
    random, warm = Random(SEED), 0
    with ThreadPoolExecutor(12) as pool:
        for start in range(0, REQUESTS, WARM):
            requests = [odd_request(random) for _ in range(WARM)]
            for request, said in zip(requests, pool.map(lambda one: send(address, one), requests), strict=True):
                statuses = [found.decode() for found in STATUS.findall(said)] or ["closed"]
                seen.update(statuses)
                if b"Traceback" in said or (statuses[0].startswith("5") and not _is_documented(said)):
                    failed.append((request[:2_000], said[:500]))
            warm = resident(open_server) if start == 0 else warm
    grown = resident(open_server) - warm
    sys.stdout.write(f"\n{dict(sorted(seen.items()))}, {warm / 1024**2:.0f} MiB, grown by {grown / 1024**2:.0f} MiB\n")
    assert failed == []
    assert {"200", "404", "405", "413", "415", "422", "400"} <= set(seen)  # it was not all refused at the door
    assert grown < MOST_GROWTH
    assert answer_of(open_server) == before


def _is_documented(said: bytes) -> bool:
    return said.startswith(b"HTTP/1.1 503 ") and any(code in said for code in DOCUMENTED)
