"""A small index and what was dumped of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedder import Embedder
from index.index import Index
from tests.ui.small import build_small_index
from ui.corpus.dump import dump_corpus

TOWNS = (("mori.txt", "北海道森町"), ("ogawa.txt", "埼玉県小川町"))


def dumped(directory: Path, file: Path, embedder: Embedder) -> bytes:
    """Dump an index to ``file`` and return what was written."""
    with Index.open(directory, embedder=embedder) as index:
        dump_corpus(index, file)
    return file.read_bytes()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder with two towns' ``plans``, their ``index`` and ``corpus.jsonl``. Tests only read it."""
    folder = tmp_path_factory.mktemp("corpus")
    dumped(build_small_index(folder, embedder, *TOWNS), folder / "corpus.jsonl", embedder)
    return folder
