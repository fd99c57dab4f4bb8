"""Typing a question: kana conversion in the orders of events that browsers have, and lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.ui.web.visit import QUESTION, Open

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
BEGIN = """(box, text) => { box.focus();
    box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
    box.dispatchEvent(new CompositionEvent('compositionupdate', {data: text, bubbles: true}));
    box.value = text;
    box.dispatchEvent(new InputEvent('input', {data: text, isComposing: true, inputType: 'insertCompositionText', bubbles: true})); }"""
END = "(box, text) => box.dispatchEvent(new CompositionEvent('compositionend', {data: text, bubbles: true}))"
ENTER = """(box, [kinds, keyCode, isComposing]) => kinds.forEach(kind => box.dispatchEvent(new KeyboardEvent(kind,
    {key: 'Enter', code: 'Enter', keyCode: kind === 'keypress' ? 13 : keyCode, isComposing, bubbles: true, cancelable: true})))"""


def _assert_not_sent(page: Page, text: str) -> None:
    page.wait_for_timeout(700)
    expect(page.locator(".user-row")).to_have_count(0)
    expect(page.locator(QUESTION)).to_have_value(text)


def test_enter_during_kana_conversion_does_not_send(visit: Open) -> None:
    """Enter that ends a real conversion of the browser's keeps the text in the box; the next Enter sends it."""
    opened = visit()
    box = opened.page.locator(QUESTION)
    box.focus()
    keyboard = opened.page.context.new_cdp_session(opened.page)
    keyboard.send("Input.imeSetComposition", {"text": "けいかく", "selectionStart": 4, "selectionEnd": 4})
    opened.page.keyboard.press("Enter")
    keyboard.send("Input.insertText", {"text": PERIOD})
    _assert_not_sent(opened.page, PERIOD)
    box.press("Enter")
    opened.wait_for_answer(1)
    expect(opened.page.locator("#chat .user-row")).to_have_text(PERIOD)


@pytest.mark.parametrize(
    ("order", "code"),
    [("key first", 229), ("key first", 13), ("end first", 229)],
    ids=["Chrome and Edge", "Firefox", "Safari"],
)
def test_the_enter_of_a_conversion_is_known_in_every_browsers_order(visit: Open, order: str, code: int) -> None:
    """Chrome and Firefox press Enter within the composition, Safari after it, as key code 229: none of them sends."""
    opened = visit()
    box = opened.page.locator(QUESTION)
    box.evaluate(BEGIN, PERIOD)
    if order == "key first":
        box.evaluate(ENTER, [["keydown"], code, True])
        box.evaluate(END, PERIOD)
        box.evaluate(ENTER, [["keyup"], 13, False])
    else:
        box.evaluate(END, PERIOD)
        box.evaluate(ENTER, [["keydown", "keypress", "keyup"], code, False])
    _assert_not_sent(opened.page, PERIOD)
    box.press("Enter")
    opened.wait_for_answer(1)
    expect(opened.page.locator("#chat .user-row")).to_have_text(PERIOD)


def test_shift_and_enter_begin_a_new_line(visit: Open) -> None:
    """Shift+Enter sends nothing; the question is sent with its line break."""
    opened = visit()
    opened.page.fill(QUESTION, "平生町の計画の期間は")
    opened.page.press(QUESTION, "End")
    opened.page.press(QUESTION, "Shift+Enter")
    opened.page.keyboard.type("いつまでですか")
    _assert_not_sent(opened.page, "平生町の計画の期間は\nいつまでですか")
    opened.page.press(QUESTION, "Enter")
    opened.wait_for_answer(1)
    assert opened.page.locator("#chat .user-row").inner_text() == "平生町の計画の期間は\nいつまでですか"


def test_what_is_typed_before_the_page_is_ready_stays(visit: Open) -> None:
    """Whoever types at once, on a slow line, finds the words still there when towns and examples have come."""
    opened = visit()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    opened.page.route("**/gradio_api/queue/join*", hold)
    opened.page.reload()
    opened.page.locator(QUESTION).fill(PERIOD)
    while not held:
        opened.page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    opened.page.unroute("**/gradio_api/queue/join*")
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)
