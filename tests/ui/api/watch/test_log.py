"""The log: what each request leaves in it, and what never gets into it."""

from __future__ import annotations

import io
import json
import logging
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest

from tests.ui.api.watch.asking import QUESTION, ask, ask_the_page, send_to_the_page
from tests.ui.api.watch.conftest import MARK, TOKEN, StartWatched, Watched
from ui.api.app import create_app
from ui.watch.log import Printed, formatter, traceback_of

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

ADMIN = {"Authorization": f"Bearer {TOKEN}"}
NOBODY = "http://127.0.0.1:9/v1"  # where no chat model listens


@pytest.fixture(scope="module")
def watched(start_watched: StartWatched) -> Iterator[Watched]:
    """A server whose chat model is down, after it was told many things in confidence."""
    with start_watched({"MACHIPLAN_CHAT_MODEL": "down", "MACHIPLAN_CHAT_BASE_URL": NOBODY}) as server:
        _tell_secrets(server.client)
        yield server


def _tell_secrets(client: httpx.Client) -> None:
    history = [{"role": "user", "content": f"{MARK}の前の質問"}, {"role": "assistant", "content": MARK}]
    answered = ask(client, f"{QUESTION} {MARK}", history=history)
    assert ask(client, f"{MARK}とは何ですか", municipalities=["平生町"]).status_code == 200
    assert "done" in client.post("/api/ask/stream", json={"question": f"{QUESTION} {MARK}"}).text
    assert ask(client, QUESTION).json()["citations"]
    assert ask(client, QUESTION, municipalities=[MARK]).status_code == 422
    assert ask(client, " ", **{MARK: MARK}).status_code == 422
    assert ask(client, MARK * 1000).status_code == 422
    assert client.post("/api/ask", content=f'{{"question": "{MARK}"', headers=JSON).status_code == 400
    assert client.get("/api/search", params={"q": f"{MARK} 期間"}).status_code == 200
    assert client.get("/api/search", params={"q": MARK, "k": MARK}).status_code == 422
    assert client.get("/api/commitments", params={"q": MARK, "municipality": "平生町"}).status_code == 200
    assert client.get(f"/api/{MARK}", headers={"Cookie": MARK, "Referer": f"http://x/{MARK}"}).status_code == 404
    assert client.get(f"/{MARK}", params={"q": MARK}).status_code == 404
    said = {"answer_id": answered.json()["id"], "helpful": True, "comment": f"{MARK}と思いました"}
    assert client.post("/api/feedback", json=said).status_code == 204
    assert client.get("/api/admin/plans", headers={"Authorization": f"Bearer {MARK}"}).status_code == 401
    files = [("files", (f"{MARK}.txt", f"{MARK}の計画".encode(), "text/plain"))]
    assert client.post("/api/admin/plans", files=files, headers=ADMIN).json()["refused"]
    assert ask_the_page(client, QUESTION)["success"]
    assert ask_the_page(client, QUESTION, town=MARK)["success"]  # the page says that it has no such town
    assert not send_to_the_page(client, [MARK])["success"]  # Gradio prints an exception with the values


JSON = {"Content-Type": "application/json"}


def _entries(server: Watched) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.err.read_text("utf-8").splitlines()]


def _line_of(server: Watched, response: httpx.Response) -> dict[str, Any]:
    """Return the line of a request; it is written when the response has been sent, so it may be a moment away."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for entry in _entries(server):
            if entry["event"] == "request" and entry["request_id"] == response.headers["x-request-id"]:
                return entry
        time.sleep(0.05)
    pytest.fail(f"no line of request {response.headers['x-request-id']}")


def test_nothing_that_a_person_typed_gets_into_the_log(watched: Watched) -> None:
    """At level debug, with a chat model that is down and requests of every kind refused, no word of them is in the output."""
    said = watched.said()
    assert MARK not in said
    assert QUESTION not in said
    assert json.dumps(QUESTION).strip('"') not in said
    assert "chat model failed" in said


def test_every_line_is_one_json_object(watched: Watched) -> None:
    """What libraries print stands in entries too, an exception as one of them with its traceback in one field."""
    entries = _entries(watched)
    assert all({"event", "level", "logger", "timestamp"} <= entry.keys() for entry in entries)
    printed = [entry for entry in entries if entry["logger"] == "machiplan.printed"]
    assert printed
    assert all(entry["exception"].startswith("Traceback (most recent call last):\n") for entry in printed)


def test_a_request_has_one_line_that_tells_its_route_and_what_came_of_it(watched: Watched) -> None:
    """Number, method, route, status, seconds, shortened client, and of an answer its id, mode and whether it abstained."""
    response = ask(watched.client)
    line = _line_of(watched, response)
    expected = {"method": "POST", "route": "/api/ask", "status": 200, "client": "127.0.0.0/24", "level": "info"}
    answer = {"answer_id": response.json()["id"], "mode": "extractive", "abstained": False, "reason": None}
    assert line.items() >= {**expected, **answer}.items()
    assert 0 < line["seconds"] < 60
    assert "question" not in line


def test_a_refused_request_has_the_code_and_a_template_for_its_route(watched: Watched) -> None:
    """``/api/plans/x`` is told as its template."""
    response = watched.client.get("/api/plans/zqmark-none")
    line = _line_of(watched, response)
    assert (line["route"], line["status"], line["code"]) == ("/api/plans/{plan_id}", 404, "unknown_plan")


def test_a_question_of_the_page_has_a_line_of_its_own(watched: Watched) -> None:
    """The page's questions travel through a queue: their line has no request, but the same fields of the answer."""
    lines = [entry for entry in _entries(watched) if entry["logger"] == "machiplan.page"]
    assert [line["outcome"] for line in lines] == ["answered", "refused"]
    assert (lines[0]["mode"], lines[1]["reason"]) == ("extractive", "unknown_municipality")


