"""Traces: what a collector gets of a question, and what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)

from tests.assistant.chat_server import ChatServer, chat_server, hangs_up, says
from tests.ui.api.watch.asking import QUESTION, ask, ask_the_page
from tests.ui.api.watch.conftest import MARK, StartWatched, Watched

ROOT = Path(__file__).resolve().parents[4]
REPLY = "平生町の計画の期間は、令和5年度から令和9年度までの5年間です。[1]"
WITHOUT = """
import sys
sys.modules["openinference"] = None
from ui.cli.main import main
main()
"""


class Collector(TraceServiceServicer):
    """Keeps the spans that it is sent."""

    def __init__(self) -> None:
        self.url = ""
        self.spans: list[Any] = []
        self.sent = b""

    def Export(self, request: Any, context: object) -> ExportTraceServiceResponse:  # noqa: N802 - the protocol's name
        """Take in a batch."""
        self.sent += request.SerializeToString()
        self.spans += [span for r in request.resource_spans for scope in r.scope_spans for span in scope.spans]
        return ExportTraceServiceResponse()

    def of(self, request_id: str) -> dict[str, Any]:
        """Return the spans of a request by their names, once they have come."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for span in list(self.spans):
                if attributes(span).get("machiplan.request_id") == request_id:
                    return {s.name: s for s in self.spans if s.trace_id == span.trace_id}
            time.sleep(0.1)
        pytest.fail(f"no trace of request {request_id!r} came")


def attributes(span: Any) -> dict[str, str]:
    """Return a span's attributes that are words."""
    return {one.key: one.value.string_value for one in span.attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector on loopback that speaks OTLP over gRPC."""
    collector = Collector()
    with ThreadPoolExecutor(2) as threads:
        server = grpc.server(threads)
        add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
        collector.url = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        server.start()
        try:
            yield collector
        finally:
            server.stop(0).wait()


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    """A collector for the tests of this module."""
    with collecting() as one:
        yield one


@pytest.fixture(scope="module")
def model() -> Iterator[ChatServer]:
    """A chat model's server."""
    with chat_server() as server:
        server.reply = says(REPLY)
        yield server


@pytest.fixture(scope="module")
def traced(start_watched: StartWatched, collector: Collector, model: ChatServer) -> Iterator[Watched]:
    """A server that sends traces, and asks a chat model."""
    settings = {
        "MACHIPLAN_TRACES_URL": collector.url,
        "MACHIPLAN_CHAT_MODEL": "test",
        "MACHIPLAN_CHAT_BASE_URL": model.url,
    }
    with start_watched({**settings, "OTEL_BSP_SCHEDULE_DELAY": "200"}) as server:
        yield server


def test_a_question_is_one_trace_from_the_request_to_the_chat_models_call(
    traced: Watched, collector: Collector
) -> None:
    """The root bears the request's number; its stages are its children; LangChain's call stands inside its stage."""
    response = ask(traced.client)
    assert response.json()["mode"] == "chat_model"
    spans = collector.of(response.headers["x-request-id"])
    stages = {
        f"machiplan.{stage}" for stage in ("whole", "understand", "look_up", "retrieve", "say", "chat_model", "guard")
    }
    assert stages < spans.keys()
    whole, look_up, asked = (spans[f"machiplan.{stage}"] for stage in ("whole", "look_up", "chat_model"))
    assert whole.parent_span_id == b""
    assert attributes(whole)["machiplan.chat_model"] == "used"
    assert spans["machiplan.retrieve"].parent_span_id == look_up.span_id
    assert attributes(spans["machiplan.retrieve"])["openinference.span.kind"] == "RETRIEVER"
    assert {s.parent_span_id for name, s in spans.items() if name in stages} == {b"", whole.span_id, look_up.span_id}
    [called] = [span for name, span in spans.items() if name not in stages]
    assert called.parent_span_id == asked.span_id
    assert attributes(called)["openinference.span.kind"] == "LLM"
    assert attributes(called)["llm.model_name"] == "test"


def test_no_word_of_a_person_a_plan_or_a_model_is_in_a_trace(
    traced: Watched, collector: Collector, model: ChatServer
) -> None:
    """Nor when the chat model fails: an error is told by its kind."""
    ask(traced.client, history=[{"role": "user", "content": MARK}])
    ask(traced.client, QUESTION, municipalities=[MARK])  # refused with a sentence that repeats it
    assert ask_the_page(traced.client, QUESTION)["success"]
    model.reply = hangs_up
    failed = ask(traced.client)
    model.reply = says(REPLY)
    spans = collector.of(failed.headers["x-request-id"])
    assert attributes(spans["machiplan.whole"])["machiplan.chat_model"] == "failed"
    assert [event.name for event in spans["machiplan.chat_model"].events] == ["exception"]
    sent = collector.sent.decode("utf-8", "replace")
    assert "machiplan.whole" in sent
    for word in (MARK, QUESTION, "計画", "令和", "平生", "引用"):
        assert word not in sent


def test_words_are_sent_when_they_are_asked_for(start_watched: StartWatched, model: ChatServer) -> None:
    """``MACHIPLAN_LOG_QUESTIONS=true`` puts what the chat model was asked and what it said into the trace, once the server ends too."""
    with collecting() as collector:
        settings = {
            "MACHIPLAN_TRACES_URL": collector.url,
            "MACHIPLAN_LOG_QUESTIONS": "true",
            "MACHIPLAN_WEB_PAGE": "false",
        }
        with start_watched(
            {**settings, "MACHIPLAN_CHAT_MODEL": "test", "MACHIPLAN_CHAT_BASE_URL": model.url}
        ) as server:
            ask(server.client)
        sent = collector.sent.decode("utf-8", "replace")
    assert QUESTION in sent
    assert REPLY in sent
    assert QUESTION in server.err.read_text("utf-8")


def test_a_collector_that_is_not_there_costs_no_answer(start_watched: StartWatched) -> None:
    """Questions are answered, the log says what could not be sent, and the server stops in time."""
    settings = {
        "MACHIPLAN_TRACES_URL": "http://127.0.0.1:9",
        "MACHIPLAN_WEB_PAGE": "false",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    with start_watched(settings) as server:
        assert ask(server.client).status_code == httpx.codes.OK
        started = time.monotonic()
    assert time.monotonic() - started < 20
    assert "Failed to export traces" in server.err.read_text("utf-8")


def test_a_missing_extra_is_named(index_dir: Path, tmp_path: Path) -> None:
    """Without the libraries the server does not start: one sentence with the extra that brings them."""
    variables = {**os.environ, "MACHIPLAN_TRACES_URL": "http://127.0.0.1:4317", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WITHOUT, "serve", "--port", "0", "--index", str(index_dir)]
    done = subprocess.run(command, env=variables, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert ".[tracing]" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_tracing_is_loaded_where_it_is_off() -> None:
    """Making the application imports neither the exporter nor OpenInference nor LangChain."""
    code = (
        "import sys; from pathlib import Path; from ui.settings import Settings; from ui.api.app import create_app\n"
        "create_app(Settings(web_page=False))\n"
        "print([m for m in sys.modules if m.startswith(('openinference', 'opentelemetry.exporter', 'langchain'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
