"""Which file each plan of an index was read from, and which files are not to come back: records beside the index.

The former is kept of the generation before as well, for the way back to it.
They are written after the index. A crash between leaves older records: the files that the run had read are read once more. A
plan that the run had added, and whose file is gone by then, has no source: it stays until its id is given again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexUnusableError

SOURCES = "sources.json"
PREVIOUS = "previous_sources.json"
PUT_ASIDE = "put_aside.json"


class PutAsideDamagedError(IndexUnusableError):
    """The record of what is not to come back cannot be read; without it removed plans would come back unnoticed."""

    def __init__(self, path: Path) -> None:
        """Say that ``path`` cannot be read."""
        super().__init__(
            f"削除した計画の記録を読み取れません({path})。索引は変えていません。「machiplan restore」でバックアップから戻すか、"
            "このファイルを別の場所に移してから、もう一度実行してください。移した場合は、削除した計画が次の取り込みで戻ることがあります。"
        )


class Source(NamedTuple):
    """The absolute path of a plan's file, and the file's ``ingest.read_folder.fingerprint`` when it was read."""

    path: Path
    fingerprint: str


class _Previous(NamedTuple):
    """The record of another generation than the current one."""

    generation: str
    sources: dict[str, Source]


_RECORD = TypeAdapter(dict[str, Source])
_PREVIOUS = TypeAdapter(_Previous)
_DIGESTS = TypeAdapter(frozenset[str])


def read_sources(directory: Path) -> dict[str, Source]:
    """Return the source of each plan by plan id; empty where there is no record that can be read: an ingestion makes it anew."""
    try:
        return _RECORD.validate_json((directory / SOURCES).read_bytes())
    except (OSError, ValidationError):
        return {}


def write_sources(directory: Path, sources: Mapping[str, Source]) -> None:
    """Write the record of the sources; nothing where it is so already. Raises ``IndexWriteError``: the folder does not take it."""
    if sources != read_sources(directory):
        _write(directory, SOURCES, _RECORD.dump_json(dict(sorted(sources.items())), indent=1))


def keep_previous_sources(directory: Path, generation: str, sources: Mapping[str, Source]) -> None:
    """Keep the record of a generation that is no longer current, for a way back. Raises ``IndexWriteError``."""
    _write(directory, PREVIOUS, _PREVIOUS.dump_json(_Previous(generation, dict(sources)), indent=1))


def previous_sources(directory: Path, generation: str) -> dict[str, Source] | None:
    """Return the record that was kept of ``generation``; ``None`` where there is none that can be read."""
    try:
        kept = _PREVIOUS.validate_json((directory / PREVIOUS).read_bytes())
    except (OSError, ValidationError):
        return None
    return kept.sources if kept.generation == generation else None


def read_put_aside(directory: Path) -> frozenset[str]:
    """Return the digests of the files whose plans somebody removed or replaced, though the files are still there.

    Raises:
        PutAsideDamagedError: the record is there and cannot be read.
    """
    path = directory / PUT_ASIDE
    try:
        return _DIGESTS.validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    except (OSError, ValidationError) as error:
        raise PutAsideDamagedError(path) from error


def unreadable_records(directory: Path) -> list[Path]:
    """Return those of the two records that are there and cannot be read."""
    found = []
    for name, record in ((SOURCES, _RECORD), (PUT_ASIDE, _DIGESTS)):
        path = directory / name
        try:
            record.validate_json(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            pass
        except (OSError, ValidationError):
            found.append(path)
    return found


def write_put_aside(directory: Path, digests: frozenset[str]) -> None:
    """Write those digests; nothing where they are so already. Raises ``IndexWriteError``: the folder does not take them."""
    if digests != read_put_aside(directory):
        _write(directory, PUT_ASIDE, json.dumps(sorted(digests), indent=1).encode())


def digests_of(files: Iterable[Path]) -> frozenset[str]:
    """Return the digests of the files' bytes, whatever they are called; what cannot be read has none."""
    return frozenset(digest for digest in map(_digest, files) if digest)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _write(directory: Path, name: str, content: bytes) -> None:
    """Write a record in one step, so that it outlives a power cut. Raises ``IndexWriteError``."""
    from index.errors import IndexWriteError

    aside = directory / f"{name}.new"
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(directory / name)
    except OSError as error:
        raise IndexWriteError.of(error, directory) from error
