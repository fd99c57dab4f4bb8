"""A server whose assistant takes its time, for what can be done while an answer is on its way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from index.index import Index
from ui.open import japan_time
from ui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedder import Embedder

PAUSE = 1.5  # seconds between the first words of an answer and the rest


class SlowAssistant(Assistant):
    """Answers as the assistant does, but rests after the first words: for a while, or as long as ``rest`` does."""

    rest: Callable[[], object] = staticmethod(lambda: time.sleep(PAUSE))

    def stream(self, question: Question) -> Iterator[str | Answer]:
        """Yield the pieces of the answer, a pause behind the first."""
        pieces = super().stream(question)
        yield next(pieces)
        self.rest()
        yield from pieces


@pytest.fixture(scope="module")
def slow_answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which the slow server keeps its answers."""
    return tmp_path_factory.mktemp("slow") / "answers.sqlite3"


@contextmanager
def serving_slowly(
    index_dir: Path, embedder: Embedder, answers: Path, *, rest: Callable[[], object] | None = None, waiting: int = 256
) -> Iterator[str]:
    """Give the address of a server over an index that rests in each answer, and lets so many wait."""
    import uvicorn

    from ui.api.app import create_app

    settings = Settings(index_dir=index_dir, answers_file=answers, waiting=waiting)
    with Index.open(index_dir, embedder=embedder) as index, socket.create_server(("127.0.0.1", 0)) as listener:
        assistant = SlowAssistant(index, clock=japan_time)
        if rest is not None:
            assistant.rest = rest
        app = create_app(settings, assistant=assistant)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)


@pytest.fixture(scope="module")
def slow_url(index_dir: Path, embedder: Embedder, slow_answers: Path) -> Iterator[str]:
    """The address of a server over the five plans that rests in each answer."""
    with serving_slowly(index_dir, embedder, slow_answers) as url:
        yield url
