"""A real server on loopback inside the test process, for applications that a test builds itself."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.ui.small import TOKEN, build_small_index
from ui.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from index.embedder import Embedder
    from tests.conftest import Serve

Running = Callable[..., AbstractContextManager[httpx.Client]]


@pytest.fixture
def settings(tmp_path: Path, index_dir: Path) -> Settings:
    """Settings over the five plans, without the page, with an answer store of the test's own."""
    return Settings(index_dir=index_dir, web_page=False, answers_file=tmp_path / "answers.sqlite3")


@pytest.fixture
def running() -> Running:
    """Serve an application on a free port as ``machiplan serve`` would with some settings, and give a client of it."""

    @contextmanager
    def run(app: FastAPI, settings: Settings = Settings(), **more: Any) -> Iterator[httpx.Client]:  # noqa: B008
        import uvicorn

        from ui.api.server import server_config

        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = uvicorn.Server(server_config(app, settings, log_config=None, access_log=False, **more))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            try:
                with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30) as client:
                    yield client
            finally:
                server.should_exit = True
                thread.join(timeout=30)

    return run


@pytest.fixture
def client(server_url: str) -> Iterator[httpx.Client]:
    """A client of the real ``machiplan serve`` over the five plans."""
    with httpx.Client(base_url=server_url, timeout=30) as opened:
        yield opened


@pytest.fixture(scope="session")
def open_server(serve: Serve, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a token, over an index, uploads and evaluations of its own, for tests that change them."""
    folder = tmp_path_factory.mktemp("open")
    index = build_small_index(folder, embedder, ("mori.txt", "北海道森町"), ("ogawa.txt", "埼玉県小川町"))
    environment = {
        **os.environ,
        "MACHIPLAN_ADMIN_TOKEN": TOKEN,
        "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads"),
        "MACHIPLAN_EVALS_DIR": str(folder / "evals"),
    }
    with serve(index, environment) as url:
        yield url
