"""A backup is made: beside its name, read back, and only then put in its place. The server goes on meanwhile."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from index.errors import IndexMissingError, system_reason
from index.generation import CURRENT, SHARDS, manifest_path, read_manifest, read_pointer
from index.lock import locked
from index.shard import Shard
from ui.backup.contents import (
    ANSWERS,
    EVALS,
    FORMAT,
    INDEX,
    MANIFEST,
    MANIFESTS,
    PLANS,
    UPLOADS,
    BackupError,
    Manifest,
    files_below,
    places,
)
from ui.backup.verify import verify
from ui.database import AnswersFile
from ui.settings import Settings
from ui.sources import PUT_ASIDE, SOURCES
from ui.write_aside import written_aside

COMPRESSION = 6  # zlib's own middle; 9 takes three times as long for 1 % less


def back_up(settings: Settings, file: Path, *, clock: Callable[[], datetime]) -> Manifest:
    """Write a backup to ``file``, for its owner's eyes alone, and return what it holds.

    Nobody changes the index meanwhile; answers and feedback are those of one moment.

    Raises:
        BackupError: ``file`` is there, cannot be written, or could not be read back.
        AnswersFileError, IndexBusyError, IndexUnusableError: what should be saved cannot be read.
    """
    if file.exists():
        raise BackupError(f"{file} はすでにあります。上書きしないので、別の名前を指定してください。")
    try:
        with written_aside(file, mode=0o600, proved=verify) as out:
            manifest = _write(settings, out, file.parent, clock)
    except OSError as error:
        reason, remedy = system_reason(error)
        raise BackupError(
            f"バックアップを書き込めません({file}: {reason})。{remedy}から、もう一度実行してください。"
        ) from error
    return manifest


def _write(settings: Settings, out: BinaryIO, folder: Path, clock: Callable[[], datetime]) -> Manifest:
    where = places(settings)
    manifest = Manifest(FORMAT, version("machiplan"), clock(), {part: str(path) for part, path in where.items()}, {})
    answers = AnswersFile(settings.answers_file, days=settings.answer_days, clock=clock)
    with (
        TemporaryDirectory(prefix=".backup-", dir=folder) as aside,
        tarfile.open(fileobj=out, mode="w:gz", compresslevel=COMPRESSION) as archive,
        locked(where[INDEX]) if where[INDEX].is_dir() else nullcontext(),
    ):
        for name, path in _members(where, _copied(answers, Path(aside) / ANSWERS)):
            manifest.files[name] = _add(archive, name, path)
        told = MANIFESTS.dump_json(manifest, indent=1)
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(told)
        archive.addfile(info, BytesIO(told))
    return manifest


def _members(where: dict[str, Path], answers: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the path of every file that is saved."""
    if answers.exists():
        yield ANSWERS, answers
    for part in (UPLOADS, PLANS, EVALS):
        for path in files_below(where[part]):
            yield f"{part}/{path.relative_to(where[part]).as_posix()}", path
    for path in _index_files(where[INDEX]):
        yield f"{INDEX}/{path.relative_to(where[INDEX]).as_posix()}", path


def _index_files(directory: Path) -> Iterator[Path]:
    """Yield the files of the current generation, each shard after it was found whole; nothing where there is no index."""
    try:
        current = read_pointer(directory)
    except IndexMissingError:
        return
    yield directory / CURRENT
    yield manifest_path(directory, current.generation)
    for name in read_manifest(directory, current.generation).shards:
        shard = directory / SHARDS / name
        Shard(shard).check()
        yield from files_below(shard)
    yield from filter(Path.is_file, (directory / SOURCES, directory / PUT_ASIDE))


def _copied(answers: AnswersFile, copy: Path) -> Path:
    """Copy the answers of one moment to ``copy``, without those over their days; no file where there are none."""
    if answers.path.exists():
        with answers.connected() as source, closing(sqlite3.connect(copy)) as target:
            try:
                source.backup(target)
            except sqlite3.Error as error:
                raise BackupError(
                    f"回答の写しを {copy.parent.parent} に作れません（{error}）。空き容量を確かめてから、もう一度実行してください。"
                ) from error
        replace(answers, path=copy).sweep()
    return copy


@dataclass
class _Hashed:
    """A file whose digest is taken while it is read."""

    file: BinaryIO
    digest: hashlib._Hash

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file to the archive and return the digest of what was added."""
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        stat = os.fstat(file.fileno())
        info.size, info.mtime = stat.st_size, int(stat.st_mtime)
        info.mode = 0o600 if name == ANSWERS else 0o644
        hashed = _Hashed(file, hashlib.sha256())
        archive.addfile(info, hashed)
    return hashed.digest.hexdigest()
