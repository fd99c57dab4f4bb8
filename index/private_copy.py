"""Private copies of stored folders, for a library that writes into what it only reads."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from weakref import finalize

from index.errors import NoRoomToReadError

_PREFIX = "machiplan-index-"
_LOCK = "lock"


class PrivateCopies:
    """A folder of this process's own in the system's temporary folder; removed when it is closed, dropped, or at exit.

    Making it and copying into it raise ``NoRoomToReadError`` where the temporary folder takes nothing.

    A process that was killed leaves its folder behind; the next one finds that nobody holds its lock and removes it.
    """

    def __init__(self, parent: Path | None = None) -> None:
        """Make the folder (in ``parent``, where one is given), and remove those of processes that are gone."""
        try:
            parent = parent or Path(tempfile.gettempdir())
            _sweep(parent)
            self._folder, lock = _make(parent)
            self._numbers = count()
        except OSError as error:
            raise NoRoomToReadError(parent or Path("TMPDIR"), error) from error
        self.close = finalize(self, _remove, self._folder, lock)

    def copy(self, source: Path, name: str) -> Path:
        """Return a new private copy of the folder ``source``; ``name`` is part of its name."""
        target = self._folder / f"{name}-{next(self._numbers)}"
        try:
            return shutil.copytree(source, target, copy_function=_copy_file)
        except (OSError, NoRoomToReadError) as error:
            shutil.rmtree(target, ignore_errors=True)  # so that there can be another attempt
            if isinstance(error, OSError):
                raise NoRoomToReadError(target, error) from error
            raise


def _copy_file(source: str, target: str) -> None:
    """Copy one file; ``copytree`` would gather an ``OSError`` and forget its number."""
    try:
        shutil.copy2(source, target)
    except OSError as error:
        raise NoRoomToReadError(Path(target).parent, error) from error


def _make(parent: Path) -> tuple[Path, int]:
    """Return a new locked folder and its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / _LOCK).exists():
            return folder, lock
        os.close(lock)  # another process swept it between the two lines above


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _sweep(parent: Path) -> None:
    """Remove the folders whose process is gone: those whose lock file is free."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            if folder.lstat().st_uid != os.getuid():
                continue
            lock = os.open(folder / _LOCK, os.O_RDWR)
        except OSError:
            continue  # just being made or removed
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)  # in use
        else:
            _remove(folder, lock)
