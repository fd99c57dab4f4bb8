"""Every page in every state: what axe-core finds, what fits a small or enlarged window, what a finger can press."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.ui.small import TOKEN
from tests.ui.web.runs import write_runs
from tests.ui.web.states import LONG, NO_TOKEN, STATES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Serve

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
HEIGHT = 2400  # so that nothing lies under the bar with the question box, which stays in sight

Colours = Literal["light", "dark"]
EVERY: list[tuple[int, Colours]] = [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]
FEW: list[tuple[int, Colours]] = [(1440, "light"), (360, "dark")]


@pytest.fixture(scope="module")
def office_url(serve: Serve, index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over the five plans, with a token and two records of evaluations."""
    folder = tmp_path_factory.mktemp("office")
    environment = {
        **os.environ,
        "MACHIPLAN_ADMIN_TOKEN": TOKEN,
        "MACHIPLAN_EVALS_DIR": str(write_runs(folder / "evals")),
        "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads"),
    }
    with serve(index_dir, environment) as url:
        yield url


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest, browser: Browser, office_url: str, server_url: str) -> Iterator[Page]:
    """A page in one state. All the while nothing goes outside, and no script fails."""
    context = browser.new_context(viewport={"width": 1440, "height": HEIGHT}, reduced_motion="reduce", locale="ja-JP")
    page, outside, errors = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: outside.append(request.url) if not _own(request.url) else None)
    page.on("websocket", lambda socket: outside.append(socket.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    STATES[request.param](page, server_url if request.param in NO_TOKEN else office_url)
    page.evaluate(AXE_SCRIPT)
    yield page
    context.close()
    assert (outside, errors) == ([], [])


def _own(url: str) -> bool:
    return urlsplit(url).hostname == "127.0.0.1" or url.startswith(("data:", "blob:"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What axe-core objects to, where, and why."""

    width: int
    colours: str
    rule: str
    grave: bool
    where: str
    why: str


def look(page: Page, width: int, colours: Colours) -> list[Finding]:
    """Return what axe-core finds on the page at a width, in light or dark."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=colours)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    options = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(run => run.violations)", options)
    return [
        Finding(width, colours, rule["id"], rule["impact"] in GRAVE, str(node["target"]), node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_serious(state: Page, request: pytest.FixtureRequest) -> None:
    """In light and dark, on a phone and on a wide screen, no rule of WCAG 2.2 A or AA is broken in a way that shuts out."""
    looks = FEW if request.node.callspec.params["state"] in LONG else EVERY
    found = [finding for width, colours in looks for finding in look(state, width, colours)]
    for finding in found:
        print(finding)  # noqa: T201 -- a small matter is told and fails nothing
    assert [finding for finding in found if finding.grave] == []


@pytest.mark.parametrize(("width", "size"), [(320, ""), (720, ""), (360, "larger")])
def test_nothing_scrolls_sideways(state: Page, width: int, size: str) -> None:
    """Enlarged to 200 % (720 px) and 400 % (320 px), and with the largest text, a page is as wide as its window."""
    state.set_viewport_size({"width": width, "height": 800})
    state.evaluate("size => { document.documentElement.dataset.size = size; }", size)
    assert state.evaluate("document.documentElement.scrollWidth") == width
    cut = state.evaluate(
        """() => [...document.querySelectorAll('#layout :is(a, button, input, select, textarea, summary, p, h1, h2, h3, dd)')]
            .filter(e => e.checkVisibility() && !e.closest('.office-scroll, .plan-table, .unseen, [aria-hidden=true], svg'))
            .filter(e => { const r = e.getBoundingClientRect();
                return r.width > 1 && r.height > 1 && (r.left < -1 || r.right > innerWidth + 1); }).map(e => e.outerHTML.slice(0, 200))"""
    )
    assert cut == []
    state.evaluate("() => { delete document.documentElement.dataset.size; }")


def test_controls_fit_a_finger(state: Page) -> None:
    """On a phone every control outside running text is at least 44 pixels tall and 24 wide."""
    state.set_viewport_size({"width": 360, "height": 800})
    small = state.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, summary, nav a, .files a, [role=option], '
                + 'input:not([type=hidden], [type=checkbox], [type=radio])')]
            .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.plan')).filter(e => {
                const r = e.getBoundingClientRect(); return r.width > 1 && (r.height < 44 || r.width < 24); })
            .map(e => [e.outerHTML.slice(0, 200), e.getBoundingClientRect().height])"""
    )
    assert small == []
