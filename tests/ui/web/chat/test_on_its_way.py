"""While an answer is on its way: stop it, reload, hear of it once; afterwards: edit the question and ask again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.ui.web.visit import QUESTION, Open, Visit

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
OTHER = "鏡野町の計画の推進体制は、どのようになっていますか？"


def _at(opened: Visit, url: str) -> Visit:
    opened.page.goto(url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    return opened


def test_an_answer_can_be_stopped(visit: Open, slow_url: str) -> None:
    """「回答を止める」 takes the unfinished answer away, brings the question back into the box, and the next one is answered."""
    opened = _at(visit(), slow_url)
    opened.page.fill(QUESTION, PERIOD)
    opened.page.press(QUESTION, "Enter")
    expect(opened.page.locator("#pending .user-row")).to_have_text(PERIOD)
    expect(opened.page.locator(QUESTION)).to_have_value("")
    opened.page.get_by_role("button", name="回答を止める").press("Enter")
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)
    expect(opened.page.locator(QUESTION)).to_be_focused()
    expect(opened.page.locator("#pending .user-row")).to_have_count(0)
    expect(opened.page.locator("#prompts .gallery-item").first).to_be_visible()
    opened.page.wait_for_timeout(2000)
    expect(opened.page.locator("#chat .turn")).to_have_count(0)
    opened.page.press(QUESTION, "Enter")
    opened.wait_for_answer(1)
    expect(opened.page.locator("#chat .turn")).to_have_count(1)


def test_stopping_keeps_the_answers_before(visit: Open, slow_url: str) -> None:
    """Only the answer on its way goes; the one before stays with its quotes."""
    opened = _at(visit(), slow_url)
    opened.ask(PERIOD)
    opened.page.fill(QUESTION, OTHER)
    opened.page.press(QUESTION, "Enter")
    opened.page.locator("#pending .user-row").wait_for()
    opened.page.click("#stop")
    expect(opened.page.locator(QUESTION)).to_have_value(OTHER)
    expect(opened.page.locator("#chat .turn")).to_have_count(1)
    assert opened.towns() == {"平生町"}


def test_a_reload_in_the_middle_brings_the_question_back(visit: Open, slow_url: str) -> None:
    """The question that was being answered stands in the box again."""
    opened = _at(visit(), slow_url)
    opened.page.fill(QUESTION, PERIOD)
    opened.page.press(QUESTION, "Enter")
    opened.page.locator("#pending .user-row").wait_for()
    expect(opened.page.locator(QUESTION)).to_have_value("")
    opened.page.reload()
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)


def test_a_finished_answer_is_announced_once(visit: Open, slow_url: str) -> None:
    """Of all live regions one speaks, once, when the answer is complete; the focus has not left the box."""
    opened = _at(visit(), slow_url)
    opened.page.evaluate(
        """() => { window.heard = [];
            new MutationObserver(changes => changes.forEach(({target}) => {
              const element = target.nodeType === 1 ? target : target.parentElement;
              const region = element?.closest('[aria-live], [role=status], [role=log], [role=alert]');
              if (region?.textContent.trim()) window.heard.push(region.textContent);
            })).observe(document.body, {childList: true, subtree: true, characterData: true}); }"""
    )
    opened.ask(PERIOD)
    heard = opened.page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].startswith("回答が出ました。")
    assert "令和5" in heard[0]
    assert heard[0].endswith("根拠は1件です。")
    assert "[1]" not in heard[0]
    expect(opened.page.locator(QUESTION)).to_be_focused()


def test_nothing_is_announced_when_a_conversation_comes_back(visit: Open) -> None:
    """A reload speaks of no answer again."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.reload()
    expect(opened.page.locator("#chat .turn")).to_have_count(1)
    expect(opened.page.locator("#announcement")).to_have_count(0)


def test_the_last_question_can_be_edited_and_its_answer_is_replaced(visit: Open) -> None:
    """The question is back in the box with the focus; the new answer takes the place of the old one, the first stays."""
    opened = visit()
    opened.ask(PERIOD)
    opened.ask("上里町の計画の期間はいつからいつまでですか？")
    opened.page.click("#edit")
    expect(opened.page.locator(QUESTION)).to_have_value("上里町の計画の期間はいつからいつまでですか？")
    expect(opened.page.locator(QUESTION)).to_be_focused()
    expect(opened.page.locator("#problem")).to_contain_text("前の回答は新しい回答に替わります")
    opened.page.fill(QUESTION, OTHER)
    opened.page.press(QUESTION, "Enter")
    expect(opened.page.locator("#chat .user-row").last).to_have_text(OTHER)
    expect(opened.page.locator("#chat .user-row")).to_have_text([PERIOD, OTHER])
    assert opened.towns() == {"鏡野町"}
    opened.ask(PERIOD)
    expect(opened.page.locator("#chat .turn")).to_have_count(3)


def test_editing_can_be_given_up(visit: Open) -> None:
    """The same button ends it: the box is empty, the answer stands, and the next question is added."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.click("#edit")
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)
    opened.page.get_by_role("button", name="直すのをやめる").click()
    expect(opened.page.locator(QUESTION)).to_have_value("")
    opened.ask(OTHER)
    expect(opened.page.locator("#chat .turn")).to_have_count(2)