def test_probes_are_told_at_debug_alone(watched: Watched) -> None:
    """What machines ask every few seconds would bury the rest."""
    assert _line_of(watched, watched.client.get("/healthz"))["level"] == "debug"


@contextmanager
def _logged(form: Literal["text", "json"], *, questions: bool) -> Iterator[io.StringIO]:
    """Give what is logged in this process, written as a server would."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(form, questions=questions))
    root = logging.getLogger()
    root.addHandler(handler)
    requests = logging.getLogger("machiplan.requests")
    requests.setLevel(logging.INFO)
    try:
        yield written
    finally:
        requests.setLevel(logging.NOTSET)
        root.removeHandler(handler)


@pytest.mark.parametrize("questions", [False, True])
def test_a_failure_of_ours_is_one_entry_with_its_traceback_and_its_words_only_if_wanted(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder, questions: bool
) -> None:
    """The words of an exception may be what a person typed; so may the question, which is a field when it is wanted."""
    from assistant.assistant import Assistant
    from index.index import Index

    def broken_clock() -> datetime:
        raise RuntimeError(MARK)

    assistant = Assistant(Index.open(index_dir, embedder=embedder), clock=broken_clock)
    with _logged("json", questions=questions) as written, running(create_app(settings, assistant=assistant)) as client:
        number = ask(client).headers["x-request-id"]
        refused = ask(client, "明日の天気は？").json()
    entries = [json.loads(line) for line in written.getvalue().splitlines()]
    [error] = [entry for entry in entries if entry["level"] == "error" and entry["request_id"] == number]
    assert "in broken_clock" in error["exception"]
    assert "RuntimeError" in error["exception"]
    assert (MARK in error["exception"]) is questions
    [line] = [entry for entry in entries if entry.get("answer_id") == refused["id"]]
    assert line.get("question") == ("明日の天気は？" if questions else None)
    assert (line["abstained"], line["reason"]) == (True, "out_of_scope")


def test_text_is_for_a_terminal() -> None:
    """One line an entry, names before values, and a traceback below it."""
    with _logged("text", questions=False) as written:
        try:
            raise ValueError(MARK)
        except ValueError:
            logging.getLogger("machiplan.requests").exception("request", extra={"status": 500})
    first, *rest = written.getvalue().splitlines()
    assert "error" in first
    assert "status=500" in first
    assert rest[0].startswith("Traceback")
    assert MARK not in written.getvalue()


def test_what_the_system_says_of_a_failure_is_told_without_a_path() -> None:
    """What the disk says helps the operator and names nobody; the name of a file that was sent may."""
    told = traceback_of(OSError(28, "No space left on device", f"/uploads/{MARK}.pdf"), words=False)
    assert told.endswith("OSError: No space left on device")


def test_the_causes_of_an_exception_are_told_before_it() -> None:
    """A chain of exceptions keeps its kinds and places, and loses its words."""

    def fail() -> None:
        try:
            dict[str, str]()[MARK]
        except KeyError as error:
            raise ExceptionGroup(MARK, [ValueError(MARK)]) from error

    with pytest.raises(ExceptionGroup) as raised:
        fail()
    told = traceback_of(raised.value, words=False)
    assert MARK not in told
    kinds = [line for line in told.splitlines() if not line.startswith((" ", "Traceback"))]
    assert kinds == ["KeyError", "ExceptionGroup", "ValueError"]


def test_a_library_that_prints_or_logs_words_is_heard_without_them() -> None:
    """Its printed exceptions, its messages' values and its warnings keep kind and place."""
    printed = Printed(sys.stderr, questions=False)
    with _logged("json", questions=False) as written, redirect_stderr(printed):
        sys.stderr.write(f"{MARK}\n")
        try:
            raise LookupError(MARK)
        except LookupError:
            traceback.print_exc()
        logging.getLogger("some.library").warning("It failed with %s", MARK)
        logging.getLogger("py.warnings").warning(warnings.formatwarning(MARK, UserWarning, "x.py", 3, ""))
    entries = [json.loads(line) for line in written.getvalue().splitlines()]
    assert MARK not in written.getvalue()
    assert [entry["event"] for entry in entries] == [
        "A library printed an exception.", "It failed with %s", "x.py:3: UserWarning"
    ]  # fmt: skip
    assert entries[0]["exception"].endswith("LookupError")
