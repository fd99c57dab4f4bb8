"""Ingesting what was ingested before, and what is shown meanwhile."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from index.embedder import Embedder
from ui.refresh import preview, refresh_index

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A copy of the five plans."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for path in (ROOT / "plans").iterdir():
        shutil.copyfile(path, folder / path.name)
    return folder


def written(directory: Path) -> dict[Path, tuple[int, int]]:
    """Which file stands under each path, and when it was last written; the lock is opened by every run."""
    states = {path: path.stat() for path in directory.rglob("*") if path.is_file() and path.name != "lock"}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in states.items()}


@pytest.mark.slow
def test_unchanged_files_cost_nothing(plans: Path, tmp_path: Path, embedder: Embedder) -> None:
    """A second run over the five plans reads no plan, writes no file, and takes a small part of the first one's time."""
    directory = tmp_path / "index"
    begun = time.perf_counter()
    first = refresh_index([plans], directory, embedder=embedder)
    between = time.perf_counter()
    assert len(first.read) == 5
    before = written(directory)
    again = time.perf_counter()
    second = refresh_index([plans], directory, embedder=embedder)
    ended = time.perf_counter()
    assert second.read == ()
    assert second.built is not None
    assert first.built is not None
    assert second.built.unchanged == first.built.added
    assert written(directory) == before
    assert between - begun > 10 * (ended - again)


def test_a_changed_plan_costs_its_own_shard(plans: Path, tmp_path: Path, embedder: Embedder) -> None:
    """One file is read, one shard is new, the files of the others are not written."""
    directory = tmp_path / "index"
    refresh_index([plans], directory, embedder=embedder)
    before = written(directory / "shards")
    with (plans / "koge.txt").open("a", encoding="utf-8") as file:
        file.write("\n付記 令和9年4月1日に変更した。\n")
    refreshed = refresh_index([plans], directory, embedder=embedder)
    assert refreshed.built is not None
    assert [read.plan.plan_id for read in refreshed.read] == ["koge"]
    assert refreshed.built.changed == ("koge",)
    after = written(directory / "shards")
    assert {path: after[path] for path in before} == before
    assert len({path.relative_to(directory / "shards").parts[0] for path in after.keys() - before.keys()}) == 1


@pytest.mark.slow
def test_a_preview_finds_what_a_run_finds(plans: Path, tmp_path: Path, embedder: Embedder) -> None:
    """The dry run reports the same plans with the same numbers, and makes nothing."""
    before = written(tmp_path)
    looked = preview([plans])
    assert written(tmp_path) == before
    assert looked.read == refresh_index([plans], tmp_path / "index", embedder=embedder).read


@pytest.fixture
def small(plans: Path) -> Path:
    """Two small plans."""
    for path in plans.glob("*.txt"):
        if path.stem not in ("kamigori", "kagamino"):
            path.unlink()
    return plans


def shown(command: list[str]) -> str:
    """Run a command with a terminal for stderr and return what it drew there."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(command, stderr=end, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm"})
    os.close(end)
    drawn = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody has the other end any more
            break
        if not part:
            break
        drawn += part
    os.close(terminal)
    assert process.wait(timeout=120) == 0
    return drawn.decode()


def test_both_bars_are_drawn_on_a_terminal(small: Path, tmp_path: Path, machiplan: Path) -> None:
    """Reading and writing each come to 100 %, on lines of their own; where there is nothing to do, nothing is drawn."""
    command = [str(machiplan), "ingest", "--index", str(tmp_path / "index"), str(small)]
    lines = shown(command).split("\n")
    for label in ("読み取り中", "索引を作成中"):
        drawn = [line for line in lines if label in line]
        assert len(drawn) == 1
        assert "0%" in drawn[0]
        assert "100%" in drawn[0]
        assert "50%" in drawn[0]
    assert shown(command) == ""


def test_nothing_is_drawn_where_stderr_is_no_terminal(small: Path, tmp_path: Path, machiplan: Path) -> None:
    """A log holds no bar."""
    done = subprocess.run(
        [machiplan, "ingest", "--index", tmp_path / "index", small], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
