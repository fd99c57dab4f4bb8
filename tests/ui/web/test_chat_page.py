"""The chat page in a real browser, over a real server and the five plans."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.ui.web.visit import QUESTION, Open

PERIOD = "平生町の計画の期間はいつからいつまでですか？"
WIDTHS = (360, 768, 1440)


def test_an_answer_stands_beside_its_quote_and_the_quote_is_in_the_plan(visit: Open, server_url: str) -> None:
    """A question gets an answer with a marker; the citation shows town, plan, headings and the plan's own characters."""
    opened = visit()
    opened.ask(PERIOD)
    expect(opened.page.locator("#chat .bot-row a[href$='#source-1-1']").first).to_have_text("[1]")
    source = opened.page.locator("#source-1-1")
    expect(source.locator(".source-town")).to_have_text("平生町")
    expect(source.locator(".source-title")).to_have_text("平生町DX推進計画")
    expect(source.locator(".source-place").first).to_contain_text("第1章")
    quote = source.locator(".source-quote").evaluate("element => element.textContent")
    text = httpx.get(f"{server_url}/api/plans/{source.get_attribute('data-plan')}").json()["text"]
    assert quote == text[int(source.get_attribute("data-start") or -1) : int(source.get_attribute("data-end") or -1)]
    assert opened.towns() == {"平生町"}


def test_the_first_screen_says_what_it_is_in_japanese(visit: Open) -> None:
    """The page is marked Japanese, says in a sentence that it quotes the plans, and shows no English of Gradio's."""
    page = visit().page
    assert page.locator("html").get_attribute("lang") == "ja"
    expect(page.locator("#intro p")).to_have_text(
        "市町村の計画についてのご質問に、必ず計画の原文を引用してお答えします。"
    )
    seen = page.locator("body").inner_text()
    assert not any(word in seen for word in ("Gradio", "API", "Settings", "Textbox", "Chatbot", "Submit", "Examples"))


def test_a_marker_chooses_its_citation(visit: Open) -> None:
    """Pressing [1] marks the card of its quote, which stands open too; an earlier answer keeps its own quotes."""
    opened = visit(360, 740)
    opened.ask(PERIOD)
    opened.ask("鏡野町の計画の推進体制は、どのようになっていますか？")
    for turn in (1, 2):
        opened.page.locator(f"#chat a[href$='#source-{turn}-1']").first.click()
        source = opened.page.locator(f"#source-{turn}-1")
        expect(source).to_have_class("source source-chosen")
        opened.page.keyboard.press("Escape")
    assert opened.towns() == {"鏡野町"}


@pytest.mark.parametrize(("width", "is_open"), [(360, False), (1440, True)])
def test_quotes_below_an_answer_are_folded_and_quotes_beside_it_are_open(
    visit: Open, width: int, is_open: bool
) -> None:
    """On a phone one line tells how many quotes there are and unfolds them; in a wide window they stand beside the answer."""
    opened = visit(width, 740)
    opened.ask(PERIOD)
    source = opened.page.locator("#source-1-1")
    expect(source).to_be_visible() if is_open else expect(source).to_be_hidden()
    fold = opened.page.locator("#sources summary").first
    expect(fold).to_have_text("根拠（計画の原文）1件")
    fold.focus()
    opened.page.keyboard.press("Enter")
    expect(source).to_be_hidden() if is_open else expect(source).to_be_visible()


def test_a_phone_shows_the_beginning_of_the_answer(visit: Open) -> None:
    """After a question its answer begins at the top of a phone's window, whatever comes to stand below it."""
    opened = visit(360, 740)
    for question in (PERIOD, "上郡町と平生町の計画の期間はいつからいつまでですか？"):
        opened.ask(question)
        opened.page.wait_for_timeout(300)
        place = opened.page.locator("#chat .user-row").last.bounding_box()
        assert place is not None
        assert 0 <= place["y"] < 40


def test_a_follow_up_question_knows_what_went_before(visit: Open) -> None:
    """A second question that names no town is answered for the town of the first."""
    opened = visit()
    opened.ask("上里町の計画の期間はいつからいつまでですか？")
    opened.ask("計画の推進体制は、どのようになっていますか？")
    assert opened.towns() <= {"上里町"}
    expect(opened.page.locator("#chat .bot-row").last).to_contain_text("上里町")


def test_the_chosen_town_restricts_the_answer(visit: Open) -> None:
    """With a town chosen, every citation comes from that town, and the example questions are that town's."""
    opened = visit()
    opened.page.click("#town input")
    opened.page.get_by_role("option", name="鏡野町").click()
    expect(opened.page.locator("#prompts .gallery-item").first).to_contain_text("鏡野町")
    opened.ask("デジタル人材の育成では何をしますか？")
    assert opened.towns() == {"鏡野町"}


def test_every_town_of_the_index_can_be_chosen(visit: Open) -> None:
    """The selector offers all towns together and each municipality of the index."""
    page = visit().page
    page.click("#town input")
    names = {name.replace("✓", "").strip() for name in page.get_by_role("option").all_inner_texts()}
    towns = {"上郡町（兵庫県）", "平生町（山口県）", "上毛町（福岡県）", "上里町（埼玉県）", "鏡野町（岡山県）"}
    assert names == {"すべての市町村"} | towns


def test_an_example_question_is_asked_when_pressed(visit: Open) -> None:
    """Pressing an example asks it, and leaves what was being typed in the box."""
    opened = visit()
    example = opened.page.locator("#prompts .gallery-item").first
    asked = example.inner_text()
    opened.page.fill(QUESTION, "書きかけの質問")
    example.click()
    opened.wait_for_answer(1)
    expect(opened.page.locator("#chat .user-row")).to_have_text(asked)
    expect(opened.page.locator("#sources .source").first).to_be_visible()
    expect(opened.page.locator(QUESTION)).to_have_value("書きかけの質問")


