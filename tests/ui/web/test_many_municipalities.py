"""The pages over more municipalities than one looks through: they are found by typing, plans stand by prefecture."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from ingest.municipalities import municipalities
from tests.ui.small import build_small_index
from tests.ui.web.visit import QUESTION
from ui.web.towns import FEW

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.conftest import Serve

PREFECTURES = ("鳥取県", "島根県")
TOPIC = "#compare-topic :is(input, textarea)"


@pytest.fixture(scope="module")
def many_url(serve: Serve, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over one municipality more than a few, of two prefectures."""
    named = Counter(town.name for town in municipalities())  # a name of two prefectures would need its prefecture's
    inside = (town for town in municipalities() if town.prefecture in PREFECTURES and named[town.name] == 1)
    towns = [(f"{town.code}.txt", town.name) for town in islice(inside, FEW + 1)]
    with serve(build_small_index(tmp_path_factory.mktemp("many"), embedder, *towns), os.environ) as url:
        yield url


@pytest.fixture(params=[1280, 360])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a wide window and on a phone, that raises no error; axe-core finds nothing grave where a test leaves it."""
    opened = browser.new_page(viewport={"width": request.param, "height": 800}, locale="ja-JP", reduced_motion="reduce")
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = opened.evaluate("axe.run().then(run => run.violations)")
    assert [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}] == []
    assert opened.evaluate("document.documentElement.scrollWidth") == request.param
    assert errors == []
    opened.close()


def choose(page: Page, field: str, typed: str, option: str) -> None:
    """Type a part of a name into a field: one municipality is left, and chosen."""
    page.locator(field).click()
    page.locator(field).press_sequentially(typed)
    expect(page.get_by_role("option")).to_have_text([re.compile(option)])
    page.get_by_role("option").click()


def test_a_question_is_put_to_a_municipality_found_by_its_reading(page: Page, many_url: str) -> None:
    """Kana typed into the field leave the municipalities that sound so; the answer is the chosen one's."""
    page.goto(many_url)
    page.locator("#prompts .gallery-item").first.wait_for()
    choose(page, "#town input", "わかさ", "若桜町")
    page.fill(QUESTION, "スマートフォン教室は年に何回ありますか？")
    page.press(QUESTION, "Enter")
    page.locator("#send:has-text('質問する')").wait_for()
    expect(page.locator("#chat .bot-row")).to_contain_text("年12回")
    expect(page.locator("#sources .source-town").first).to_have_text("若桜町")


def test_towns_to_compare_are_found_by_typing(page: Page, many_url: str) -> None:
    """Two are chosen one after the other; the address keeps them, and shows the same again."""
    page.goto(f"{many_url}/compare")
    for town in ("米子市", "倉吉市"):
        choose(page, "#compare-of-many input", town, town)
    page.fill(TOPIC, "スマートフォン教室")
    page.press(TOPIC, "Enter")
    page.locator("#compared tbody tr").first.wait_for()
    expect(page.locator("#compared tbody tr")).to_have_count(2)
    page.reload()
    page.locator("#compared tbody tr").first.wait_for()
    expect(page.locator("#compared tbody tr")).to_have_count(2)


def test_plans_stand_by_prefecture(page: Page, many_url: str) -> None:
    """The prefectures tell how many plans they have; one is opened, and a plan of it."""
    page.goto(f"{many_url}/read")
    groups = page.locator(".read-prefecture > summary")
    expect(groups).to_have_count(2)
    expect(groups.nth(1)).to_have_text("島根県（4件）")
    expect(page.get_by_role("link", name="松江市DX推進計画")).to_be_hidden()
    groups.nth(1).click()
    page.get_by_role("link", name="松江市DX推進計画").click()
    page.locator("#read .plan").wait_for()


def test_measures_are_narrowed_to_a_municipality_found_by_typing(page: Page, many_url: str) -> None:
    """What is typed leaves the municipalities of that name; the one chosen is the list's."""
    page.goto(f"{many_url}/register")
    page.locator("#register tbody tr").first.wait_for()
    choose(page, "#filter-town input", "智頭", "智頭町")
    expect(page.locator("#register-count [role=status]")).to_have_text("1件の取組があります。")
