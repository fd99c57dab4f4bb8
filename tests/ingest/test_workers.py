"""Who does the work: this process, its threads, a Ray cluster of real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.ray_workers import ray_workers
from ingest.workers import ONE_PROCESS, Threads, Workers, WorkersError

# Of ten items one kills the process that is at it the first time, one every time.
WORK = """
import json, os, signal, sys
from pathlib import Path
from ingest.ray_workers import TRIES, ray_workers

once = Path(sys.argv[1]) / "killed"

def work(item):
    if item == 7 or (item == 3 and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 10 * item, os.getpid(), os.environ["OMP_NUM_THREADS"], os.environ["RAY_USAGE_STATS_ENABLED"]

deaths = []
with ray_workers("local:2", on_death=lambda: deaths.append(1)) as workers:
    done = list(workers.map(work, range(10), lost=lambda item: (-item, 0, "1", "0")))
    at_once = workers.at_once
print(json.dumps({"done": done, "deaths": len(deaths), "at_once": at_once, "tries": TRIES}))
"""


@pytest.mark.parametrize("workers", [ONE_PROCESS, Threads(3)])
def test_results_come_in_the_order_of_the_items(workers: Workers) -> None:
    """Each once."""
    assert list(workers.map(str, range(50), lost=repr)) == [str(number) for number in range(50)]


def test_one_process_begins_an_item_when_its_result_is_asked_for() -> None:
    """So a corpus is never read ahead."""
    begun: list[int] = []
    results = ONE_PROCESS.map(begun.append, range(5), lost=begun.append)
    assert begun == []
    next(results)
    assert begun == [0]


def test_the_work_of_a_process_that_dies_is_begun_again(tmp_path: Path) -> None:
    """Every result comes once and in order; what kills every process is lost after a few, and nothing is left behind."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    environment["HOME"] = str(tmp_path)
    before = set(Path("/tmp").glob("machiplan-ray-*"))
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)  # what Ray says of the deaths is not among the results
    assert [result[0] for result in told["done"]] == [0, 10, 20, 30, 40, 50, 60, -7, 80, 90]
    assert told["deaths"] == 1 + told["tries"]
    assert {tuple(result[2:]) for result in told["done"]} == {
        ("1", "0")
    }  # one thread each, and no report to Ray's makers
    assert told["at_once"] == 2
    assert set(Path("/tmp").glob("machiplan-ray-*")) <= before
    assert [path.name for path in tmp_path.iterdir()] == ["killed"]  # no key in the home folder


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("127.0.0.1:1", "応答がありません"),
        ("ray://127.0.0.1:1", "応答がありません"),
        ("local:0", "「local:0」を読めません"),
        ("local:many", "「local:many」を読めません"),
        ("somewhere", "「somewhere」を読めません"),
    ],
)
def test_an_address_without_a_cluster_is_told_at_once(address: str, says: str) -> None:
    """Ray itself would try for minutes."""
    with pytest.raises(WorkersError, match=says), ray_workers(address):
        pass
