"""The whole way with the keyboard alone: ask, open a citation, come back, filter the register. The focus is always in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.states import PERIOD
from tests.ui.web.visit import QUESTION, Open

FOCUS = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const ringed = [e, e.closest('label')].some(at => { const s = at && getComputedStyle(at);
        return s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
    const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height / 2);
    const own = e.closest('[id]');
    return { name: e.id || (own ? own.id : ''), text: (e.innerText || e.getAttribute('aria-label') || '').trim(), ringed,
        covered: !(top && (e.contains(top) || top.contains(e) || e.closest('label')?.contains(top))), html: e.outerHTML.slice(0, 200) };
}"""


def stops(page: Page, most: int = 60) -> Iterator[str]:
    """Press Tab and yield where the focus is, again and again. Wherever it is, a ring is round it and nothing over it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # past the last stop, on the way to the first
        focus = page.evaluate(FOCUS)
        assert focus["ringed"], focus
        if focus["covered"]:  # by a list of choices that is just closing
            page.wait_for_function(f"!({FOCUS})().covered", timeout=2000)
        yield str(focus["text"] or focus["name"])
    pytest.fail("Tab never gets there")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    if not any(page.evaluate("s => document.activeElement.matches(s)", selector) for _ in stops(page)):
        pytest.fail(f"Tab does not reach {selector}")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_keyboard_alone_does_it_all(visit: Open, server_url: str, width: int) -> None:
    """Asked, cited, back where one was, on to the register, filtered there; no step needs a mouse."""
    page = visit(width, 740).page
    tab_to(page, QUESTION)
    page.keyboard.type(PERIOD)
    page.keyboard.press("Enter")
    page.locator("#chat .bot-row").wait_for()
    page.locator("#send:has-text('質問する')").wait_for()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, ".marker")
    page.keyboard.press("Enter")
    expect(page.locator("#viewer mark").first).to_be_focused()
    expect(page.locator("#viewer mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".marker").first).to_be_focused()
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    tab_to(page, "#site-head a[href='/register']")
    page.keyboard.press("Enter")
    page.locator("#register tbody tr").first.wait_for()
    tab_to(page, "#filter-town input")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#register-count [role=status]")).not_to_have_text("43件の取組があります。")
    expect(page).not_to_have_url(f"{server_url}/register")


def test_the_focus_goes_as_one_reads(visit: Open) -> None:
    """From the way past the head through the pages, the sizes, the town and the examples to the box, then to the foot."""
    page = visit().page
    expected = ["本文へ進む", "質問", "取組一覧", "比較", "計画を読む", "標準", "大", "特大"]
    expected += ["調べる市町村", "easy-switch"]
    expected += [text.strip() for text in page.locator("#prompts .gallery-item").all_inner_texts()]
    expected += ["question", "質問する", "評価", "管理"]
    found = [stop for _, stop in zip(expected, stops(page), strict=False)]
    assert found == expected


@pytest.mark.parametrize("path", ["", "register", "compare", "read", "evaluation", "admin"])
def test_the_first_stop_leads_past_the_head(visit: Open, server_url: str, path: str) -> None:
    """「本文へ進む」 comes into sight with the focus, and the next stop after it lies within the page's own part."""
    page = visit().page
    page.goto(f"{server_url}/{path}")
    page.locator("#layout :is(a, input, button, p)").first.wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('#site-head')")
