"""A backup is restored: proved first, unpacked aside, then put in place part by part; what was there is kept."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import system_reason
from index.generation import LOCK
from index.lock import locked
from index.shard import file_digest
from ui.backup.contents import ANSWERS, INDEX, PLANS, UPLOADS, BackupError, Manifest, files_below, places
from ui.backup.in_use import alone
from ui.backup.verify import PARTS, verify
from ui.database import AnswersFile
from ui.settings import Settings
from ui.sources import Source, read_sources, write_sources

_BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside its file


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where that lies which was there before."""

    manifest: Manifest
    kept: tuple[Path, ...]


def restore(settings: Settings, file: Path, *, replace: bool, clock: Callable[[], datetime]) -> Restored:
    """Put everything that a backup holds in its place on this machine; what is over its days by now is not brought back.

    Raises:
        BackupError: it is damaged, a newer version made it, a server is running, or something is there and ``replace`` is
            not said; nothing is changed. Or a folder does not take it.
        IndexBusyError: the index is being built.
    """
    manifest = verify(file)
    where = places(settings)
    try:
        with alone(settings.answers_file), locked(where[INDEX]) if where[INDEX].is_dir() else nullcontext():
            occupied = [
                where[part] for part in PARTS if manifest.of(part) and _holds_other(where[part], part, manifest)
            ]
            if occupied and not replace:
                raise BackupError(
                    f"すでにデータがあります({'、'.join(map(str, occupied))})。何も変えていません。"
                    "置き換える場合は --replace を付けてください。今のデータは別の名前で残します。"
                )
            with TemporaryDirectory(prefix=".restoring-", dir=settings.answers_file.parent) as aside:
                kept = _put(file, manifest, where, Path(aside), f"before-{clock():%Y%m%d-%H%M%S}", occupied)
            AnswersFile(settings.answers_file, days=settings.answer_days, clock=clock).sweep()
    except OSError as error:
        reason, remedy = system_reason(error)
        raise BackupError(
            f"バックアップを戻せません({error.filename}: {reason})。{remedy}から、--replace を付けて、もう一度実行してください。"
        ) from error
    return Restored(manifest, kept)


def _holds_other(place: Path, part: str, manifest: Manifest) -> bool:
    """Return whether there is something in a part's place that the backup does not hold just so."""
    if part == ANSWERS or not place.is_dir():
        return place.exists()
    names = {path: f"{part}/{path.relative_to(place).as_posix()}" for path in files_below(place) if path.name != LOCK}
    return any(manifest.files.get(name) != file_digest(path) for path, name in names.items())


def _put(
    file: Path, manifest: Manifest, where: Mapping[str, Path], aside: Path, before: str, occupied: list[Path]
) -> tuple[Path, ...]:
    """Unpack into ``aside`` and move each part to its place; return where that is now which was there before."""
    with tarfile.open(file, "r:gz") as archive:
        archive.extractall(aside / "new", filter="data")
    _point_to(where, manifest, aside / "new" / INDEX)
    kept = []
    for part in filter(manifest.of, PARTS):
        place = where[part]
        old = place.with_name(f"{place.name}.{before}") if place in occupied else aside / f"old-{part}"
        for beside in _BESIDE if part == ANSWERS else ("",):
            if (there := Path(f"{place}{beside}")).exists():
                shutil.move(there, f"{old}{beside}")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(aside / "new" / part, place)
        kept += [old] if place in occupied else []
    return tuple(kept)


def _point_to(where: Mapping[str, Path], manifest: Manifest, index: Path) -> None:
    """Change the record of the plans' files to where these lie on this machine."""
    sources = read_sources(index)
    for part in (UPLOADS, PLANS):
        old = manifest.places[part]
        for plan_id, (path, fingerprint) in sources.items():
            if path.is_relative_to(old):
                sources[plan_id] = Source(where[part] / path.relative_to(old), fingerprint)
    if sources:
        write_sources(index, sources)
