"""A walk over every page and feature: nothing asks for anything but this server."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.ui.web.states import EXAMPLE, PERIOD
from tests.ui.web.visit import Open
from ui.web.header import PAGES, STAFF


def test_a_walk_over_every_page_asks_nobody_outside(visit: Open) -> None:
    """Every feature that a visitor has is used; the visit fails at the first request that leaves this machine."""
    opened = visit()
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat(page)
    for one in (*PAGES[1:], *STAFF):
        place = "#site-head nav" if one in PAGES else "#site-foot nav"
        page.locator(place).get_by_role("link", name=one.name, exact=True).click()
        expect(page.locator("h1")).to_have_text(one.name)
        {"register": register, "compare": compare, "read": read}.get(one.path, settled)(page)


def chat(page: Page) -> None:
    """Ask, open and copy a quote, tell what one thinks, copy, save, start over, see the answer at its address."""
    page.fill("#question textarea", PERIOD)
    page.click("#send")
    page.locator(".marker").first.click()
    page.locator("#viewer [data-do=copy-quote]").click()
    expect(page.locator("#viewer [role=status]").last).to_have_text("コピーしました。")
    page.keyboard.press("Escape")
    page.get_by_label("やさしい日本語でも読む").check()
    page.locator("#easy ruby").first.wait_for()
    page.locator("[data-do=helpful]").click()
    page.get_by_role("button", name="送る").click()
    page.get_by_role("button", name="回答をコピー").click()
    with page.expect_download():
        page.get_by_role("button", name="会話を保存").click()
    page.get_by_role("link", name="この回答へのリンク").click()
    page.locator("#receipt .receipt").wait_for()
    page.go_back()
    page.locator("#chat .turn").wait_for()
    page.get_by_role("button", name="最初からやり直す").click()
    page.locator(EXAMPLE).wait_for()


def register(page: Page) -> None:
    """Filter, sort, unfold, take the file."""
    page.locator("#register tbody tr").first.wait_for()
    page.fill("#filter-words :is(input, textarea)", "オンライン")
    page.click("#register-search")
    page.wait_for_url("**/register?q=*")
    page.locator("#register thead button").first.click()
    page.locator("#register summary").first.click()
    with page.expect_download():
        page.get_by_role("link", name="CSV").click()


def compare(page: Page) -> None:
    """Compare a topic that is offered, copy the table, take the file."""
    page.locator(EXAMPLE).click()
    page.locator("#compared tbody tr").first.wait_for()
    page.get_by_role("button", name="表をコピーする").click()
    with page.expect_download():
        page.get_by_role("link", name="CSV").click()


def read(page: Page) -> None:
    """Open a plan, follow its contents, search in it, step on."""
    page.locator(".read-plans a").first.click()
    page.locator(".read-contents a").first.click()
    page.get_by_label("この計画の中をさがす").fill("デジタル")
    page.keyboard.press("Enter")
    page.locator("#read [data-step]").last.click()


def settled(page: Page) -> None:
    """Wait until the page for staff is drawn."""
    page.locator("#layout .office").wait_for()
