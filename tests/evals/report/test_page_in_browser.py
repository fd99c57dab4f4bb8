"""The page in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.report.html import render_html
from evals.report.kinds import Kind
from evals.report.slices import DIMENSIONS, Dimension
from evals.report.summary import Report, summarise
from evals.report.visible import visible
from evals.run import Run

Open = Callable[..., Page]
SHOWN = ".case:not([hidden])"
WITHIN = 5  # seconds


@pytest.fixture
def visit(browser: Browser, written: tuple[Path, ...]) -> Iterator[Open]:
    """Open the page; afterwards it may have asked for nothing but itself, run nothing foreign and reported nothing."""
    pages: list[Page] = []
    asked: list[str] = []
    said: list[str] = []

    def start(address: str = "", *, width: int = 1440, path: Path = written[0], **context: Any) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
        pages.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri() + address)
        return page

    yield start
    for page in pages:
        assert page.evaluate("window.ran") is None
        page.context.close()
    assert {url.split("#")[0] for url in asked if not url.startswith("data:")} <= {p.as_uri() for p in _pages(written)}
    assert said == []


def _pages(written: tuple[Path, ...]) -> list[Path]:
    return [written[0], *written[0].parent.parent.glob("*.html")]


def settled(page: Page, ending: str) -> None:
    """Wait until the address ends as given: a filter that was set has been applied."""
    end = time.monotonic() + WITHIN
    while not page.url.endswith(ending):
        assert time.monotonic() < end, page.url
        page.wait_for_timeout(20)


def count(page: Page) -> str:
    """Return what is announced about the list."""
    return str(page.evaluate("document.getElementById('count').value"))


def test_the_page_needs_and_runs_nothing_else(visit: Open, report: Report) -> None:
    """With every question open and in view, nothing is requested and nothing of the attack runs or restyles."""
    page = visit()
    page.click("#open")
    assert page.locator(".case[open]").count() == len(report.listed)
    for case in page.locator(".case").all()[:5]:
        case.scroll_into_view_if_needed()
        case.hover()
    assert page.locator("main").is_visible()
    assert page.title() == f"評価レポート {report.info.run_id}"


def test_filters_narrow_the_list(visit: Open, report: Report) -> None:
    """A kind of result, then a set besides: the list, its announcement and the address follow."""
    page = visit()
    assert count(page) == f"{len(report.listed)}件中 {len(report.listed)}件を表示"
    page.select_option("select[name=result]", "failed")
    page.select_option("select[name=set]", "set")
    wanted = [f"case-{result.number}" for result in report.failures if result.set_name == "set"]
    settled(page, "#result=failed&set=set")
    assert sorted(page.locator(SHOWN).evaluate_all("cases => cases.map(c => c.id)")) == sorted(wanted)
    assert count(page) == f"{len(report.listed)}件中 {len(wanted)}件を表示"


def test_an_address_restores_the_filters(visit: Open) -> None:
    """The address of a filtered view shows the same view to somebody else."""
    page = visit()
    page.select_option("select[name=persona]", "resident")
    page.fill("input[name=text]", "青葉町 計画期間")
    settled(page, "#" + urlencode({"persona": "resident", "text": "青葉町 計画期間"}))
    shown = page.locator(SHOWN).count()
    assert 0 < shown < page.locator(".case").count()
    other = visit(page.evaluate("location.hash"))
    assert other.locator(SHOWN).count() == shown
    assert other.locator("input[name=text]").input_value() == "青葉町 計画期間"
    assert other.locator("select[name=persona]").input_value() == "resident"


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.name)
def test_every_filter_shows_what_has_its_value(visit: Open, report: Report, dimension: Dimension) -> None:
    """Each choice shows the listed questions that have it, and no other; a hostile municipality or tag too."""
    page = visit()
    options = page.locator(f"select[name={dimension.name}] option").evaluate_all("all => all.map(o => o.value)")
    for value in options[1:]:
        page.select_option(f"select[name={dimension.name}]", value)
        settled(page, _hash(page, dimension.name, value))
        wanted = sum(value in map(visible, dimension.values(result)) for result in report.listed)
        assert page.locator(SHOWN).count() == wanted, value
    assert len(options) > 2
    assert "test" not in options


def _hash(page: Page, name: str, value: str) -> str:
    return "#" + str(page.evaluate("([name, value]) => String(new URLSearchParams([[name, value]]))", [name, value]))


def test_text_is_found_whatever_its_width(visit: Open) -> None:
    """A question is found by half-width letters and digits that it has in full width; what nothing has leaves a sentence."""
    page = visit()
    page.fill("input[name=text]", "令和5年度 503")
    settled(page, "+503")
    assert page.locator(SHOWN).evaluate_all("cases => cases.map(c => c.querySelector('.id').textContent)") == ["broken"]
    page.fill("input[name=text]", "どこにもない語")
    page.locator("#none").wait_for()
    page.click("button[type=reset]")
    assert page.locator("#none").is_hidden()
    assert page.evaluate("location.hash") == ""


def test_a_card_and_a_slice_lead_to_their_questions(visit: Open, report: Report) -> None:
    """The card of leaks shows the leak, the name of a slice its questions; going back shows all again."""
    page = visit()
    page.locator(".card a").nth(3).click()
    leaks = [result for result in report.failures if Kind.LEAK in result.kinds]
    expect(page.locator(SHOWN)).to_have_count(len(leaks))
    page.go_back()
    expect(page.locator(".case[hidden]")).to_have_count(0)
    page.locator(".slices a", has_text="続きの質問").click()
    expect(page.locator(".case[hidden]")).not_to_have_count(0)
    assert set(page.locator(SHOWN).evaluate_all("cases => cases.map(c => c.dataset.type)")) == {"followup"}


def test_a_link_to_a_question_opens_it(visit: Open, report: Report) -> None:
    """The address of one question shows it open."""
    number = report.listed[-1].number
    page = visit(f"#case-{number}")
    assert page.locator(f"#case-{number}").get_attribute("open") is not None
    assert page.locator(f"#case-{number} .given").is_visible()


def test_a_question_opens_from_the_keyboard(visit: Open) -> None:
    """From the last button, Tab reaches the first question and Enter opens it."""
    page = visit()
    page.focus("#close")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".case").first.get_attribute("open") is not None


def test_the_page_reads_without_its_script(browser: Browser, written: tuple[Path, ...], report: Report) -> None:
    """Every question is there and opens; the filters, which would do nothing, are not shown."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(written[0].as_uri())
    assert page.locator("#filters").is_hidden()
    assert page.locator(".case summary").count() == len(report.listed)
    page.locator(".case summary").last.click()
    assert page.locator(".case .given").last.is_visible()
    page.context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_is_wider_than_the_window(visit: Open, width: int, colours: str) -> None:
    """Nothing but the tables has to be moved sideways, with every question open."""
    page = visit(width=width, color_scheme=colours)
    page.click("#open")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_printed_page_fits_the_paper(visit: Open) -> None:
    """On A4, less its margins, all columns are there, dark windows print dark on light, and no control is printed."""
    page = visit(width=718, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == 718
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#filters").is_hidden()


def test_a_thousand_questions_stay_small_and_quick(visit: Open, run: Run, written: tuple[Path, ...]) -> None:
    """Under 5 MB, and a filter is applied within a second."""
    plain = [outcome for outcome in run.outcomes if outcome.set_name == "dev"]
    many = [
        replace(o, case=replace(o.case, id=f"{o.case.id}-{at}", origin=""))
        for at in range(1000 // len(plain) + 1)
        for o in plain
    ]
    path = written[0].parent.parent / "many.html"
    path.write_text(render_html(summarise(replace(run, outcomes=tuple(many), failures=()))), "utf-8")
    assert path.stat().st_size < 5_000_000
    page = visit(path=path)
    began = time.perf_counter()
    page.select_option("select[name=result]", "failed")
    settled(page, "#result=failed")
    assert time.perf_counter() - began < 1
    assert 0 < page.locator(SHOWN).count() < 1000
