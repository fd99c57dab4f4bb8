"""計画を読む as people use it: the list, a plan, its contents, its search, its quotes and its words."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.read.conftest import Read
from ui.web.plan_view.link import quote_link

IN_SIGHT = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"


def _text(url: str, plan: str) -> str:
    with urllib.request.urlopen(f"{url}/api/plans/{plan}") as response:
        found: dict[str, Any] = json.load(response)
    return str(found["text"])


def _link(url: str, plan: str, quote: str) -> str:
    start = _text(url, plan).index(quote)
    return quote_link(plan, start, start + len(quote)).removeprefix("/read")


def test_the_list_names_every_plan_and_says_which_have_ended(read: Read) -> None:
    """Each plan has its town, its title as a link, its period in both calendars; one whose period is over says so."""
    page = read()
    items = page.locator(".read-plans li")
    assert items.count() == 5
    ended = items.filter(has_text="上郡町")
    expect(ended).to_contain_text("計画期間終了")
    expect(ended).to_contain_text("令和4年度（2022年度）から令和7年度（2025年度）まで")
    ended.get_by_role("link").click()
    expect(page.locator(".read-title")).to_have_text("上郡町のICT・DXに関する計画")
    expect(page.locator(".read-notice")).to_contain_text("計画期間が終了しています")
    assert "上郡町" in page.title()


@pytest.mark.parametrize(
    "query", ["?plan=none", "?plan=hirao&start=5&end=99999999", "?plan=hirao&start=x", "?plan=hirao&start=9&end=9"]
)
def test_what_is_not_there_is_said_politely(read: Read, query: str) -> None:
    """An unknown plan or a place outside the text gives a message in Japanese and the list of plans."""
    page = read(query)
    expect(page.get_by_role("alert")).to_contain_text("見つかりませんでした")
    assert page.locator(".read-plans li").count() == 5


def test_the_contents_lead_to_the_headings(read: Read) -> None:
    """The contents are nested links that stay beside the text; with the keyboard one leads to its heading."""
    page = read("?plan=hirao")
    link = page.locator(".read-contents ul ul").get_by_role("link", name="3.計画の期間")
    link.focus()
    page.keyboard.press("Enter")
    heading = page.locator(".plan h3", has_text="3.計画の期間")
    expect(heading).to_be_in_viewport()
    expect(link).to_be_in_viewport()


def test_on_a_phone_the_contents_are_folded(read: Read) -> None:
    """In a narrow window the contents open by a press and fold again once one is chosen; nothing is wider than the window."""
    page = read("?plan=hirao", width=360, height=740)
    link = page.locator(".read-contents").get_by_role("link", name="用語の解説")
    expect(link).to_be_hidden()
    page.locator(".read-contents summary").click()
    link.click()
    expect(link).to_be_hidden()
    expect(page.locator(".plan h2", has_text="用語の解説")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1440])
def test_a_quote_is_marked_in_sight_and_focused(read: Read, server_url: str, width: int) -> None:
    """The address of a quote opens its plan there: marked to the letter, focused, its headings above it."""
    quote = "本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。"
    page = read(_link(server_url, "hirao", quote), width=width, height=740)
    mark = page.locator("mark.plan-quote")
    expect(mark).to_be_focused()
    assert mark.inner_text() == quote
    assert mark.evaluate(IN_SIGHT)
    expect(page.locator(".read-path")).to_have_text("第1章 総論3.計画の期間")
    assert page.locator(".read-path").evaluate(IN_SIGHT)


def test_a_quote_over_cells_is_marked_cell_by_cell(read: Read, server_url: str) -> None:
    """A quote that is a table row is marked in each of its cells; together they are the quote, and the row's others are not."""
    page = read(_link(server_url, "hirao", "介護保険班\t89\t25\t1\t62\t88"))
    assert page.locator("mark.plan-quote").all_inner_texts() == ["介護保険班", "89", "25", "1", "62", "88"]
    assert page.locator("td mark.plan-quote").count() == 6


def test_a_quote_is_copied_with_its_source(read: Read, server_url: str) -> None:
    """The button copies the words, the town, the plan, the headings and the address, and says so."""
    page = read(_link(server_url, "hirao", "必要に応じて見直しを行います"))
    page.get_by_role("button", name="引用をコピー").click()
    expect(page.locator(".read-status")).to_have_text("コピーしました。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "「必要に応じて見直しを行います」\n（平生町「平生町DX推進計画」　第1章 総論 ＞ 3.計画の期間）\nhttp"
    )
    assert page.evaluate("location.hash") in copied


def test_words_are_found_and_stepped_through_with_the_keyboard(read: Read) -> None:
    """The search says how many places there are, opens at the first, and goes to the next and, before the first, the last."""
    page = read("?plan=hirao")
    page.get_by_label("この計画の中をさがす").focus()
    page.keyboard.type("ｸﾗｳﾄﾞ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read?plan=hirao&q=*")
    status = page.locator(".read-found [role=status]")
    expect(status).to_contain_text("か所目です")
    count = page.locator(".plan mark.plan-hit[id]").count()
    expect(status).to_have_text(f"{count}か所のうち1か所目です。")
    assert count > 3
    page.get_by_role("button", name="前へ").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text(f"{count}か所のうち{count}か所目です。")
    assert page.locator(f"#hit-{count}").evaluate(IN_SIGHT)
    assert page.locator(f"#hit-{count}").inner_text() == "クラウド"


def test_words_that_are_nowhere_are_said_to_be_nowhere(read: Read) -> None:
    """A search without result says so and shows the words as they were typed, as text."""
    page = read("?plan=hirao&q=<b>恐竜{{1}}")
    expect(page.locator(".read-found")).to_contain_text("「<b>恐竜{{1}}」は、この計画の中に見つかりませんでした。")


