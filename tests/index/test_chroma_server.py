"""One index, its vectors on a real Chroma server: the same answers, also while the server is down, hung, empty or back again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from index import chroma_server
from index.build import build_index
from index.embedder import Embedder
from index.errors import ChromaServerError
from index.generation import owner_on_servers, read_pointer
from index.index import Index
from index.query import Hit, Query
from ingest.document import Document

ASKED = ("計画の期間", "スマートフォン教室", "推進体制", "引っ越しの届け出")


@dataclass
class Server:
    """A ``chroma run`` of the tests' own, over a folder."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self.folder)]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError("chroma run does not answer")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it, politely or not."""
        if self.process:
            (self.process.kill if kill else self.process.terminate)()
            self.process.wait(30)
            self.process = None

    def collections(self) -> set[str]:
        """Return the names of all collections."""
        found = httpx.get(f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections").json()
        return {collection["name"] for collection in found}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running Chroma server with nothing on it."""
    served = Server(tmp_path / "chroma", free_port())
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
    towns: tuple[Document, ...], towns_dir: Path, tmp_path: Path, embedder: Embedder, server: Server
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
        assert server.collections() == brought
        time.sleep(1)
        assert hits(index) == expected


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


def test_what_the_server_no_longer_needs_is_dropped_and_another_index_is_left_alone(
    towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder, server: Server
) -> None:
    """After two changes of a plan the first edition's vectors are gone; a second index on the server keeps all of its own."""
    one, other = tmp_path / "one", tmp_path / "other"
    build_index(towns[2:], other, embedder=embedder, chroma_url=server.url)
    others = server.collections()
    editions = [replace(towns[0], digest=f"edition {number}") for number in range(3)]
    names = []
    for edition in editions:
        build_index([edition], one, embedder=embedder, chroma_url=server.url)
        names.append(server.collections() - others)
    assert owner_on_servers(one) != owner_on_servers(other)
    assert others <= server.collections()
    assert len(names[0]) == 1
    assert not names[0] & names[2]  # the edition before the current one may still be in use


def test_a_build_that_the_server_does_not_take_leaves_the_index_as_it_was(
    towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder, server: Server
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
