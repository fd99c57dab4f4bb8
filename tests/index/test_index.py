"""Opening an index, and what can be wrong with one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, IndexUnusableError
from index.generation import FORMAT
from index.index import Index
from index.query import Query
from ingest.document import Document


@pytest.fixture
def directory(towns_dir: Path, tmp_path: Path) -> Path:
    """An index of the three towns to be damaged."""
    return Path(shutil.copytree(towns_dir, tmp_path / "index"))


# Opens the index, asks it, and prints how many private copies there are before and after closing it.
ASK = """
import os, sys
from pathlib import Path
from index.embedder import open_embedder
from index.index import Index
from index.query import Query

index = Index.open(Path(sys.argv[1]), embedder=open_embedder("default"))
assert index.retrieve(Query("計画の期間"))
print(len(os.listdir(os.environ["TMPDIR"])))
"""


# A second reader in the same temporary folder comes and goes.
NESTED = "from index.private_copy import PrivateCopies; PrivateCopies().close()"


def ask(directory: Path, copies: Path, then: str) -> subprocess.CompletedProcess[str]:
    """Run ``ASK`` and one more line in a process whose temporary folder is ``copies``."""
    environment = {**os.environ, "TMPDIR": str(copies)}
    command = [sys.executable, "-c", ASK + then, str(directory)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["none", "empty", "file/below"])
def test_a_missing_index_names_the_command(tmp_path: Path, name: str, embedder: Embedder) -> None:
    """No folder, an empty folder, a file in the way: each is a missing index, and the way out is named."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(IndexMissingError, match=r"索引が見つかりません.*machiplan ingest"):
        Index.open(tmp_path / name, embedder=embedder)


def test_an_index_of_another_version_names_the_command(directory: Path, embedder: Embedder) -> None:
    """A manifest of another format is no damage but a mismatch."""
    (manifest,) = (directory / "generations").iterdir()
    manifest.write_text(json.dumps({"format": "0"}), "utf-8")
    with pytest.raises(IndexMismatchError, match=r"ファイルの形式.*machiplan ingest"):
        Index.open(directory, embedder=embedder)


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"format": FORMAT})])
def test_a_damaged_manifest_names_the_command(directory: Path, embedder: Embedder, content: str) -> None:
    """A manifest that is not what was written is damage."""
    (manifest,) = (directory / "generations").iterdir()
    manifest.write_text(content, "utf-8")
    with pytest.raises(IndexDamagedError, match="machiplan ingest"):
        Index.open(directory, embedder=embedder)


def test_a_missing_manifest_or_shard_is_damage(directory: Path, embedder: Embedder) -> None:
    """What the pointer or the manifest names must be there when the index is opened."""
    shutil.rmtree(next((directory / "shards").iterdir()))
    with pytest.raises(IndexDamagedError, match="フォルダーがありません"):
        Index.open(directory, embedder=embedder)
    shutil.rmtree(directory / "generations")
    with pytest.raises(IndexDamagedError, match="generations"):
        Index.open(directory, embedder=embedder)


@pytest.mark.parametrize(
    "name",
    ["shard.json", "chunks.jsonl", "data.csc.index.npy", "vocab.index.json", "chroma.sqlite3", "data_level0.bin"],
)
@pytest.mark.parametrize("harm", ["changed", "removed"])
def test_a_damaged_file_is_named_by_the_question_that_needs_it(
    directory: Path, embedder: Embedder, name: str, harm: str
) -> None:
    """A changed or missing file of any part is found before it is used, never after."""
    for path in (directory / "shards").rglob(name):
        if harm == "removed":
            path.unlink()
        else:
            path.write_bytes(b"?" + path.read_bytes()[1:])
    with Index.open(directory, embedder=embedder) as index, pytest.raises(IndexDamagedError, match="machiplan ingest"):
        index.retrieve(Query("計画の期間"))


def test_every_unusable_index_is_one_kind_of_error() -> None:
    """A caller can catch them all at once."""
    for kind in (IndexMissingError, IndexMismatchError, IndexDamagedError):
        assert issubclass(kind, IndexUnusableError)


