"""What a device asks for: less motion, colours of its own."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.ui.web.states import PERIOD, asked, at

MOVING = """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
    return parseFloat(s.transitionDuration) || parseFloat(s.animationDuration); }).map(e => e.outerHTML.slice(0, 150))"""


def background(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor"))


def test_whoever_wants_less_motion_gets_none(browser: Browser, server_url: str) -> None:
    """No element of the page moves or fades, and a citation stands in sight without scrolling there smoothly."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    asked(PERIOD, (".marker", "#viewer mark"))(page, server_url)
    assert page.locator(".contain").evaluate(f"() => ({MOVING})().filter(html => !html.startsWith('<html'))") == []
    expect(page.locator("#viewer mark").first).to_be_in_viewport()
    context.close()


def test_colours_of_the_device_lose_nothing(browser: Browser, server_url: str) -> None:
    """The quote is still marked, the main button has an edge, and so has the name of the page that is open."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    asked(PERIOD, (".marker", "#viewer mark"))(page, server_url)
    assert background(page, "#viewer mark") != background(page, "#viewer")
    edged = "e => { const s = getComputedStyle(e); return s.borderTopStyle + ' ' + s.borderTopWidth; }"
    for selector in ("#send", "#site-head a[aria-current]"):
        assert page.locator(selector).evaluate(edged) == "solid 2px"
    at("read?plan=kagamino&q=デジタル", ".plan mark")(page, server_url)
    assert background(page, ".plan mark.plan-hit") != background(page, "body")
    context.close()
