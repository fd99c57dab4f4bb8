"""Many processes and one index."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from index.index import Index
from index.query import Query
from ingest.document import Document

ASK = """
import sys
from pathlib import Path
from index.embedder import open_embedder
from index.index import Index
from index.query import Query

index = Index.open(Path(sys.argv[1]), embedder=open_embedder("default"))
print(index.retrieve(Query("計画の期間", (sys.argv[2],)))[0].chunk.plan_id)
"""

# Each build reads the real plans with another word in them, so that every shard is new.
BUILD = """
import sys
from dataclasses import replace
from pathlib import Path
from index.build import build_index
from index.embedder import open_embedder
from ingest.read_folder import read_plans

documents = read_plans([Path("plans")]).documents
marked = [replace(document, digest=document.digest + sys.argv[2]) for document in documents]
build_index(marked, Path(sys.argv[1]), embedder=open_embedder("default"))
"""

PROCESSES = 10


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on a program."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=pipe, stderr=pipe, text=True)


@pytest.mark.slow
def test_ten_processes_answer_at_once_while_one_builds_and_one_serves(
    documents: tuple[Document, ...], tmp_path: Path, embedder: Embedder
) -> None:
    """Ten processes asking the same town, during a build and beside a process that has the index open, all answer."""
    directory = tmp_path / "index"
    build_index(documents, directory, embedder=embedder)
    code = documents[0].plan.municipality_code
    with Index.open(directory, embedder=embedder) as serving:
        assert serving.retrieve(Query("計画の期間", (code,)))
        building = start(BUILD, str(directory), "again")
        asking = [start(ASK, str(directory), code) for _ in range(PROCESSES)]
        for process in (*asking, building):
            answer, errors = process.communicate(timeout=120)
            assert (process.returncode, errors) == (0, "")
            assert process is building or answer.strip() == documents[0].plan.plan_id
        assert serving.retrieve(Query("計画の期間", (code,)))
    with Index.open(directory, embedder=embedder) as index:
        assert index.generation != serving.generation


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_index_answering(
    documents: tuple[Document, ...], tmp_path: Path, embedder: Embedder
) -> None:
    """After each of many kills the index opens and answers, whole; the next build that lives mends and sweeps."""
    directory = tmp_path / "index"
    build_index(documents, directory, embedder=embedder)
    begun = time.perf_counter()
    unharmed = start(BUILD, str(directory), "unharmed")
    assert unharmed.communicate(timeout=120) == ("", "")
    lasts = time.perf_counter() - begun
    moments = random.Random(0)
    for round_ in range(40):
        building = start(BUILD, str(directory), f"killed {round_}")
        time.sleep(moments.uniform(0, lasts))
        building.kill()
        building.communicate()
        with Index.open(directory, embedder=embedder) as index:
            assert [plan.plan_id for plan in index.plans] == [document.plan.plan_id for document in documents]
            assert len(index.retrieve(Query("計画の期間", k=20))) == 20
    marked = [replace(document, digest="last") for document in documents]
    build_index(marked, directory, embedder=embedder)
    assert sorted(path.name for path in directory.iterdir()) == ["current", "generations", "lock", "shards"]
    assert len(list((directory / "shards").iterdir())) <= 2 * len(documents)
