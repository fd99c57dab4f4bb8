"""The clients of ``scripts/load.py``, in a process of their own: each asks, waits for the answer, and asks the next question.

    python scripts/load_clients.py http://127.0.0.1:7860 --clients 10 --seconds 20 --warm-up 5

prints one JSON object. The questions are the development set, all kinds as they stand there, each client's in an order of its
own; with ``--everywhere`` they are put to all the server's municipalities instead. What was asked inside the time counts, also
where its answer came later; the clients go on until then, so that the slowest answers are not the ones left out. A request
that is refused with ``Retry-After`` waits that long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from pathlib import Path

import aiohttp
import httpx
from server_figures import Figures, look

from assistant.towns import without_mentions
from evals.case import Case
from evals.read_cases import read_cases
from ingest.read_folder import read_plans

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "evals" / "questions" / "dev.jsonl"
PATIENCE = aiohttp.ClientTimeout(total=120)  # seconds
LONGEST_WAIT = 5.0  # seconds, whatever Retry-After says
PERIOD = 0.5  # seconds between two looks at the server's memory
UNNAMED = 20  # with --everywhere one question in so many is put to no municipality

Body = dict[str, object]


@dataclass
class Heard:
    """What the clients saw: the seconds of every answer, and what was no answer by its status or kind."""

    seconds: list[float] = field(default_factory=list)
    in_time: int = 0  # answers that came before the time was over
    errors: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Level:
    """What a number of clients got from a server. Times in milliseconds, memory in MB; CPU in processors (1.0: one, all the time).

    ``cpu_per_answer`` is the server's processor time in milliseconds. Nothing of the server is known without its process.
    """

    clients: int
    answered: int
    per_second: float
    p50: float
    p90: float
    p99: float
    max: float
    errors: dict[str, int]
    client_cpu: float
    server_cpu: float | None
    server_rss: float | None
    cpu_per_answer: float | None


def body_of(case: Case) -> Body:
    """Return a case as the body of ``POST /api/ask``."""
    history = [{"role": turn.role, "content": turn.content} for turn in case.history]
    return {"question": case.question, "municipalities": list(case.scope), "history": history}


def topics() -> list[str]:
    """Return the development questions without the municipalities that they name."""
    named = [document.plan for document in read_plans([ROOT / "plans"]).documents]
    texts = (without_mentions(case.question, named).strip() for case in read_cases([QUESTIONS]))
    return [text for text in texts if text]


def everywhere(towns: Sequence[str], seed: int) -> list[Body]:
    """Return a question to each of the towns (codes), and one in ``UNNAMED`` to none."""
    chance = random.Random(seed)
    texts = topics()
    named = ["" if at % UNNAMED == 0 else town for at, town in enumerate(towns)]
    return [{"question": chance.choice(texts), "municipalities": [town] if town else []} for town in named]


def questions(bodies: Sequence[Body], seed: str) -> Iterator[Body]:
    """Yield the questions for ever, each round in another order; the same order for the same seed."""
    chance = random.Random(seed)
    while True:
        yield from chance.sample(bodies, len(bodies))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed; 0 of none.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([4.0, 1.0, 3.0, 2.0], 0.99), percentile([], 0.5)
    (2.0, 4.0, 0.0)
    """
    return sorted(values)[ceil(share * len(values)) - 1] if values else 0.0


async def ask(session: aiohttp.ClientSession, body: Body) -> tuple[str, float]:
    """Send one question and read its whole answer; return "" or what was wrong, and the seconds to wait after it."""
    try:
        async with session.post("/api/ask", json=body) as response:
            await response.read()
            if response.ok:
                return "", 0.0
            asked = response.headers.get("Retry-After", "")
            return str(response.status), min(float(asked), LONGEST_WAIT) if asked.isdecimal() else 0.0
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__, 0.1


async def client(session: aiohttp.ClientSession, asked: Iterator[Body], begin: float, end: float, heard: Heard) -> None:
    """Ask until ``end``; what is asked from ``begin`` on counts (both as ``time.perf_counter`` has them)."""
    while (start := time.perf_counter()) < end:
        wrong, wait = await ask(session, next(asked))
        now = time.perf_counter()
        if start >= begin:
            if wrong:
                heard.errors[wrong] += 1
            else:
                heard.seconds.append(now - start)
        if begin <= now < end and not wrong:
            heard.in_time += 1
        await asyncio.sleep(wait)


async def watch(pid: int, begin: float, end: float) -> tuple[list[Figures], float]:
    """Look at the server from ``begin`` to ``end``; return what was seen and this process's own processor seconds."""
    await asyncio.sleep(begin - time.perf_counter())
    own = time.process_time()
    seen = [look(pid)] if pid else []
    while (left := end - time.perf_counter()) > 0:
        await asyncio.sleep(min(PERIOD, left))
        seen += [look(pid)] if pid else []
    return seen, time.process_time() - own


async def measure(
    address: str, bodies: Sequence[Body], clients: int, seconds: float, warm_up: float, *, seed: int = 0, pid: int = 0
) -> Level:
    """Return what ``clients`` clients get from the server in ``seconds``; without its ``pid`` nothing of its process."""
    heard = Heard()
    begin = time.perf_counter() + warm_up
    end = begin + seconds
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(address, connector=connector, timeout=PATIENCE) as session:
        watching = asyncio.create_task(watch(pid, begin, end))
        asking = (client(session, questions(bodies, f"{seed} {n}"), begin, end, heard) for n in range(clients))
        await asyncio.gather(*asking)
        seen, own = await watching
    times = [spent * 1000 for spent in heard.seconds]
    server = seen[-1].cpu - seen[0].cpu if seen else None
    return Level(
        clients=clients,
        answered=len(times),
        per_second=heard.in_time / seconds,
        p50=percentile(times, 0.5),
        p90=percentile(times, 0.9),
        p99=percentile(times, 0.99),
        max=max(times, default=0.0),
        errors=dict(heard.errors),
        client_cpu=own / seconds,
        server_cpu=None if server is None else server / seconds,
        server_rss=max((figures.rss for figures in seen), default=None),
        cpu_per_answer=server * 1000 / heard.in_time if server is not None and heard.in_time else None,
    )


def main() -> int:
    """Print what the clients got; return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("address", metavar="URL")
    arguments.add_argument("--clients", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=20)
    arguments.add_argument("--warm-up", type=float, default=5)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--pid", type=int, default=0, help="the server's process, to tell its memory and CPU")
    arguments.add_argument("--everywhere", action="store_true", help="ask all the server's municipalities")
    given = arguments.parse_args()
    if given.everywhere:
        plans = httpx.get(f"{given.address}/api/plans", timeout=60).raise_for_status().json()["plans"]
        bodies = everywhere(sorted({plan["municipality_code"] for plan in plans}), given.seed)
    else:
        bodies = [body_of(case) for case in read_cases([QUESTIONS])]
    level = asyncio.run(
        measure(given.address, bodies, given.clients, given.seconds, given.warm_up, seed=given.seed, pid=given.pid)
    )
    print(json.dumps(asdict(level)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
