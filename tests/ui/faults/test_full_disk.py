"""A server whose disk is full: questions are answered, what cannot be kept is said, and room again is enough to recover."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.faults.machine import QUESTION
from tests.ui.small import PLAN
from ui.api.answers import NOT_KEPT

if TYPE_CHECKING:
    import httpx

    from tests.ui.faults.conftest import NewMachine
    from tests.ui.faults.machine import Machine

SENT = ("files", ("ikeda.txt", PLAN.format(town="長野県池田町", times=3).encode()))


def fill(disk: Path) -> Path:
    """Take all the room that there is, and return the file that does so."""
    path = disk / "full"
    path.write_bytes(bytes(shutil.disk_usage(disk).free))
    return path


def test_a_full_disk_keeps_nobody_from_an_answer(new_machine: NewMachine, small_disk: Callable[[int], Path]) -> None:
    """An answer says that it was not kept, an opinion and a file are refused in Japanese, and none of them is half there."""
    disk = small_disk(512 << 10)
    answers, uploads = disk / "answers.sqlite3", disk / "uploads"
    machine = new_machine(
        MACHIPLAN_ANSWERS_FILE=str(answers), MACHIPLAN_UPLOADS_DIR=str(uploads), MACHIPLAN_EVALS_DIR=str(disk / "evals")
    )
    with machine.serving() as server:
        kept = server.client.post("/api/ask", json=QUESTION).json()
        full = fill(disk)
        lost = server.client.post("/api/ask", json=QUESTION)
        assert lost.status_code == 200
        assert lost.json()["notices"][-1] == NOT_KEPT
        assert NOT_KEPT in server.client.post("/api/ask/stream", json=QUESTION).text
        opinion = server.client.post("/api/feedback", json={"answer_id": kept["id"], "helpful": True})
        assert (opinion.status_code, opinion.json()["error"]["code"]) == (503, "not_keeping")
        upload = server.client.post("/api/admin/plans", files=[SENT])
        assert upload.status_code == 503
        assert "空き容量がありません" in upload.json()["error"]["message"]
        questions = server.client.post("/api/admin/question-sets", files=[("file", ("q.jsonl", b"{}\n" * 5000))])
        assert (questions.status_code, questions.json()["error"]["code"]) == (507, "not_enough_room")
        full.unlink()
        recovered(server.client, kept["id"], lost.json()["id"])
    assert str(answers) in machine.log
    assert "空き容量" in machine.log
    assert "Traceback" not in machine.log


def recovered(client: httpx.Client, kept: str, lost: str) -> None:
    """Everything works that did not before; the answer that was not kept stays unknown."""
    again = client.post("/api/ask", json=QUESTION).json()
    assert NOT_KEPT not in again["notices"]
    for answer_id, status in ((kept, 200), (again["id"], 200), (lost, 404)):
        assert client.get(f"/api/answers/{answer_id}").status_code == status
    assert client.post("/api/feedback", json={"answer_id": kept, "helpful": True}).status_code == 204
    assert client.post("/api/admin/plans", files=[SENT]).json()["added"] == ["ikeda"]


def test_a_full_temporary_folder_is_told_to_who_sends_a_file(
    new_machine: NewMachine, small_disk: Callable[[int], Path]
) -> None:
    """A large file goes through the temporary folder: the answer says that there is no room, not that the body is wrong."""
    machine: Machine = new_machine()
    disk = small_disk(4 << 20)
    machine.environment["TMPDIR"] = str(disk)
    with machine.serving() as server:
        fill(disk)
        sent = server.client.post("/api/admin/plans", files=[("files", ("a.txt", b"x" * (2 << 20)))])
        assert (sent.status_code, sent.json()["error"]["code"]) == (507, "not_enough_room")


def test_an_answers_file_that_is_damaged_is_told_and_left_alone(machine: Machine) -> None:
    """The server starts, its log names the file and the way out; questions are answered, and not a byte of the file is changed."""
    with machine.serving() as server:
        kept = server.client.post("/api/ask", json=QUESTION).json()
        server.process.terminate()
        server.process.wait(timeout=60)
    data = bytearray(machine.answers.read_bytes())
    data[20:4096] = b"\xff" * 4076
    machine.answers.write_bytes(data)
    with machine.serving() as server:
        assert server.client.post("/api/ask", json=QUESTION).json()["notices"][-1] == NOT_KEPT
        said = server.client.post("/api/feedback", json={"answer_id": kept["id"], "helpful": True})
        read = server.client.get(f"/api/answers/{kept['id']}")
        gaps = server.client.get("/api/admin/gaps")
    assert [answer.status_code for answer in (said, read, gaps)] == [503] * 3
    assert machine.answers.read_bytes() == data
    for word in (str(machine.answers), "内容が壊れています", "machiplan restore"):
        assert word in machine.log
    assert "Traceback" not in machine.log
