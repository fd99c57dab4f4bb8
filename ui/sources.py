"""Which file each plan of an index was read from, and what the file was like: a record beside the index.

It is written after the index. A crash between the two leaves an older record: files are then read once more, nothing else.
"""

from __future__ import annotations

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
    """Write the record in one step."""
    aside = directory / f"{SOURCES}.new"
    aside.write_bytes(_RECORD.dump_json(dict(sorted(sources.items())), indent=1))
    aside.replace(directory / SOURCES)
