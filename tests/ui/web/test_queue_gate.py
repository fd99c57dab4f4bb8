"""Nobody stops the queue of the pages' events from outside."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

EVENT: dict[str, Any] = {"data": [], "event_data": None, "fn_index": 0, "trigger_id": None, "session_hash": "abcdefgh"}
REFUSED: list[dict[str, Any]] = [
    {"session_hash": ""},
    {"session_hash": " "},
    {"session_hash": None},
    {"session_hash": "a" * 65},
    {"session_hash": 1},
    {"fn_index": -1},
    {"fn_index": 10**30},
    {"fn_index": True},
    {"fn_index": None},
    {"data": "\ud800"},
]


@pytest.fixture
def web(server_url: str) -> httpx.Client:
    """A client of the server with its pages."""
    return httpx.Client(base_url=server_url, timeout=30)


def joined(web: httpx.Client, event: Any) -> httpx.Response:
    """Return what the queue says to an event."""
    content = json.dumps(event)
    return web.post("/gradio_api/queue/join", content=content, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("event", [*({**EVENT, **changed} for changed in REFUSED), [], None, "\ud800"])
def test_an_event_of_no_page_is_refused(web: httpx.Client, event: Any) -> None:
    """Sessions without a name, events that are none and bodies of another shape get 422, never 5xx."""
    with web:
        assert joined(web, event).status_code == 422


def test_the_queue_works_on_after_them(web: httpx.Client) -> None:
    """An event that is put in after all of those is worked on to its end."""
    with web:
        for changed in REFUSED:
            joined(web, {**EVENT, **changed})
        assert joined(web, EVENT).status_code == 200
        said = []
        with web.stream("GET", "/gradio_api/queue/data", params={"session_hash": EVENT["session_hash"]}) as stream:
            for line in stream.iter_lines():
                said.append(line)
                if "process_completed" in line:
                    break
        assert any("process_completed" in line for line in said)
