"""One municipality's part of the index: plans, chunks, words and vectors in one folder that never changes."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamagedError
from index.lexical import Lexical, read_vocabulary
from index.meanings import Meanings
from index.plan_words import PlanWords
from ingest.document import Chunk, Document, Plan

SEAL = "shard.json"
TEXTS = "texts.jsonl"
CHUNKS = "chunks.jsonl"
WORDS = "words.jsonl"
LEXICAL = "lexical"
MEANINGS = "meanings"


@dataclass(frozen=True, slots=True)
class Text:
    """A plan, its untouched text and where its pages begin, as a shard stores them."""

    plan: Plan
    text: str
    pages: tuple[int, ...] = ()


_Record = TypeVar("_Record")

TEXT_LINES = TypeAdapter(Text)
CHUNK_LINES = TypeAdapter(Chunk)
WORD_LINES = TypeAdapter(PlanWords)


def stored_document(stored: Text, chunks: Iterable[Chunk]) -> Document:
    """Return the document whose text and chunks were stored."""
    digest = hashlib.sha256(stored.text.encode("utf-8")).hexdigest()
    return Document(stored.plan, stored.text, digest, tuple(chunks), stored.pages)


class Vectors(Protocol):
    """What finds the nearest of a shard's vectors. Safe for threads."""

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[int]:
        """Return the numbers of the ``count`` vectors nearest to a unit vector, the nearest first."""
        ...

    def close(self) -> object:
        """Release what it holds; nothing may be asked afterwards."""
        ...


class VectorHome(Protocol):
    """Where the vectors of an index's shards are asked: in this process (``index.chroma``), or on a server."""

    def open(self, shard: Shard) -> Vectors:
        """Return what finds the nearest of a shard's vectors."""
        ...

    def close(self) -> None:
        """Release everything."""
        ...


@dataclass(frozen=True)
class Shard:
    """A stored shard. Its parts are read when first needed, each checked against the digests in its seal.

    Safe for threads.
    """

    folder: Path
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    def text(self, plan_id: str) -> str:
        """Return the untouched text of a plan of this shard."""
        return self._texts[plan_id].text

    def stored(self, plan_id: str) -> Text:
        """Return a plan of this shard with its text and its pages."""
        return self._texts[plan_id]

    def pages(self, plan_id: str) -> tuple[int, ...]:
        """Return the offsets at which the pages of a plan of this shard begin."""
        return self._texts[plan_id].pages

    def document(self, plan_id: str) -> Document:
        """Return a plan of this shard as it was given to be stored."""
        return stored_document(self._texts[plan_id], (chunk for chunk in self.chunks if chunk.plan_id == plan_id))

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """The chunks of all plans of the shard; vectors and lexical scores are in this order."""
        return tuple(_read_lines(self, CHUNKS, CHUNK_LINES))

    @cached_property
    def lexical(self) -> Lexical:
        """The shard's words."""
        self.check(LEXICAL)
        return Lexical(self.folder / LEXICAL, len(self.chunks))

    def plan_words(self) -> list[PlanWords]:
        """Return the words of the shard's plans, read anew each time: they are large, and whoever asks keeps what he needs."""
        return _read_lines(self, WORDS, WORD_LINES)

    def words(self) -> tuple[str, ...]:
        """Return every word of the shard's chunks."""
        self.check(LEXICAL)
        return read_vocabulary(self.folder / LEXICAL)

    @cached_property
    def meanings(self) -> Meanings:
        """The shard's vectors in the order of its chunks."""
        self.check(MEANINGS)
        return Meanings.open(self.folder / MEANINGS)

    def vectors(self, home: VectorHome) -> Vectors:
        """Return what finds the nearest of the shard's vectors, opened once."""
        with self._lock:
            opened: Vectors | None = self.__dict__.get("_vectors")
            if opened is None:
                opened = home.open(self)
                self.__dict__["_vectors"] = opened
            return opened

    def close(self) -> None:
        """Release the vectors, if they were opened."""
        with self._lock:
            opened: Vectors | None = self.__dict__.pop("_vectors", None)
            if opened is not None:
                opened.close()

    def check(self, part: str = "") -> None:
        """Compare the files of a part (all files without one) with the digests that the seal holds.

        Raises:
            IndexDamagedError: a file is missing, has other content, or there is no seal.
        """
        for name, digest in self._seal.items():
            if part in ("", name.split("/")[0]):
                path = self.folder / name
                try:
                    same = file_digest(path) == digest
                except OSError as error:
                    raise IndexDamagedError(path, "読み取れません") from error
                if not same:
                    raise IndexDamagedError(path, "内容が作成時と異なります")

    @cached_property
    def _seal(self) -> dict[str, str]:
        path = self.folder / SEAL
        try:
            return dict(json.loads(path.read_text("utf-8"))["files"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(path, "読み取れません") from error

    @cached_property
    def _texts(self) -> dict[str, Text]:
        return {text.plan.plan_id: text for text in _read_lines(self, TEXTS, TEXT_LINES)}


def seal(folder: Path) -> None:
    """Write the digests of all files of a finished shard beside them, and all of them to the disk itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)
    files = {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}
    (folder / SEAL).write_text(json.dumps({"files": files}, indent=1), "utf-8")
    for path in (*paths, folder / SEAL):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def file_digest(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_lines(shard: Shard, name: str, adapter: TypeAdapter[_Record]) -> list[_Record]:
    """Return the records of a JSON-lines file after checking it."""
    shard.check(name)
    path = shard.folder / name
    try:
        return [adapter.validate_json(line) for line in path.read_bytes().splitlines()]
    except (OSError, ValidationError) as error:
        raise IndexDamagedError(path, "読み取れません") from error
