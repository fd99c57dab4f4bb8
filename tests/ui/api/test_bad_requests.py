"""What the API says to requests that it cannot serve."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

JAPANESE = re.compile(r"[ぁ-ん]")
SOUND = {"question": "計画期間はいつからいつまでですか?"}


def error_of(response: httpx.Response, status: int) -> dict[str, str]:
    """Return the error of a response after checking its status and its shape."""
    assert response.status_code == status, response.text
    body: dict[str, dict[str, str]] = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert JAPANESE.search(body["error"]["message"]), body
    assert "Traceback" not in response.text
    return body["error"]


@pytest.mark.parametrize("address", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"question": ""}, "empty_question"),
        ({"question": " \n\u3000"}, "empty_question"),
        ({"question": "あ" * 2001}, "question_too_long"),
        ({"question": "𠮷" * 2001}, "question_too_long"),
        ({"question": 5}, "invalid_question"),
        ({"question": None}, "invalid_question"),
        ({}, "invalid_question"),
        ([], "invalid_body"),
        ("計画期間は?", "invalid_body"),
        (None, "invalid_body"),
        (SOUND | {"municipalities": ["存在しない町"]}, "unknown_municipality"),
        (SOUND | {"municipalities": ["999999"]}, "unknown_municipality"),
        (SOUND | {"municipalities": ["町\ud800"]}, "unknown_municipality"),
        (SOUND | {"municipalities": "平生町"}, "invalid_municipalities"),
        (SOUND | {"municipalities": [1]}, "invalid_municipalities"),
        (SOUND | {"history": [{"role": "user", "content": "はい"}] * 21}, "history_too_long"),
        (SOUND | {"history": [{"role": "system", "content": "はい"}]}, "invalid_history"),
        (SOUND | {"history": [{"role": "user"}]}, "invalid_history"),
        (SOUND | {"history": "はい"}, "invalid_history"),
        (SOUND | {"easy": "はい"}, "invalid_easy"),
        (SOUND | {"easy": 1}, "invalid_easy"),
    ],
)
def test_a_body_that_cannot_be_accepted_is_422_with_its_reason(
    client: httpx.Client, address: str, body: Any, code: str
) -> None:
    """Each kind of unacceptable question has a code of its own and a Japanese message, streamed or not."""
    response = client.post(address, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert error_of(response, 422)["code"] == code


def test_an_unknown_municipality_is_told_the_known_ones(client: httpx.Client) -> None:
    """The message names the towns that can be chosen."""
    response = client.post("/api/ask", json=SOUND | {"municipalities": ["存在しない町"]})
    message = error_of(response, 422)["message"]
    known = {plan["municipality"] for plan in client.get("/api/plans").json()["plans"]}
    assert known
    assert all(name in message for name in known)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{'question': 'x'}", b'{"question": "\xff"}', b"[" * 60_000, b'{"question": "\\ud800', b'{"a": NaN'],
)
def test_a_body_that_is_no_json_is_a_client_error(client: httpx.Client, content: bytes) -> None:
    """Malformed JSON is 400; a body that is missing altogether is 422."""
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert error_of(response, 400 if content else 422)["code"] == ("malformed_json" if content else "invalid_body")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"])
def test_a_body_that_was_not_sent_as_json_is_415(client: httpx.Client, kind: str) -> None:
    """Only application/json is read, so that a form on another site cannot ask."""
    response = client.post("/api/ask", content=json.dumps(SOUND), headers={"Content-Type": kind})
    assert error_of(response, 415)["code"] == "unsupported_media_type"


def test_json_with_a_charset_is_accepted(client: httpx.Client) -> None:
    """``application/json; charset=utf-8`` is JSON."""
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post("/api/ask", content=json.dumps(SOUND), headers=headers).status_code == 200


def test_what_the_pages_send_is_limited_too(client: httpx.Client) -> None:
    """Nobody fills the server's memory through the events of the pages."""
    body = {"data": ["あ" * 300_000], "fn_index": 0, "session_hash": "x"}
    assert client.post("/gradio_api/queue/join", json=body).status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_a_body_over_the_limit_is_413_announced_or_not(client: httpx.Client) -> None:
    """A body over 256 KiB is refused by its announced length, and while it is read where none is announced."""
    large = json.dumps({"question": "a" * 300_000}).encode()
    headers = {"Content-Type": "application/json"}
    assert error_of(client.post("/api/ask", content=large, headers=headers), 413)["code"] == "body_too_large"
    pieces = (large[at : at + 10_000] for at in range(0, len(large), 10_000))
    assert error_of(client.post("/api/ask", content=pieces, headers=headers), 413)["code"] == "body_too_large"


