"""A real language model behind a real OpenAI-compatible server, made on the spot: the whole way there and back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from assistant.chat_model import open_chat_model, rephrase
from tests.assistant.asking import PERIOD, Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.language_models import BaseChatModel

PROGRAM = Path(__file__).with_name("tiny_model_server.py")
READY_WITHIN = 120  # seconds; torch takes its time to start on a busy machine
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The base URL of transformers' server and its model's name: two layers, random weights."""
    folder = tmp_path_factory.mktemp("tiny")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(_command(folder / "model", port), stdout=log, stderr=log, env=dict(os.environ))
        try:
            _wait(f"http://127.0.0.1:{port}/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}/v1", str(folder / "model")
        finally:
            process.kill()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def model(served: tuple[str, str]) -> BaseChatModel:
    """That model, as the settings open it."""
    url, name = served
    return open_chat_model(name, base_url=url, api_key=None)


def test_the_model_speaks(model: BaseChatModel) -> None:
    """The server generates from the model's weights: some text comes back, and it is counted in tokens."""
    import asyncio

    reply = asyncio.run(model.ainvoke("計画の期間は？"))
    assert reply.text
    assert reply.usage_metadata is not None
    assert reply.usage_metadata["output_tokens"] > 1


def test_what_a_random_model_says_is_never_shown(model: BaseChatModel, ask: Ask) -> None:
    """A model that talks nonsense leaves the extractive answer, in time."""
    quoted = ask(f"平生町の{PERIOD}")
    started = time.monotonic()
    assert rephrase(model, quoted, deadline=60) == quoted
    assert time.monotonic() - started < 62


def test_a_model_too_slow_for_the_deadline_is_given_up(model: BaseChatModel, ask: Ask) -> None:
    """A deadline that passes while the model still generates leaves the extractive answer at once."""
    quoted = ask(f"平生町の{PERIOD}")
    started = time.monotonic()
    assert rephrase(model, quoted, deadline=0.01) == quoted
    assert time.monotonic() - started < 2


def _command(folder: Path, port: int) -> Sequence[str]:
    return [sys.executable, str(PROGRAM), str(folder), str(port)]


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the model's server was not ready within {READY_WITHIN} seconds. It said:\n{log.read_text()}")
