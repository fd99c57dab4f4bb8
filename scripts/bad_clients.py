"""Clients that behave badly, to run beside others: slow ones that hold their connections, and a flood of bad requests.

    python scripts/bad_clients.py http://127.0.0.1:7860 --slow 50 --flood 100 --seconds 20

A slow client sends a header, or a body, one byte a second, or reads a streamed answer that slowly; when the server cuts it
off, it connects again. ``--flood`` is a number of bad requests a second: what is no JSON, what has no such path, no question,
no such method. Prints one JSON object: how often slow clients were cut off, and how the flood was answered, by status.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import cycle
from urllib.parse import urlsplit

import aiohttp

BODY = json.dumps({"question": "計画期間はいつからいつまでですか?"}).encode()
KIND = {"Content-Type": "application/json"}
PACE = 1.0  # seconds between two bytes
SENDERS = 8  # connections of the flood

# Method, path, body; each is the client's fault.
BAD = (
    ("POST", "/api/ask", b"{"),
    ("POST", "/api/ask", b'{"question": ""}'),
    ("POST", "/api/ask", b'{"question": 5, "history": "x"}'),
    ("GET", "/api/nothing-here", b""),
    ("GET", "/api/plans/none", b""),
    ("GET", "/api/answers/none", b""),
    ("DELETE", "/api/ask", b""),
    ("POST", "/api/feedback", b'{"answer_id": "none", "helpful": true}'),
)


async def slow_client(host: str, port: int, kind: int, end: float, cut: Counter[str]) -> None:
    """Hold connections of one kind until ``end``, and count those that the server ended."""
    name, hold = KINDS[kind % len(KINDS)]
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection(host, port, limit=1)
        except OSError:
            cut["refused"] += 1
            await asyncio.sleep(PACE)
            continue
        try:
            await hold(reader, writer, end)
        except (OSError, EOFError):
            cut[name] += 1
        finally:
            writer.close()


async def _send_slowly(text: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, end: float) -> None:
    """Send a text byte by byte until ``end``. Raises ``EOFError`` when the server has closed or has answered."""
    for byte in text:
        if time.monotonic() >= end:
            return
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(PACE)
        if reader.at_eof():
            raise EOFError


async def slow_header(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, end: float) -> None:
    """Send a request's head one byte a second."""
    await _send_slowly(b"POST /api/ask HTTP/1.1\r\nHost: slow\r\nX-Slow: " + b"x" * 4096, reader, writer, end)


async def slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, end: float) -> None:
    """Send the head at once and the body one byte a second."""
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    writer.write(head.encode())
    await _send_slowly(BODY, reader, writer, end)


async def slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, end: float) -> None:
    """Ask for a streamed answer and read it one byte a second."""
    head = f"POST /api/ask/stream HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    writer.write(head.encode() + BODY)
    await writer.drain()
    while time.monotonic() < end:
        if not await reader.read(1):
            raise EOFError
        await asyncio.sleep(PACE)


Hold = Callable[[asyncio.StreamReader, asyncio.StreamWriter, float], Awaitable[None]]
KINDS: tuple[tuple[str, Hold], ...] = (("header", slow_header), ("body", slow_body), ("reader", slow_reader))


async def flood(session: aiohttp.ClientSession, rate: float, end: float, answered: Counter[str]) -> None:
    """Send bad requests, ``rate`` a second at most, until ``end``; count the answers by status."""
    for method, path, body in cycle(BAD):
        start = time.monotonic()
        if start >= end:
            return
        try:
            async with session.request(method, path, data=body, headers=KIND) as response:
                await response.read()
                answered[str(response.status)] += 1
        except (aiohttp.ClientError, TimeoutError) as error:
            answered[type(error).__name__] += 1
        await asyncio.sleep(max(0.0, start + 1 / rate - time.monotonic()))


async def misbehave(address: str, slow: int, rate: float, seconds: float) -> dict[str, dict[str, int]]:
    """Return what became of the slow clients and of the flood after ``seconds``."""
    end = time.monotonic() + seconds
    cut: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    parts = urlsplit(address)
    async with aiohttp.ClientSession(address, timeout=aiohttp.ClientTimeout(total=60)) as session:
        floods = [flood(session, rate / SENDERS, end, answered) for _ in range(SENDERS if rate else 0)]
        slows = [slow_client(str(parts.hostname), parts.port or 80, kind, end, cut) for kind in range(slow)]
        await asyncio.gather(*floods, *slows)
    return {"cut_off": dict(cut), "flood": dict(answered)}


def main() -> int:
    """Print what became of the bad clients; return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("address", metavar="URL")
    arguments.add_argument("--slow", type=int, default=50, help="slow clients")
    arguments.add_argument("--flood", type=float, default=100, help="bad requests a second")
    arguments.add_argument("--seconds", type=float, default=20)
    given = arguments.parse_args()
    print(json.dumps(asyncio.run(misbehave(given.address, given.slow, given.flood, given.seconds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
