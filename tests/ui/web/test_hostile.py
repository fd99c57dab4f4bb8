"""A plan, a question, a history, a comment and a file name full of tricks, looked at on every page: nothing runs, nothing is restyled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.small import PLAN, TOKEN
from tests.ui.web.odd_towns import OVERRIDE, write_plans
from tests.ui.web.states import EXAMPLE, Reach, asked, at, entered
from tests.ui.web.visit import QUESTION

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.conftest import Serve

TRICKS = (
    "<script>window.__owned=1</script><img src=x onerror=window.__owned=1><svg/onload=window.__owned=1>"
    "<style>*{color:red!important}</style></p></div></main><base href=//127.0.0.1/x>{{constructor.constructor('window.__owned=1')()}}"
    f"${{window.__owned=1}}**太字**[印](javascript:window.__owned=1)`符号`{OVERRIDE}"
)
PLAN_TOO = f"""

# 第4章 {TRICKS}

電子決裁の展開{TRICKS}を、令和8年度に行います。

※1 ICT{TRICKS}：情報通信技術{TRICKS}のこと。
"""
LOOK = """() => [...document.querySelectorAll('#site-head, #site-head :is(.head, a, button), #intro h1, #site-foot')].map(e => {
    const s = getComputedStyle(e);
    return [e.textContent.trim(), s.color, s.backgroundColor, s.display, s.fontSize, s.direction, s.position]; })"""
STEERED = """() => { const walk = document.createTreeWalker(document.body, 4), found = []; let node;
    while ((node = walk.nextNode())) if (/[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)
        && node.parentElement.checkVisibility() && !node.parentElement.closest('script, style, textarea, bdi, [role=listbox]'))
        found.push(node.parentElement.outerHTML.slice(0, 200)); return found; }"""


@pytest.fixture(scope="module")
def hostile_url(serve: Serve, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over a plan full of tricks, with a token."""
    from index.build import build_index
    from ingest.read_folder import read_plans

    plans = write_plans(tmp_path_factory.mktemp("hostile-plans"))
    with (plans / "hostile.txt").open("a", encoding="utf-8") as file:
        file.write(PLAN_TOO)
    reading = read_plans([plans])
    assert reading.refused == ()
    folder = tmp_path_factory.mktemp("hostile")
    build_index(reading.documents, folder / "index", embedder=embedder)
    variables = {"MACHIPLAN_ADMIN_TOKEN": TOKEN, "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads")}
    with serve(folder / "index", {**os.environ, **variables, "MACHIPLAN_EVALS_DIR": str(folder / "evals")}) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; afterwards no trick may have run, opened a dialog, failed a script or asked for anything of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened, wrong = context.new_page(), list[str]()
    opened.on("dialog", lambda dialog: wrong.append(dialog.message))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: wrong.append(request.url) if _strange(request.url) else None)
    yield opened
    assert opened.evaluate("window.__owned") is None
    context.close()
    assert wrong == []


def _strange(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:")) or url.endswith("/x")


def _unharmed(page: Page, url: str) -> None:
    """Check that the head and the foot look as ever, and that no character turns the direction of what is seen."""
    assert page.evaluate("window.__owned") is None
    assert page.evaluate(STEERED) == []
    assert (
        page.locator("#layout :is(script, img, style, base, strong > script, [onerror], a[href^=javascript])").count()
        == 0
    )
    harmed = page.evaluate(LOOK)
    clean = page.context.new_page()
    clean.goto(page.url.split("?")[0] if page.url.startswith(url) else url)
    clean.locator("#site-foot a").first.wait_for()
    assert harmed == clean.evaluate(LOOK)
    clean.close()


def told(page: Page, url: str) -> None:
    """A question full of tricks asked, another with it in its history, and a comment full of tricks."""
    asked(f"甲野町の電子決裁の展開は{TRICKS}")(page, url)
    page.fill(QUESTION, "甲野町の公民館の予約の担当課は？")
    page.press(QUESTION, "Enter")
    page.locator("#chat .bot-row").nth(1).wait_for()
    page.locator("#send:has-text('質問する')").wait_for()
    turn = page.locator("#chat .turn").last
    turn.locator("[data-do=unhelpful]").click()
    turn.locator(".comment textarea").fill(TRICKS)
    turn.locator(".comment button").click()
    expect(turn.locator(".tools-said")).to_contain_text("ご意見をお送りしました")
    page.locator("#easy-switch input").check()
    page.reload()
    page.locator("#chat .turn").nth(1).wait_for()


def opened(page: Page, url: str) -> None:
    """A citation of the plan in the viewer."""
    asked("甲野町の公民館の予約のオンライン化の担当課は？", (".source-open", "#viewer mark"))(page, url)


def answered(page: Page, url: str) -> None:
    """An answer to tricks at its own address."""
    reply = page.request.post(f"{url}/api/ask", data={"question": f"甲野町の公民館の予約{TRICKS}"}).json()
    at(f"answer?id={reply['id']}", ".receipt")(page, url)


def measures(page: Page, url: str) -> None:
    """The measures of the plan, opened."""
    at(f"register?town=甲野町&sort={quote(TRICKS)}", "#register tbody tr")(page, url)
    for summary in page.locator("#register summary").all():
        summary.click()


def uploaded(page: Page, url: str) -> None:
    """The admin page after a file with a name full of tricks was refused, beside what was not answered."""
    at("", EXAMPLE)(page, url)
    page.request.post(f"{url}/api/ask", data={"question": f"甲野町の動物園{TRICKS}は？"})
    entered("admin", "#admin-token", "#admin-plans table")(page, url)
    name = "<img src=x onerror=window.__owned=1>{{7}}.md"
    content = f"{TRICKS}{PLAN[:3]}".encode()
    page.set_input_files("#admin-files", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.click("#admin-add button")
    page.locator("#admin-report .office-problem, #admin-add-said [role=alert]").first.wait_for(timeout=60_000)
    for summary in page.locator("#admin-gaps summary").all():
        summary.click()


PLACES: dict[str, Reach] = {
    "質問": told,
    "質問・計画の原文": opened,
    "質問・アドレス": at(f"?town={quote(TRICKS)}&q={quote(TRICKS)}", "#problem [role=alert]"),
    "回答": answered,
    "取組一覧": measures,
    "取組一覧・アドレス": at(f"register?q={quote(TRICKS)}", "#register-count [role=status]"),
    "比較": at("compare?town=甲野町&town=乙野町&q=公民館の予約のオンライン化", "#compared tbody tr"),
    "比較・アドレス": at(
        f"compare?town=甲野町&town=乙野町&q={quote('電子決裁' + TRICKS)}", "#compared tbody tr, #problem [role=alert]"
    ),
    "計画を読む": at("read", ".read-plans"),
    "計画を読む・計画": at(f"read?plan=hostile&q={quote(TRICKS)}", ".read-body"),
    "評価": at(f"evaluation?run={quote(TRICKS)}", ".office [role=alert]"),
    "管理": uploaded,
}


@pytest.mark.parametrize("place", PLACES)
def test_tricks_are_words_on_every_page(page: Page, hostile_url: str, place: str) -> None:
    """Mark-up, script, Markdown, templates and marks of direction run nothing, restyle nothing and turn nothing."""
    PLACES[place](page, hostile_url)
    _unharmed(page, hostile_url)
