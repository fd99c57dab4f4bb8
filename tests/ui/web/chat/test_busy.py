"""More people ask than can be answered: whoever comes last is told, at once and politely."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.ui.web.visit import Open
from ui.settings import Settings
from ui.web.page import AT_ONCE

QUESTION = "平生町の計画の期間は?"


def fill_the_queue(url: str) -> None:
    """Ask as many questions as are answered and wait at once, until one is turned away."""
    asking = next(
        one
        for one in httpx.get(f"{url}/config").json()["dependencies"]
        if any(kind == "submit" for _, kind in one["targets"])
    )
    trigger = next(component for component, kind in asking["targets"] if kind == "submit")
    body = {"data": [None, QUESTION, "353442", False, "", None], "fn_index": asking["id"], "trigger_id": trigger}
    for number in range(2 * (AT_ONCE + Settings().waiting)):
        if (
            httpx.post(f"{url}/gradio_api/queue/join", json=body | {"session_hash": f"visitor{number}"}).status_code
            == 503
        ):
            return
    raise AssertionError("Everybody was let in.")


def test_a_full_server_says_so(visit: Open, slow_url: str) -> None:
    """The line stays beside the box, in Japanese, and what was typed is there to be sent again."""
    opened = visit()
    opened.page.goto(slow_url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    fill_the_queue(slow_url)
    opened.page.fill("#question textarea", QUESTION)
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#problem [role=alert]")).to_contain_text("混み合っているか")
    expect(opened.page.locator(".toast-wrap")).to_contain_text("ただいま混み合っています")
    expect(opened.page.locator("#question textarea")).to_have_value(QUESTION)
    expect(opened.page.locator("#send")).to_be_enabled()
