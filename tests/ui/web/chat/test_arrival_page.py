"""Where the chat page begins: the town of the address or of this device, the text in the box, the conversation of the tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.ui.web.visit import QUESTION, Open

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
TOWN = "#town input"


@pytest.mark.parametrize("town", ["336068", "鏡野町"])
def test_the_address_chooses_the_town(visit: Open, server_url: str, town: str) -> None:
    """``?town=`` takes a code or a name: the selector shows the town, the examples are its own, answers come from it."""
    opened = visit()
    opened.page.goto(f"{server_url}/?town={town}")
    expect(opened.page.locator(TOWN)).to_have_value("鏡野町（岡山県）")
    expect(opened.page.locator("#prompts .gallery-item").first).to_contain_text("鏡野町")
    opened.ask("デジタル人材の育成では何をしますか？")
    assert opened.towns() == {"鏡野町"}


def test_a_town_that_is_not_covered_is_said(visit: Open, server_url: str) -> None:
    """A name that no plan has is repeated as plain text in a polite sentence, and all towns are searched."""
    page = visit().page
    page.goto(f"{server_url}/?town=<img src=x onerror=window.broken=1>町")
    expect(page.get_by_role("alert")).to_contain_text(
        "「<img src=x onerror=window.broken=1>町」の計画は、まだ収録していません"
    )
    expect(page.locator(TOWN)).to_have_value("すべての市町村")
    assert page.evaluate("window.broken") is None


def test_the_town_chosen_last_is_remembered_on_the_device(visit: Open, server_url: str) -> None:
    """It is in the address, so that a link can be shared; a visit without one begins with it; an address goes before it."""
    page = visit().page
    page.click(TOWN)
    page.get_by_role("option", name="上里町").click()
    page.wait_for_url("**/?town=113859")
    page.goto(server_url)
    expect(page.locator(TOWN)).to_have_value("上里町（埼玉県）")
    page.goto(f"{server_url}/?town=鏡野町")
    expect(page.locator(TOWN)).to_have_value("鏡野町（岡山県）")
    assert page.context.cookies() == []


def test_a_question_of_the_address_waits_in_the_box(visit: Open, server_url: str) -> None:
    """``?q=`` fills the box as plain text and sends nothing."""
    page = visit().page
    page.goto(f"{server_url}/?q=<b>計画の期間は？</b>")
    expect(page.locator(QUESTION)).to_have_value("<b>計画の期間は？</b>")
    page.wait_for_timeout(500)
    expect(page.locator(".user-row")).to_have_count(0)


def test_nothing_is_lost_on_reload(visit: Open) -> None:
    """Both answers with their quotes, what was typed and the choice of plain words are back; a follow-up knows them."""
    opened = visit()
    opened.ask("上里町の計画の期間はいつからいつまでですか？")
    opened.page.get_by_label("やさしい日本語でも読む").check()
    opened.ask("計画の推進体制は、どのようになっていますか？")
    opened.page.fill(QUESTION, "書きかけの質問")
    before = opened.page.locator("#chat .turn").all_inner_texts()
    quotes = opened.page.locator("#sources").inner_text()
    opened.page.reload()
    expect(opened.page.locator("#chat .turn")).to_have_count(2)
    assert opened.page.locator("#chat .turn").all_inner_texts() == before
    assert opened.page.locator("#sources").inner_text() == quotes
    expect(opened.page.locator(QUESTION)).to_have_value("書きかけの質問")
    expect(opened.page.locator("#easy section")).to_be_visible()
    opened.ask("計画の目的は何ですか？")
    assert opened.towns() <= {"上里町"}


def test_the_conversation_belongs_to_its_tab(visit: Open, server_url: str) -> None:
    """Another tab of the same device begins empty; after starting over a reload brings nothing back."""
    opened = visit()
    opened.ask(PERIOD)
    other = opened.page.context.new_page()
    other.goto(server_url)
    other.locator("#prompts .gallery-item").first.wait_for()
    expect(other.locator("#chat .turn")).to_have_count(0)
    opened.page.click("#restart")
    expect(opened.page.locator("#chat .turn")).to_have_count(0)
    opened.page.reload()
    expect(opened.page.locator("#prompts")).to_contain_text("質問の例")
    expect(opened.page.locator("#chat .turn")).to_have_count(0)


def test_a_question_that_has_not_reached_the_server_comes_back_after_a_reload(visit: Open) -> None:
    """When the page is left before the answer came, the question stands in the box again."""
    opened = visit()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    opened.page.route("**/gradio_api/queue/join*", hold)
    opened.page.fill(QUESTION, PERIOD)
    opened.page.press(QUESTION, "Enter")
    opened.page.wait_for_timeout(500)
    opened.page.unroute_all(behavior="ignoreErrors")
    opened.page.reload()
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)


def test_what_a_browser_holds_is_never_shown_as_an_answer(visit: Open) -> None:
    """Made-up ids and markup in the tab's memory bring no answer, run nothing, and the page stays usable."""
    opened = visit()
    opened.page.evaluate(
        """() => addEventListener('pagehide', () => sessionStorage.setItem('machiplan-answers',
            '["<img src=x onerror=window.broken=1>", "00000000000000000000000000000000", 7]'))"""
    )
    opened.page.reload()
    expect(opened.page.get_by_role("alert")).to_contain_text("保存期間が過ぎた回答は、表示していません")
    expect(opened.page.locator("#chat .turn")).to_have_count(0)
    assert opened.page.evaluate("window.broken") is None
    opened.ask(PERIOD)


def test_the_page_says_how_long_questions_are_kept(visit: Open) -> None:
    """One plain sentence, before anything is asked."""
    expect(visit().page.locator("#kept")).to_contain_text("このサーバーに30日間保存します")


def test_a_late_arrival_takes_nothing_from_a_quick_person(visit: Open, server_url: str) -> None:
    """Where the page's own first request is slow, an answer that came before it stays, and so does what is being typed."""
    opened = visit()
    arrivals: list[Route] = []

    def hold_first(route: Route) -> None:
        if arrivals:
            route.continue_()
        else:
            arrivals.append(route)

    opened.page.route("**/gradio_api/queue/join*", hold_first)
    opened.page.goto(f"{server_url}/?town=平生町")
    opened.page.locator(QUESTION).wait_for()
    opened.ask(PERIOD)
    opened.page.fill(QUESTION, "書きかけの質問")
    arrivals[0].continue_()
    expect(opened.page.locator(TOWN)).to_have_value("平生町（山口県）")
    expect(opened.page.locator("#chat .turn")).to_have_count(1)
    expect(opened.page.locator(QUESTION)).to_have_value("書きかけの質問")
    arrivals.clear()
    opened.page.reload()
    opened.page.locator(QUESTION).wait_for()
    opened.page.fill(QUESTION, "計画の目的は何ですか？")
    opened.page.press(QUESTION, "Enter")
    expect(opened.page.locator("#chat .turn")).to_have_count(2)
    arrivals[0].continue_()
    expect(opened.page.locator(TOWN)).to_have_value("平生町（山口県）")
    expect(opened.page.locator("#chat .turn")).to_have_count(2)
