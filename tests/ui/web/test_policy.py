"""The pages' content policy in a real browser: everything works under it, and what is no script of ours does not run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.small import TOKEN
from tests.ui.web.runs import write_runs
from tests.ui.web.states import STATES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Serve

WALK = [
    "質問・計画の原文", "質問・やさしい日本語", "質問・町を選ぶ", "回答", "取組一覧・くわしく", "比較・表", "計画を読む・検索",
    "評価・比べる", "管理・計画",
]  # fmt: skip
LISTEN = """addEventListener("securitypolicyviolation", event => console.error("violation", event.violatedDirective), true)"""


@pytest.fixture(scope="module")
def office_url(serve: Serve, index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over the five plans, with a token and two records of evaluations."""
    folder = tmp_path_factory.mktemp("policy")
    variables = {
        "MACHIPLAN_ADMIN_TOKEN": TOKEN,
        "MACHIPLAN_EVALS_DIR": str(write_runs(folder / "evals")),
        "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads"),
    }
    with serve(index_dir, os.environ | variables) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that tells of violations."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", WALK)
def test_the_pages_work_under_their_policy(page: Page, office_url: str, state: str) -> None:
    """No page violates its own policy, fails a script or writes an error to the console."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    STATES[state](page, office_url)
    assert wrong == []


def test_what_is_put_into_a_page_does_not_run(page: Page, office_url: str) -> None:
    """Were mark-up to come through unescaped, its scripts, handlers and links, and text given to a compiler, still run nothing."""
    STATES["質問"](page, office_url)
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if "violation" in message.text else None)
    page.evaluate("""() => {
        const place = document.querySelector('#layout');
        place.insertAdjacentHTML('beforeend', `<img src=data:, onerror="window.__owned=1">
            <a id=trap href="javascript:window.__owned=2">x</a>
            <iframe srcdoc="<script>parent.__owned=3</script>"></iframe><base href="//127.0.0.1/x/">`);
        const script = document.createElement('script');
        script.textContent = 'window.__owned=4';
        place.append(script);
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.__owned=5');
        place.append(button);
        button.click();
        place.querySelector('#trap').click();
    }""")
    compilers = ("eval('window.__owned=6')", "new Function('window.__owned=7')()", "setTimeout('window.__owned=8')",
                 "new (async () => {}).constructor('window.__owned=9')()", "(() => {}).constructor('window.__owned=10')()")  # fmt: skip
    # Later, since the browser lets a test's own evaluation compile what it likes.
    page.evaluate(
        """(pieces) => { const nonce = document.querySelector('script[nonce]').nonce;
        for (const piece of pieces) { const script = document.createElement('script'); script.nonce = nonce;
            script.textContent = `setTimeout(() => { try { ${piece} } catch { window.__caught = (window.__caught ?? 0) + 1 } })`;
            document.head.append(script); } }""",
        list(compilers),
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.__owned") is None
    assert page.evaluate("window.__caught") == 4  # setTimeout is refused without an exception
    assert page.evaluate("document.baseURI").startswith(office_url)
    assert len(violations) >= 5
