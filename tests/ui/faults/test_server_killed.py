"""``machiplan serve`` killed without warning under load: what was received is kept, and nobody has to mend anything."""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ui.faults.machine import NOT_THERE, QUESTION, Machine, Server
from ui.database import AnswersFile
from ui.feedback_store import FeedbackStore
from ui.open import japan_time

if TYPE_CHECKING:
    from pathlib import Path

USERS = 4
LONGEST = 0.8  # seconds of load before a kill


@dataclass
class Received:
    """What users hold in their hands: answers by id as they were sent, and what of them was said and acknowledged."""

    answers: dict[str, str] = field(default_factory=dict)
    said: dict[str, tuple[bool, str]] = field(default_factory=dict)


def use(server: Server, received: Received, number: int) -> None:
    """Ask, streamed or not, and say something of every answer, until the server is gone."""
    turn = number
    while True:
        turn += 1
        try:
            body = NOT_THERE if turn % 3 == 0 else QUESTION
            if turn % 2:
                answer = server.client.post("/api/ask", json=body).raise_for_status().json()
            else:
                stream = server.client.post("/api/ask/stream", json=body).raise_for_status().text
                answer = json.loads(stream.rpartition("event: done\ndata: ")[2])
            received.answers[answer["id"]] = answer["answer"]
            said = {"answer_id": answer["id"], "helpful": turn % 2 == 0, "comment": f"意見{turn}"}
            # Where no 204 comes, it may have been kept or not.
            if server.client.post("/api/feedback", json=said).raise_for_status().status_code == 204:
                received.said[answer["id"]] = (turn % 2 == 0, f"意見{turn}")
        except httpx.TransportError:
            return


def kill_under_load(machine: Machine, kills: int) -> Received:
    """Kill so many servers at random moments; after each, look at the file and ask the next server for what was received."""
    received, dice, missing = Received(), random.Random(0), 0
    for _ in range(kills):
        new = Received()
        with machine.serving() as server:
            users = [threading.Thread(target=use, args=(server, new, n)) for n in range(USERS)]
            for user in users:
                user.start()
            time.sleep(dice.uniform(0.05, LONGEST))
            server.process.kill()
            for user in users:
                user.join(timeout=60)
        assert integrity(machine.answers) in ("ok", "no file")
        received.answers |= new.answers
        received.said |= new.said
    with machine.serving() as server:
        for answer_id, text in received.answers.items():
            found = server.client.get(f"/api/answers/{answer_id}")
            missing += found.status_code != 200 or found.json()["answer"] != text
    file = AnswersFile(machine.answers, days=30, clock=lambda: japan_time() + timedelta(seconds=1))
    kept = {one.answer_id: (one.helpful, one.comment) for one in FeedbackStore(file).all()}
    lost = [answer_id for answer_id, said in received.said.items() if kept.get(answer_id) != said]
    sys.stderr.write(
        f"\n{kills} kills of the server, {len(received.answers)} answers received, {missing} lost; "
        f"{len(received.said)} opinions acknowledged, {len(lost)} lost\n"
    )
    assert missing == 0
    assert lost == []
    return received


def integrity(answers: Path) -> str:
    """Return what SQLite says of the file that a killed server left."""
    if not answers.exists():
        return "no file"
    with closing(sqlite3.connect(answers)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_what_was_received_outlives_a_kill(machine: Machine) -> None:
    """After two kills under load every answer and every opinion that was acknowledged is there, the file is whole."""
    assert kill_under_load(machine, 2).answers


@pytest.mark.slow
def test_what_was_received_outlives_many_kills(machine: Machine) -> None:
    """The same after sixty kills at random moments; each server was ready again without anybody's help."""
    received = kill_under_load(machine, 60)
    assert len(received.answers) > 60
    assert received.said
