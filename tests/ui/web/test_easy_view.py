"""The やさしい日本語 view on the page: as HTML, and in a real browser."""

from __future__ import annotations

import html
import re

from playwright.sync_api import expect

from assistant.answer import Answer
from assistant.easy_japanese import HEADING, easy, plain
from tests.ui.web.visit import Open
from ui.web.chat.easy import render_easy

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
HOSTILE = "<script>window.broken=1</script>計画\"'><img src=x onerror=window.broken=1>&amp;を推進します。{{a}}${b}[1]"


def answer(text: str) -> Answer:
    """Return an answer of that text."""
    return Answer("id", "問い", text, False, None, (), (), (), "extractive", 0.1)


def test_the_view_has_only_our_own_elements() -> None:
    """Whatever an answer holds, the elements are those of the view, and a browser reads back the view's text."""
    view = render_easy([answer(HOSTILE)], wanted=True)
    elements = set(re.findall(r"</?([a-zA-Z!]\w*)", view))
    assert elements == {"section", "h2", "p", "ruby", "rp", "rt"}
    body = re.sub(r"<rp>.*?</rp>|<rt>.*?</rt>", "", view.partition("</h2>")[2])
    shown = html.unescape(re.sub(r"</?(?:section|p|ruby)>", "", body))
    assert shown == "".join(plain(sentence) for sentence in easy(HOSTILE))


def test_no_view_is_drawn_unless_it_is_wanted() -> None:
    """Without the switch, and before any answer, there is nothing."""
    assert render_easy([answer("計画です。")], wanted=False) == ""
    assert render_easy([], wanted=True) == ""


def test_the_switch_shows_the_view_under_the_answer_and_above_the_quotes(visit: Open) -> None:
    """It has a label, works from the keyboard, acts on the answer at hand at once, and holds for the next question."""
    opened = visit()
    opened.ask(PERIOD)
    view = opened.page.locator("#easy section")
    expect(view).to_have_count(0)
    switch = opened.page.get_by_label("やさしい日本語でも読む")
    switch.focus()
    opened.page.keyboard.press("Space")
    expect(view.get_by_role("heading")).to_have_text(HEADING)
    expect(view.locator("ruby").first).to_be_visible()
    expect(view).to_contain_text("令和")
    expect(view).to_contain_text("[1]")
    above, below = view.bounding_box(), opened.page.locator("#source-1-1").bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    opened.ask("鏡野町の計画の推進体制は、どのようになっていますか？")
    expect(switch).to_be_checked()
    expect(view).to_contain_text("鏡野町")
    opened.page.keyboard.press("Tab")
    switch.uncheck()
    expect(view).to_have_count(0)


def test_a_question_in_kana_turns_the_switch_on(visit: Open) -> None:
    """Whoever asks in kana alone gets the view without asking for it, and can turn it off."""
    opened = visit(360, 740)
    opened.ask("ひらおちょうの けいかくの きかんは いつから いつまでですか")
    switch = opened.page.get_by_label("やさしい日本語でも読む")
    expect(switch).to_be_checked()
    expect(opened.page.locator("#easy section")).to_be_visible()
    switch.uncheck()
    expect(opened.page.locator("#easy section")).to_have_count(0)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_starting_over_takes_the_view_away(visit: Open) -> None:
    """A fresh conversation has no plain words of the old one; the switch stays as it was."""
    opened = visit()
    opened.page.get_by_label("やさしい日本語でも読む").check()
    opened.ask(PERIOD)
    expect(opened.page.locator("#easy section")).to_be_visible()
    opened.page.click("#restart")
    expect(opened.page.locator("#easy section")).to_have_count(0)
    expect(opened.page.get_by_label("やさしい日本語でも読む")).to_be_checked()


def test_hostile_words_in_the_view_run_nothing(visit: Open) -> None:
    """A question that comes back in the answer's own words is text in the view too."""
    opened = visit()
    opened.page.get_by_label("やさしい日本語でも読む").check()
    opened.ask('<img src=x onerror="window.broken=1">町の計画期間はいつまでですか？')
    expect(opened.page.locator("#easy section")).to_be_visible()
    assert opened.page.locator("#easy section").locator("img, script, a").count() == 0
    assert opened.page.evaluate("window.broken") is None
