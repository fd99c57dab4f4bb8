"""A server behind an address as the subject of an evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from assistant.answer import Question, Reason
from evals.case import Case
from evals.in_process import InProcess
from evals.over_http import OverHttp
from evals.run import QuestionSet, run_sets
from evals.subject import AskingFailedError
from ingest.workers import Threads
from tests.evals.making import a_case

PLANS = {"plans": [{"plan_id": "aoba", "municipality": "青葉町"}]}


class Server(ThreadingHTTPServer):
    """Lists one plan, and replies to questions as ``reply`` says: a status and a body."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = (200, b"")
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        """List the plan or give its text."""
        self._send(200, json.dumps(PLANS if self.path == "/api/plans" else {"text": "計画"}).encode())

    def do_POST(self) -> None:
        """Reply as the test says."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(*self.server.reply)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback."""
    with Server() as started:
        thread = Thread(target=started.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield started
        started.shutdown()
        thread.join(timeout=10)


def test_a_server_gets_the_verdicts_that_the_assistant_gets_in_process(
    server_url: str, subject: InProcess, dev_cases: tuple[Case, ...]
) -> None:
    """Questions of every type, selections and conversations; the clocks differ, and no key depends on them here."""
    cases = [case for case in dev_cases[::23] if "期" not in case.question]
    cases += [next(c for c in dev_cases if c.scope), next(c for c in dev_cases if c.history)]
    sets = [QuestionSet("dev", tuple({case.id: case for case in cases}.values()))]
    here = run_sets(sets, subject, started="2026-06-01T09:00:00+09:00", revision="")
    with OverHttp(server_url + "/") as served:
        there = run_sets(sets, served, started="2026-06-01T09:00:00+09:00", revision="", workers=Threads(2))
        assert served.corpus == subject.corpus
    assert there.failures == ()
    assert [(o.case.id, o.verdict) for o in there.outcomes] == [(o.case.id, o.verdict) for o in here.outcomes]
    single = [at for at, o in enumerate(here.outcomes) if not o.case.history]
    assert [there.outcomes[at].ranking for at in single] == [here.outcomes[at].ranking for at in single]
    assert (there.info.subject.where, there.info.subject.clock) == (server_url, "server")
    assert there.info.subject.version == here.info.subject.version


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (500, b"Internal Server Error", "エラーを返しました: 500 Internal Server Error"),
        (503, "混み合っています".encode(), "混み合っています"),
        (200, b"<html>proxy login</html>", "返事が決められた形ではありません"),
        (200, b'{"answer": "x"}', "返事が決められた形ではありません: id"),
        (200, b"\xff\xfe\x00", "返事が決められた形ではありません"),
        (200, b"", "返事が決められた形ではありません"),
        (302, b"", "302"),
    ],
)
def test_a_reply_that_is_no_answer_is_a_failure(server: Server, status: int, body: bytes, told: str) -> None:
    """An error page is never scored, not even where a refusal would be right."""
    server.reply = (status, body)
    with OverHttp(server.url) as subject:
        done = run_sets([QuestionSet("dev", (a_case(),))], subject, started="", revision="")
    assert done.outcomes == ()
    assert told in done.failures[0].error


def test_a_server_that_goes_away_is_a_failure(server: Server) -> None:
    """What was asked before it went is kept; the rest fails with a clear error."""
    with OverHttp(server.url, timeout=5) as subject:
        assert subject.corpus.texts == {"aoba": "計画"}
        server.shutdown()
        server.server_close()
        done = run_sets([QuestionSet("dev", (a_case(),))], subject, started="", revision="")
    assert "応答がありません" in done.failures[0].error


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "127.0.0.1:9", "http://", "ftp://127.0.0.1/"])
def test_an_address_without_a_server_is_told(url: str) -> None:
    """Nothing listens there, or it is no address."""
    with OverHttp(url, timeout=5) as subject, pytest.raises(AskingFailedError, match="/api/plans"):
        _ = subject.corpus


def test_what_the_server_refuses_is_told_in_its_words(server_url: str) -> None:
    """A town that it does not have."""
    with OverHttp(server_url) as subject, pytest.raises(AskingFailedError, match="存在しない町"):
        subject.answer(Question("計画期間は?", ("存在しない町",)))


def test_a_refusal_keeps_its_reason_over_http(server_url: str) -> None:
    """The reason arrives as the reason that it is."""
    with OverHttp(server_url) as subject:
        answer = subject.answer(Question("札幌市の計画期間を教えてください"))
    assert (answer.abstained, answer.reason) == (True, Reason.MUNICIPALITY_NOT_COVERED)
