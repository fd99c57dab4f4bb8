"""What can be done with an answer: say whether it helped, copy it, link to it; with a conversation: save it, print it."""

from __future__ import annotations

from pathlib import Path

import httpx
from playwright.sync_api import expect

from tests.ui.web.visit import Open
from ui.database import AnswersFile
from ui.feedback_store import FeedbackStore
from ui.open import japan_time

SEEN = """selector => {
    const [form, box] = [selector, '#ask-area'].map(name => document.querySelector(name).getBoundingClientRect());
    return form.top >= 0 && form.bottom <= box.top;
}"""
PERIOD = "平生町の計画の期間はいつからいつまでですか？"
QUOTE = "本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。"
HOSTILE = "<img src=x onerror=window.broken=1>**読みにくい**"


def test_feedback_is_sent_and_can_be_explained(visit: Open, slow_url: str, slow_answers: Path) -> None:
    """Pressing says thanks and is kept at once; a comment follows if one likes; another answer does not undo what is shown."""
    opened = visit()
    opened.page.goto(slow_url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    opened.ask(PERIOD)
    turn = opened.page.locator("#chat .turn").first
    turn.get_by_role("button", name="役に立たなかった").click()
    expect(turn.locator(".tools-said")).to_contain_text("ありがとうございます")
    [kept] = FeedbackStore(AnswersFile(slow_answers, days=30, clock=japan_time)).all()
    assert (kept.answer_id, kept.helpful, kept.comment) == (turn.get_attribute("data-answer"), False, "")
    turn.get_by_label("よろしければ、理由をお聞かせください").fill(HOSTILE)
    opened.ask("計画の推進体制は、どのようになっていますか？")
    expect(turn.get_by_label("よろしければ、理由をお聞かせください")).to_have_value(HOSTILE)
    turn.get_by_role("button", name="送る").click()
    expect(turn.locator(".tools-said")).to_contain_text("ご意見をお送りしました")
    expect(turn.locator("form")).to_be_hidden()
    expect(turn.get_by_role("button", name="役に立たなかった")).to_have_attribute("aria-pressed", "true")
    [kept] = FeedbackStore(AnswersFile(slow_answers, days=30, clock=japan_time)).all()
    assert (kept.helpful, kept.comment) == (False, HOSTILE)
    assert opened.page.evaluate("window.broken") is None


def test_feedback_that_cannot_be_sent_is_said(visit: Open) -> None:
    """Without the server the page apologises and marks nothing."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.route("**/api/feedback", lambda route: route.abort())
    button = opened.page.get_by_role("button", name="役に立った")
    button.click()
    expect(opened.page.locator(".turn .tools-said")).to_contain_text("送れませんでした")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_an_answer_is_copied_with_its_quotes(visit: Open) -> None:
    """The clipboard holds question, answer and every quote with its place, as plain text."""
    opened = visit()
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.ask(PERIOD)
    opened.page.get_by_role("button", name="回答をコピー").click()
    expect(opened.page.locator(".turn .tools-said")).to_have_text("コピーしました。")
    copied = str(opened.page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"質問：{PERIOD}\n\n回答：\n")
    assert f"[1] 平生町「平生町DX推進計画」 第1章 総論 › 3.計画の期間\n「{QUOTE}」" in copied


def test_a_conversation_is_saved_as_markdown(visit: Open) -> None:
    """The file is made in the browser; it holds both questions and the quote."""
    opened = visit()
    opened.ask(PERIOD)
    opened.ask("明日の天気はどうですか？")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="会話を保存").click()
    assert download.value.suggested_filename.endswith(".md")
    saved = Path(download.value.path()).read_text("utf-8")
    assert saved.startswith("# まちプランへの質問と回答\n\n## 平生町の計画の期間は")
    assert "## 明日の天気はどうですか？" in saved
    assert f"> {QUOTE}" in saved


def test_paper_holds_questions_answers_and_quotes_and_no_controls(visit: Open) -> None:
    """In print nothing to press is there, the quotes of earlier answers are unfolded, and each stands under its question."""
    opened = visit()
    opened.ask(PERIOD)
    opened.ask("上里町の計画の期間はいつからいつまでですか？")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page = opened.page
    for hidden in ("#site-head", "#town-area", "#prompts-area", "#ask-area", ".tools", ".source-open"):
        expect(page.locator(hidden).first).to_be_hidden()
    for seen in ("#chat .user-row", "#chat .bot-row", "#source-1-1", "#source-2-1", ".source-newest"):
        expect(page.locator(seen).first).to_be_visible()
    assert page.locator("button:visible, textarea:visible, input:visible").count() == 0
    assert len(page.pdf()) > 10_000


def test_the_link_of_an_answer_opens_it_again(visit: Open, server_url: str) -> None:
    """It shows question, answer, quote, when it was given, from which texts, and that the quote still stands."""
    opened = visit()
    opened.ask(PERIOD)
    said = opened.page.locator("#chat .bot-row").inner_text()
    address = str(opened.page.get_by_role("link", name="この回答へのリンク").get_attribute("href"))
    opened.page.goto(server_url + address)
    page = opened.page
    expect(page.locator("#answer .user-row")).to_have_text(PERIOD)
    assert page.locator("#answer .bot-row").inner_text() == said
    expect(page.locator("#source-1-1 .source-quote")).to_have_text(QUOTE)
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text(f"{japan_time():%Y年%-m月}")
    expect(receipt).to_contain_text("今も計画に同じ文字で載っています")
    answer = httpx.get(f"{server_url}/api/answers/{address.rpartition('=')[2]}").json()
    expect(receipt).to_contain_text(answer["corpus"])
    page.locator(".marker").first.click()
    expect(page.locator("#viewer mark").first).to_have_text(QUOTE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="役に立った").click()
    expect(page.locator(".turn .tools-said")).to_contain_text("ありがとうございます")


def test_the_page_of_an_answer_has_the_view_in_plain_words(visit: Open, server_url: str) -> None:
    """The same switch as in the conversation: it acts at once, and the device remembers it for both pages."""
    opened = visit()
    page = opened.page
    opened.ask(PERIOD)
    page.goto(server_url + str(page.get_by_role("link", name="この回答へのリンク").get_attribute("href")))
    switch, view = page.get_by_label("やさしい日本語でも読む"), page.locator("#easy section")
    expect(switch).not_to_be_checked()
    expect(view).to_have_count(0)
    switch.focus()
    page.keyboard.press("Space")
    expect(view.locator("ruby").first).to_be_visible()
    page.reload()
    expect(switch).to_be_checked()
    expect(view).to_be_visible()
    page.goto(server_url)
    expect(page.get_by_label("やさしい日本語でも読む")).to_be_checked()
    page.goto(f"{server_url}/answer?id=x")
    expect(page.locator(".gone")).to_be_visible()
    expect(page.get_by_label("やさしい日本語でも読む")).to_have_count(0)


def test_the_field_for_an_opinion_is_seen_whole_on_a_phone(visit: Open) -> None:
    """When it opens, and when it gets the focus, nothing of it is behind the box at the foot, with large text too."""
    opened = visit(360, 740)
    page = opened.page
    opened.ask(PERIOD)
    for size in ("標準", "特大"):
        page.get_by_role("button", name=size, exact=True).click()
        page.get_by_role("button", name="役に立たなかった").click()
        form, field = page.locator(".comment"), page.locator(".comment textarea")
        expect(form).to_be_visible()
        page.wait_for_function(SEEN, arg=".comment")
        page.evaluate("scrollTo(0, 0)")
        field.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - innerHeight + 150)")
        field.click(position={"x": 20, "y": 5})
        page.wait_for_function(SEEN, arg=".comment textarea")


def test_an_answer_that_is_gone_is_told_politely(visit: Open, server_url: str) -> None:
    """An unknown id, and one that is markup, lead to a sentence and back to the questions; no page says so in the head."""
    page = visit().page
    for unknown in ("0" * 32, "<img src=x onerror=window.broken=1>", ""):
        page.goto(f"{server_url}/answer?id={unknown}")
        expect(page.get_by_role("heading", name="この回答は、もうありません")).to_be_visible()
        expect(page.get_by_role("link", name="質問のページへ")).to_have_attribute("href", "/")
    assert page.evaluate("window.broken") is None
    expect(page.locator("#site-head nav")).not_to_contain_text("回答")


def test_an_answer_of_the_page_is_kept_with_the_town_it_was_asked_for(visit: Open, server_url: str) -> None:
    """What was asked here is found under its id, with the chosen town, also when there was no answer."""
    opened = visit()
    opened.page.goto(f"{server_url}/?town=平生町")
    expect(opened.page.locator("#town input")).to_have_value("平生町（山口県）")
    opened.ask("保育料はいくらですか？")
    answer_id = opened.page.locator("#chat .turn").get_attribute("data-answer")
    kept = httpx.get(f"{server_url}/api/answers/{answer_id}").json()
    assert (kept["reason"], kept["municipalities"]) == ("not_in_plans", ["353442"])
