"""Municipalities into new shards beside the index, each read by a fresh process: the work of this process or of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import gethostname
from uuid import uuid4

from index.check_shard import check_in_fresh_process
from index.embedder import Embedder
from index.errors import IndexWriteError, told_of_writing
from index.write_shard import shard_digest, write_shard
from ingest.document import Document
from ingest.workers import Workers, WorkersError


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality to be written: its shard's digest, its documents' digests, and what reads each of them."""

    shard: str
    digests: tuple[str, ...]
    documents: tuple[Callable[[], Document], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A shard that lies in ``folder``."""

    shard: str
    folder: Path


@dataclass(frozen=True, slots=True)
class _Unwritten:
    shard: str


def write_towns(
    towns: Sequence[Town], aside: Path, embedder: Embedder, *, workers: Workers, on_town: Callable[[int, int], None]
) -> list[Written]:
    """Write municipalities into ``aside`` and return their shards, without those over which whoever wrote them died.

    Raises:
        WorkersError: the workers are gone, or one has another model or analyser.
        IndexWriteError: the folder does not take a shard, or it could not be read back.
    """
    results = _told(workers.map(partial(_write, aside=aside, embedder=embedder), towns, lost=_unwritten), aside)
    written: list[Written] = []
    for done in range(len(towns)):
        on_town(done, len(towns))
        if isinstance(result := next(results), Written):
            written.append(result)
    _check([shard.folder for shard in written], workers)
    return written


def _write(town: Town, aside: Path, embedder: Embedder) -> Written | _Unwritten:
    """Write a municipality's shard into a folder of its own in ``aside``.

    Whoever began it before, and may be at it still on a machine that is out of reach, wrote into another folder.
    """
    if shard_digest(town.digests, embedder) != town.shard:
        raise WorkersError(
            f"計算機 {gethostname()} の埋め込みモデルか形態素解析の版が、こちらと異なります。"
            "すべての計算機で「make setup」を実行して、同じものを用意してください。"
        )
    folder = aside / f"shard-{town.shard}-{uuid4().hex[:8]}"
    write_shard([document() for document in town.documents], folder, embedder=embedder)
    return Written(town.shard, folder)


def _unwritten(town: Town) -> Written | _Unwritten:
    return _Unwritten(town.shard)


def _told(results: Iterator[Written | _Unwritten], aside: Path) -> Iterator[Written | _Unwritten]:
    with told_of_writing(aside.parent):
        yield from results


def _check(folders: Sequence[Path], workers: Workers) -> None:
    """Have every shard read by a fresh process, so many at once as there are workers."""

    def unchecked(folders: Sequence[Path]) -> None:
        raise IndexWriteError(folders[0].parent, "確認の処理が、やり直しても途中で止まります", "メモリーを増やして")

    parts = [folders[at :: workers.at_once] for at in range(min(workers.at_once, len(folders)))]
    for _ in workers.map(check_in_fresh_process, parts, lost=unchecked):
        pass
