"""The register and the comparison over invented plans: words that try to be markup, and more measures than fit at once."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.web.odd_towns import SCRIPT, write_plans

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.conftest import Serve

ROW = "#register tbody tr:not(.measure-more)"
COUNT = "#register-count [role=status]"


@pytest.fixture(scope="module")
def odd_url(serve: Serve, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over the invented plans."""
    from index.build import build_index
    from ingest.read_folder import read_plans

    reading = read_plans([write_plans(tmp_path_factory.mktemp("odd"))])
    assert reading.refused == ()
    directory = tmp_path_factory.mktemp("odd-index") / "index"
    build_index(reading.documents, directory, embedder=embedder)
    with serve(directory, os.environ) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that raises no error and whose title stays its own."""
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("dialog", lambda dialog: errors.append(dialog.message))
    yield opened
    assert errors == []
    assert opened.title() != "x"
    opened.close()


def test_a_plan_and_an_address_are_never_markup(page: Page, odd_url: str) -> None:
    """Tags, templates, links and formulas of a plan, its title, its headings and the address are shown as characters."""
    page.goto(f"{odd_url}/register?town=甲野町&q=&theme=")
    page.locator(ROW).first.wait_for()
    for summary in page.locator("#register summary").all():
        summary.click()
    assert SCRIPT in (page.locator("#register").text_content() or "")
    assert "{{7*7}}${7*7}" in (page.locator("#register").text_content() or "")
    assert page.locator("#register img, #register script, #register b, #layout a[href^=javascript]").count() == 0
    page.goto(
        f"{odd_url}/compare?town=甲野町&town=乙野町&q={{{{7*7}}}}%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E電子決裁"
    )
    page.locator("#compared tbody tr, [role=alert]").first.wait_for()
    assert page.locator("#layout img").count() == 0
    page.goto(f"{odd_url}/compare?town=甲野町&town=乙野町&q=公民館の予約のオンライン化")
    page.locator("#compared tbody tr").first.wait_for()
    for summary in page.locator("#compared summary").all():
        summary.click()
    assert SCRIPT in (page.locator("#compared").text_content() or "")
    assert page.locator("#compared img, #compared script").count() == 0


def test_no_cell_of_a_file_is_computed(odd_url: str) -> None:
    """A measure named like a formula has an apostrophe before it."""
    sent = httpx.get(f"{odd_url}/api/commitments?municipality=甲野町&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent, newline="")))
    assert rows[0]["取組"].startswith("'=SUM(A1:A9)")
    assert not any((cell or "").startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_many_measures_are_shown_step_by_step(page: Page, odd_url: str) -> None:
    """Fifty, then all; the files hold every measure from the start, and the address keeps how many are shown."""
    page.goto(f"{odd_url}/register?town=乙野町")
    expect(page.locator(COUNT)).to_have_text("60件の取組があります。はじめの50件を表示しています。")
    expect(page.locator(ROW)).to_have_count(50)
    href = page.get_by_role("link", name="JSON").get_attribute("href")
    assert len(httpx.get(f"{odd_url}{href}").json()["commitments"]) == 60
    page.get_by_role("button", name="次の10件を表示する").click()
    expect(page.locator(ROW)).to_have_count(60)
    expect(page).to_have_url(re.compile(r"shown=100"))
    page.reload()
    expect(page.locator(ROW)).to_have_count(60)


def test_units_can_be_chosen_and_sorted(page: Page, odd_url: str) -> None:
    """The filter offers the units of the plans; the column sorts by how they are read."""
    page.goto(f"{odd_url}/register?sort=unit")
    page.locator(ROW).first.wait_for()
    units = page.locator(f"{ROW} td[data-name='担当課']").all_inner_texts()
    assert [unit for n, unit in enumerate(units) if unit not in units[:n]][:2] == ["教育委員会", "建設課"]
    page.click("#filter-unit input")
    page.get_by_role("option", name="財政課").click()
    expect(page.locator(COUNT)).to_have_text("1件の取組があります。")
    expect(page).to_have_url(re.compile(r"unit="))
