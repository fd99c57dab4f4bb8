"""A server that is told to stop, or whose chat model hangs: who waits is answered, nobody else waits, and it ends in time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.assistant.chat_server import (
    ChatServer,
    Handler,
    breaks_off,
    chat_server,
    hangs,
    hangs_up,
    says,
    sends,
)
from tests.ui.faults.machine import NOT_THERE, QUESTION, Machine
from tests.ui.small import PLAN

if TYPE_CHECKING:
    from tests.ui.faults.conftest import NewMachine

PROVEN = "スマートフォン教室を年12回開催する。[1]"
AT_ONCE = 30  # more than may wait for a chat model, fewer than the threads that answer
SLOW = 1.5  # seconds
PATIENT = 12.0  # seconds: below the 20 that a chat model has; on a busy machine, for what takes a tenth
STOPS_WITHIN = 20.0  # seconds, where 8 are promised, on a busy machine; a model that is waited for would take longer


@pytest.fixture(scope="module")
def chat() -> Iterator[ChatServer]:
    """A chat model's server."""
    with chat_server() as running:
        yield running


@pytest.fixture
def with_model(new_machine: NewMachine, chat: ChatServer) -> Machine:
    """A machine whose server asks that chat model."""
    return new_machine(MACHIPLAN_CHAT_MODEL="test", MACHIPLAN_CHAT_BASE_URL=chat.url)


def says_slowly(handler: Handler) -> None:
    """Say what is proven, after a while."""
    time.sleep(SLOW)
    says(PROVEN)(handler)


def wait_for_requests(chat: ChatServer, count: int) -> None:
    """Return once so many requests have reached the chat model."""
    end = time.monotonic() + 60
    while len(chat.requests) < count:
        assert time.monotonic() < end, f"{len(chat.requests)} of {count} requests came"
        time.sleep(0.02)


def test_a_chat_model_that_fails_under_load_costs_nobody_the_answer(with_model: Machine, chat: ChatServer) -> None:
    """Whatever it does, eight users at once get the quotes; a model that hangs keeps nobody else waiting, nor the server."""
    with with_model.serving() as server, ThreadPoolExecutor(AT_ONCE) as users:

        def ask(_: int) -> httpx.Response:
            return server.client.post("/api/ask", json=QUESTION)

        for reply in (hangs_up, breaks_off, sends(500, b"{}"), sends(200, b"<html>"), says("令和99年です。[1]")):
            chat.reply = reply
            for answer in users.map(ask, range(8)):
                assert (answer.status_code, answer.json()["mode"]) == (200, "extractive")
        chat.reply = says(PROVEN)
        assert ask(0).json()["mode"] == "chat_model"

        chat.reply = hangs
        chat.requests.clear()
        waiting = [users.submit(ask, n) for n in range(AT_ONCE)]
        wait_for_requests(chat, 16)
        begun = time.monotonic()
        assert server.client.post("/api/ask", json=NOT_THERE).json()["abstained"]
        for path in ("/healthz", "/readyz", "/api/plans", "/api/search?q=教室"):
            assert server.client.get(path).status_code == 200
        assert time.monotonic() - begun < PATIENT
        stop_in_time(server.process.pid, waiting, server.process.wait)


def stop_in_time(pid: int, waiting: list[Future[httpx.Response]], wait: object) -> None:
    """Tell a server to stop: who waits is answered in the plans' words, and the process ends well and in time."""
    assert callable(wait)
    begun = time.monotonic()
    os.kill(pid, 15)
    for answer in waiting:
        assert (answer.result().status_code, answer.result().json()["mode"]) == (200, "extractive")
    assert wait(timeout=60) == 0
    assert time.monotonic() - begun < STOPS_WITHIN


def test_answers_on_their_way_are_finished(with_model: Machine, chat: ChatServer) -> None:
    """Told to stop, it refuses newcomers, and finishes what it has begun, streamed or not, with a slow model's words."""
    chat.reply = says_slowly
    with with_model.serving() as server, ThreadPoolExecutor(4) as users:
        chat.requests.clear()
        whole = [users.submit(server.client.post, "/api/ask", json=QUESTION) for _ in range(2)]
        streamed = [users.submit(server.client.post, "/api/ask/stream", json=QUESTION) for _ in range(2)]
        wait_for_requests(chat, 4)
        server.process.terminate()
        assert [answer.result().json()["mode"] for answer in whole] == ["chat_model"] * 2
        assert all('"mode":"chat_model"' in answer.result().text for answer in streamed)
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{server.client.base_url}/healthz", timeout=5)
        assert server.process.wait(timeout=60) == 0


def test_an_upload_on_its_way_is_finished_or_undone(machine: Machine) -> None:
    """Told to stop while a plan is taken in, it says what came of it; the plan is there with its file, or neither is."""
    sent = ("files", ("ikeda.txt", PLAN.format(town="長野県池田町", times=3).encode()))
    with machine.serving() as server, ThreadPoolExecutor(1) as users:
        upload = users.submit(server.client.post, "/api/admin/plans", files=[sent])
        while server.client.get("/api/admin/ingestion").json()["stage"] is None:
            assert not upload.done()
        server.process.terminate()
        assert server.process.wait(timeout=60) == 0
        try:
            taken = upload.result().status_code == 200
        except httpx.TransportError:
            taken = False
    files = {path.name for path in machine.uploads.iterdir()}
    assert files == ({"ikeda.txt"} if taken else set())
    with machine.serving() as server:
        plans = {plan["plan_id"] for plan in server.client.get("/api/plans").json()["plans"]}
    assert ("ikeda" in plans) is taken
    assert not children_of(machine.folder)


def children_of(folder: Path) -> list[str]:
    """Return the processes that still work in a folder."""
    return [p.name for p in Path("/proc").glob("[0-9]*") if _cwd(p) == str(folder)]


def _cwd(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
