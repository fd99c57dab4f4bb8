"""A file is written beside its name, and only when it is whole put in its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedWriter
from pathlib import Path


@contextmanager
def written_aside(
    file: Path, *, mode: int = 0o666, proved: Callable[[Path], object] = lambda path: None
) -> Iterator[BufferedWriter]:
    """Give a new file beside ``file`` to be written; once it is on the disk and ``proved``, it takes its place.

    ``mode`` holds its permissions, before the process's own mask. Where anything fails, nothing is left of it.

    Raises:
        OSError: the disk does not take it.
    """
    aside = file.with_name(f".{file.name}.new")
    aside.unlink(missing_ok=True)  # of a process that was killed
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        proved(aside)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
