"""``GET /metrics``: the numbers of a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.assistant.chat_server import chat_server, hangs_up, says
from tests.conftest import NOW
from tests.ui.api.watch.asking import QUESTION, ask, ask_the_page
from tests.ui.small import TOKEN
from ui.api.app import create_app

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

NOT_COVERED = "青森市の計画の期間は?"
DOCS = Path(__file__).resolve().parents[4] / "docs" / "operations.md"
PLAN_TEXT = re.compile(r"平生|上毛|鏡野|上郡|上里|計画")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What ``/metrics`` said at one moment."""

    samples: dict[tuple[str, tuple[tuple[str, str], ...]], float]

    def of(self, name: str, **labels: str) -> float:
        """Return the sum of the samples of a name whose labels hold those given."""
        return sum(
            value for (own, has), value in self.samples.items() if own == name and labels.items() <= dict(has).items()
        )


def numbers(client: httpx.Client) -> Numbers:
    """Read ``/metrics``."""
    response = client.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = text_string_to_metric_families(response.text)
    return Numbers({(s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples})


@pytest.fixture
def client_of(settings: Settings, running: Running, assistant: Any) -> Iterator[httpx.Client]:
    """A client of an application of the test's own, with an administrator's token."""
    with running(create_app(settings.model_copy(update={"admin_token": _secret()}), assistant=assistant)) as client:
        yield client


def _secret() -> Any:
    from pydantic import SecretStr

    return SecretStr(TOKEN)


def test_questions_are_counted_by_how_they_came_and_what_came_of_them(client_of: httpx.Client) -> None:
    """Answered, abstained with the reason, refused with the code; each face by itself."""
    answer = ask(client_of).json()
    ask(client_of, NOT_COVERED)
    ask(client_of, " ")
    client_of.post("/api/ask/stream", json={"question": QUESTION})
    client_of.post("/api/ask", content="{", headers={"Content-Type": "application/json"})
    client_of.post("/api/feedback", json={"answer_id": answer["id"], "helpful": False})
    told = numbers(client_of)
    name = "machiplan_questions_total"
    assert told.of(name, face="api", outcome="answered", mode="extractive") == 1
    assert told.of(name, face="api", outcome="abstained", reason="municipality_not_covered") == 1
    assert told.of(name, face="api", outcome="refused", reason="empty_question") == 1
    assert told.of(name, face="api", outcome="refused", reason="malformed_json") == 1
    assert told.of(name, face="stream", outcome="answered") == 1
    assert told.of(name) == 5
    assert told.of("machiplan_feedback_total", helpful="false") == 1
    assert told.of("machiplan_feedback_total", helpful="true") == 0
    assert told.of("machiplan_answers_kept") == 3
    assert told.of("machiplan_answers_file_bytes") > 1000


def test_every_stage_of_an_answer_is_timed(client_of: httpx.Client) -> None:
    """One observation a question, of retrieval one a search; the parts take no longer than the whole."""
    ask(client_of)
    ask(client_of, NOT_COVERED)
    told = numbers(client_of)

    def seconds(stage: str) -> float:
        return told.of("machiplan_stage_seconds_sum", stage=stage)

    counts = {
        stage: told.of("machiplan_stage_seconds_count", stage=stage)
        for stage in ("whole", "understand", "look_up", "say", "store")
    }
    assert counts == {"whole": 2, "understand": 2, "look_up": 1, "say": 1, "store": 2}
    assert told.of("machiplan_stage_seconds_count", stage="retrieve") >= 1
    assert told.of("machiplan_stage_seconds_count", stage="chat_model") == 0
    assert 0 < seconds("retrieve") <= seconds("look_up")
    assert seconds("understand") + seconds("look_up") + seconds("say") <= seconds("whole")


def test_requests_are_counted_by_template_and_no_label_grows_with_what_is_asked(client_of: httpx.Client) -> None:
    """A thousand addresses that nobody has are one series, and so are methods that there are not."""
    client_of.get("/api/plans/hirao")
    client_of.get("/metrics")
    before = len(numbers(client_of).samples)
    for number in range(30):
        client_of.get(f"/api/plans/zq{number}")
        client_of.get(f"/api/zq{number}")
        client_of.get(f"/zq{number}", params={"q": f"zq{number}"})
        client_of.request(("PROPFIND", "REPORT", "MKCOL")[number % 3], "/healthz")
    told = numbers(client_of)
    assert told.of("machiplan_http_requests_total", route="/api/plans/{plan_id}", status="404", method="GET") == 30
    assert told.of("machiplan_http_requests_total", route="other", status="404") == 60
    assert told.of("machiplan_http_requests_total", method="other", status="405") == 30
    assert len(told.samples) - before < 80  # a histogram has fifteen
    labels = {value for _, has in told.samples for _, value in has}
    assert not [value for value in labels if "zq" in value.lower() or PLAN_TEXT.search(value)]


def test_two_applications_count_for_themselves(settings: Settings, running: Running, assistant: Any) -> None:
    """Each has a registry of its own, over one assistant too."""
    with (
        running(create_app(settings, assistant=assistant)) as one,
        running(create_app(settings, assistant=assistant)) as two,
    ):
        ask(one)
        assert numbers(one).of("machiplan_questions_total") == 1
        assert numbers(two).of("machiplan_questions_total") == 0
        assert numbers(two).of("machiplan_stage_seconds_count") == 0


def test_the_index_and_the_process_are_told(client_of: httpx.Client, assistant: Any) -> None:
    """The generation as an info, its plans, chunks and ended plans, when it was opened; memory, files and time of the process."""
    told = numbers(client_of)
    assert told.of("machiplan_index_info", generation=assistant.index.generation, embedder="default") == 1
    assert told.of("machiplan_index_plans") == 5
    assert told.of("machiplan_index_chunks") == sum(
        assistant.index.chunk_count(p.plan_id) for p in assistant.index.plans
    )
    listed = client_of.get("/api/plans").json()["plans"]
    assert told.of("machiplan_index_expired_plans") == sum(plan["expired"] for plan in listed)
    assert told.of("machiplan_index_loaded_timestamp_seconds") > NOW.timestamp() - 10**9
    assert told.of("machiplan_ready") == 1
    assert told.of("machiplan_http_requests_in_progress", kind="probe") == 1  # this one
    assert told.of("process_resident_memory_bytes") > 10**7
    assert told.of("process_open_fds") > 5


def test_a_server_without_an_index_says_so(settings: Settings, running: Running, tmp_path: Path) -> None:
    """``machiplan_ready`` is 0, nothing is told of an index, and questions are refused as not ready."""
    with running(create_app(settings.model_copy(update={"index_dir": tmp_path / "none"}))) as client:
        ask(client)
        told = numbers(client)
    assert ("machiplan_ready", ()) in told.samples
    assert told.of("machiplan_ready") == 0
    assert not [name for name, _ in told.samples if name.startswith("machiplan_index")]
    assert told.of("machiplan_questions_total", outcome="refused", reason="not_ready") == 1


def test_an_answers_file_that_cannot_be_read_does_not_stop_the_rest(
    client_of: httpx.Client, settings: Settings
) -> None:
    """The two numbers of the file are missing, all others are there."""
    settings.answers_file.write_bytes(b"no database" * 1000)
    told = numbers(client_of)
    assert told.of("machiplan_index_plans") == 5
    assert not [name for name, _ in told.samples if name.startswith("machiplan_answers_kept")]


@contextmanager
def _waiting_server(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder
) -> Iterator[tuple[httpx.Client, Event]]:
    """A server whose answers wait for an event."""
    from assistant.assistant import Assistant
    from index.index import Index

    go_on = Event()

    def slow_clock() -> datetime:
        assert go_on.wait(60)
        return NOW

    slow = Assistant(Index.open(index_dir, embedder=embedder), clock=slow_clock)
    with running(create_app(settings, assistant=slow)) as client:
        try:
            yield client, go_on
        finally:
            go_on.set()


def test_the_numbers_are_told_while_everybody_is_busy(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder
) -> None:
    """With more questions than there are threads, ``/metrics`` answers, and shows how many are worked on and how many wait."""
    with _waiting_server(settings, running, index_dir, embedder) as (client, go_on), ThreadPoolExecutor(60) as people:
        asked = [people.submit(ask, client) for _ in range(60)]
        while numbers(client).of("machiplan_questions_waiting") < 60 - settings.at_once:
            assert not any(question.done() for question in asked)
        busy = numbers(client)
        go_on.set()
        assert {question.result().status_code for question in asked} == {200}
        assert busy.of("machiplan_answers_in_progress") == settings.at_once
        assert busy.of("machiplan_questions_waiting") == 60 - settings.at_once
        assert numbers(client).of("machiplan_answers_in_progress") == 0
        assert numbers(client).of("machiplan_questions_total", outcome="answered") == 60


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (says("平生町の計画の期間は、令和5年度から令和9年度までの5年間です。[1]"), "used"),
        (says("晴れです。[1]"), "unproven"),
        (hangs_up, "failed"),
    ],
    ids=["used", "unproven", "failed"],
)
def test_what_became_of_a_chat_models_reply_is_counted(
    settings: Settings, running: Running, reply: Any, outcome: str
) -> None:
    """Used, not proven by the quotes, or none at all; the mode of the answer says what was shown."""
    with chat_server() as model:
        model.reply = reply
        named = settings.model_copy(update={"chat_model": "test", "chat_base_url": model.url})
        with running(create_app(named)) as client:
            ask(client)
            told = numbers(client)
    assert told.of("machiplan_chat_model_replies_total", outcome=outcome) == 1
    assert told.of("machiplan_chat_model_replies_total") == 1
    assert told.of("machiplan_questions_total", mode="chat_model") == (outcome == "used")
    assert told.of("machiplan_stage_seconds_count", stage="chat_model") == 1
    assert told.of("machiplan_stage_seconds_count", stage="guard") == (outcome != "failed")


