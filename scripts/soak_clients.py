"""What people do to a server for hours: they ask, look at pages, say what helped, send nonsense; and plans change meanwhile."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from json import loads
from pathlib import Path

import aiohttp
from bad_clients import BAD
from load_clients import Body
from local_server import MACHIPLAN, ROOT

PAGES = ("/", "/register", "/compare", "/read", "/evaluation", "/answer", "/api/plans", "/api/commitments?format=csv")
REMEMBERED = 50  # answers that somebody may still say something of
STREAMED = 0.2  # share of the questions whose answer is streamed
EASY = 0.1  # share of the questions asked with やさしい日本語
FINE = range(200, 300)
REFUSED = range(400, 500)


@dataclass
class Seen:
    """What the clients saw: of every answer when it was asked for and its seconds; by kind what went well, and what did not."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    ids: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


@dataclass(frozen=True, slots=True)
class Visit:
    """One soak: its clients' session, when it began and ends (``time.monotonic``), and what was seen."""

    session: aiohttp.ClientSession
    begin: float
    end: float
    seen: Seen

    def paced(self, every: float) -> Iterator[float]:
        """Yield until the end the seconds to wait before the next turn, so that turns begin ``every`` so many seconds."""
        while (now := time.monotonic()) < self.end:
            yield min(every, self.end - now)

    async def send(
        self, kind: str, method: str, path: str, *, json: Body | None = None, data: bytes = b"", fine: range = FINE
    ) -> bytes:
        """Send a request and return its body, b"" where the status is not a fine one, which is counted as an error."""
        headers = {"Content-Type": "application/json"} if data else {}
        try:
            async with self.session.request(method, path, json=json, data=data or None, headers=headers) as response:
                body = await response.read()
                if response.status in fine:
                    self.seen.done[kind] += 1
                    return body
                self.seen.errors[f"{kind}: {response.status}"] += 1
        except (aiohttp.ClientError, TimeoutError) as error:
            self.seen.errors[f"{kind}: {type(error).__name__}"] += 1
        return b""


async def asker(visit: Visit, bodies: Iterator[Body], chance: random.Random) -> None:
    """Ask one question after the other; some are streamed, some asked with やさしい日本語."""
    for body in bodies:
        start = time.monotonic()
        if start >= visit.end:
            return
        if chance.random() < STREAMED:
            said = await visit.send("stream", "POST", "/api/ask/stream", json=body)
            if said and b"event: done" not in said:
                visit.seen.errors["stream: broke off"] += 1
        else:
            said = await visit.send("ask", "POST", "/api/ask", json=body | {"easy": chance.random() < EASY})
            if said:
                visit.seen.answers.append((start - visit.begin, time.monotonic() - start))
                visit.seen.ids.append(loads(said)["id"])


async def reader(visit: Visit, every: float) -> None:
    """Open a page ``every`` so many seconds, and an answer given before."""
    pages = cycle(PAGES)
    for wait in visit.paced(every):
        await asyncio.sleep(wait)
        await visit.send("page", "GET", next(pages))
        if visit.seen.ids:
            await visit.send("kept answer", "GET", f"/api/answers/{visit.seen.ids[-1]}")


async def judge(visit: Visit, every: float) -> None:
    """Say of an answer whether it helped."""
    for wait in visit.paced(every):
        await asyncio.sleep(wait)
        if visit.seen.ids:
            said: Body = {"answer_id": visit.seen.ids[0], "helpful": True, "comment": "分かりやすい"}
            await visit.send("feedback", "POST", "/api/feedback", json=said)


async def troublemaker(visit: Visit, every: float) -> None:
    """Send what the server has to refuse."""
    wrong = cycle(BAD)
    for wait in visit.paced(every):
        await asyncio.sleep(wait)
        method, path, data = next(wrong)
        await visit.send("refused", method, path, data=data, fine=REFUSED)


async def publisher(visit: Visit, plans: Path, index: Path, every: float) -> None:
    """Revise a plan ``every`` so many seconds and ingest it, so that the server takes up another index."""
    revised = next(iter(sorted(plans.glob("*.txt"))))
    text = revised.read_text("utf-8")
    for number, wait in enumerate(visit.paced(every), 1):
        await asyncio.sleep(wait)
        if wait < every:
            return
        revised.write_text(f"{text}\n第{number}回の改訂です。\n", "utf-8")
        await ingest(visit.seen, plans, index)


async def ingest(seen: Seen, plans: Path, index: Path) -> None:
    """Run ``machiplan ingest`` over a folder."""
    command = (*MACHIPLAN, "ingest", str(plans), "--index", str(index))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, stderr=sys.stderr
    )
    if await process.wait():
        seen.errors["ingest"] += 1
    else:
        seen.done["ingest"] += 1
