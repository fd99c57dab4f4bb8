"""The way to every page, and what a resident sees first."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.web.visit import QUESTION, Open
from ui.web.header import PAGES, STAFF


def test_every_page_is_reached_from_every_other(visit: Open) -> None:
    """Residents' pages are linked in the head, staff's at the foot; the page that is open is marked in its place."""
    page = visit().page
    for one in (*PAGES, *STAFF):
        place = page.locator("#site-head nav" if one in PAGES else "#site-foot nav")
        place.get_by_role("link", name=one.name, exact=True).click()
        expect(page.locator("h1")).to_have_text("まちプラン" if one.path == "" else one.name)
        expect(page.locator("[aria-current=page]")).to_have_text(one.name)


@pytest.mark.parametrize("size", ["標準", "特大"])
def test_a_phone_shows_the_question_box_at_once(visit: Open, size: str) -> None:
    """On a phone's first screen stand the site's name and the box, whole, at any size of text."""
    page = visit(360, 740).page
    page.get_by_role("button", name=size).click()
    for part in (page.locator("h1"), page.locator(QUESTION), page.locator("#send")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 740
    head = page.locator("#site-head").bounding_box()
    assert head is not None
    assert head["height"] < 740 / 4
    send = page.locator("#send")
    assert send.evaluate("button => button.scrollWidth <= button.clientWidth")