def test_a_word_is_explained_on_hover_and_on_focus(read: Read) -> None:
    """The plan's own definition appears; the pointer may move onto it; Escape puts it away while the focus stays."""
    page = read("?plan=kagamino")
    tip = page.locator("#plan-tip")
    term = page.locator(".plan a.plan-term", has_text="ローコードツール").first
    term.hover()
    expect(tip).to_contain_text("プログラミングに関する専門知識が限定的でも")
    tip.hover()
    page.wait_for_timeout(600)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    term.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term).to_be_focused()
    described = page.locator(f"#{term.get_attribute('aria-describedby')}")
    expect(described).to_contain_text("ローコードツール")


def test_a_word_is_explained_on_touch(read: Read) -> None:
    """A tap shows the definition and stays on the page; its link goes on to the place; a tap elsewhere puts it away."""
    page = read("?plan=kagamino", width=360, height=740, touch=True)
    term = page.locator(".plan a.plan-term", has_text="デジタルリテラシー").first
    term.tap()
    tip = page.locator("#plan-tip")
    expect(tip).to_contain_text("デジタル機器の操作")
    assert tip.evaluate("e => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth }")
    assert page.evaluate("location.hash") == ""
    page.locator(".plan h2").first.tap()
    expect(tip).to_be_hidden()
    term.tap()
    tip.get_by_role("link").tap()
    expect(page.locator(".plan-note", has_text="デジタルリテラシー").last).to_be_in_viewport()


def test_a_note_leads_back_to_its_mark(read: Read) -> None:
    """A mark's link leads to its note, the note's link back to the mark."""
    page = read("?plan=kamisato")
    mark = page.locator(".plan a.plan-term[id]", has_text="ステークホルダー")
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(".plan-note", has_text="ステークホルダー：")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="本文の該当箇所へ戻る").click()
    expect(mark).to_be_in_viewport()


def test_nothing_of_a_hostile_plan_runs(read: Read) -> None:
    """Scripts, handlers and templates in a plan's text, title and notes are words on the list, the page and in explanations."""
    for query in ("", "?plan=hostile", "?plan=hostile&q=<img>", "?plan=hostile&start=3&end=200"):
        page = read(query, strange=True)
        page.wait_for_timeout(300)
        _assert_inert(page)
    page = read("?plan=hostile", strange=True)
    page.locator(".plan a.plan-term").first.hover()
    expect(page.locator("#plan-tip")).to_contain_text("onerror=")
    expect(page.locator(".plan")).to_contain_text("<script>window.ran='script'</script>")
    _assert_inert(page)


def _assert_inert(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert (
        page.locator("#read script, #read img, #read iframe, #read style, #read [onclick], #read [onerror]").count()
        == 0
    )
    expect(page.locator("#site-head")).to_be_visible()


def test_direction_marks_turn_nothing(read: Read) -> None:
    """Letters after a mark that turns the direction of text stand where they stand without it, in the text and in the contents."""
    page = read("?plan=hostile", strange=True)
    assert page.locator(".plan-steers").count() == 2
    left = (
        "(e, w) => { const t = document.createTreeWalker(e, 4); let n; while ((n = t.nextNode())) { const at = n.data.indexOf(w);"
        " if (at < 0) continue; const r = document.createRange(); r.setStart(n, at); r.setEnd(n, at + 1);"
        " return r.getBoundingClientRect().left } }"
    )
    paragraph = page.locator(".plan p", has_text="とちゅう")
    places = [paragraph.evaluate(f"e => ({left})(e, '{word}')") for word in ("この", "とちゅう", "逆さ", "次の")]
    assert places == sorted(places)


def test_a_print_has_the_plan_alone(read: Read) -> None:
    """On paper stand the plan's name, its facts and its words; the navigation, the search and the contents do not."""
    page = read("?plan=hirao&q=DX")
    page.emulate_media(media="print")
    for gone in ("#site-head", ".read-search", ".read-contents", ".read-bar", ".read-others"):
        expect(page.locator(gone)).to_be_hidden()
    for there in (".read-title", ".read-facts", ".plan h2 >> nth=0", ".plan table >> nth=0"):
        expect(page.locator(there)).to_be_visible()


def test_a_wide_table_is_reached_with_the_keyboard(read: Read) -> None:
    """A table that is wider than a phone can be focused and scrolled; where all tables fit, none is a stop of the Tab key."""
    page = read("?plan=koge", width=320)
    wide = page.locator(".plan-table[tabindex]").first
    wide.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert wide.evaluate("e => e.scrollLeft") > 0
    assert read("?plan=koge").locator(".plan-table[tabindex]").count() == 0


def test_every_control_is_large_enough(read: Read, server_url: str) -> None:
    """Links and buttons outside running text are at least 44 pixels tall, on a phone and on a wide screen."""
    quote = _link(server_url, "hirao", "必要に応じて見直しを行います").replace("#", "&q=計画#")
    for query, width in (("", 360), (quote, 360), (quote, 1440)):
        page = read(query, width=width)
        if width < 1024 and query:
            page.locator(".read-contents summary").click()
        for control in page.locator("#read :is(a, button, summary, input:not([type=hidden])):not(.plan a)").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, control.inner_text()


def test_a_very_long_plan_opens_in_bearable_time(read: Read) -> None:
    """A plan of 100,000 characters opens at a quote near its end within seconds, with a bearable number of elements."""
    page = read("?plan=long&start=100000&end=100020", width=360, height=740, strange=True)
    expect(page.locator("mark.plan-quote").first).to_be_in_viewport()
    assert page.evaluate("document.querySelectorAll('#read *').length") < 10_000
    assert page.evaluate("document.querySelector('#read').innerHTML.length") < 600_000
    assert page.evaluate("performance.now()") < 20_000