def test_twenty_turns_of_two_thousand_characters_are_accepted(client: httpx.Client) -> None:
    """The longest question and history that the contract allows fit, escaped too."""
    history = [{"role": role, "content": "あ" * 2000} for role in ("user", "assistant")] * 10
    body = json.dumps({"question": "あ" * 2000, "history": history}, ensure_ascii=True)
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "question", ["計画\ud800の期間は?", "計画\x00の期間は?", "\x00", "\ud83d", "🗾" * 2000, "\u202e期間"]
)
def test_odd_characters_are_answered(client: httpx.Client, question: str) -> None:
    """Lone surrogates, NUL and marks of direction crash nothing, streamed or not."""
    body = json.dumps({"question": question, "history": [{"role": "user", "content": question}]})
    for address in ("/api/ask", "/api/ask/stream"):
        response = client.post(address, content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 200, response.text


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/nothing", "/api/plans/x/y", "/api/asks"])
def test_an_unknown_path_under_api_is_404(client: httpx.Client, address: str) -> None:
    """The page at "/" takes no request of the API's."""
    assert error_of(client.get(address), 404)["code"] == "unknown_path"
    assert error_of(client.post(address), 404)["code"] == "unknown_path"


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [("GET", "/api/ask", "POST"), ("PUT", "/api/ask/stream", "POST"), ("POST", "/api/plans", "GET")],
)
def test_a_wrong_method_is_405_and_names_the_right_one(
    client: httpx.Client, method: str, address: str, allowed: str
) -> None:
    """The path is known, so the answer names the method that it takes."""
    response = client.request(method, address)
    assert error_of(response, 405)["code"] == "method_not_allowed"
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize("plan_id", ["nothing", "..%2f..", "%00", "計画", "x" * 5000])
def test_an_unknown_plan_is_404(client: httpx.Client, plan_id: str) -> None:
    """Only the ids of the list are plans."""
    assert error_of(client.get(f"/api/plans/{plan_id}"), 404)["code"] in ("unknown_plan", "unknown_path")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "invalid_q"),
        ({"q": " "}, "empty_question"),
        ({"q": "あ" * 2001}, "question_too_long"),
        ({"q": "目標", "k": 0}, "invalid_k"),
        ({"q": "目標", "k": 101}, "invalid_k"),
        ({"q": "目標", "k": "十"}, "invalid_k"),
        ({"q": "目標", "municipality": "存在しない町"}, "unknown_municipality"),
    ],
)
def test_a_search_that_cannot_be_accepted_is_422(client: httpx.Client, query: dict[str, str], code: str) -> None:
    """Each wrong parameter is named."""
    assert error_of(client.get("/api/search", params=query), 422)["code"] == code


@pytest.mark.parametrize("address", ["/static/", "/assets/", "/", "/gradio_api/file=", "/static/x/"])
@pytest.mark.parametrize("name", ["a" * 300, "あ" * 100, "a/" * 3_000, "%00", "..%2f..%2fetc%2fpasswd"])
def test_a_page_s_file_that_cannot_be_is_not_found(client: httpx.Client, address: str, name: str) -> None:
    """Names longer than any file's, a NUL and ways upwards are no failure of the server's."""
    assert client.get(f"{address}{name}").status_code in (403, 404)


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PATCH"])
def test_allow_names_the_methods_of_an_address(client: httpx.Client, method: str) -> None:
    """What the API does not do at an address is 405 with what it does there, outside /api as well."""
    for address in ("/healthz", "/readyz", "/api/plans", "/v1/models"):
        response = client.request(method, address)
        assert response.status_code == 405
        assert response.headers["allow"] == "GET"
