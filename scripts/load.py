"""Prints what 1 to 200 clients at once get from a running server, beside a service as tutorials build it, level by level.

    python scripts/load.py                                     # both services, 8 levels of 25 seconds each: 7 minutes
    python scripts/load.py --levels 1 10 --seconds 5           # a quick look
    python scripts/load.py --address http://127.0.0.1:7860     # a server that is already up; nothing of its process is known
    python scripts/load.py --slow-clients 50 --flood 100       # each level once more with clients that behave badly beside it

The services are up together and take turns at every level, so that whatever else the machine does meets both; the ratios
compare within a level. Clients are a process of their own (``load_clients.py``). Their CPU share is printed: what they
take of a processor a server on the same machine does not have. Memory and CPU come from ``/proc``: Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from local_server import MACHIPLAN, ROOT, Served, serving

SCRIPTS = Path(__file__).resolve().parent
LEVELS = (1, 2, 5, 10, 20, 50, 100, 200)
OWN, OTHER, DISTURBED = "machiplan", "tutorial", "machiplan, disturbed"

HEAD = (
    "| clients | service | answers | per s | × | p50 ms | p90 ms | p99 ms | × | max ms | errors | server CPU | CPU ms an answer "
    "| × | RSS MB | client CPU |\n|--:|---|" + "--:|" * 8 + "---|" + "--:|" * 5
)

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """A service under load: its name, its server, and what misbehaves beside its clients (slow ones; bad requests a second)."""

    name: str
    server: Served
    slow: int = 0
    flood: float = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a level is measured, after how long a warm-up (seconds), the seed of the questions' order, and whom they are put to."""

    seconds: float
    warm_up: float
    seed: int
    everywhere: bool = False  # all the server's municipalities, or those that the questions name


@contextmanager
def own_server(index: Path, settings: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Give a server of this program over an index, with an answers file of its own."""
    variables = {"MACHIPLAN_INDEX_DIR": str(index), "MACHIPLAN_ANSWERS_FILE": str(folder / "answers.sqlite3")}
    with serving([*MACHIPLAN, "serve", "--port"], "/readyz", folder / "own.log", variables | dict(settings)) as server:
        yield server


@contextmanager
def tutorial_server(folder: Path) -> Iterator[Served]:
    """Give the tutorial service."""
    command = [sys.executable, str(SCRIPTS / "tutorial_service.py")]
    with serving(command, "/readyz", folder / "tutorial.log") as server:
        yield server


def measure(case: Case, clients: int, pace: Pace) -> Row:
    """Return one level of one service, as ``load_clients.Level`` and its name; what became of bad clients under ``beside``."""
    command = [sys.executable, str(SCRIPTS / "load_clients.py"), case.server.address]
    command += ["--clients", str(clients), "--seconds", str(pace.seconds), "--warm-up", str(pace.warm_up)]
    command += ["--seed", str(pace.seed), "--pid", str(case.server.pid)]
    command += ["--everywhere"] if pace.everywhere else []
    if not (case.slow or case.flood):
        return {"service": case.name} | _printed(command)
    beside = [sys.executable, str(SCRIPTS / "bad_clients.py"), case.server.address]
    beside += ["--slow", str(case.slow), "--flood", str(case.flood), "--seconds", str(pace.seconds + pace.warm_up)]
    with subprocess.Popen(beside, stdout=subprocess.PIPE, text=True) as bad:
        row = {"service": case.name} | _printed(command)
        said, _ = bad.communicate(timeout=120)
    return row | {"beside": json.loads(said)}


def _printed(command: Sequence[str]) -> Row:
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def ratio(row: Row, first: Row, name: str) -> str:
    """Return how many times the first service's figure this one is; "" where either is not known."""
    mine, other = row[name], first[name]
    known = isinstance(mine, float) and isinstance(other, float) and other
    return f"{mine / other:.2f}" if known and isinstance(mine, float) and isinstance(other, float) else ""


def line(row: Row, first: Row) -> str:
    """Return one line of the table; × is the ratio to the first service of the level."""

    def told(name: str, form: str) -> str:
        return format(row[name], form) if isinstance(row[name], int | float) else "-"

    errors = row["errors"]
    wrong = ", ".join(f"{n} × {kind}" for kind, n in errors.items()) if isinstance(errors, dict) and errors else "none"
    cells = (
        *(told("clients", "d"), str(row["service"]), told("answered", ",d")),
        *(told("per_second", ".1f"), ratio(row, first, "per_second")),
        *(told("p50", ",.0f"), told("p90", ",.0f"), told("p99", ",.0f"), ratio(row, first, "p99"), told("max", ",.0f")),
        *(wrong, told("server_cpu", ".2f"), told("cpu_per_answer", ".1f"), ratio(row, first, "cpu_per_answer")),
        *(told("server_rss", ",.0f"), told("client_cpu", ".2f")),
    )
    return f"| {' | '.join(cells)} |"


def cases(given: argparse.Namespace, folder: Path, stack: ExitStack) -> list[Case]:
    """Return what is to be measured, its servers up as long as the stack is."""
    if given.address:
        own = Served(given.address, 0)
    else:
        settings = dict(setting.split("=", 1) for setting in given.set)
        own = stack.enter_context(own_server(given.index, settings, folder))
    found = [Case(OWN, own)]
    if given.slow_clients or given.flood:
        found.append(Case(DISTURBED, own, given.slow_clients, given.flood))
    if not given.alone:
        found.append(Case(OTHER, stack.enter_context(tutorial_server(folder))))
    return found


def main() -> int:
    """Print the table, or JSON; return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--levels", nargs="+", type=int, default=LEVELS, metavar="CLIENTS")
    arguments.add_argument("--seconds", type=float, default=20, help="for each level and service")
    arguments.add_argument("--warm-up", type=float, default=5, help="seconds before that")
    arguments.add_argument("--seed", type=int, default=20260401)
    arguments.add_argument("--index", type=Path, default=ROOT / "var" / "index", metavar="DIR")
    arguments.add_argument("--address", metavar="URL", help="measure a server that is already up")
    arguments.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    arguments.add_argument("--alone", action="store_true", help="without the tutorial service")
    arguments.add_argument("--slow-clients", type=int, default=0, metavar="N")
    arguments.add_argument("--flood", type=float, default=0, metavar="N", help="bad requests a second")
    arguments.add_argument("--json", action="store_true", help="print JSON, one object for each line of the table")
    given = arguments.parse_args()
    pace = Pace(given.seconds, given.warm_up, given.seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        services = cases(given, folder, stack)
        if not given.json:
            print(HEAD, flush=True)
        for clients in given.levels:
            rows = [measure(case, clients, pace) for case in services]
            for row in rows:
                print(json.dumps(row) if given.json else line(row, rows[0]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
