"""Documents to a published index: shards are written aside, checked in a fresh process, and swapped in together.

The index that was there goes on answering until the last step, and at whatever point a build dies.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from index.check_shard import check_in_fresh_process
from index.embedder import Embedder
from index.errors import IndexBusyError, IndexUnusableError
from index.generation import (
    ASIDE,
    CURRENT,
    FORMAT,
    GENERATIONS,
    LOCK,
    SHARDS,
    Manifest,
    PlanEntry,
    publish,
    read_manifest,
    read_pointer,
    remove_unless_held,
)
from index.shard import Shard
from index.tokens import tokens_version
from index.write_shard import content_digest, shard_digest, write_shard
from ingest.chunk import CHUNKER_VERSION
from ingest.document import Document


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, by plan id in the order given (removed ones in the order they had), and what there is now."""

    generation: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    chunks: int


def build_index(documents: Sequence[Document], directory: Path, *, embedder: Embedder) -> BuildReport:
    """Make ``directory`` an index of exactly these documents and return what changed.

    Shards whose documents, rules and model are unchanged are reused; damaged ones are written again.

    Raises:
        ValueError: two documents have the same plan id, or two chunks of a municipality the same chunk id.
        IndexBusyError: another process is building the same index.
        IndexDamagedError: a new shard could not be read back; the old index still stands.
    """
    _require_unique_ids(documents)
    directory.mkdir(parents=True, exist_ok=True)
    with _locked(directory):
        _sweep_unfinished(directory)
        before = _entries(directory)
        shards = _shards_of(documents, embedder)
        _write_missing(shards, directory, embedder)
        entries = _plan_entries(documents, shards)
        manifest = Manifest(FORMAT, embedder.name, embedder.digest, tokens_version(), CHUNKER_VERSION, entries)
        generation = publish(directory, manifest)
        _remove_unused(directory)
    return _report(generation, before, entries)


def _shards_of(documents: Sequence[Document], embedder: Embedder) -> dict[str, list[Document]]:
    """Return the documents of each shard, one shard a municipality, by the shard's digest."""
    towns: dict[str, list[Document]] = {}
    for document in documents:
        towns.setdefault(document.plan.municipality_code, []).append(document)
    return {shard_digest(town, embedder): town for town in towns.values()}


def _write_missing(shards: dict[str, list[Document]], directory: Path, embedder: Embedder) -> None:
    """Write the shards that are not there, or not intact, and move them in place once a fresh process has read them."""
    store = directory / SHARDS
    store.mkdir(exist_ok=True)
    missing = [digest for digest in shards if not _intact(store / digest)]
    if not missing:
        return
    with TemporaryDirectory(prefix=ASIDE, dir=directory) as name:
        aside = Path(name)
        for digest in missing:
            write_shard(shards[digest], aside / digest, embedder=embedder)
        check_in_fresh_process([aside / digest for digest in missing])
        for digest in missing:
            if (store / digest).exists():
                (store / digest).replace(aside / f"damaged-{digest}")
            (aside / digest).replace(store / digest)


def _intact(folder: Path) -> bool:
    if not folder.exists():
        return False
    try:
        Shard(folder).check()
    except IndexUnusableError:
        return False
    return True


def _plan_entries(documents: Sequence[Document], shards: dict[str, list[Document]]) -> tuple[PlanEntry, ...]:
    shard_of = {document.plan.plan_id: digest for digest, town in shards.items() for document in town}
    return tuple(
        PlanEntry(document.plan, shard_of[document.plan.plan_id], content_digest(document), len(document.chunks))
        for document in documents
    )


def _entries(directory: Path) -> dict[str, PlanEntry]:
    """Return the plans of the current generation by their ids; none where it cannot be read."""
    try:
        manifest = read_manifest(directory, read_pointer(directory).generation)
    except IndexUnusableError:
        return {}
    return {entry.plan.plan_id: entry for entry in manifest.plans}


def _report(generation: str, before: dict[str, PlanEntry], entries: Sequence[PlanEntry]) -> BuildReport:
    now = {entry.plan.plan_id: entry for entry in entries}
    kept = [plan_id for plan_id in now if plan_id in before]
    same = {plan_id for plan_id in kept if now[plan_id].digest == before[plan_id].digest}
    return BuildReport(
        generation,
        added=tuple(plan_id for plan_id in now if plan_id not in before),
        changed=tuple(plan_id for plan_id in kept if plan_id not in same),
        unchanged=tuple(plan_id for plan_id in kept if plan_id in same),
        removed=tuple(plan_id for plan_id in before if plan_id not in now),
        chunks=sum(entry.chunks for entry in entries),
    )


def _require_unique_ids(documents: Sequence[Document]) -> None:
    for name, ids in (
        ("plan", [document.plan.plan_id for document in documents]),
        ("chunk", [chunk.chunk_id for document in documents for chunk in document.chunks]),
    ):
        seen: set[str] = set()
        for value in ids:
            if value in seen:
                raise ValueError(f"Two documents bring the {name} id {value!r}; every id must stand for one {name}.")
            seen.add(value)


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Hold the lock of an index; it falls with the process, however that ends."""
    with (directory / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(directory) from error
        yield


def _sweep_unfinished(directory: Path) -> None:
    """Remove what builds left behind that died. The lock is held, so nobody is writing it."""
    for path in directory.glob(f"{ASIDE}*"):
        shutil.rmtree(path)
    for path in chain(directory.glob(f"{CURRENT}.new"), (directory / GENERATIONS).glob("*.new")):
        path.unlink()


def _remove_unused(directory: Path) -> None:
    """Remove generations that are neither current nor the one before nor open in any process, and shards of none."""
    pointer = read_pointer(directory)
    used: set[str] = set()
    for path in (directory / GENERATIONS).glob("*.json"):
        if path.stem not in (pointer.generation, pointer.previous) and remove_unless_held(path):
            continue
        try:
            used.update(read_manifest(directory, path.stem).shards)
        except IndexUnusableError:
            path.unlink()  # a generation of another format or a damaged one: nobody can open it
    for shard in (directory / SHARDS).iterdir():
        if shard.name not in used:
            shutil.rmtree(shard)
