"""The index goes back to the generation before, and with it the record of what its plans were read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexWriteError
from index.generation import read_pointer
from index.lock import locked
from ui.sources import keep_previous_sources, previous_sources, read_sources, write_sources

if TYPE_CHECKING:
    from index.embedder import Embedder
    from index.rollback import WayBack
    from ui.sources import Source


def roll_back(directory: Path, *, embedder: Embedder) -> WayBack:
    """Make the generation before the current one current again, and return what changed. A second time undoes the first.

    The record of the sources goes back first: killed between the two, the next ingestion reads files once more than it must.

    Raises:
        IndexMissingError, IndexDamagedError: there is no index, or what is current cannot be read.
        NoWayBackError: there is no generation before that can be used; nothing has changed.
        IndexBusyError: another process is building this index.
        IndexWriteError: the folder does not take it.
    """
    from index.rollback import find_way_back

    read_pointer(directory)  # before a lock is made in a folder without an index
    try:
        with locked(directory):
            way = find_way_back(directory, embedder=embedder)
            now = read_sources(directory)
            before = previous_sources(directory, way.pointer.previous)
            write_sources(directory, before if before is not None else _unproved(now, way))
            keep_previous_sources(directory, way.pointer.generation, now)
            way.go(directory)
    except OSError as error:
        raise IndexWriteError.of(error, directory) from error
    return way


def _unproved(sources: dict[str, Source], way: WayBack) -> dict[str, Source]:
    """Return what is known of the sources where nobody kept the record: a plan that differs is to be read again."""
    same = {entry.plan.plan_id: entry.digest for entry in way.current}
    return {
        entry.plan.plan_id: source if same.get(entry.plan.plan_id) == entry.digest else source._replace(fingerprint="")
        for entry in way.previous
        if (source := sources.get(entry.plan.plan_id))
    }
