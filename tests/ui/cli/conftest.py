"""The command line as a user runs it: a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.embedder import Embedder

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Whole = Callable[[Path], str]


@pytest.fixture
def run(machiplan: Path, index_dir: Path, tmp_path: Path) -> Run:
    """Run ``machiplan`` over the five plans' index, in an empty folder; keywords are environment variables."""

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir), **variables}
        command = [str(machiplan), *map(str, arguments)]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def whole(embedder: Embedder) -> Whole:
    """A function that asks an index, reads every file of its shards, and returns its generation; it fails on any damage."""
    from index.index import Index
    from index.query import Query
    from index.shard import Shard

    def generation(directory: Path) -> str:
        with Index.open(directory, embedder=embedder) as index:
            assert index.retrieve(Query("計画の期間"))
            for shard in index._folders:
                Shard(directory / "shards" / shard).check()
            assert all(index.text(plan.plan_id) for plan in index.plans)
            return index.generation

    return generation


@pytest.fixture
def heeds_interrupts() -> Iterator[None]:
    """A process started here heeds SIGINT, also where the tests themselves run in the background and ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
