"""Who uses the answers file: servers hold a lock on a file beside it, and what is restored wants to be alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.backup.contents import BackupError


class InUseError(BackupError):
    """A server is running, or a backup is being restored. The message is Japanese."""


@contextmanager
def serving(answers_file: Path) -> Iterator[None]:
    """Let no backup be restored while a server runs; the lock falls with the process, however that ends.

    Raises:
        InUseError: one is being restored just now.
    """
    try:
        path = _beside(answers_file)
    except OSError:
        yield  # nothing can be written there, so nothing is restored there either
        return
    with _held(path, fcntl.LOCK_SH, "バックアップを戻しています。終わってから、もう一度実行してください。"):
        yield


@contextmanager
def alone(answers_file: Path) -> Iterator[None]:
    """Let no server start meanwhile.

    Raises:
        InUseError: a server is running.
        OSError: the folder cannot be written.
    """
    path = _beside(answers_file)
    with _held(
        path, fcntl.LOCK_EX, f"サーバーが動いています({answers_file})。終了してから、もう一度実行してください。"
    ):
        yield


def _beside(answers_file: Path) -> Path:
    path = answers_file.with_name(f"{answers_file.name}.in-use")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


@contextmanager
def _held(path: Path, how: int, refusal: str) -> Iterator[None]:
    with path.open("r") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(refusal) from error
        yield
