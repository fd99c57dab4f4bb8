"""Two servers over one index, one answers file and one Chroma server, while all of it is changed, killed and started again."""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.generation import read_pointer
from tests.chroma_run import ChromaRun, free_port
from tests.ui.faults.conftest import NewMachine
from tests.ui.faults.machine import QUESTION, Machine, Server
from tests.ui.faults.test_swaps import of_one_generation

USERS = 4
WORKERS = 2


class Worker(Server):
    """A server that is one of several."""

    def ask(self) -> dict[str, Any]:
        """Return an answer."""
        return dict(self.client.post("/api/ask", json=QUESTION).json())

    def sees_chroma(self) -> bool:
        """Return what it tells about the Chroma server."""
        return "machiplan_chroma_up 1.0" in self.client.get("/metrics").text


class Front:
    """What a reverse proxy does: a question goes to the next worker, and to the other one where that is gone."""

    def __init__(self, workers: list[Worker]) -> None:
        """Take the workers; the list may be replaced."""
        self.workers, self.turns = workers, count()
        self.answers, self.failed, self.elsewhere = list[dict[str, Any]](), list[str](), 0

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Have users ask meanwhile."""
        enough = threading.Event()
        users = [threading.Thread(target=self.ask_on, args=(enough,)) for _ in range(USERS)]
        for user in users:
            user.start()
        try:
            yield
        finally:
            enough.set()
            for user in users:
                user.join(timeout=60)

    def ask_on(self, enough: threading.Event) -> None:
        """Ask until it is enough."""
        while not enough.is_set():
            turn, workers = next(self.turns), self.workers
            for attempt in range(len(workers)):
                try:
                    response = workers[(turn + attempt) % len(workers)].client.post("/api/ask", json=QUESTION)
                except httpx.TransportError:
                    self.elsewhere += 1
                    continue
                if response.status_code == 200:
                    self.answers.append(response.json())
                else:
                    self.failed.append(response.text)
                break
            else:
                self.failed.append("no worker")

    def some_more(self, number: int = 30) -> None:
        """Wait until so many more questions were answered."""
        wanted, end = len(self.answers) + number, time.monotonic() + 120
        while len(self.answers) < wanted:
            assert time.monotonic() < end, self.failed
            time.sleep(0.05)


def digest_of(folder: Path) -> str:
    """Return a digest of all files of a folder, and of their names."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return whole.hexdigest()


@dataclass
class Site:
    """A machine whose index two workers serve, a Chroma server, and each generation's text with its figure."""

    machine: Machine
    chroma: ChromaRun
    front: Front
    texts: dict[str, tuple[str, int]]

    def publish(self, times: int) -> None:
        """Publish a revised plan, and wait until both workers answer from it."""
        text = self.machine.write(times)
        done = self.machine.run("ingest")
        assert done.returncode == 0, done.stderr
        generation = read_pointer(self.machine.index).generation
        self.texts[generation] = (text, times)
        for worker in self.front.workers:
            while (said := worker.ask()) and said["corpus"] != generation:
                time.sleep(0.05)

    def lose_the_chroma_server(self) -> None:
        """It is killed, is away for a while, in which nothing can be ingested, and comes back."""
        self.chroma.stop(kill=True)
        self.front.some_more(60)
        assert not any(worker.sees_chroma() for worker in self.front.workers)
        self.machine.write(14)
        refused = self.machine.run("ingest")
        assert refused.returncode == 1
        assert "MACHIPLAN_CHROMA_URL" in refused.stderr
        self.chroma.start()

    def lose_a_worker(self, running: ExitStack) -> None:
        """It is killed; the other one answers for both and takes up what is published meanwhile; a new one joins it."""
        self.front.workers[0].process.kill()
        self.front.some_more(60)
        dead, self.front.workers = self.front.workers[0], self.front.workers[1:]
        assert dead.process.wait()
        self.publish(16)
        self.front.some_more()
        self.front.workers = [running.enter_context(serving(self.machine)), *self.front.workers]


@contextmanager
def serving(machine: Machine) -> Iterator[Worker]:
    """Give a worker; its client outlives it, because users find out by it that the worker is gone."""
    with machine.serving() as server:
        yield Worker(server.process, server.client)


@pytest.mark.slow
def test_two_workers_one_ingester_and_a_chroma_server_that_fails(new_machine: NewMachine, tmp_path: Path) -> None:
    """No question fails, none is answered from two generations, every answer given can be read at either worker."""
    chroma = ChromaRun(tmp_path / "chroma", free_port())
    chroma.start()
    machine = new_machine(MACHIPLAN_CHROMA_URL=chroma.url, MACHIPLAN_RATE_LIMIT="off")
    assert machine.run("ingest").returncode == 0
    texts = {read_pointer(machine.index).generation: ((machine.plans / "mori.txt").read_text("utf-8"), 12)}
    untouched = digest_of(machine.index)
    with ExitStack() as running:
        running.callback(chroma.stop, kill=True)
        front = Front([running.enter_context(serving(machine)) for _ in range(WORKERS)])
        site = Site(machine, chroma, front, texts)
        with front.asked():
            front.some_more()
            assert all(worker.sees_chroma() for worker in front.workers)
            assert digest_of(machine.index) == untouched  # workers only read it
            site.publish(13)
            site.lose_the_chroma_server()
            site.publish(15)
            site.lose_a_worker(running)
            site.publish(17)
            front.some_more()
            assert all(worker.sees_chroma() for worker in front.workers)
        check_answers(front, texts)


def check_answers(front: Front, texts: dict[str, tuple[str, int]]) -> None:
    """Every answer is of one generation; either worker gives every one of them, and takes what people say of them."""
    ids = [answer["id"] for answer in front.answers]
    sys.stderr.write(
        f"\ntwo workers: {len(ids)} answers of {len(texts)} generations, {len(front.failed)} failed, "
        f"{front.elsewhere} asked again at the other worker\n"
    )
    assert front.failed == []
    for answer in front.answers:
        of_one_generation(answer, *texts[answer["corpus"]])
    for number, answer_id in enumerate(ids):
        assert front.workers[number % WORKERS].client.get(f"/api/answers/{answer_id}").status_code == 200
    said = {"answer_id": ids[0], "helpful": True}
    assert [worker.client.post("/api/feedback", json=said).status_code for worker in front.workers] == [204, 204]
