"""Questions over HTTP: whole and streamed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

FIELDS = {
    "id", "question", "answer", "abstained", "reason", "citations", "notices", "suggestions", "mode", "seconds",
    "easy", "corpus",
}  # fmt: skip
CITATION_FIELDS = {
    "n", "plan_id", "municipality", "municipality_code", "title", "heading_path", "page", "quote", "start", "end",
    "expired", "cell",
}  # fmt: skip
QUESTION = "平生町のDX推進計画の計画期間はいつからいつまでですか?"


def read_events(text: str) -> list[tuple[str, Any]]:
    """Return the events of a stream by the rules of server-sent events."""
    events = []
    for block in text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        assert name.startswith("event: ")
        assert data.startswith("data: ")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_an_answer_has_the_fields_of_the_contract(client: httpx.Client) -> None:
    """The response is JSON in UTF-8 with exactly the contract's fields, its quotes exact at their offsets."""
    response = client.post("/api/ask", json={"question": QUESTION})
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert set(answer) == FIELDS
    assert answer["question"] == QUESTION
    assert (answer["abstained"], answer["reason"], answer["mode"]) == (False, None, "extractive")
    assert answer["citations"]
    for citation in answer["citations"]:
        assert set(citation) == CITATION_FIELDS
        text = client.get(f"/api/plans/{citation['plan_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert f"[{citation['n']}]" in answer["answer"]


def test_the_question_is_trimmed_and_may_be_two_thousand_characters_long(client: httpx.Client) -> None:
    """2,000 characters after trimming are accepted, counted as code points."""
    response = client.post("/api/ask", json={"question": "\u3000" + "𠮷" * 2000 + "\n"})
    assert response.status_code == 200
    assert response.json()["question"] == "𠮷" * 2000


def test_an_answer_keeps_to_the_municipalities_chosen(client: httpx.Client) -> None:
    """A name and its code choose the same town, and every citation is that town's."""
    for chosen in ("平生町", "353442", " 平生町 "):
        body = {"question": "計画期間はいつからいつまでですか?", "municipalities": [chosen]}
        answer = client.post("/api/ask", json=body).json()
        assert answer["citations"]
        assert {citation["municipality_code"] for citation in answer["citations"]} == {"353442"}


def test_fields_that_are_null_stand_for_nothing_chosen(client: httpx.Client) -> None:
    """``null`` is as good as leaving a field out."""
    body = {"question": QUESTION, "municipalities": None, "history": None}
    assert client.post("/api/ask", json=body).json()["citations"]


def test_the_id_of_an_answer_is_new_each_time(client: httpx.Client) -> None:
    """Two answers to one question have different random ids of 128 bits."""
    ids = {client.post("/api/ask", json={"question": QUESTION}).json()["id"] for _ in range(2)}
    assert len(ids) == 2
    assert all(len(answer_id.replace("-", "")) >= 22 for answer_id in ids)


def test_a_stream_is_tokens_then_citations_then_the_whole_answer(client: httpx.Client) -> None:
    """The tokens joined are the answer's text; ``done`` is what /api/ask returns."""
    response = client.post("/api/ask/stream", json={"question": QUESTION})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    events = read_events(response.text)
    names = [name for name, _ in events]
    assert names == ["token"] * (len(names) - 2) + ["citations", "done"]
    assert len(names) > 2
    done = events[-1][1]
    assert set(done) == FIELDS
    assert "".join(data["text"] for name, data in events if name == "token") == done["answer"]
    assert events[-2][1]["citations"] == done["citations"]
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    assert {**whole, "id": "", "seconds": 0} == {**done, "id": "", "seconds": 0}


def test_an_answer_comes_in_plain_words_where_they_are_asked_for(client: httpx.Client) -> None:
    """``easy`` is null without the wish; with it, sentences of pieces, in a stream's ``done`` too; figures stay."""
    assert client.post("/api/ask", json={"question": QUESTION}).json()["easy"] is None
    assert client.post("/api/ask", json={"question": QUESTION, "easy": None}).json()["easy"] is None
    wish = {"question": QUESTION, "easy": True}
    told = client.post("/api/ask", json=wish).json()["easy"]
    pieces = [piece for sentence in told for piece in sentence]
    assert all(set(piece) == {"text", "ruby"} for piece in pieces)
    assert {"text": "計画", "ruby": "けいかく"} in pieces
    text = "".join(piece["text"] for piece in pieces)
    assert "令和5(2023)年度から令和9(2027)年度まで" in text
    assert text.endswith("[1]")
    [done] = [data for name, data in read_events(client.post("/api/ask/stream", json=wish).text) if name == "done"]
    assert done["easy"] == told


def test_japanese_is_sent_as_it_is(client: httpx.Client) -> None:
    """Neither JSON nor events escape Japanese letters."""
    for address in ("/api/ask", "/api/ask/stream"):
        text = client.post(address, json={"question": QUESTION}).text
        assert "平生町" in text
        assert "\\u5e73" not in text


def test_the_health_check_answers_while_questions_are_worked_on(client: httpx.Client) -> None:
    """Twenty questions at once all get an answer, and /healthz does not wait for them."""
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(client.post, "/api/ask", json={"question": QUESTION}) for _ in range(20)]
        health = client.get("/healthz")
        waiting = any(not done.done() for done in asked)
        assert health.status_code == 200
        assert health.elapsed.total_seconds() < 2 or not waiting
        assert all(done.result().status_code == 200 for done in asked)
