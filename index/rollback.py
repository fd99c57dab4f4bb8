"""The generation before the current one takes its place again. Its shards are still there, so nothing is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.build_report import BuildReport, report
from index.embedder import Embedder
from index.errors import IndexDamagedError, IndexMismatchError, NoWayBackError
from index.generation import SHARDS, PlanEntry, Pointer, manifest_path, point_to, read_manifest, read_pointer
from index.shard import Shard


@dataclass(frozen=True, slots=True)
class WayBack:
    """The current generation and the one before it, with their plans, and what the way from the former to the latter changes."""

    pointer: Pointer
    current: tuple[PlanEntry, ...]
    previous: tuple[PlanEntry, ...]
    report: BuildReport

    def go(self, directory: Path) -> None:
        """Make the generation before current in one step; the current one becomes the one before. Raises ``OSError``."""
        point_to(directory, Pointer(self.pointer.previous, self.pointer.generation))


def find_way_back(directory: Path, *, embedder: Embedder) -> WayBack:
    """Return the way back to the generation before the current one, after every file of it was read.

    Hold the index's lock: a build would remove what is found.

    Raises:
        IndexMissingError, IndexDamagedError: there is no index, or what is current cannot be read.
        NoWayBackError: there is no generation before, something else built it, or a file of it is damaged.
    """
    pointer = read_pointer(directory)
    if not pointer.previous or not manifest_path(directory, pointer.previous).exists():
        raise NoWayBackError(directory, "前の索引が残っていません")
    try:
        previous = read_manifest(directory, pointer.previous)
        previous.require(embedder)
        for shard in previous.shards:
            Shard(directory / SHARDS / shard).check()
    except IndexMismatchError as error:
        reason = f"前の索引を作成したときの{error.what}({error.built})が、現在のもの({error.now})と異なります"
        raise NoWayBackError(directory, reason, "プログラムや設定を当時のものに戻すと、その索引に戻せます。") from error
    except IndexDamagedError as error:
        raise NoWayBackError(directory, f"前の索引のファイルが壊れています({error.path}: {error.reason})") from error
    current = read_manifest(directory, pointer.generation).plans
    before = {entry.plan.plan_id: entry for entry in current}
    return WayBack(pointer, current, previous.plans, report(pointer.previous, before, previous.plans))
