"""More people ask than can be answered: whoever comes last is told, at once and politely."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.web.chat.conftest import serving_slowly
from tests.ui.web.visit import Open
from ui.web.page import AT_ONCE

if TYPE_CHECKING:
    from index.embedder import Embedder

QUESTION = "平生町の計画の期間は?"
WAITING = 8


@pytest.fixture
def full_url(index_dir: Path, embedder: Embedder, tmp_path: Path) -> Iterator[str]:
    """The address of a server that lets few wait, and gives no answer until the test is over: no place falls free."""
    over = Event()
    answers = tmp_path / "answers.sqlite3"
    with serving_slowly(index_dir, embedder, answers, rest=lambda: over.wait(60), waiting=WAITING) as url:
        yield url
        over.set()


def fill_the_queue(url: str) -> None:
    """Ask as many questions as are answered and wait at once, until one is turned away."""
    asking = next(
        one
        for one in httpx.get(f"{url}/config").json()["dependencies"]
        if any(kind == "submit" for _, kind in one["targets"])
    )
    trigger = next(component for component, kind in asking["targets"] if kind == "submit")
    body = {"data": [None, QUESTION, "353442", False, "", None], "fn_index": asking["id"], "trigger_id": trigger}
    for number in range(2 * (AT_ONCE + WAITING)):
        if (
            httpx.post(f"{url}/gradio_api/queue/join", json=body | {"session_hash": f"visitor{number}"}).status_code
            == 503
        ):
            return
    raise AssertionError("Everybody was let in.")


def test_a_full_server_says_so(full_url: str, visit: Open) -> None:
    """The line stays beside the box, in Japanese, and what was typed is there to be sent again."""
    opened = visit()
    opened.page.goto(full_url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    fill_the_queue(full_url)
    opened.page.fill("#question textarea", QUESTION)
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#problem [role=alert]")).to_contain_text("混み合っているか")
    expect(opened.page.locator(".toast-wrap")).to_contain_text("ただいま混み合っています")
    expect(opened.page.locator("#question textarea")).to_have_value(QUESTION)
    expect(opened.page.locator("#send")).to_be_enabled()
