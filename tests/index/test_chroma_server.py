"""One index, its vectors on a real Chroma server: the same answers, also while the server is down, hung, empty or back again."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from index import chroma_server
from index.build import build_index
from index.embedder import Embedder
from index.errors import ChromaServerError
from index.generation import owner_on_servers, read_pointer
from index.index import Index
from index.query import Hit, Query
from ingest.document import Document
from tests.chroma_run import ChromaRun, free_port

ASKED = ("計画の期間", "スマートフォン教室", "推進体制", "引っ越しの届け出")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaRun]:
    """A running Chroma server with nothing on it."""
    served = ChromaRun(tmp_path / "chroma", free_port())
    served.start()
    yield served
    served.stop(kill=True)


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that failed is asked again after half a second."""
    monkeypatch.setattr(chroma_server, "AGAIN", 0.5)


def hits(index: Index) -> list[list[Hit]]:
    """Return what several questions find."""
    return [index.retrieve(Query(text, k=8)) for text in ASKED]


def test_a_server_gives_what_embedded_chroma_gives_whatever_becomes_of_it(
    towns: tuple[Document, ...], towns_dir: Path, tmp_path: Path, embedder: Embedder, server: ChromaRun
) -> None:
    """Down, up again, killed, and back with nothing on it: the hits are the same, and the next build mends it."""
    directory = tmp_path / "index"
    build_index(towns, directory, embedder=embedder, chroma_url=server.url)
    brought = server.collections()
    with ExitStack() as opened:
        expected = hits(opened.enter_context(Index.open(towns_dir, embedder=embedder)))
        index = opened.enter_context(Index.open(directory, embedder=embedder, chroma_url=server.url))
        assert index.chroma is not None
        assert hits(index) == expected
        assert index.chroma.up
        server.stop()
        assert hits(index) == expected
        assert index.chroma.up is False
        server.start()
        time.sleep(1)
        assert hits(index) == expected
        assert index.chroma.up
        server.stop(kill=True)
        server.folder = tmp_path / "empty"
        server.start()
        time.sleep(1)
        assert hits(index) == expected
        assert not server.collections()
        build_index(towns, directory, embedder=embedder, chroma_url=server.url)
        assert server.collections().keys() == brought.keys()
        time.sleep(1)
        assert hits(index) == expected
        failures = index.chroma.failures
        # Somebody else writes into it: numbers that no vector has, right where the questions are.
        for collection in server.collections().values():
            near = [embedder.embed_query(text).tolist() for text in ASKED]
            server.add(collection, [str(900_000 + at) for at in range(len(near))], near)
        assert hits(index) == expected
        assert index.chroma.failures > failures


def test_a_server_that_never_answers_delays_one_question_only(
    towns_dir: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes connections and is silent: the first question waits as long as may be, the next ones do not."""
    monkeypatch.setattr(chroma_server, "PATIENCE", 0.3)
    with socket.socket() as silent, Index.open(towns_dir, embedder=embedder) as embedded:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        expected = embedded.retrieve(Query("計画の期間"))
        with Index.open(towns_dir, embedder=embedder, chroma_url=url) as index:
            begun = time.monotonic()
            assert index.retrieve(Query("計画の期間")) == expected
            first = time.monotonic()
            for _ in range(20):
                assert index.retrieve(Query("計画の期間")) == expected
            assert first - begun < 2
            assert index.chroma is not None
            assert index.chroma.up is False


@pytest.mark.slow
def test_what_the_server_no_longer_needs_is_dropped_and_another_index_is_left_alone(
    towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder, server: ChromaRun
) -> None:
    """After two changes of a plan the first edition's vectors are gone; a second index on the server keeps all of its own."""
    one, other = tmp_path / "one", tmp_path / "other"
    build_index(towns[2:], other, embedder=embedder, chroma_url=server.url)
    others = server.collections()
    editions = [replace(towns[0], digest=f"edition {number}") for number in range(3)]
    names = []
    for edition in editions:
        build_index([edition], one, embedder=embedder, chroma_url=server.url)
        names.append(set(server.collections()) - set(others))
    assert owner_on_servers(one) != owner_on_servers(other)
    assert set(others) <= set(server.collections())
    assert len(names[0]) == 1
    assert not names[0] & names[2]  # the edition before the current one may still be in use


def test_a_build_that_the_server_does_not_take_leaves_the_index_as_it_was(
    towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder, server: ChromaRun
) -> None:
    """The message names the setting; afterwards the same build goes through."""
    directory = tmp_path / "index"
    build_index(towns[:2], directory, embedder=embedder, chroma_url=server.url)
    before = read_pointer(directory)
    server.stop()
    with pytest.raises(ChromaServerError, match="MACHIPLAN_CHROMA_URL"):
        build_index(towns, directory, embedder=embedder, chroma_url=server.url)
    assert read_pointer(directory) == before
    server.start()
    assert build_index(towns, directory, embedder=embedder, chroma_url=server.url).added == ("tiny",)
    assert len(server.collections()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])
def test_large_collections_outlive_the_server(
    documents: tuple[Document, ...], tmp_path: Path, embedder: Embedder, server: ChromaRun, *, kill: bool
) -> None:
    """The five plans' vectors, thousands, are found after the server was stopped or killed, and by the server itself (chroma#7090)."""
    directory = tmp_path / "index"
    build_index(documents, directory, embedder=embedder, chroma_url=server.url)
    with Index.open(directory, embedder=embedder, chroma_url=server.url) as index:
        assert index.chroma is not None
        before = hits(index)
        server.stop(kill=kill)
        server.start()
        assert hits(index) == before
        assert index.chroma.failures == 0
