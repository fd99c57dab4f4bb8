"""The index that questions are asked of: one generation, opened for reading."""

from __future__ import annotations

import os
import resource
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self
from weakref import finalize

from index.chroma import Embedded
from index.chroma_server import ChromaServer
from index.embedder import Embedder
from index.errors import IndexDamagedError
from index.generation import (
    SHARDS,
    Manifest,
    PlanEntry,
    hold,
    manifest_path,
    owner_on_servers,
    read_manifest,
    read_pointer,
)
from index.lexical import Asked
from index.plan_words import PlanWords
from index.query import Hit, Query
from index.reranker import Reranker
from index.retrieve import retrieve
from index.shard import Shard
from index.town_words import MOST_LOOKED_INTO, TownWords
from ingest.document import Chunk, Document, Plan
from ingest.succession import superseded

# Of an open shard: its lexical files and vectors, mapped, and what Chroma has open. Measured: 23.
FILES_OF_A_SHARD = 24
OTHER_FILES = 200  # what a server has open besides


class Index:
    """A published generation. It never changes while it is open; open it again to see a newer one.

    Opening reads the manifest alone; a municipality's files are opened by the first question that needs them. Safe for
    threads. Use it as a context manager, or call ``close``, to release its files before the process ends.
    """

    def __init__(
        self,
        directory: Path,
        generation: str,
        manifest: Manifest,
        held: int,
        embedder: Embedder,
        reranker: Reranker | None,
        chroma_url: str | None,
    ) -> None:
        """Take what ``Index.open`` has read."""
        self.generation = generation
        self.embedder = embedder
        self.reranker = reranker
        self.built_by: dict[str, str] = manifest.built_by
        self._entries: dict[str, PlanEntry] = {entry.plan.plan_id: entry for entry in manifest.plans}
        self._folders = {name: directory / SHARDS / name for name in manifest.shards}
        self._open: OrderedDict[str, Shard] = OrderedDict()  # the longest unasked first
        self._most_open = most_open()
        self._lock = threading.Lock()
        self._reading_words = threading.Lock()
        self.chroma = ChromaServer(chroma_url, owner_on_servers(directory)) if chroma_url else None
        self._home: Embedded | ChromaServer = self.chroma or Embedded()
        self._release = finalize(self, os.close, held)

    @classmethod
    def open(
        cls, directory: Path, *, embedder: Embedder, reranker: Reranker | None = None, chroma_url: str | None = None
    ) -> Self:
        """Return the current generation of the index in ``directory``, which ``embedder`` built.

        A reranker is asked at every question; the index is the same with any. With ``chroma_url`` the vectors are asked of the
        Chroma server there, to which a build brought them, and nothing is written anywhere.

        Raises:
            IndexMissingError: there is no index.
            IndexMismatchError: another model or version built it.
            IndexDamagedError: its manifest, or a shard's folder, is not there or not what was written.
        """
        generation, held = _hold_current(directory)
        try:
            manifest = read_manifest(directory, generation)
            manifest.require(embedder)
            index = cls(directory, generation, manifest, held, embedder, reranker, chroma_url)
        except BaseException:
            os.close(held)
            raise
        for folder in index._folders.values():
            if not folder.is_dir():
                index.close()
                raise IndexDamagedError(folder, "フォルダーがありません")
        return index

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans' metadata in the order of their ids, a municipality's plans together, current ones before replaced ones."""
        towns: dict[str, list[Plan]] = {}
        for entry in self._entries.values():
            towns.setdefault(entry.plan.municipality_code, []).append(entry.plan)
        return tuple(p for town in towns.values() for p in sorted(town, key=lambda p: p.plan_id in self.superseded))

    def plans_of(self, code: str) -> tuple[Plan, ...]:
        """Return a municipality's plans, current ones first; none for a code that the index does not hold."""
        return self._plans_of.get(code, ())

    @cached_property
    def _plans_of(self) -> dict[str, tuple[Plan, ...]]:
        towns: dict[str, list[Plan]] = {}
        for plan in self.plans:
            towns.setdefault(plan.municipality_code, []).append(plan)
        return {code: tuple(plans) for code, plans in towns.items()}

    @cached_property
    def superseded(self) -> dict[str, str]:
        """For each plan that another one has replaced, the id of that one (see ``ingest.succession``)."""
        return superseded(entry.plan for entry in self._entries.values())

    def plan(self, plan_id: str) -> Plan:
        """Return a plan's metadata; ``KeyError`` for a plan that is not in the index."""
        return self._entries[plan_id].plan

    def text(self, plan_id: str) -> str:
        """Return the untouched text of a plan; ``KeyError`` for a plan that is not in the index."""
        return self._shard_of(plan_id).text(plan_id)

    def pages(self, plan_id: str) -> tuple[int, ...]:
        """Return where the pages of a plan begin; ``KeyError`` for a plan that is not in the index."""
        return self._shard_of(plan_id).pages(plan_id)

    def page(self, plan_id: str, offset: int) -> int | None:
        """Return the page, from 1, on which an offset of a plan's text lies; ``None`` where the plan has no pages."""
        return bisect_right(self.pages(plan_id), offset) or None

    def chunks(self, plan_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of a plan in reading order; ``KeyError`` for a plan that is not in the index."""
        return tuple(chunk for chunk in self._shard_of(plan_id).chunks if chunk.plan_id == plan_id)

    def chunk_count(self, plan_id: str) -> int:
        """Return how many chunks a plan has, without reading them; ``KeyError`` for a plan that is not in the index."""
        return self._entries[plan_id].chunks

    def characters(self, plan_id: str) -> int:
        """Return how long a plan's text is, without reading it; ``KeyError`` for a plan that is not in the index."""
        return self._entries[plan_id].characters

    def plan_words(self, code: str) -> list[PlanWords]:
        """Return the words of each plan of a municipality, none for a code that the index does not hold."""
        wanted = dict.fromkeys(self._entries[plan.plan_id].shard for plan in self.plans_of(code))
        return [words for shard in wanted for words in self._shard(shard).plan_words()]

    def documents(self, municipalities: Collection[str] = ()) -> Iterator[Document]:
        """Yield the plans of the codes given (all plans without any) as they were stored; memory holds one municipality."""
        towns: dict[str, list[str]] = {}
        for plan_id, entry in self._entries.items():
            if not municipalities or entry.plan.municipality_code in municipalities:
                towns.setdefault(entry.shard, []).append(plan_id)
        for name, plan_ids in towns.items():
            yield from map(Shard(self._folders[name]).document, plan_ids)

    def retrieve(self, query: Query) -> list[Hit]:
        """Return at most ``query.k`` hits, best first, from the query's municipalities alone (see ``index.retrieve``).

        A code that the index does not hold contributes nothing. A query to all of very many municipalities is put to those
        that ``promising`` names.

        Raises:
            IndexDamagedError: a file that the question needs is not what was written.
        """
        codes = frozenset(query.municipalities or self.promising(query.text))
        wanted = dict.fromkeys(entry.shard for entry in self._entries.values() if entry.plan.municipality_code in codes)
        return retrieve(query, map(self._shard, wanted), self.embedder, self._home, self.reranker)

    def promising(self, text: str, codes: Sequence[str] = ()) -> tuple[str, ...]:
        """Return of some municipalities (of all without ``codes``) those to look into for a question, in their order.

        They are all of them, or where those are very many the ones whose plans hold most of its words.

        Raises:
            IndexDamagedError: a word list is not what was written.
        """
        asked_of = tuple(codes) or self.codes
        if not self.are_many(codes):
            return asked_of
        with self._reading_words:  # of its own: this takes seconds, in which others open shards
            words = self._town_words
        return words.best(Asked.of(text), asked_of, MOST_LOOKED_INTO)

    def are_many(self, codes: Sequence[str] = ()) -> bool:
        """Return whether some municipalities (all without ``codes``) are more than are looked into one by one."""
        return len(codes or self.codes) > MOST_LOOKED_INTO

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all municipalities, in the order of their plans."""
        return tuple(dict.fromkeys(plan.municipality_code for plan in self.plans))

    @cached_property
    def _town_words(self) -> TownWords:
        entries = {entry.shard: entry.plan.municipality_code for entry in self._entries.values()}
        return TownWords.of((code, Shard(self._folders[shard]).words()) for shard, code in entries.items())

    @property
    def shards(self) -> frozenset[str]:
        """The names of the shards that this generation consists of; a name stands for a content."""
        return frozenset(self._folders)

    def check(self, known: Collection[str] = ()) -> None:
        """Read every file of the shards, but for those ``known``, and compare it with its digest.

        Opening does not do so: a question reads but its own municipality's files, each checked when it is first read. A server
        does, so that damage is found when it starts and not by the first person who asks about that municipality.

        Raises:
            IndexDamagedError: a file is missing, cannot be read or is not what was written; the message names it.
        """
        for name in self.shards.difference(known):
            Shard(self._folders[name]).check()

    def close(self) -> None:
        """Release every file. Nothing may be asked afterwards."""
        with self._lock:
            for shard in self._open.values():
                shard.close()
            self._open.clear()
        self._home.close()
        self._release()

    def __enter__(self) -> Self:
        """Return this index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release every file."""
        self.close()

    def _shard_of(self, plan_id: str) -> Shard:
        return self._shard(self._entries[plan_id].shard)

    def _shard(self, name: str) -> Shard:
        """Return a shard. Where too many are open, the longest unasked is dropped; whoever still uses it keeps it."""
        with self._lock:
            shard = self._open.pop(name, None) or Shard(self._folders[name])
            self._open[name] = shard
            if len(self._open) > self._most_open:
                self._open.popitem(last=False)
        return shard


def most_open() -> int:
    """Return how many shards may be open at once: as many as the limit of open files leaves room for, 8 to 256."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(256, max(8, (soft - OTHER_FILES) // FILES_OF_A_SHARD))


def _hold_current(directory: Path) -> tuple[str, int]:
    """Return the current generation's id and the descriptor that keeps builds from removing it."""
    while True:
        pointer = read_pointer(directory)
        try:
            held = hold(directory, pointer.generation)
        except IndexDamagedError:
            if read_pointer(directory) == pointer:
                raise  # the manifest is really missing, not just replaced while it was being looked for
            continue
        # A build may have removed the manifest between finding it and holding it; then there is a newer generation.
        if manifest_path(directory, pointer.generation).exists():
            return pointer.generation, held
        os.close(held)
