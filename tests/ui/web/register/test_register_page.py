"""The register in a real browser over the five plans."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import Page, expect

from tests.ui.web.visit import Open

COUNT = "#register-count [role=status]"
ROW = "#register tbody tr:not(.measure-more)"


def open_register(visit: Open, server_url: str, query: str = "", width: int = 1440) -> Page:
    page = visit(width=width).page
    page.goto(f"{server_url}/register?{query}")
    page.locator(ROW).first.wait_for()
    return page


def titles(page: Page) -> list[str]:
    return page.locator(f"{ROW} th").all_inner_texts()


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def choose(page: Page, selector: str, option: str) -> None:
    page.click(f"{selector} input")
    page.get_by_role("option", name=option).first.click()


def test_filters_narrow_the_list_and_the_address_keeps_them(visit: Open, server_url: str) -> None:
    """Year and town chosen, the count announced, and the same page after a reload."""
    page = open_register(visit, server_url)
    expect(page.locator(COUNT)).to_have_text("43件の取組があります。")
    choose(page, "#filter-year", "令和7年度（2025年度）")
    expect(page.locator(COUNT)).to_have_text("10件の取組があります。")
    choose(page, "#filter-town", "鏡野町（岡山県）")
    expect(page.locator(COUNT)).to_have_text("1件の取組があります。")
    expect(page).to_have_url(re.compile(r"year=2025"))
    assert address(page) == {"town": ["336068"], "year": ["2025"]}
    before = titles(page)
    page.reload()
    page.locator(ROW).first.wait_for()
    assert titles(page) == before == ["自治体情報システムの標準化・共通化"]
    expect(page.locator("#filter-year input")).to_have_value("令和7年度（2025年度）")


def test_a_column_sorts_both_ways_and_back(visit: Open, server_url: str) -> None:
    """The button turns the order round, says so to screen readers, and keeps the focus."""
    page = open_register(visit, server_url)
    found = titles(page)
    head = page.locator("#register thead th").first
    expect(head).to_have_attribute("aria-sort", "none")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    up = titles(page)
    assert up[0] == "ICTリーダーの育成"
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert sorted(titles(page)) == sorted(up) == sorted(found)
    assert titles(page)[-1] == up[0]
    assert page.evaluate("document.activeElement.dataset.sort") == "title"
    assert address(page) == {"sort": ["-title"]}
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "none")
    assert titles(page) == found


def test_the_keyboard_alone_filters_sorts_and_opens_a_source(visit: Open, server_url: str) -> None:
    """Tab to the town, choose with the arrows, type words, sort with Enter, go on to the plan."""
    page = open_register(visit, server_url)
    _tab_to(page, "#filter-words textarea, #filter-words input")
    page.keyboard.type("オンライン")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q="))
    _tab_to(page, "#filter-town input")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"town=353442"))
    _tab_to(page, "#register button[data-sort='title']")
    page.keyboard.press("Enter")
    expect(page.locator("#register thead th").first).to_have_attribute("aria-sort", "ascending")
    _tab_to(page, "#register .to-source a")
    assert page.evaluate("document.activeElement.textContent").startswith("計画で読む")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/read\?plan=hirao&start=\d+&end=\d+#quote-\d+-\d+$"))


def test_an_end_that_cannot_be_read_is_explained_once(visit: Open, server_url: str) -> None:
    """The rows say 「終わりは不明」, one sentence above says what that is, and the files tell it in full for each."""
    page = open_register(visit, server_url, "q=オンライン&shown=500")
    assert page.locator("#register .doubt").count() > 1
    assert set(page.locator("#register .doubt").all_inner_texts()) == {"（終わりは不明）"}
    expect(page.get_by_text("読み取れなかったことを表します")).to_have_count(1)
    link = page.get_by_role("link", name="表計算ソフト用（CSV）").get_attribute("href")
    assert "終わりの時期は原文の表から読み取れません" in httpx.get(f"{server_url}{link}").content.decode("utf-8-sig")
    page.goto(f"{server_url}/register?q=ICTリーダー")
    page.locator(ROW).first.wait_for()
    assert page.locator("#register .doubt").count() == page.locator("#register .note").count() == 0


def test_the_files_hold_the_rows_shown(visit: Open, server_url: str) -> None:
    """CSV with a byte order mark, and JSON: the same measures in the same order."""
    page = open_register(visit, server_url, "theme=標準化&sort=-town")
    shown = titles(page)
    assert len(shown) == 3
    csv_link, json_link = (
        page.get_by_role("link", name=name).get_attribute("href") for name in ("表計算ソフト用（CSV）", "JSON")
    )
    sent = httpx.get(f"{server_url}{csv_link}").content
    assert sent.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(sent.decode("utf-8-sig"), newline=""))
    assert [row["取組"] for row in rows] == shown
    records = httpx.get(f"{server_url}{json_link}").json()["commitments"]
    assert [record["title"] for record in records] == shown
    assert [record["municipality"] for record in records] == page.locator(
        f"{ROW} td[data-name='市町村']"
    ).all_inner_texts()


def test_details_hold_the_plans_own_words(visit: Open, server_url: str) -> None:
    """Each quote is the text of the plan at the offsets of its link."""
    page = open_register(visit, server_url, "town=上毛町&q=オープンデータ")
    page.locator("#register summary").first.click()
    first = page.locator("#register details").first
    text = httpx.get(f"{server_url}/api/plans/koge").json()["text"]
    quotes = first.locator("li")
    assert quotes.count() > 2
    for quote in quotes.all():
        place = parse_qs(urlsplit(quote.locator("a").get_attribute("href") or "").query)
        words = text[int(place["start"][0]) : int(place["end"][0])]
        assert quote.locator("blockquote").text_content() == words


def test_on_a_phone_the_table_is_cards_that_fit(visit: Open, server_url: str) -> None:
    """Nothing is wider than the window, the roles of a table stay, and every control is tall enough."""
    page = open_register(visit, server_url, width=360)
    page.locator("#register summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#register [role=rowheader]").count() == 43
    assert page.locator("#register [role=cell]").first.is_visible()
    low = page.evaluate(
        "[...document.querySelectorAll('#layout button, #layout input, #layout .files a, #register summary, #register .to-source a')]"
        ".filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"
    )
    assert low == []


def test_what_cannot_be_looked_for_is_said_and_nothing_is_lost(visit: Open, server_url: str) -> None:
    """An unknown town, an impossible year and markup in the address: a polite sentence, the words stay, no markup."""
    page = visit().page
    page.goto(f"{server_url}/register?year=いつか&q=%3Cimg%20src%3Dx%3E&sort=color")
    expect(page.get_by_role("alert")).to_contain_text("年度として読めません")
    expect(page.locator("#filter-words textarea, #filter-words input")).to_have_value("<img src=x>")
    page.goto(f"{server_url}/register?town=無い町")
    expect(page.get_by_role("alert")).to_contain_text("収録していません")
    page.goto(f"{server_url}/register?q=動物園")
    expect(page.locator(COUNT)).to_contain_text("見つかりませんでした")
    page.get_by_role("button", name="条件を消す").click()
    expect(page.locator(COUNT)).to_have_text("43件の取組があります。")
    assert address(page) == {}


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; at most as often as a patient person would."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")
