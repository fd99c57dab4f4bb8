"""Every file of a published index, damaged in every way: a server does not start on it and names it, or does not use it."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Question
from index.chroma import Embedded
from index.embedder import Embedder
from index.errors import IndexUnusableError
from index.generation import read_manifest, read_pointer
from index.index import Index
from tests.ui.faults.machine import QUESTION, Machine
from tests.ui.small import write_plan
from ui.api.desk import Desk
from ui.refresh import refresh_index
from ui.settings import Settings
from ui.sources import PutAsideDamagedError, read_put_aside, read_sources, write_put_aside

Damage = Callable[[Path], object]


def flipped(at: float) -> Damage:
    """Return what changes one byte of a file, at a part of its length; an empty file gets one."""

    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes() or b"\0")
        data[min(int(len(data) * at), len(data) - 1)] ^= 0xFF
        path.write_bytes(data)

    return flip


def truncated(path: Path) -> None:
    """Cut a file's second half off; an empty file grows."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if data else b"\0")


def replaced(path: Path) -> None:
    """Put a folder in a file's place."""
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Damage] = {
    "a byte at the start": flipped(0),
    "a byte in the middle": flipped(0.5),
    "a byte at the end": flipped(1),
    "truncated": truncated,
    "emptied": lambda path: path.write_bytes(b"") if path.stat().st_size else path.write_bytes(b"\0"),
    "removed": Path.unlink,
    "a folder in its place": replaced,
}
BECOME = "\nimport os, sys\nos.execv(sys.argv[1], sys.argv[1:])"
OPEN_ALL = """
import json, sys
from pathlib import Path
from index.embedder import open_embedder
from index.errors import IndexUnusableError
from index.index import Index
index, embedder, told = Path(sys.argv[1]), open_embedder("default"), {}
for path in sorted(path for path in index.rglob("*") if path.is_file()):
    path.chmod(0)
    try:
        with Index.open(index, embedder=embedder) as opened:
            opened.check()
        told[str(path)] = ""
    except IndexUnusableError as error:
        told[str(path)] = str(error)
    path.chmod(0o644)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def index(small_town: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two generations with every file that there may be. Tests put it back as it was."""
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(small_town, folder, dirs_exist_ok=True)
    plan = write_plan(folder / "plans" / "mori.txt", "北海道森町", times=13)
    refresh_index([plan], folder / "index", embedder=embedder)
    write_put_aside(folder / "index", frozenset({"0" * 64}))
    return folder / "index"


def used_by_answers(index: Path) -> set[Path]:
    """Return the files that the current generation consists of."""
    current = read_pointer(index).generation
    shards = read_manifest(index, current).shards
    below = (path for shard in shards for path in (index / "shards" / shard).rglob("*") if path.is_file())
    return {index / "current", index / "generations" / f"{current}.json", *below}


