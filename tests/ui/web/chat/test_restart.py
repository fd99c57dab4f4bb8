"""A server that is started again while a conversation stands in a browser."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.conftest import Serve
from tests.ui.web.visit import QUESTION, Visit

ASKED = ("平生町の計画の期間はいつからいつまでですか？", "上里町の計画の期間はいつからいつまでですか？")
OTHERS = ("平生町の計画の目的は何ですか？", "上里町の計画の目的は何ですか？")
THIRD = "鏡野町の計画の期間はいつからいつまでですか？"
QUESTIONS = "#chat .user-row"


def test_a_restart_takes_no_answer_from_the_page(
    browser: Browser, serve: Serve, index_dir: Path, tmp_path: Path
) -> None:
    """With the next question every answer stands as before; one whose time is over meanwhile is said to be missing."""
    kept = tmp_path / "kept.sqlite3"
    settings = {**os.environ, "MACHIPLAN_ANSWERS_FILE": str(kept)}
    with serve(index_dir, settings) as url:
        whole, poorer = _begin(browser, url, *ASKED), _begin(browser, url, *OTHERS)
        before = whole.page.locator("#chat .turn").all_inner_texts()
    _end_the_time_of(OTHERS[0], kept)
    with serve(index_dir, settings, port=urlsplit(url).port):
        whole.ask(THIRD)
        expect(whole.page.locator(QUESTIONS)).to_have_text([*ASKED, THIRD])
        assert whole.page.locator("#chat .turn").all_inner_texts()[: len(before)] == before
        expect(whole.page.get_by_role("alert").filter(has_text="保存期間")).to_have_count(0)
        poorer.page.fill(QUESTION, THIRD)
        poorer.page.press(QUESTION, "Enter")
        expect(poorer.page.locator(QUESTIONS)).to_have_text([OTHERS[1], THIRD])
        expect(poorer.page.get_by_role("alert")).to_contain_text("保存期間が過ぎた回答は、表示していません")
        for opened in (whole, poorer):
            opened.page.context.close()


def _begin(browser: Browser, url: str, *questions: str) -> Visit:
    """Return a page of its own with answers to ``questions``."""
    opened = Visit(browser.new_page())
    opened.page.goto(url)
    opened.page.locator("#prompts .gallery-item").first.wait_for()
    for question in questions:
        opened.ask(question)
    return opened


def _end_the_time_of(question: str, answers: Path) -> None:
    with closing(sqlite3.connect(answers)) as connection, connection:
        assert connection.execute("UPDATE answers SET given = 0 WHERE body LIKE ?", (f"%{question}%",)).rowcount == 1
