"""What all tests share: the five plans read and indexed once, an assistant, a real server, a browser, the network guard."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from assistant.assistant import Assistant
    from index.embedder import Embedder
    from ingest.document import Document

pytest_plugins = ("pytest_network_guard",)

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
READY_WITHIN = 90  # seconds; a start takes a few, two busy cores make it many
TELEMETRY_OFF = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "ORT_DISABLE_TELEMETRY": "1",
}

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL_BROWSER = "sudo apt-get install chromium fonts-noto-cjk"
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

Serve = Callable[..., AbstractContextManager[str]]


def pytest_configure() -> None:
    """Start from the defaults: no setting of the person who runs the tests reaches them."""
    for name in [name for name in os.environ if name.startswith("MACHIPLAN_")]:
        del os.environ[name]
    os.environ.update(TELEMETRY_OFF)


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    """The five plans, read."""
    from ingest.read_folder import read_plans

    reading = read_plans([ROOT / "plans"])
    assert reading.refused == ()
    return reading.documents


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default embedder."""
    from index.embedder import open_embedder

    return open_embedder("default")


@pytest.fixture(scope="session")
def index_dir(documents: tuple[Document, ...], embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five plans. Tests only read it."""
    from index.build import build_index

    directory = tmp_path_factory.mktemp("plans") / "index"
    build_index(documents, directory, embedder=embedder)
    return directory


@pytest.fixture(scope="session")
def now() -> datetime:
    """The time at which the assistant answers: 上郡町's plan has ended, the others have not."""
    return NOW


@pytest.fixture(scope="session")
def assistant(index_dir: Path, embedder: Embedder, now: datetime) -> Iterator[Assistant]:
    """An assistant over the five plans that quotes (no chat model)."""
    from assistant.assistant import Assistant
    from index.index import Index

    with Index.open(index_dir, embedder=embedder) as index:
        yield Assistant(index, clock=lambda: now)


@pytest.fixture(scope="session")
def machiplan() -> Path:
    """The installed command."""
    command = Path(sys.executable).with_name("machiplan")
    assert command.exists(), f"{command} is missing: run make setup"
    return command


@pytest.fixture(scope="session")
def serve(machiplan: Path, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Start ``machiplan serve`` over an index, in the environment given, and give its address once it is ready."""

    @contextmanager
    def start(index: Path, environment: Mapping[str, str], port: int = 0) -> Iterator[str]:
        folder = tmp_path_factory.mktemp("server")
        port = port or _free_port()
        variables = {"MACHIPLAN_ANSWERS_FILE": str(folder / "answers.sqlite3"), **environment}
        command = [str(machiplan), "serve", "--port", str(port), "--index", str(index)]
        with (folder / "log").open("w+") as log:
            process = subprocess.Popen(command, env=variables, stdout=log, stderr=log, cwd=folder)
            try:
                url = f"http://127.0.0.1:{port}"
                _wait_until_ready(url, process, folder / "log")
                yield url
            finally:
                process.terminate()
                process.wait(timeout=30)

    return start


@pytest.fixture(scope="session")
def server_url(serve: Serve, index_dir: Path) -> Iterator[str]:
    """The address of one real server over the five plans, shared by all tests."""
    with serve(index_dir, os.environ) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or Chrome, without a window; the test is skipped where there is none.

    It lives as long as a module's tests: while it does, an event loop runs in this thread, and no other test could start one.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser is installed; this installs one: {INSTALL_BROWSER}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"machiplan serve was not ready within {READY_WITHIN} seconds. It said:\n{log.read_text()}")
