"""Where the server keeps no answers, the page says so and offers nothing that would need them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import Serve
from tests.ui.web.visit import QUESTION, Open

PERIOD = "平生町の計画の期間はいつからいつまでですか？"


@pytest.fixture(scope="module")
def forgetful_url(serve: Serve, index_dir: Path) -> Iterator[str]:
    """The address of a server that keeps nothing."""
    with serve(index_dir, {**os.environ, "MACHIPLAN_ANSWER_DAYS": "0"}) as url:
        yield url


def test_where_nothing_is_kept_the_page_says_so(visit: Open, forgetful_url: str) -> None:
    """The notice says that a reload ends the conversation; there is no link and no feedback; what was typed comes back.

    When the server has lost a conversation that stood on the page, one sentence says so.
    """
    opened = visit()
    opened.page.goto(forgetful_url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    expect(opened.page.locator("#kept")).to_contain_text("保存しません。画面を読み込み直すと、会話は消えます。")
    opened.ask(PERIOD)
    expect(opened.page.get_by_role("button", name="回答をコピー")).to_be_visible()
    expect(opened.page.get_by_role("link", name="この回答へのリンク")).to_have_count(0)
    expect(opened.page.get_by_role("button", name="役に立った")).to_have_count(0)
    opened.page.evaluate("window.machiplan.hold = () => JSON.stringify({ answers: ['0'.repeat(32), '1'.repeat(32)] })")
    opened.page.click("#restart")
    expect(opened.page.locator("#chat .turn")).to_have_count(0)
    opened.ask(PERIOD)
    expect(opened.page.get_by_role("alert")).to_contain_text("前の回答は表示できなくなりました")
    opened.page.fill(QUESTION, "書きかけの質問")
    opened.page.reload()
    expect(opened.page.locator(QUESTION)).to_have_value("書きかけの質問")
    expect(opened.page.locator("#chat .turn")).to_have_count(0)
    expect(opened.page.get_by_role("alert")).to_have_count(0)
    opened.page.goto(f"{forgetful_url}/answer?id={'0' * 32}")
    expect(opened.page.locator(".gone")).to_contain_text("このサーバーでは回答を保存していません")
