"""``machiplan ingest`` killed without warning, and two of them at once: the old index or the new one answers, always."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.generation import read_manifest, read_pointer

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.ui.cli.conftest import Whole

ROOT = Path(__file__).resolve().parents[3]

# Runs the command and dies at the n-th change that it makes to the index folder: nothing of Python's own is run then.
DIE_AT = """
import os, signal, sys
index, at = sys.argv[1], int(sys.argv[2])
CHANGES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree")
seen = 0

def watch(event, arguments):
    global seen
    if event == "open":
        path, mode, flags = arguments
        if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
    elif event not in CHANGES:
        return
    if any(isinstance(part, (str, os.PathLike)) and os.fspath(part).startswith(index) for part in arguments):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
sys.argv = ["machiplan", "ingest", "--index", index, *sys.argv[3:]]
from ui.cli.main import main
main()
"""


class Town:
    """A folder of the five plans, one of which gets another line each time, and their index."""

    def __init__(self, folder: Path, machiplan: Path) -> None:
        """Copy the plans and index them."""
        self.plans, self.index, self.machiplan, self.changes = folder / "plans", folder / "index", machiplan, 0
        self.plans.mkdir()
        for path in (ROOT / "plans").iterdir():
            shutil.copyfile(path, self.plans / path.name)
        self.files = sorted(self.plans.glob("*.txt"))
        assert self.ingest() == 0

    def change(self) -> None:
        """Change the next plan."""
        with self.files[self.changes % len(self.files)].open("a", encoding="utf-8") as file:
            file.write(f"\n付記 第{self.changes}回の変更をした。\n")
        self.changes += 1

    def start(self) -> subprocess.Popen[bytes]:
        """Start to ingest the folder."""
        command = list(map(str, (self.machiplan, "ingest", "--index", self.index, self.plans)))
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ingest(self) -> int:
        """Ingest the folder and return the exit code."""
        process = self.start()
        process.communicate(timeout=120)
        return process.returncode

    def phase(self, before: str, there: set[Path]) -> str:
        """Return how far a killed run had come, by what it left beside what was ``there``."""
        left = [path for path in self.index.glob("building-*") if path not in there]
        if read_pointer(self.index).generation != before:
            return "published, tidying" if left else "done"
        if not left:
            return "starting"
        if {*self.index.glob("shards/*"), *self.index.rglob("*.new"), *self.index.glob("generations/*")} - there:
            return "publishing"
        if not any(left[0].glob("shard-*")):
            return "reading"
        return "checking" if any(left[0].glob("shard-*/shard.json")) else "writing"

    def is_tidy(self) -> bool:
        """Return whether nothing lies there but generations and the shards that they name."""
        names = {path.name for path in self.index.iterdir()}
        stored = {path.name for path in (self.index / "shards").iterdir()}
        generations = list((self.index / "generations").iterdir())
        named = {shard for path in generations for shard in _shards(self.index, path)}
        records = {"sources.json", "previous_sources.json"}  # the latter since the first change
        return names - records == {"current", "generations", "lock", "shards"} and stored == named


def _shards(index: Path, manifest: Path) -> tuple[str, ...]:
    return read_manifest(index, manifest.stem).shards


@pytest.fixture
def town(tmp_path: Path, machiplan: Path) -> Town:
    """The five plans and their index."""
    return Town(tmp_path, machiplan)


def kill_at_random(town: Town, whole: Whole, kills: int) -> Counter[str]:
    """Kill so many runs at moments spread over the time that one takes, look at the index after each; return the phases."""
    town.change()
    begun = time.perf_counter()
    assert town.ingest() == 0
    lasts = time.perf_counter() - begun
    phases: Counter[str] = Counter()
    # One moment in each of so many equal parts of the time, in any order: every long phase has its share.
    order = list(range(kills))
    dice = random.Random(0)
    dice.shuffle(order)
    for part in order:
        town.change()
        before, there = whole(town.index), set(town.index.rglob("*"))
        process = town.start()
        time.sleep(lasts * (part + dice.random()) / kills)
        process.kill()
        process.communicate()
        phases[town.phase(before, there)] += 1
        after = whole(town.index)
        assert (after == before) is (read_pointer(town.index).previous != before)
    return phases


@pytest.mark.slow
def test_a_hundred_kills_leave_the_index_answering(town: Town, whole: Whole, embedder: Embedder) -> None:
    """From start to end of a run; at the end the index holds every change, and nothing else is left."""
    from index.index import Index

    phases = kill_at_random(town, whole, 100)
    sys.stderr.write(f"{dict(phases)}\n")
    assert {"writing", "checking"} <= set(phases)  # the short ones between are met by a kill at every change, below
    assert town.ingest() == 0
    assert town.is_tidy()
    whole(town.index)
    with Index.open(town.index, embedder=embedder) as index:
        for file in town.files:
            assert index.text(file.stem) == file.read_text("utf-8")


@pytest.mark.slow
def test_a_kill_at_any_change_of_the_folder_leaves_the_index_answering(town: Town, whole: Whole) -> None:
    """Publishing takes milliseconds, too short for chance: a run is killed before its first change, its second, to its last."""
    phases: Counter[str] = Counter()
    for at in range(1, 1000):
        town.change()
        before, there = whole(town.index), set(town.index.rglob("*"))
        done = subprocess.run(
            [sys.executable, "-c", DIE_AT, town.index, str(at), town.plans], check=False, capture_output=True
        )
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        phases[town.phase(before, there)] += 1
        whole(town.index)
        # Or the next run would find two changed plans, and its n-th change would be another one.
        assert town.ingest() == 0
        assert town.is_tidy()
    sys.stderr.write(f"{dict(phases)}\n")
    assert {"reading", "writing", "checking"} <= set(phases)
    assert phases["publishing"] > 1
    whole(town.index)


@pytest.mark.slow
def test_two_runs_at_once_do_not_mix(town: Town, whole: Whole) -> None:
    """Each succeeds or says that the other is at work, one of them at least succeeds, and whoever asks meanwhile is answered."""
    for _ in range(2):
        town.change()
        runs = [town.start(), town.start()]
        while any(run.poll() is None for run in runs):
            whole(town.index)
        said = [run.communicate()[1].decode() for run in runs]
        codes = sorted(run.returncode for run in runs)
        assert codes in ([0, 0], [0, 1]), said
        assert codes == [0, 0] or any("別の処理が索引を作成しています" in words for words in said)
        assert town.is_tidy()
        with (town.index / "sources.json").open("rb") as file:
            assert os.fstat(file.fileno()).st_size > 0
    before = whole(town.index)
    assert town.ingest() == 0
    assert whole(town.index) == before
