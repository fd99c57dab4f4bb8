"""A generation: the manifest that says which shards make up the index, and the pointer to the current one.

::

    index/
    ├── current                    {"generation": ..., "previous": ...}, swapped in one step
    ├── generations/<id>.json      a manifest
    ├── shards/<digest>/           see index.shard
    ├── owner                      names its collections on a Chroma server; only there where one was used
    ├── building-*/                what a build has not finished; swept by the next one
    └── lock                       held by the process that builds
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.embedder import Embedder
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.tokens import tokens_version
from ingest.chunk import CHUNKER_VERSION
from ingest.document import Plan

FORMAT = "2"  # of the folder; change it whenever an older index could not be read

CURRENT = "current"
GENERATIONS = "generations"
SHARDS = "shards"
ASIDE = "building-"
LOCK = "lock"
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One plan of a generation: its metadata, where it is stored, and what it was read from."""

    plan: Plan
    shard: str
    digest: str  # of the document: text and chunks
    chunks: int
    characters: int  # of the text


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of and what built it. ``plans`` is in the order of the plan ids."""

    format: str
    embedder: str
    embedder_digest: str
    tokens: str
    chunker: str
    plans: tuple[PlanEntry, ...]

    @property
    def shards(self) -> tuple[str, ...]:
        """The digests of the shards, each once, in the order of the plans."""
        return tuple(dict.fromkeys(entry.shard for entry in self.plans))

    @property
    def built_by(self) -> dict[str, str]:
        """What decides the index besides the plans' texts: format, model, analyser and chunker, each with its version."""
        return {
            "format": self.format,
            "embedder": self.embedder,
            "embedder_digest": self.embedder_digest,
            "tokens": self.tokens,
            "chunker": self.chunker,
        }

    def require(self, embedder: Embedder) -> None:
        """Check that this index can be asked with ``embedder`` and the installed analyser.

        Raises:
            IndexMismatchError: something else built it.
        """
        if self.format != FORMAT:
            raise IndexMismatchError("ファイルの形式", self.format, FORMAT)
        if self.embedder_digest != embedder.digest:
            built = f"{self.embedder} {self.embedder_digest[:8]}"
            raise IndexMismatchError("埋め込みモデル", built, f"{embedder.name} {embedder.digest[:8]}")
        if self.tokens != tokens_version():
            raise IndexMismatchError("形態素解析の版", self.tokens, tokens_version())
        if self.chunker != CHUNKER_VERSION:
            raise IndexMismatchError("文書の区切り方の版", self.chunker, CHUNKER_VERSION)


@dataclass(frozen=True, slots=True)
class Pointer:
    """The current generation's id, and the one before it ("" where there is none)."""

    generation: str
    previous: str = ""


_MANIFEST = TypeAdapter(Manifest)
_POINTER = TypeAdapter(Pointer)


def read_pointer(directory: Path) -> Pointer:
    """Return which generation is current.

    Raises:
        IndexMissingError: nothing was ever published here.
        IndexDamagedError: the pointer cannot be read.
    """
    path = directory / CURRENT
    try:
        return _POINTER.validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(directory) from error
    except (OSError, ValidationError) as error:
        raise IndexDamagedError(path, "読み取れません") from error


def published(directory: Path) -> str:
    """Return the id of the current generation, or "" where there is none that can be read."""
    try:
        return read_pointer(directory).generation
    except (IndexMissingError, IndexDamagedError):
        return ""


def read_manifest(directory: Path, generation: str) -> Manifest:
    """Return a generation's manifest.

    Raises:
        IndexDamagedError: it is missing or not what was written.
        IndexMismatchError: an older or newer version wrote it.
    """
    path = manifest_path(directory, generation)
    try:
        data = path.read_bytes()
        if (written := json.loads(data).get("format")) != FORMAT:
            raise IndexMismatchError("ファイルの形式", str(written), FORMAT)
        if _generation_id(data) != generation:
            raise IndexDamagedError(path, "内容が作成時と異なります")
        return _MANIFEST.validate_json(data)
    except (OSError, ValueError, AttributeError) as error:
        raise IndexDamagedError(path, "読み取れません") from error


def manifest_path(directory: Path, generation: str) -> Path:
    """Return where a generation's manifest is kept."""
    return directory / GENERATIONS / f"{generation}.json"


def publish(directory: Path, manifest: Manifest) -> str:
    """Write the manifest, make it the current generation in one step, and return its id, a digest of its content."""
    data = _MANIFEST.dump_json(manifest, indent=1)
    generation = _generation_id(data)
    (directory / GENERATIONS).mkdir(exist_ok=True)
    path = manifest_path(directory, generation)
    if not path.is_file() or path.read_bytes() != data:
        _write(path, data)  # readers hold the file that is there, so one that is as it should be stays
    try:
        before = read_pointer(directory)
        previous = before.previous if before.generation == generation else before.generation
    except (IndexMissingError, IndexDamagedError):
        previous = ""
    point_to(directory, Pointer(generation, previous))
    return generation


def owner_on_servers(directory: Path) -> str:
    """Return what the names of this index's collections on a Chroma server begin with, "" where there are none."""
    try:
        return (directory / OWNER).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def become_owner(directory: Path) -> str:
    """Return the same, after making it up where there is none: 48 random bits, which a copy of the folder shares."""
    if not owner_on_servers(directory):
        _write(directory / OWNER, secrets.token_hex(6).encode())
    return owner_on_servers(directory)


def point_to(directory: Path, pointer: Pointer) -> None:
    """Say in one step which generation is current, and which was before it."""
    _write(directory / CURRENT, _POINTER.dump_json(pointer))


def hold(directory: Path, generation: str) -> int:
    """Mark a generation as in use for as long as the returned file descriptor is open, so that no build removes it."""
    try:
        held = os.open(manifest_path(directory, generation), os.O_RDONLY)
    except OSError as error:
        raise IndexDamagedError(manifest_path(directory, generation), "読み取れません") from error
    fcntl.flock(held, fcntl.LOCK_SH)
    return held


def remove_unless_held(path: Path) -> bool:
    """Remove a manifest file unless a process holds its generation, and return whether it was removed."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        path.unlink()  # while nobody else can take hold of it
    return True


def _generation_id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _write(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, and so that it outlives a power cut."""
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
