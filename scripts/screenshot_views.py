"""What the pictures show: each page and state, and how one comes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Page

QUESTION = "#question textarea"
CITED = "平生町の計画の期間はいつからいつまでですか？"
EVERY_TOWN = "スマホの使い方を教えてくれる教室はありますか？"
COMPARED = "上郡町と平生町の計画の期間はいつからいつまでですか？"
UNANSWERED = "上郡町の町長の給料はいくらですか？"

Steps = Callable[[Page, str], None]
"""What is done on a page, with the token of its server, before the picture."""


@dataclass(frozen=True, slots=True)
class View:
    """A page or a state of it: the name of its pictures, its address, what has to be there, and what is done then."""

    name: str
    path: str
    ready: str
    steps: Steps
    main: bool = False


def _nothing(page: Page, token: str) -> None:
    page.evaluate("document.activeElement.blur()")


def _asked(question: str) -> Steps:
    def ask(page: Page, token: str) -> None:
        page.fill(QUESTION, question)
        page.press(QUESTION, "Enter")
        page.locator("#restart").wait_for()
        page.locator("#send:has-text('質問する')").wait_for()
        _nothing(page, token)

    return ask


def _begun(page: Page, token: str) -> None:
    """Ask over a line so slow that the answer can be seen growing."""
    session = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 50, "downloadThroughput": 1200, "uploadThroughput": 50_000}
    session.send("Network.emulateNetworkConditions", slow)
    page.fill(QUESTION, EVERY_TOWN)
    page.press(QUESTION, "Enter")
    page.locator("#pending .user-row").wait_for()
    page.locator("#stop").wait_for()
    page.wait_for_timeout(1500)


def _easy(page: Page, token: str) -> None:
    _asked(CITED)(page, token)
    page.locator("#easy-switch input").check()
    page.locator("#easy h2").wait_for()
    page.locator("#easy h2").scroll_into_view_if_needed()
    _nothing(page, token)


def _scrolled(first: Steps, selector: str) -> Steps:
    def scroll(page: Page, token: str) -> None:
        first(page, token)
        page.locator(selector).last.evaluate("element => element.scrollIntoView({block: 'center'})")

    return scroll


def _viewer(page: Page, token: str) -> None:
    _asked(CITED)(page, token)
    page.locator("#chat .marker").first.click()
    page.locator("#viewer mark").first.wait_for()


def _feedback(page: Page, token: str) -> None:
    _asked(CITED)(page, token)
    page.locator('[data-do="unhelpful"]').click()
    page.locator(".comment textarea").fill("見直しの時期も知りたいです。")
    page.locator(".comment").scroll_into_view_if_needed()


def _answer_page(page: Page, token: str) -> None:
    _asked(CITED)(page, token)
    page.goto(page.locator(".tools a").first.get_attribute("href") or "")
    page.locator("#answer .bot-row").wait_for()


def _quote(page: Page, token: str) -> None:
    _asked(CITED)(page, token)
    page.locator("#chat .marker").first.click()
    page.goto(page.locator("#viewer .viewer-actions a").get_attribute("href") or "")
    page.locator("mark.plan-quote").first.wait_for()


def _compared_runs(page: Page, token: str) -> None:
    names = page.locator("#eval-run option").evaluate_all("options => options.map(option => option.value)")
    newest = next(name for name in names if name and name != "baseline")
    page.goto(f"/evaluation?run={newest}&with=baseline")
    page.locator("#compare-title").wait_for(timeout=90_000)


def _entered(page: Page, token: str) -> None:
    page.fill("#admin-token", token)
    page.keyboard.press("Enter")
    page.locator("#admin-plans table").wait_for()


def _gaps(page: Page, token: str) -> None:
    for question in (UNANSWERED, "平生町の図書館は何時までですか？"):
        page.request.post("/api/ask", data={"question": question})
    _entered(page, token)
    page.locator("#admin-gaps table").first.wait_for()
    page.locator("#admin-gaps-title").evaluate("element => element.scrollIntoView()")


_FIRST = "#prompts .gallery-item"
_ROW = "#register tbody tr"
_TOPIC = quote("スマートフォン教室")

VIEWS = (
    View("ask-first", "/", _FIRST, _nothing, main=True),
    View("ask-growing", "/", _FIRST, _begun),
    View("ask-answer", "/", _FIRST, _asked(CITED), main=True),
    View("ask-answer-end", "/", _FIRST, _scrolled(_asked(CITED), "#kept")),
    View("ask-every-town", "/", _FIRST, _asked(EVERY_TOWN)),
    View("ask-compared", "/", _FIRST, _asked(COMPARED)),
    View("ask-abstained", "/", _FIRST, _asked(UNANSWERED)),
    View("ask-viewer", "/", _FIRST, _viewer, main=True),
    View("ask-easy", "/", _FIRST, _easy),
    View("ask-feedback", "/", _FIRST, _feedback),
    View("answer", "/", _FIRST, _answer_page),
    View("register", "/register", _ROW, _nothing, main=True),
    View("register-filtered", "/register?year=2025", _ROW, _nothing),
    View("register-none", "/register?q=" + quote("水族館"), "#register-count [role=status]", _nothing),
    View("compare", "/compare", _FIRST, _nothing),
    View("compare-result", f"/compare?q={_TOPIC}", "#compared tbody tr", _nothing, main=True),
    View("read", "/read", ".read-plans li", _nothing),
    View("read-plan", "/read?plan=hirao", ".plan h2", _nothing, main=True),
    View("read-search", "/read?plan=hirao&q=" + quote("クラウド"), "mark.plan-hit", _nothing),
    View("read-quote", "/", _FIRST, _quote),
    View("evaluation", "/evaluation", "#evaluation table", _nothing, main=True),
    View("evaluation-run", "/evaluation?run=baseline", "#failures-title", _nothing),
    View("evaluation-compared", "/evaluation", "#evaluation table", _compared_runs),
    View("admin", "/admin", "#admin-token", _nothing),
    View("admin-entered", "/admin", "#admin-token", _entered, main=True),
    View("admin-gaps", "/admin", "#admin-token", _gaps),
)