def test_every_damage_of_every_file_is_named_or_does_no_harm(index: Path, embedder: Embedder) -> None:
    """A file that answers are drawn from is named, with the command that mends it; any other is not even opened."""
    used, outcomes = used_by_answers(index), Counter[str]()
    with Index.open(index, embedder=embedder) as whole:
        texts = {plan.plan_id: whole.text(plan.plan_id) for plan in whole.plans}
    for path in sorted(path for path in index.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for name, damage in DAMAGES.items():
            damage(path)
            message = opened_whole(index, embedder, texts)
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
            path.write_bytes(data)
            assert bool(message) is (path in used), f"{name}: {path}: {message}"
            assert "machiplan ingest" in message or not message
            outcomes[told_of(path, index, message) if message else "not used"] += 1
    sys.stderr.write(f"\n{len(used)} files used, {len(DAMAGES)} damages each: {dict(outcomes)}\n")
    assert outcomes["named"] > 7 * (len(used) - 6)


def opened_whole(index: Path, embedder: Embedder, texts: dict[str, str]) -> str:
    """Return why a server does not start on an index, or "" where it does, with the texts that it should have."""
    try:
        with Index.open(index, embedder=embedder) as opened:
            opened.check()
            assert {plan.plan_id: opened.text(plan.plan_id) for plan in opened.plans} == texts
    except IndexUnusableError as error:
        return str(error)
    return ""


def told_of(path: Path, index: Path, message: str) -> str:
    """Return how a message tells of a damaged file: by its name, or, where that file names others, by one that it names."""
    if str(path) in message:
        return "named"
    if path.name == "shard.json":  # the seal: what it says of another file is wrong
        assert str(path.parent) in message
        return "named by a file of its folder"
    assert path == index / "current", message
    assert str(index) in message
    return "named by its folder"


def test_a_file_that_may_not_be_read_is_named(index: Path, ordinary: str) -> None:
    """The same for files that the server's user may not read."""
    done = subprocess.run(
        [sys.executable, "-c", ordinary + BECOME, sys.executable, "-c", OPEN_ALL, index],
        capture_output=True,
        text=True,
        check=True,
    )
    told, used = json.loads(done.stdout), used_by_answers(index)
    assert len(told) > len(used)
    for path, message in told.items():
        assert (path in message) is (Path(path) in used), path


def test_a_server_does_not_start_on_a_damaged_index_and_the_command_it_names_mends_it(machine: Machine) -> None:
    """The file that a question about one town alone would read is found before anybody asks."""
    path = next(machine.index.glob("shards/*/meanings/vectors.npy"))
    flipped(0.5)(path)
    done = machine.run("serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("エラー: 索引のファイルが壊れています")
    assert str(path) in done.stderr
    assert machine.run("ingest").returncode == 0
    flipped(0.5)(machine.index / "sources.json")
    with machine.serving() as server:
        assert server.client.post("/api/ask", json=QUESTION).status_code == 200
    assert "sources.json" in machine.log


def test_a_record_of_removed_plans_that_is_damaged_is_not_taken_for_an_empty_one(
    machine: Machine, embedder: Embedder
) -> None:
    """The plans would come back unnoticed: the sentence names the file, and nothing is changed."""
    before = read_pointer(machine.index)
    record = machine.index / "put_aside.json"
    for damage in (b"", b"[1", b"{}"):
        record.write_bytes(damage)
        with pytest.raises(PutAsideDamagedError, match=r"put_aside\.json"):
            refresh_index([machine.plans], machine.index, embedder=embedder)
    assert read_pointer(machine.index) == before
    record.unlink()
    assert read_put_aside(machine.index) == frozenset()


def test_a_damaged_record_of_sources_is_made_anew(machine: Machine, embedder: Embedder) -> None:
    """The files are read once more, and nothing else changes."""
    before, pointer = read_sources(machine.index), read_pointer(machine.index)
    (machine.index / "sources.json").write_bytes(b"\xff")
    assert refresh_index([machine.plans], machine.index, embedder=embedder).refused == ()
    assert (read_sources(machine.index), read_pointer(machine.index)) == (before, pointer)


def test_a_new_index_with_a_damaged_file_is_not_taken_up_until_it_is_mended(
    machine: Machine, embedder: Embedder
) -> None:
    """A running server goes on with the old one; when an ingestion has mended the file, it takes the new one up."""
    desk = Desk(Settings(index_dir=machine.index), again=0.0)
    old = desk.assistant()
    machine.write(13)
    refresh_index([machine.plans], machine.index, embedder=embedder)
    (new,) = set(read_manifest(machine.index, read_pointer(machine.index).generation).shards) - old.index.shards
    flipped(0.5)(machine.index / "shards" / new / "chunks.jsonl")
    assert desk.assistant() is old
    assert desk.assistant().answer(Question(QUESTION["question"])).citations
    refresh_index([machine.plans], machine.index, embedder=embedder)
    assert desk.assistant().index.generation == read_pointer(machine.index).generation != old.index.generation


def test_an_old_index_is_closed_with_the_last_answer_that_needs_it(machine: Machine, embedder: Embedder) -> None:
    """At once, without waiting for the garbage collector, which might come after many swaps: its files and its copies are gone."""
    desk = Desk(Settings(index_dir=machine.index))
    answering = desk.assistant()
    answering.answer(Question(QUESTION["question"]))
    answering.examples()
    home = answering.index._home
    assert isinstance(home, Embedded)
    copies, old = home.copies._folder, weakref.ref(answering.index)
    machine.write(13)
    refresh_index([machine.plans], machine.index, embedder=embedder)
    gc.collect()
    gc.disable()
    try:
        assert desk.assistant() is not answering
        assert answering.answer(Question(QUESTION["question"])).citations
        assert copies.exists()
        del answering, home
        assert old() is None
        assert not copies.exists()
    finally:
        gc.enable()
