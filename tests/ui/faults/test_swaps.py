"""The index published anew under load, again and again, by ingestions of which some are killed."""

from __future__ import annotations

import random
import sys
import threading
import time
from typing import Any

import pytest

from index.generation import read_manifest, read_pointer
from tests.ui.faults.machine import QUESTION, Machine, Server

USERS = 3
HELD_AT_ONCE = 2  # generations that a server may have open: the newest, and the one whose last answers are being made


def ask_on(server: Server, answers: list[dict[str, Any]], failed: list[str], enough: threading.Event) -> None:
    """Ask until it is enough; keep the answers and what went wrong."""
    while not enough.is_set():
        response = server.client.post("/api/ask", json=QUESTION)
        if response.status_code == 200:
            answers.append(response.json())
        else:
            failed.append(response.text)


def kill_an_ingestion(machine: Machine, after: float) -> None:
    """Kill an ingestion without warning after so many seconds."""
    process = machine.begin("ingest")
    time.sleep(after)
    process.kill()
    process.wait()


def swap_under_load(machine: Machine, swaps: int, *, kills: bool) -> None:
    """Publish so many generations while users ask; every answer is of one generation, and nothing of the old ones stays."""
    dice, texts = random.Random(0), dict[str, tuple[str, int]]()
    answers, failed, enough = list[dict[str, Any]](), list[str](), threading.Event()
    assert machine.run("ingest").returncode == 0
    text = (machine.plans / "mori.txt").read_text("utf-8")
    texts[read_pointer(machine.index).generation] = (text, 12)
    files, memory = list[int](), list[int]()
    with machine.serving() as server:
        users = [threading.Thread(target=ask_on, args=(server, answers, failed, enough)) for _ in range(USERS)]
        for user in users:
            user.start()
        for times in range(13, 13 + swaps):
            text = machine.write(times)
            if kills:
                begun = time.monotonic()
                kill_an_ingestion(machine, dice.uniform(0.2, 6.0))
                texts.setdefault(read_pointer(machine.index).generation, (text, times))
                assert time.monotonic() - begun < 60
            done = machine.run("ingest")
            assert done.returncode == 0, done.stderr
            generation = read_pointer(machine.index).generation
            texts[generation] = (text, times)
            while server.client.post("/api/ask", json=QUESTION).json()["corpus"] != generation:
                time.sleep(0.05)
            files.append(server.open_files())
            memory.append(server.memory())
        enough.set()
        for user in users:
            user.join(timeout=60)
        assert len(list(machine.temporary.glob("machiplan-index-*"))) <= HELD_AT_ONCE
    sys.stderr.write(
        f"\n{swaps} swaps under load{', an ingestion killed before each' if kills else ''}: {len(answers)} answers of "
        f"{len({answer['corpus'] for answer in answers})} generations, {len(failed)} failed; files open {files[0]} to {files[-1]}, "
        f"memory {memory[0]} to {memory[-1]} MiB\n"
    )
    assert failed == []
    for answer in answers:
        of_one_generation(answer, *texts[answer["corpus"]])
    pointer = read_pointer(machine.index)
    kept = {path.stem for path in (machine.index / "generations").iterdir()}
    assert {pointer.generation, pointer.previous} <= kept
    assert len(kept) <= 2 + HELD_AT_ONCE
    named = {shard for generation in kept for shard in read_manifest(machine.index, generation).shards}
    assert {path.name for path in (machine.index / "shards").iterdir()} == named
    assert max(files) < min(files) + 100  # a generation that is left open holds some twenty for each of its towns
    assert memory[-1] < memory[0] + 150  # 43 in thirty swaps; sixty in a row gain 7 once the first ten are over


def of_one_generation(answer: dict[str, Any], text: str, times: int) -> None:
    """The answer says what its generation's plan says, and every quote stands in that plan's text, where it says."""
    assert f"年{times}回" in answer["answer"]
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_index_is_swapped_under_load(machine: Machine) -> None:
    """While users ask, an ingestion is killed and the next one publishes: no question fails, no answer is of two generations."""
    swap_under_load(machine, 1, kills=True)


@pytest.mark.slow
def test_an_index_is_swapped_under_load_again_and_again(machine: Machine) -> None:
    """The same thirty times over, and neither open files nor memory grow."""
    swap_under_load(machine, 30, kills=True)