def test_an_unknown_plan_is_a_key_error(towns_dir: Path, embedder: Embedder) -> None:
    """Asking for a plan that is not in the index is the caller's mistake."""
    with Index.open(towns_dir, embedder=embedder) as index, pytest.raises(KeyError):
        index.text("nowhere")


def test_a_question_changes_no_stored_file(directory: Path, embedder: Embedder) -> None:
    """Opening and asking leave every byte and every time stamp of the index as they were."""
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in directory.rglob("*") if path.is_file()}
    with Index.open(directory, embedder=embedder) as index:
        assert index.retrieve(Query("計画の期間"))
        index.text("east")
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in directory.rglob("*") if path.is_file()}
    assert before == after


@pytest.mark.parametrize(
    "then", ["index.close(); print(len(os.listdir(os.environ['TMPDIR'])))", "print(0)", "del index"]
)
def test_closing_or_ending_removes_the_private_copies(towns_dir: Path, tmp_path: Path, then: str) -> None:
    """Nothing is left in the temporary folder by an index that was closed, or by a process that just ends."""
    result = ask(towns_dir, tmp_path, then)
    assert (result.returncode, result.stderr, result.stdout.split()[0]) == (0, "", "1")
    assert result.stdout.split()[1:] in ([], ["0"])
    assert list(tmp_path.iterdir()) == []


def test_copies_of_a_killed_process_are_removed_by_the_next(towns_dir: Path, tmp_path: Path) -> None:
    """What a killed process leaves is recognised by its free lock; a living process's copies stay."""
    assert ask(towns_dir, tmp_path, "os.kill(os.getpid(), 9)").returncode == -9
    assert len(list(tmp_path.iterdir())) == 1
    assert ask(towns_dir, tmp_path, f"{NESTED}; print(len(os.listdir(os.environ['TMPDIR'])))").stdout.split() == [
        "1",
        "1",
    ]
    assert list(tmp_path.iterdir()) == []


def test_opening_touches_no_shard(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """The plans and their sizes are known from the manifest alone; damage inside a shard shows only when it is read."""
    sizes = {document.plan.plan_id: (len(document.chunks), len(document.text)) for document in towns}
    for path in (directory / "shards").rglob("*.jsonl"):
        path.unlink()
    with Index.open(directory, embedder=embedder) as index:
        ids = [plan.plan_id for plan in index.plans]
        assert {plan_id: (index.chunk_count(plan_id), index.characters(plan_id)) for plan_id in ids} == sizes
        with pytest.raises(IndexDamagedError):
            index.text("east")


ASK_ALL = """
import resource, sys
from pathlib import Path
from index.embedder import open_embedder
from index.index import Index
from index.query import Query

_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
with Index.open(Path(sys.argv[1]), embedder=open_embedder("default")) as index:
    open_before = len(list(Path("/proc/self/fd").iterdir()))
index_files = 9 * 24 + open_before  # eight open shards, and one whose files Chroma's threads are still closing
resource.setrlimit(resource.RLIMIT_NOFILE, (index_files, hard))
with Index.open(Path(sys.argv[1]), embedder=open_embedder("default")) as index:
    codes = [plan.municipality_code for plan in index.plans] * 2
    print(sum(bool(index.retrieve(Query("計画の期間", (code,)))) for code in codes))
"""


def test_more_towns_than_files_may_be_open_are_asked(
    make_document: Callable[..., Document], tmp_path: Path, embedder: Embedder
) -> None:
    """A process with few open files allowed asks town after town, again and again, and never runs out of them."""
    codes = [f"{number:06}" for number in range(12)]
    plans = [make_document(f"p{code}", code, f"{code}町", [("期間", "計画の期間は5年間です。")]) for code in codes]
    build_index(plans, tmp_path / "index", embedder=embedder)
    asked = subprocess.run(
        [sys.executable, "-c", ASK_ALL, str(tmp_path / "index")], capture_output=True, text=True, check=False
    )
    assert (asked.returncode, asked.stderr, asked.stdout) == (0, "", "24\n")