def test_a_suggestion_is_a_question_to_press(visit: Open) -> None:
    """After an answer the follow-up questions are offered, and pressing one asks it."""
    opened = visit()
    opened.ask(PERIOD)
    suggestion = opened.page.locator("#prompts .gallery-item").first
    asked = suggestion.inner_text()
    suggestion.click()
    opened.wait_for_answer(2)
    expect(opened.page.locator("#chat .user-row").last).to_have_text(asked)


def test_an_answer_that_is_refused_says_why(visit: Open) -> None:
    """A question that no plan answers gets the reason in words, no citation, and the way to start over."""
    opened = visit()
    opened.ask("明日の天気はどうですか？")
    expect(opened.page.locator("#chat .bot-row .reason").first).to_have_text(
        "市町村の計画についてのご質問ではないようです"
    )
    expect(opened.page.locator("#restart")).to_be_visible()
    assert opened.towns() == set()


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src=x onerror="window.broken=1"><script>window.broken=1</script>',
        "<svg/onload=window.broken=1> **太字** [印](javascript:window.broken=1) <thinking>考え</thinking>",
        "{{value}} ${window.broken=1} $$x$$ &lt;b&gt; `code` # 見出し\n    - 一覧 1. https://example.com",
    ],
)
def test_hostile_text_stays_text(visit: Open, hostile: str) -> None:
    """Markup, script, Markdown and template marks in a question are shown as they were typed, and run nothing."""
    opened = visit()
    opened.ask(hostile)
    shown = opened.page.locator("#chat .user-row").inner_text()
    assert "".join(shown.split()) == "".join(hostile.split())
    assert opened.page.locator("#chat .user-row").locator("img, script, svg, a, strong, code, h1, li").count() == 0
    opened.ask(PERIOD)  # the panel now holds the hostile question as a heading, if it got citations
    assert opened.page.evaluate("window.broken") is None


def test_a_question_is_sent_once(visit: Open) -> None:
    """While an answer is on its way, Enter, the button and the examples send nothing more."""
    opened = visit()
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)

    opened.page.route("**/gradio_api/queue/join*", hold)
    opened.page.fill(QUESTION, PERIOD)
    opened.page.press(QUESTION, "Enter")
    opened.page.press(QUESTION, "Enter")
    opened.page.click("#send")
    opened.page.locator("#prompts .gallery-item").first.click()
    opened.page.wait_for_timeout(500)
    assert len(sent) == 1
    sent[0].continue_()
    opened.wait_for_answer(1)
    assert opened.page.locator("#chat .user-row").count() == 1


@pytest.mark.parametrize(("typed", "said"), [("   ", "質問が空です"), ("計" * 2001, "2,000文字以内")])
def test_a_text_that_cannot_be_asked_is_kept(visit: Open, typed: str, said: str) -> None:
    """An empty or too long question gets a polite message, and what was typed stays in the box."""
    page = visit().page
    page.fill(QUESTION, typed)
    page.click("#send")
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator(QUESTION)).to_have_value(typed)
    assert page.locator("#chat .user-row").count() == 0


def test_starting_over_forgets_the_conversation(visit: Open) -> None:
    """After starting over there is no answer and no citation, and the examples are back."""
    opened = visit()
    opened.ask(PERIOD)
    opened.page.click("#restart")
    expect(opened.page.locator("#chat .user-row")).to_have_count(0)
    expect(opened.page.locator("#sources .source")).to_have_count(0)
    expect(opened.page.locator("#prompts")).to_contain_text("質問の例")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_its_window_and_its_targets_fit_a_finger(visit: Open, width: int) -> None:
    """No width scrolls sideways, before and after an answer; text is at least 16 px and targets at least 44 px."""
    opened = visit(width, 800)
    _assert_fits(opened.page)
    opened.ask(PERIOD)
    opened.ask("デジタル人材の育成では何をしますか？")
    _assert_fits(opened.page)


def _assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    seen = "element => element.checkVisibility() && element.getClientRects().length"
    small = page.evaluate(
        f"""() => [...document.querySelectorAll('button, input, textarea, summary')].filter({seen})
            .filter(element => element.getBoundingClientRect().height < 44).map(element => element.outerHTML)"""
    )
    assert small == []
    tiny = page.evaluate(
        f"""() => [...document.querySelectorAll('main *')].filter({seen})
            .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .filter(element => parseFloat(getComputedStyle(element).fontSize) < 16).map(element => element.outerHTML)"""
    )
    assert tiny == []


def test_the_page_follows_the_devices_dark_setting(visit: Open) -> None:
    """On a dark device the paper is dark and the ink is light."""
    colours = [
        visit(colours=setting).page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        for setting in ("light", "dark")
    ]
    assert colours == ["rgb(245, 244, 238)", "rgb(15, 25, 23)"]


def test_a_lost_server_is_said_in_japanese_and_the_text_is_kept(visit: Open) -> None:
    """When the server cannot be reached, the message is Japanese and the question stays in the box."""
    opened = visit()
    opened.page.route("**/gradio_api/queue/join*", lambda route: route.abort())
    opened.page.fill(QUESTION, PERIOD)
    opened.page.press(QUESTION, "Enter")
    expect(opened.page.locator(".toast-wrap")).to_contain_text("通信が途切れました")
    expect(opened.page.locator(QUESTION)).to_have_value(PERIOD)
