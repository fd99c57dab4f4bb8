"""A dumped file into an index: its plans take the places of those with their ids, every other plan stays.

A loaded plan has no file. It stays until its id is given again: no folder that is taken in later drops it. Where it has taken
the place of another content, the file of that one is put aside, as if the plan had been replaced on the admin page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.corpus.read import read_corpus
from ui.corpus.records import CorpusError
from ui.sources import digests_of, keep_previous_sources, read_put_aside, read_sources, write_put_aside, write_sources

if TYPE_CHECKING:
    from index.build_report import BuildReport
    from index.embedder import Embedder


def load_corpus(
    file: Path,
    directory: Path,
    *,
    embedder: Embedder,
    on_town: Callable[[int, int], None] = lambda done, total: None,
    chroma_url: str | None = None,
) -> BuildReport:
    """Take the plans of a dumped ``file`` into the index in ``directory`` and return what changed; ``on_town`` as in ``publish``.

    Raises:
        CorpusError: the file cannot be loaded, or the index that is there could not be kept beside it. It is as it was.
        IndexBusyError: another process is building this index.
        IndexWriteError: the folder, or the Chroma server at ``chroma_url``, does not take the new index; the old one still stands.
    """
    from index.build import building
    from index.generation import published

    with building(directory, embedder=embedder, chroma_url=chroma_url) as build:
        sources, put_aside = read_sources(directory), read_put_aside(directory)
        loaded: set[str] = set()
        for document in read_corpus(file):
            build.add(document)
            loaded.add(document.plan.plan_id)
        if lost := (build.before.keys() | sources.keys()) - build.keepable.keys() - loaded:
            raise CorpusError(
                f"今の索引の計画（{'、'.join(sorted(lost))}）を読み取れないか、作成したときのモデルや版が今と異なります。"
                "「machiplan ingest 計画のフォルダー」を実行して索引を直してから、もう一度実行してください。索引は変えていません。"
            )
        before = published(directory)
        built = build.publish(build.keepable.keys(), on_town=on_town)
        if before not in ("", built.generation):
            keep_previous_sources(directory, before, sources)
        replaced = [sources[plan_id].path for plan_id in built.changed if plan_id in sources]
        write_sources(directory, {p: s for p, s in sources.items() if p not in built.changed})
        write_put_aside(directory, put_aside | digests_of(replaced))
    return built
