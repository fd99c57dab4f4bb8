"""How many questions are worked on, how many wait, and what is said to those who come after them."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from index.index import Index
from ui.admission import Admission, BusyError
from ui.api.app import create_app
from ui.open import japan_time

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.watch import Watch
    from index.embedder import Embedder
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

ASKED = {"question": "平生町の計画期間は?"}


class HeldAssistant(Assistant):
    """Answers as the assistant does once it is let go, and remembers how many it worked on together, and in all."""

    def __init__(self, index: Index) -> None:
        super().__init__(index, clock=japan_time)
        self.go, self._lock = Event(), Lock()
        self.working = self.most = self.done = 0

    def watched(self, watch: Watch) -> HeldAssistant:
        """Return itself: what is counted is counted once."""
        return self

    def answer(self, question: Question) -> Answer:
        """Return the answer."""
        with self._lock:
            self.working += 1
            self.most = max(self.most, self.working)
        self.go.wait(20)
        try:
            return super().answer(question)
        finally:
            with self._lock:
                self.working -= 1
                self.done += 1


def test_some_work_some_wait_and_the_rest_is_turned_away(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder
) -> None:
    """Two are worked on and three wait, whichever way they ask; others get 503 at once, and the server says that it is up."""
    tight = settings.model_copy(update={"at_once": 2, "waiting": 3})
    with Index.open(index_dir, embedder=embedder) as index:
        held = HeldAssistant(index)
        app = create_app(tight, assistant=held)
        with running(app) as client, ThreadPoolExecutor(8) as pool:
            paths = ["/api/ask", "/api/ask/stream", "/api/ask", "/api/ask/stream", "/api/ask"]
            first = [pool.submit(client.post, path, json=ASKED) for path in paths]
            _until(lambda: app.state.admission.waiting == 3)
            assert client.get("/api/search?q=目標").status_code == 503
            for _ in range(20):
                started = time.monotonic()
                refused = client.post("/api/ask", json=ASKED)
                assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
                assert refused.json()["error"]["code"] == "busy"
                assert "10秒" in refused.json()["error"]["message"]
                assert client.get("/healthz").status_code == 200
                assert time.monotonic() - started < 10
            assert client.post("/api/ask", json={"question": ""}).status_code == 422  # it need not wait to be told
            held.go.set()
            assert [answer.result().status_code for answer in first] == [200] * 5
            assert held.most == 2
            assert client.post("/api/ask", json=ASKED).status_code == 200


def test_nobody_works_for_those_who_have_gone(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder
) -> None:
    """A question whose asker hangs up while it waits is not answered."""
    tight = settings.model_copy(update={"at_once": 1})
    with Index.open(index_dir, embedder=embedder) as index:
        held = HeldAssistant(index)
        app = create_app(tight, assistant=held)
        with running(app) as client, ThreadPoolExecutor(1) as pool:
            first = pool.submit(client.post, "/api/ask", json=ASKED)
            _until(lambda: held.working == 1)
            for _ in range(3):
                with pytest.raises(httpx.ReadTimeout):
                    httpx.post(f"{client.base_url}/api/ask", json=ASKED, timeout=0.5)
            held.go.set()
            assert first.result().status_code == 200
            assert client.post("/api/ask", json=ASKED).status_code == 200
            assert held.done == 2


def test_a_thread_waits_in_the_same_line() -> None:
    """A page's event, which runs in a thread, takes a turn like a request, and is turned away like one."""
    told: list[str] = []

    async def run() -> None:
        admission = Admission(1, 0)

        def event(name: str) -> None:
            try:
                with admission.turn_of_thread():
                    told.append(name)
            except BusyError as error:
                told.append(str(error))

        async with admission.turn():
            await anyio.to_thread.run_sync(event, "early")
        await anyio.to_thread.run_sync(event, "late")

    anyio.run(run)
    assert [len(told), "10秒" in told[0], told[1]] == [2, True, "late"]


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
