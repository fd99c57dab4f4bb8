"""Soaks a server: half an hour of questions, page visits, feedback and nonsense while its index is swapped; tells what grew.

    python scripts/soak.py                                   # 30 minutes
    python scripts/soak.py --minutes 2                       # a quick look: a leak must be large to show
    python scripts/soak.py --plot docs/plots/soak.svg        # draws it
    python scripts/soak.py --json                            # every sample

The server is this program's own, over an index of its own, with its pages. Memory, open files and threads are looked at every ten
seconds; what is allowed, and why, stands in ``soak_verdict.py``. The exit code is 1 where something grew or failed. Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from load import own_server
from load_clients import PATIENCE, QUESTIONS, body_of, questions
from local_server import MACHIPLAN, ROOT, Served
from server_figures import Figures, look
from soak_clients import Seen, Visit, asker, judge, publisher, reader, troublemaker
from soak_verdict import Soaked, draw, faults, lines

from evals.read_cases import read_cases

SEED = 20260401


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many people ask at once, and the seconds between swaps, page visits, feedback and bad requests."""

    seconds: float = 1800
    clients: int = 10
    swap: float = 180
    page: float = 2
    feedback: float = 1
    nonsense: float = 0.2
    sample: float = 10


async def watch(visit: Visit, pid: int, every: float) -> list[tuple[float, Figures]]:
    """Look at the server ``every`` so many seconds until the end."""
    seen = []
    for wait in visit.paced(every):
        await asyncio.sleep(wait)
        seen.append((time.monotonic() - visit.begin, look(pid)))
    return seen


async def visit_server(server: Served, plans: Path, index: Path, plan: Plan) -> Soaked:
    """Do to a server what ``plan`` says and return what was seen."""
    bodies = [body_of(case) for case in read_cases([QUESTIONS])]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(server.address, connector=connector, timeout=PATIENCE) as session:
        begin = time.monotonic()
        visit = Visit(session, begin, begin + plan.seconds, Seen())
        watching = asyncio.create_task(watch(visit, server.pid, plan.sample))
        asking = [
            asker(visit, questions(bodies, f"{SEED} {n}"), random.Random(f"{SEED} {n}")) for n in range(plan.clients)
        ]
        await asyncio.gather(
            *asking,
            reader(visit, plan.page),
            judge(visit, plan.feedback),
            troublemaker(visit, plan.nonsense),
            publisher(visit, plans, index, plan.swap),
        )
        samples = await watching
    seen = visit.seen
    return Soaked(plan.seconds, tuple(samples), tuple(seen.answers), dict(seen.done), dict(seen.errors))


def soak(folder: Path, plan: Plan, settings: Mapping[str, str]) -> Soaked:
    """Index the plans into ``folder``, serve them and return what a soak of the server showed."""
    plans, index = folder / "plans", folder / "index"
    shutil.copytree(ROOT / "plans", plans)
    command = [*MACHIPLAN, "ingest", str(plans), "--index", str(index)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    with own_server(index, settings, folder) as server:
        return asyncio.run(visit_server(server, plans, index, plan))


def main() -> int:
    """Print what the soak showed; return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--clients", type=int, default=10, help="people who ask at once")
    arguments.add_argument("--swap", type=float, default=180, metavar="SECONDS", help="between two swaps of the index")
    arguments.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    arguments.add_argument("--plot", type=Path, metavar="FILE", help="the SVG file to draw")
    arguments.add_argument("--json", action="store_true", help="print JSON")
    given = arguments.parse_args()
    seconds = given.minutes * 60
    plan = Plan(seconds, given.clients, min(given.swap, seconds / 6), sample=min(10, seconds / 60))
    with TemporaryDirectory() as folder:
        soaked = soak(Path(folder), plan, dict(setting.split("=", 1) for setting in given.set))
    found = list(faults(soaked))
    print(json.dumps(asdict(soaked) | {"faults": found}) if given.json else "\n".join([*lines(soaked), *found]))
    if given.plot:
        draw(soaked, given.plot)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
