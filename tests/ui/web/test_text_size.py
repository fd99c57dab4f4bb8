"""The size of the text: chosen in the head, held by the device, there from the first paint on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.visit import Open

TEXT = "() => 16 * parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--machi-text'))"  # of rem


def _size(page: Page) -> float:
    return float(page.evaluate(TEXT))


def test_the_size_holds_on_every_page(visit: Open, server_url: str) -> None:
    """「特大」 makes the text larger at once, is marked as pressed, and stays on another page and in another tab."""
    page = visit().page
    usual = _size(page)
    page.get_by_role("button", name="特大").press("Enter")
    assert _size(page) > 1.4 * usual
    assert float(page.locator("#intro p").evaluate("p => parseFloat(getComputedStyle(p).fontSize)")) == _size(page)
    for path in ("/read", "/answer?id=x"):
        page.goto(server_url + path)
        expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
        assert _size(page) > 1.4 * usual
    page.get_by_role("button", name="標準").click()
    page.reload()
    expect(page.get_by_role("button", name="標準")).to_have_attribute("aria-pressed", "true")
    assert _size(page) == usual


def test_the_size_is_there_before_the_first_paint(visit: Open, server_url: str) -> None:
    """The size is set while the head is read, before there is a body to paint."""
    page = visit().page
    page.get_by_role("button", name="大", exact=True).click()
    page.add_init_script(
        """new MutationObserver((changes, watch) => { if (document.body) {
            window.sizeAtBody = document.documentElement.dataset.size; watch.disconnect(); }
        }).observe(document, {childList: true, subtree: true});"""
    )
    page.goto(server_url)
    assert page.evaluate("window.sizeAtBody") == "large"


@pytest.mark.parametrize("path", ["/", "/register", "/compare?q=推進体制", "/read?plan=hirao", "/evaluation"])
def test_the_devices_own_size_of_text_is_heeded(visit: Open, server_url: str, path: str) -> None:
    """Where a browser is set to text twice as large all text is, and nothing scrolls sideways, on a phone either."""
    page = visit(360, 740).page
    page.goto(server_url + path)
    page.locator("#layout").wait_for()
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.locator("#intro p").evaluate("p => parseFloat(getComputedStyle(p).fontSize)") == 36
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_largest_text_fits_every_window(visit: Open, width: int) -> None:
    """With the largest text nothing scrolls sideways, before and after an answer."""
    opened = visit(width, 800)
    opened.page.get_by_role("button", name="特大").click()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    opened.ask("平生町と上毛町の計画期間を比べてください")
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
