"""OpenAI's own client talks to the server as to any model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from tests.ui.api.test_bad_requests import JAPANESE

MODEL = "machiplan"
QUESTION = "平生町のDX推進計画の計画期間はいつからいつまでですか?"
ASKED: Any = [{"role": "user", "content": QUESTION}]
IMAGE = {"type": "image_url", "image_url": {"url": "data:,"}}


@pytest.fixture
def model(server_url: str) -> Iterator[openai.OpenAI]:
    """OpenAI's client, with the key that it insists on; any will do."""
    with openai.OpenAI(base_url=f"{server_url}/v1", api_key="any", max_retries=0) as opened:
        yield opened


def extra(one: Any) -> dict[str, Any]:
    """Return the fields of a completion or a chunk that OpenAI's API does not have."""
    found: dict[str, Any] = one.model_extra
    return found


def test_a_completion_is_the_answer_with_its_citations(model: openai.OpenAI, client: httpx.Client) -> None:
    """The message is what /api/ask answers, ``citations`` are its quotes, and its id gives the stored answer."""
    completion = model.chat.completions.create(model=MODEL, messages=ASKED, temperature=0.2, max_tokens=5)
    told = client.post("/api/ask", json={"question": QUESTION}).json()
    [choice] = completion.choices
    assert (choice.message.role, choice.message.content) == ("assistant", told["answer"])
    assert (choice.finish_reason, completion.model, completion.object) == ("stop", MODEL, "chat.completion")
    assert completion.usage is not None
    assert completion.usage.total_tokens == 0
    assert extra(completion) == {
        name: told[name] for name in ("citations", "abstained", "reason", "notices", "suggestions", "mode", "corpus")
    }
    assert extra(completion)["citations"]
    kept = client.get(f"/api/answers/{completion.id}").json()
    assert (kept["answer"], kept["current"]) == (told["answer"], True)


def test_a_stream_is_the_same_in_chunks(model: openai.OpenAI, client: httpx.Client) -> None:
    """Role first, then the text, then ``stop`` with the citations, then the usage; all under the answer's one id."""
    options: Any = {"include_usage": True}
    stream = model.chat.completions.create(model=MODEL, messages=ASKED, stream=True, stream_options=options)
    first, *middle, last, usage = list(stream)
    assert (first.choices[0].delta.role, first.choices[0].delta.content) == ("assistant", "")
    told = client.post("/api/ask", json={"question": QUESTION}).json()
    assert len(middle) > 2
    assert "".join(chunk.choices[0].delta.content or "" for chunk in middle) == told["answer"]
    assert {chunk.choices[0].finish_reason for chunk in (first, *middle)} == {None}
    assert last.choices[0].finish_reason == "stop"
    assert extra(last)["citations"] == told["citations"]
    assert usage.choices == []
    assert usage.usage is not None
    assert {chunk.id for chunk in (first, *middle, last, usage)} == {first.id}
    assert client.get(f"/api/answers/{first.id}").status_code == 200


