"""The comparison in a real browser over the five plans."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from playwright.sync_api import Page, expect

from tests.ui.web.visit import Open

ROWS = "#compared tbody tr"
STATUS = "#compare-status [role=status]"
TOPIC = "#compare-topic textarea, #compare-topic input"


def open_compare(visit: Open, server_url: str, query: str = "", width: int = 1440) -> Page:
    page = visit(width=width).page
    page.goto(f"{server_url}/compare?{query}")
    page.locator("#compare-towns input").first.wait_for(state="attached")
    return page


def test_a_topic_gets_a_cited_table_and_an_address(visit: Open, server_url: str) -> None:
    """A row for each town chosen, every number a link to the quote in its plan; a reload shows the same."""
    page = open_compare(visit, server_url)
    for town in ("鏡野町", "上里町"):
        page.get_by_role("checkbox", name=town).uncheck()
    page.fill(TOPIC, "スマートフォン教室")
    page.press(TOPIC, "Enter")
    page.locator(ROWS).first.wait_for()
    rows = page.locator(ROWS)
    assert rows.count() == 3
    assert [row.get_attribute("data-status") for row in rows.all()] == ["stated", "not_found", "stated"]
    expect(rows.nth(1)).to_contain_text("見つかりませんでした")
    expect(page.locator(STATUS)).to_contain_text("上郡町の計画からは")
    expect(page.locator("#compared .when", has_text="（終わりは不明）").first).to_be_visible()
    expect(page.get_by_text("終わりの時期")).to_have_count(1)
    _prove_quotes(page, server_url)
    assert parse_qs(urlsplit(page.url).query) == {"town": ["353442", "284815", "406465"], "q": ["スマートフォン教室"]}
    before = page.locator("#compared").inner_text()
    page.reload()
    page.locator(ROWS).first.wait_for()
    assert page.locator("#compared").inner_text() == before
    assert page.locator("input[type=checkbox]:checked").count() == 3


def test_what_differs_is_said_first(visit: Open, server_url: str) -> None:
    """Over the table, with the numbers of its rows."""
    page = open_compare(visit, server_url, f"town=平生町&town=上毛町&q={quote('計画の期間')}")
    expect(page.locator("#compared .differs")).to_contain_text("平生町が5年間、上毛町が4年間で、異なります。")
    assert page.locator("#compared .differs a.source-number").count() == 2


def test_a_suggested_topic_is_compared_at_a_press(visit: Open, server_url: str) -> None:
    """The keyboard alone reaches it; most of the towns have something to say."""
    page = open_compare(visit, server_url)
    first = page.locator("#prompts .gallery-item").first
    first.wait_for()
    topic = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    page.locator(ROWS).first.wait_for()
    expect(page.locator(TOPIC)).to_have_value(topic)
    assert page.locator("#compared tr[data-status=stated]").count() > page.locator(ROWS).count() / 2


def test_the_copied_table_and_the_file_hold_the_rows_shown(visit: Open, server_url: str) -> None:
    """Tab-separated text for spreadsheets, a table for documents, and CSV: the same towns and words."""
    page = open_compare(visit, server_url, f"town=平生町&town=上郡町&q={quote('スマートフォン教室')}")
    page.locator(ROWS).first.wait_for()
    page.evaluate(
        "window.addEventListener('copy', (event) => {"
        " window.html = event.clipboardData.getData('text/html'); window.text = event.clipboardData.getData('text/plain'); })"
    )
    page.get_by_role("button", name="表をコピーする").click()
    expect(page.locator("#copied")).to_contain_text("表をコピーしました")
    text, table = page.evaluate("[window.text, window.html]")
    assert table.count("<tr>") == 3
    copied = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    towns = [name.split("\n")[0] for name in page.locator(f"{ROWS} th").all_inner_texts()]
    assert [row[0] for row in copied[1:]] == towns == ["平生町", "上郡町"]
    assert copied[2][1] == "見つかりませんでした"
    link = page.get_by_role("link", name="表計算ソフト用に保存（CSV）").get_attribute("href")
    sent = httpx.get(f"{server_url}{link}").content
    rows = list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"), newline="")))
    assert [(row["自治体"], row["記載"]) for row in rows] == [(copied[1][0], copied[1][1]), ("上郡町", "")]


def test_what_cannot_be_compared_is_said_and_nothing_is_lost(visit: Open, server_url: str) -> None:
    """One town, no topic, a topic far too long, one that no plan answers: each with what to do, the fields as they were."""
    page = open_compare(visit, server_url, "town=平生町")
    page.fill(TOPIC, "オープンデータ")
    page.click("#compare-send")
    expect(page.get_by_role("alert")).to_contain_text("2つ以上選んでください")
    expect(page.locator(TOPIC)).to_have_value("オープンデータ")
    page.get_by_role("checkbox", name="上毛町").check()
    for topic, said in (
        ("", "入力してください"),
        ("あ" * 2001, "長すぎます"),
        ("今日の天気は", "計画についてのご質問ではない"),
    ):
        page.fill(TOPIC, topic)
        page.click("#compare-send")
        expect(page.get_by_role("alert")).to_contain_text(said)
        expect(page.locator(TOPIC)).to_have_value(topic)
    page.fill(TOPIC, "オープンデータ")
    page.click("#compare-send")
    page.locator(ROWS).first.wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_on_a_phone_the_table_is_cards_that_fit(visit: Open, server_url: str) -> None:
    """Nothing is wider than the window, the roles of a table stay, and every control is tall enough."""
    page = open_compare(visit, server_url, f"q={quote('推進体制')}", width=360)
    page.locator(ROWS).first.wait_for()
    page.locator("#compared summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#compared [role=rowheader]").count() == 5
    low = page.evaluate(
        "[...document.querySelectorAll('#layout button, #compare-towns label, #compared summary, #compared .files a')]"
        ".filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"
    )
    assert low == []


def test_on_a_phone_the_result_comes_first(visit: Open, server_url: str) -> None:
    """After comparing the result is in view with the focus, and the form is behind 「条件を変える」; so it is at its address."""
    page = open_compare(visit, server_url, width=360)
    form, result = page.locator("#compare-asks"), page.locator("#compared-title")
    page.fill(TOPIC, "推進体制")
    page.press(TOPIC, "Enter")
    expect(result).to_be_focused()
    expect(result).to_be_in_viewport()
    expect(page.locator(STATUS)).to_be_in_viewport()
    expect(form).to_be_hidden()
    page.reload()
    expect(result).to_be_in_viewport()
    expect(form).to_be_hidden()
    page.get_by_role("button", name="条件を変える").press("Enter")
    expect(form).to_be_visible()
    expect(page.locator(TOPIC)).to_be_focused()
    expect(page.locator(TOPIC)).to_have_value("推進体制")
    page.fill(TOPIC, "計画の期間")
    page.press(TOPIC, "Enter")
    expect(result).to_have_text("「計画の期間」の比較")
    expect(result).to_be_focused()
    expect(form).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(form).to_be_visible()
    expect(page.get_by_role("button", name="条件を変える")).to_be_hidden()


def _prove_quotes(page: Page, server_url: str) -> None:
    """Check that every quote is the plan's text at the offsets of its link, and that every number leads to one of them."""
    places = set()
    for item in page.locator("#compared .quotes li").all():
        address = item.locator("a").get_attribute("href") or ""
        assert re.fullmatch(r"/read\?plan=[a-z0-9-]+&start=(\d+)&end=(\d+)#quote-\1-\2", address)
        place = parse_qs(urlsplit(address).query)
        text = httpx.get(f"{server_url}/api/plans/{place['plan'][0]}").json()["text"]
        assert item.locator("blockquote").text_content() == text[int(place["start"][0]) : int(place["end"][0])]
        places.add(address)
    links = page.locator("#compared a.source-number")
    assert {link.get_attribute("href") for link in links.all()} == places
