"""Answers to copy and to keep: quotes to the letter, and nothing of theirs is markup in the Markdown."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation
from ui.web.chat.plain_text import answer_markdown, answer_text, citation_text, conversation_markdown

HOSTILE = "# 見出し\n1. <script>x</script> *太* [印](javascript:y) `c` ~~z~~ | a | &amp; \\\n- 一覧\n=====\n> 引用"


def _answer() -> Answer:
    citation = Citation(1, "x", "甲町", "000001", "甲町*計画*", ("第1章", "<b>期間"), 3, HOSTILE, 10, 20, True)
    return Answer("id", HOSTILE, f"{HOSTILE}[1]", False, None, (citation,), (HOSTILE,), (), "extractive", 0.1)


def test_the_plain_text_holds_everything_to_the_letter() -> None:
    """Question, answer, notice, quote and its place are there as they are."""
    text = answer_text(_answer())
    assert text.count(HOSTILE) == 4
    assert "[1] 甲町「甲町*計画*」 第1章 › <b>期間　3ページ" in text


def test_a_citation_is_copied_with_its_place() -> None:
    """The quote comes first, unchanged."""
    [citation] = _answer().citations
    assert citation_text(citation) == f"「{HOSTILE}」\n（甲町「甲町*計画*」 第1章 › <b>期間　3ページ）"


def test_the_markdown_has_only_our_own_markup() -> None:
    """A Markdown reader makes our headings, paragraphs, bold labels and quotes of it, and shows every letter."""
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(answer_markdown(_answer()))
    assert set(re.findall(r"<([a-z0-9]+)", shown)) == {"h2", "p", "strong", "blockquote", "br"}
    read = html.unescape(re.sub(r"<[^>]+>", "", shown))
    assert "".join(read.split()).count("".join(HOSTILE.split())) == 4


def test_a_conversation_is_one_document() -> None:
    """It has one title, and a heading for each question."""
    text = conversation_markdown([_answer(), _answer()])
    assert [line[:3] for line in text.splitlines() if line.startswith("#")] == ["# ま", "## ", "## "]