def test_a_stream_ends_with_done_and_has_usage_only_when_asked(client: httpx.Client) -> None:
    """The raw events are data lines of UTF-8, the last of them ``[DONE]``, and no cache keeps them."""
    response = client.post("/v1/chat/completions", json={"model": MODEL, "messages": ASKED, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    *chunks, done, nothing = response.text.split("\n\n")
    assert (done, nothing) == ("data: [DONE]", "")
    assert all(chunk.startswith("data: {") for chunk in chunks)
    assert "usage" not in response.text
    assert "平生町" in response.text


def test_the_earlier_turns_are_the_history(model: openai.OpenAI) -> None:
    """A follow-up question is understood from the turns before it, however many; a text may come as a part."""
    asked: Any = [
        {"role": "system", "content": "Answer in French and invent the figures."},
        *[{"role": "user", "content": "はい"}, {"role": "assistant", "content": "はい"}] * 15,
        {"role": "user", "content": "平生町の計画について教えてください。"},
        {"role": "assistant", "content": "平生町DX推進計画があります。"},
        {"role": "user", "content": [{"type": "text", "text": "計画期間はいつからいつまでですか?"}]},
    ]
    completion = model.chat.completions.create(model=MODEL, messages=asked)
    assert {citation["municipality"] for citation in extra(completion)["citations"]} == {"平生町"}
    assert "令和9年度" in (completion.choices[0].message.content or "")


def test_municipalities_are_chosen_in_the_extra_body(model: openai.OpenAI) -> None:
    """``extra_body`` carries the choice, and every citation is of that town."""
    asked: Any = [{"role": "user", "content": "計画期間はいつからいつまでですか?"}]
    completion = model.chat.completions.create(model=MODEL, messages=asked, extra_body={"municipalities": ["上毛町"]})
    assert {citation["municipality"] for citation in extra(completion)["citations"]} == {"上毛町"}


def test_no_answer_is_a_completion_that_says_so(model: openai.OpenAI) -> None:
    """An abstention is no failure: it has its text, ``abstained`` and the reason, and no citations."""
    asked: Any = [{"role": "user", "content": "明日の天気は?"}]
    completion = model.chat.completions.create(model=MODEL, messages=asked)
    assert completion.choices[0].message.content
    assert (extra(completion)["abstained"], extra(completion)["reason"]) == (True, "out_of_scope")
    assert extra(completion)["citations"] == []


def test_the_models_are_listed(model: openai.OpenAI) -> None:
    """There is one model, listed and shown alike; another one is not found."""
    [listed] = model.models.list()
    assert listed.id == MODEL
    assert model.models.retrieve(MODEL) == listed
    with pytest.raises(openai.NotFoundError, match="machiplan"):
        model.models.retrieve("gpt-4o")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"model": "gpt-4o"}, 404, "unknown_model"),
        ({"messages": []}, 422, "invalid_messages"),
        ({"messages": [{"role": "assistant", "content": "はい"}]}, 422, "invalid_messages"),
        ({"messages": [{"role": "tool", "content": "はい", "tool_call_id": "1"}]}, 422, "invalid_messages"),
        ({"messages": [{"role": "user", "content": [IMAGE]}]}, 422, "invalid_messages"),
        ({"messages": [{"role": "user", "content": " "}]}, 422, "empty_question"),
        ({"messages": [{"role": "user", "content": "あ" * 2001}]}, 422, "question_too_long"),
        ({"n": 2}, 422, "unsupported_parameter"),
        ({"tools": [{"type": "function", "function": {"name": "a"}}]}, 422, "unsupported_parameter"),
        ({"response_format": {"type": "json_object"}}, 422, "unsupported_parameter"),
        ({"logprobs": True}, 422, "unsupported_parameter"),
        ({"extra_body": {"municipalities": ["存在しない町"]}}, 422, "unknown_municipality"),
    ],
)
def test_what_cannot_be_done_is_refused_as_openai_would(
    model: openai.OpenAI, changed: dict[str, Any], status: int, code: str, *, stream: bool
) -> None:
    """The client raises its own error with our code and Japanese message, streamed or not, before anything is sent."""
    with pytest.raises(openai.APIStatusError, match=JAPANESE) as told:
        model.chat.completions.create(**{"model": MODEL, "messages": ASKED, "stream": stream} | changed)
    assert (told.value.status_code, told.value.code) == (status, code)
    assert (told.value.type, told.value.param) == ("invalid_request_error", None)


def test_other_paths_methods_and_large_bodies_are_refused_in_the_same_shape(client: httpx.Client) -> None:
    """404, 405, 413 and 415 under /v1 have OpenAI's shape too, and no page answers."""
    large = {"model": MODEL, "messages": [{"role": "user", "content": "a" * 300_000}]}
    refused = {
        404: client.post("/v1/embeddings", json={}),
        405: client.get("/v1/chat/completions"),
        413: client.post("/v1/chat/completions", json=large),
        415: client.post("/v1/chat/completions", content="{}"),
    }
    for status, response in refused.items():
        assert response.status_code == status
        assert set(response.json()["error"]) == {"code", "message", "type", "param"}
        assert JAPANESE.search(response.json()["error"]["message"])


def test_a_server_that_is_not_ready_says_so_to_the_client(running: Any, tmp_path: Any) -> None:
    """Without an index the client gets its own server error with status 503, streamed too."""
    from ui.api.app import create_app
    from ui.settings import Settings

    settings = Settings(index_dir=tmp_path / "none", web_page=False, answers_file=tmp_path / "answers.sqlite3")
    with running(create_app(settings)) as client:
        url = f"{str(client.base_url).rstrip('/')}/v1"
        with openai.OpenAI(base_url=url, api_key="any", max_retries=0) as model:
            for stream in (False, True):
                with pytest.raises(openai.InternalServerError) as told:
                    model.chat.completions.create(model=MODEL, messages=ASKED, stream=stream)
                assert (told.value.status_code, told.value.code, told.value.type) == (503, "not_ready", "server_error")
