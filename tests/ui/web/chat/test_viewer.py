"""The plan beside an answer: what a number or a citation opens, and what can be done there."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.visit import Open

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
SCHEDULE = "平生町のDX人材育成のスケジュールは"
WIDTHS = (360, 768, 1440)
MARKED = """() => [...document.querySelectorAll('#viewer mark.plan-quote')].map(mark => mark.textContent).join('')"""


def _open(opened: Page, n: int = 1) -> None:
    opened.locator(f"#chat a[href$='#source-1-{n}']").first.click()
    opened.locator("#viewer mark").first.wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_opens_the_plan_at_the_quoted_words(visit: Open, server_url: str, width: int) -> None:
    """The plan stands there whole, the quote alone is highlighted, to the character, in view, with its place above it."""
    opened = visit(width, 800)
    opened.ask(PERIOD)
    _open(opened.page)
    viewer = opened.page.locator("#viewer")
    source = opened.page.locator("#source-1-1")
    quote = source.locator(".source-quote").evaluate("element => element.textContent")
    assert opened.page.evaluate(MARKED) == quote
    expect(viewer.locator("mark").first).to_be_in_viewport()
    expect(viewer.locator(".source-town")).to_have_text("平生町")
    expect(viewer.locator(".viewer-place")).to_have_text(source.locator(".source-place").first.inner_text())
    text = httpx.get(f"{server_url}/api/plans/hirao").json()["text"]
    shown = viewer.locator(".plan").evaluate("element => element.textContent")
    assert "".join(shown.split()) == "".join(text.split())
    assert viewer.locator("h2, h3, h4, table").count() > 10
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if width == WIDTHS[-1]:
        answer, panel = opened.page.locator(".bot-row").bounding_box(), viewer.bounding_box()
        assert answer is not None
        assert panel is not None
        assert answer["x"] + answer["width"] <= panel["x"]


def test_a_quote_that_crosses_cells_is_highlighted_in_each(visit: Open) -> None:
    """The highlighted pieces together are the quote without what separates its cells, and nothing else."""
    opened = visit()
    opened.ask(SCHEDULE)
    _open(opened.page)
    quote = opened.page.locator("#source-1-1 .source-quote").evaluate("element => element.textContent")
    assert opened.page.locator("#viewer table mark").count() > 0
    assert "".join(opened.page.evaluate(MARKED).split()) == "".join(quote.split())


@pytest.mark.parametrize("width", [360, 1440])
def test_closing_goes_back_to_where_one_was(visit: Open, width: int) -> None:
    """Escape and the button close it, by keyboard alone too, and the focus is on the number or link that opened it."""
    opened = visit(width, 800)
    opened.ask(PERIOD)
    marker = opened.page.locator(".marker").first
    marker.focus()
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#viewer mark").first).to_be_focused()
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#viewer")).to_be_hidden()
    expect(marker).to_be_focused()
    link = opened.page.locator("#source-1-1 .source-open")
    link.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator("#viewer mark").first.wait_for()
    opened.page.get_by_role("button", name="閉じる").press("Enter")
    expect(link).to_be_focused()


def test_a_keyboard_alone_asks_and_opens_a_citation(visit: Open) -> None:
    """From the top of the page Tab reaches the box, from there the number; Enter opens it, Escape comes back."""
    page = visit().page
    _tab_to(page, "#question textarea", "Tab")
    page.keyboard.type(PERIOD)
    page.keyboard.press("Enter")
    page.locator("#chat .bot-row").wait_for()
    _tab_to(page, "#chat .marker", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#viewer mark").first).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#chat .marker')")


def _tab_to(page: Page, selector: str, key: str) -> None:
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with {key}")


def test_a_quote_is_copied_with_its_place(visit: Open) -> None:
    """「引用をコピー」 takes the quote to the letter, the town, the plan and the headings above it, and says so."""
    opened = visit()
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.ask(PERIOD)
    _open(opened.page)
    opened.page.get_by_role("button", name="引用をコピー").click()
    expect(opened.page.locator("#viewer [role=status]")).to_have_text("コピーしました。")
    assert opened.page.evaluate("navigator.clipboard.readText()") == (
        "「本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。」\n"
        "（平生町「平生町DX推進計画」 第1章 総論 › 3.計画の期間）"
    )


def test_the_way_into_the_whole_plan_keeps_the_place(visit: Open) -> None:
    """The links of the card and of the viewer lead to the page that reads plans, at the same words."""
    opened = visit()
    opened.ask(PERIOD)
    _open(opened.page)
    link = opened.page.get_by_role("link", name="計画全体で読む").get_attribute("href")
    assert link == opened.page.locator("#source-1-1 .source-open").get_attribute("href")
    assert str(link).startswith("/read?plan=hirao&start=4163&end=4206")


def test_a_plan_that_cannot_be_opened_is_said(visit: Open) -> None:
    """Without the server the viewer apologises in Japanese and can be closed."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.route("**/view?*", lambda route: route.abort())
    opened.page.locator(".marker").first.click()
    expect(opened.page.locator("#viewer [role=alert]")).to_contain_text("計画を開けませんでした")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#viewer")).to_be_hidden()


def test_a_quote_that_has_moved_is_said(visit: Open) -> None:
    """Where today's plan has other words at the place of a quote, the viewer warns instead of passing them off as it."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.locator("#source-1-1").evaluate("card => { card.dataset.start = '4164'; }")
    _open(opened.page)
    expect(opened.page.locator("#viewer [role=alert]")).to_contain_text("引用と一致しません")


@pytest.mark.parametrize(
    "query", ["", "plan=none&start=1&end=2", "plan=hirao&start=2&end=1", "plan=hirao&start=0&end=999999999"]
)
def test_a_place_that_is_not_there_is_not_found(server_url: str, query: str) -> None:
    """An unknown plan, an empty span and one beyond the text are 404."""
    assert httpx.get(f"{server_url}/view?{query}").status_code == httpx.codes.NOT_FOUND