def test_questions_of_the_page_are_counted(client: httpx.Client) -> None:
    """The page's questions are a face of their own."""
    before = numbers(client)
    assert ask_the_page(client, QUESTION)["success"]
    assert ask_the_page(client, " ")["success"]
    after = numbers(client)
    name = "machiplan_questions_total"
    assert after.of(name, face="page", outcome="answered") - before.of(name, face="page", outcome="answered") == 1
    assert (
        after.of(name, face="page", reason="empty_question") - before.of(name, face="page", reason="empty_question")
        == 1
    )


def test_the_table_of_the_documentation_is_what_the_server_tells(client_of: httpx.Client) -> None:
    """docs/operations.md lists every metric with its type and labels, and none that is not there.

    Those of the Chroma server are told where there is one (see ``test_two_workers``).
    """
    ask(client_of)
    row = re.compile(r"^\| `(\w+)` \| (\w+) \|([^|]*)\|", re.MULTILINE)
    documented = {
        name: (kind, set(re.findall(r"`(\w+)`", labels))) for name, kind, labels in row.findall(DOCS.read_text("utf-8"))
    }
    told = {}
    for family in text_string_to_metric_families(client_of.get("/metrics").text):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        labels = {label for sample in family.samples for label in sample.labels} - {"le"}
        told[name] = (family.type, labels)
    assert {name: it for name, it in documented.items() if "_chroma_" not in name} == told
