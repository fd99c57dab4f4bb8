"""The lock of an index: one process at a time builds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusyError
from index.generation import LOCK


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the lock of an index; it falls with the process, however that ends."""
    with (directory / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(directory) from error
        yield
