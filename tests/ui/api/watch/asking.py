"""What the tests ask a watched server, over its API and as its page does."""

from __future__ import annotations

import json
from typing import Any

import httpx

QUESTION = "平生町の計画期間は?"


def ask(client: httpx.Client, question: str = QUESTION, **more: object) -> httpx.Response:
    """Put a question to the API."""
    return client.post("/api/ask", json={"question": question, **more})


def ask_the_page(client: httpx.Client, question: str, town: str = "") -> dict[str, Any]:
    """Put a question to the page as its script does, and return the last message of Gradio's queue."""
    return send_to_the_page(client, [None, question, town, False, "", None])


def send_to_the_page(client: httpx.Client, data: list[object]) -> dict[str, Any]:
    """Send the page any values as a question's, and return the last message of Gradio's queue."""
    dependencies = client.get("/config").json()["dependencies"]
    [asking] = [d for d in dependencies if len(d["inputs"]) == 6 and len(d["targets"]) == 3]
    body = {
        "data": data,
        "fn_index": asking["id"],
        "trigger_id": asking["targets"][0][0],
        "session_hash": "watched",
    }
    assert client.post("/gradio_api/queue/join", json=body).status_code == httpx.codes.OK
    message: dict[str, Any] = {"msg": ""}
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "watched"}) as events:
        for line in events.iter_lines():
            if line.startswith("data:"):
                message = json.loads(line.removeprefix("data:"))
            if message["msg"] == "process_completed":
                break
    return message
