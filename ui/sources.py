"""Which file each plan of an index was read from, and what the file was like: a record beside the index.

It is written after the index. A crash between the two leaves an older record: the files that the run had read are read once
more. A plan that the run had added, and whose file is gone by then, has no source: it stays until its id is given again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

SOURCES = "sources.json"


class Source(NamedTuple):
    """The absolute path of a plan's file, and the file's ``ingest.read_folder.fingerprint`` when it was read."""

    path: Path
    fingerprint: str


_RECORD = TypeAdapter(dict[str, Source])


def read_sources(directory: Path) -> dict[str, Source]:
    """Return the source of each plan by plan id; empty where there is no record that can be read."""
    try:
        return _RECORD.validate_json((directory / SOURCES).read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}


def write_sources(directory: Path, sources: Mapping[str, Source]) -> None:
    """Write the record in one step, so that it outlives a power cut; nothing where it is so already.

    Raises:
        IndexWriteError: the folder does not take it.
    """
    from index.errors import IndexWriteError

    if sources == read_sources(directory):
        return
    aside = directory / f"{SOURCES}.new"
    try:
        with aside.open("wb") as file:
            file.write(_RECORD.dump_json(dict(sorted(sources.items())), indent=1))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(directory / SOURCES)
    except OSError as error:
        raise IndexWriteError.of(error, directory) from error
