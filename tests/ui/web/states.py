"""Every page in every state that it can be in, and the way of a person there."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.ui.small import TOKEN
from tests.ui.web.visit import QUESTION

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
EXAMPLE = "#prompts .gallery-item >> nth=0"
ROW = "#register tbody tr >> nth=0"

Reach = Callable[[Page, str], None]


def at(path: str, shown: str) -> Reach:
    """Return the way to an address, until ``shown`` is there."""

    def reach(page: Page, url: str) -> None:
        page.goto(f"{url}/{path}")
        page.locator(shown).first.wait_for()

    return reach


def asked(question: str, *then: tuple[str, str]) -> Reach:
    """Return the way to the answer of a question, and on: what is pressed, and what then is there."""

    def reach(page: Page, url: str) -> None:
        at("", EXAMPLE)(page, url)
        page.fill(QUESTION, question)
        page.press(QUESTION, "Enter")
        page.locator("#chat .bot-row").wait_for()
        page.locator("#send:has-text('質問する')").wait_for()
        for pressed, shown in then:
            page.locator(pressed).first.click()
            page.locator(shown).first.wait_for()

    return reach


def kept_answer(page: Page, url: str) -> None:
    """An answer at its own address."""
    reply = page.request.post(f"{url}/api/ask", data={"question": PERIOD}).json()
    at(f"answer?id={reply['id']}", ".receipt")(page, url)


def nothing_typed(page: Page, url: str) -> None:
    """The empty question box sent."""
    at("", EXAMPLE)(page, url)
    page.click("#send")
    page.locator("#problem [role=alert]").wait_for()


def examples_without_words(page: Page, url: str) -> None:
    """The examples' buttons as Gradio writes them for a moment, before their words."""
    at("", EXAMPLE)(page, url)
    page.evaluate(
        "() => document.querySelectorAll('#prompts .gallery-item').forEach(e => e.replaceChildren(new Comment()))"
    )


def one_town(page: Page, url: str) -> None:
    """A comparison of one town."""
    at("compare?town=平生町", "#compare-towns input")(page, url)
    page.fill("#compare-topic :is(input, textarea)", "オープンデータ")
    page.click("#compare-send")
    page.locator("#problem [role=alert]").wait_for()


def measure_opened(page: Page, url: str) -> None:
    """The details of a measure."""
    at("register?town=上毛町&q=オープンデータ", ROW)(page, url)
    page.locator("#register summary").first.click()
    page.locator("#register details[open] .source-quote").first.wait_for()


def entered(path: str, field: str, shown: str) -> Reach:
    """Return the way into the part of a page that asks for the token."""

    def reach(page: Page, url: str) -> None:
        at(path, field)(page, url)
        page.fill(field, TOKEN)
        page.press(field, "Enter")
        page.locator(shown).first.wait_for()

    return reach


def asked_to_remove(page: Page, url: str) -> None:
    """The question before a plan is removed."""
    entered("admin", "#admin-token", "#admin-plans table")(page, url)
    page.locator("[data-remove]").first.click()
    page.locator("#admin-remove[open]").wait_for()


STATES: dict[str, Reach] = {
    "質問": at("", EXAMPLE),
    "質問・例の言葉はまだ": examples_without_words,
    "質問・回答": asked(PERIOD),
    "質問・断り": asked("明日の天気はどうですか？"),
    "質問・比較の表": asked("平生町と上毛町の計画期間を比べてください"),
    "質問・計画の原文": asked(PERIOD, (".marker", "#viewer mark")),
    "質問・ご意見": asked(PERIOD, ("[data-do=unhelpful]", ".comment textarea")),
    "質問・やさしい日本語": asked(PERIOD, ("#easy-switch input", "#easy ruby")),
    "質問・町を選ぶ": asked(PERIOD, ("#town input", "[role=option]")),
    "質問・誤り": nothing_typed,
    "質問・無い町": at("?town=無い町", "#problem [role=alert]"),
    "回答": kept_answer,
    "回答・もうない": at("answer?id=x", ".gone"),
    "取組一覧": at("register", ROW),
    "取組一覧・絞込み": at("register?town=鏡野町&sort=title", ROW),
    "取組一覧・くわしく": measure_opened,
    "取組一覧・なし": at("register?q=動物園", "#register-count [role=status]"),
    "取組一覧・誤り": at("register?year=いつか", "#problem [role=alert]"),
    "比較": at("compare", EXAMPLE),
    "比較・表": at("compare?town=平生町&town=上毛町&town=鏡野町&q=計画の期間", "#compared tbody tr"),
    "比較・誤り": one_town,
    "計画を読む": at("read", ".read-plans"),
    "計画を読む・計画": at("read?plan=kamisato", ".read-body"),
    "計画を読む・検索": at("read?plan=kagamino&q=デジタル", ".plan mark"),
    "計画を読む・引用": at("read?plan=hirao&start=4163&end=4206", "mark.plan-quote"),
    "計画を読む・誤り": at("read?plan=none", "[role=alert]"),
    "評価・合言葉なし": at("evaluation", "#evaluation .office-card"),
    "評価": at("evaluation", "#eval-token"),
    "評価・結果": at("evaluation?run=again", "#run-title"),
    "評価・比べる": at("evaluation?run=again&with=before", "#compare-title"),
    "評価・誤り": at("evaluation?run=none", ".office [role=alert]"),
    "評価・実行": entered("evaluation", "#eval-token", "#eval-room"),
    "管理・合言葉なし": at("admin", "#admin .office-doubt"),
    "管理": at("admin", "#admin-token"),
    "管理・計画": entered("admin", "#admin-token", "#admin-plans table"),
    "管理・削除の確認": asked_to_remove,
}
"""By name: the page, then what is special about it. Those of ``NO_TOKEN`` are of a server that has no token set."""

LONG = {"取組一覧", "計画を読む・引用"}
"""Much of the same: whatever stands there stands on a shorter page too."""

NO_TOKEN = {"評価・合言葉なし", "管理・合言葉なし"}
