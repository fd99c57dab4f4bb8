"""Text from questions, plans and answers as HTML and Markdown; the colours and their contrast."""

from __future__ import annotations

import html
import re
import string

import pytest

from assistant.answer import Answer, CellRef, Citation, Reason
from tests.contrast import contrast
from ui.web.chat.answer_html import REASONS, mark_up, render_answer
from ui.web.chat.citations import render_citation, render_sources
from ui.web.inert import inert
from ui.web.theme import tokens_css

HOSTILE = "<script>x</script>\"'><img src=x onerror=y>&amp;{{a}}${b}`c`[d](e)\\"


def _citation(n: int = 1) -> Citation:
    cell = CellRef(HOSTILE, HOSTILE, HOSTILE)
    return Citation(n, HOSTILE, HOSTILE, "000000", HOSTILE, (HOSTILE,), 3, HOSTILE, 1, 2, True, cell)


def _answer(*citations: Citation, reason: Reason | None = None) -> Answer:
    return Answer("id", HOSTILE, HOSTILE, reason is not None, reason, citations, (HOSTILE,), (), "extractive", 0.1)


def test_inert_text_has_no_mark_and_reads_the_same() -> None:
    """No ASCII punctuation but that of character references is left, and a browser reads back the same text."""
    every = string.printable + "令和４年度"
    assert html.unescape(inert(every)) == every
    assert not set(inert(every)) & (set(string.punctuation) - set("&#;"))


def test_a_citation_has_only_our_own_elements() -> None:
    """Whatever a plan's text, title, heading or table holds, the only elements are those of the card."""
    elements = set(re.findall(r"<([a-z]+)", render_citation(_citation(), turn=1)))
    assert elements == {"li", "p", "span", "blockquote", "a"}


def test_a_citation_shows_every_part_word_for_word() -> None:
    """Number, town, page, table cell, expiry and quote are all on the card; the quote has its exact characters."""
    card = render_citation(_citation(), turn=2)
    quote = re.search(r'<blockquote class="source-quote">(.*?)</blockquote>', card)
    assert quote is not None
    shown = re.sub(r"</?span[^>]*>", "", quote.group(1))  # what sets mark-up smaller, and is none of the text
    assert html.unescape(shown) == HOSTILE
    assert all(part in card for part in ("[1]", "3ページ", "計画期間終了", "表：", "行：", "列：", 'id="source-2-1"'))


def test_earlier_citations_are_folded_under_their_question() -> None:
    """The newest answer's citations come first, the earlier ones after them, with ids of their own."""
    panel = render_sources([_answer(_citation()), _answer(_citation(), _citation(2))])
    ids = re.findall(r'id="(source-\d-\d)"', panel)
    assert ids == ["source-2-1", "source-2-2", "source-1-1"]
    assert panel.index("<details") < panel.index("source-1-1")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    """An answer that is not given begins with its reason, in Japanese."""
    assert render_answer(_answer(reason=reason), turn=1).startswith(f'<h3 class="reason">{inert(REASONS[reason])}</h3>')


def test_only_markers_become_links() -> None:
    """A marker links to its citation; other brackets stay text."""
    shown = mark_up("[1] [x](y) [1234]", turn=3)
    assert shown.count('href="#source-3-1"') == shown.count("<a") == 1


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "paper", 7.0),
        ("ink", "surface", 7.0),
        ("ink", "brand-soft", 7.0),
        ("ink", "quote-soft", 7.0),
        ("ink", "mark", 7.0),
        ("ink-soft", "paper", 4.5),
        ("ink-soft", "surface", 4.5),
        ("on-brand", "brand", 4.5),
        ("brand", "surface", 4.5),
        ("brand", "paper", 4.5),
        ("alert", "alert-soft", 4.5),
        ("line-strong", "surface", 3.0),
        ("line-strong", "paper", 3.0),
    ],
)
def test_colours_have_contrast(mode: str, ink: str, paper: str, least: float) -> None:
    """Reading text has at least 7:1, other text 4.5:1, and the edges of controls 3:1 (WCAG 2.2)."""
    light, dark = tokens_css().split("@media")
    colours = dict(re.findall(r"--machi-([a-z-]+):(#[0-9a-f]{6})", light if mode == "light" else dark))
    assert contrast(colours[ink], colours[paper]) >= least
