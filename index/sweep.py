"""Remove what no reader can need any more: leavings of builds that died, old generations, shards of none."""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path
from secrets import token_hex

from index.errors import IndexUnusableError
from index.generation import ASIDE, GENERATIONS, SHARDS, read_manifest, read_pointer, remove_unless_held


def sweep_unfinished(directory: Path) -> None:
    """Remove what builds left behind that died. The lock is held, so no build is writing it.

    The process that a build had started to read its shards may outlive it and be at it still: what it makes by the old name no
    longer gets there. What cannot be removed now is swept by the next build.
    """
    for path in directory.glob(f"{ASIDE}*"):
        shutil.rmtree(path.rename(directory / f"{ASIDE}{token_hex(8)}"), ignore_errors=True)
    for path in chain(directory.glob("*.new"), (directory / GENERATIONS).glob("*.new")):
        path.unlink()


def remove_unused(directory: Path) -> None:
    """Remove generations that are neither current nor the one before nor open in any process, and shards of none.

    A shard that cannot be removed now is left to the next build.
    """
    pointer = read_pointer(directory)
    used: set[str] = set()
    for path in (directory / GENERATIONS).glob("*.json"):
        if path.stem not in (pointer.generation, pointer.previous) and remove_unless_held(path):
            continue
        try:
            used.update(read_manifest(directory, path.stem).shards)
        except IndexUnusableError:
            if path.stem == pointer.generation:
                raise
            path.unlink()  # a generation of another format or a damaged one: nobody can open it
    for shard in (directory / SHARDS).glob("*"):
        if shard.name not in used:
            shutil.rmtree(shard, ignore_errors=True)
