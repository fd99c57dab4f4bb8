"""The citations beside an answer, as HTML in which nothing that came from a plan or a person is markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation
from ui.web.expired import expired_mark
from ui.web.inert import inert, steady
from ui.web.plan_view.link import quote_link

_MARKUP = re.compile(r"((?:</?[a-zA-Z][^<>\n]{0,80}>)+)")
TITLE = "根拠（計画の原文）"
_HEADING = f'<h2 class="sources-title">{TITLE}</h2>'
NOTHING_YET = f'{_HEADING}<p class="sources-empty">回答の根拠になった計画の文章が、ここにそのまま表示されます。</p>'
VERBATIM = '<p class="sources-note">計画に書かれている文字を、記号も含めてそのまま示しています。</p>'
NO_SOURCE = f'{_HEADING}<p class="sources-empty">このご質問には、根拠として示せる計画の文章がありませんでした。</p>'


def anchor(turn: int, n: int) -> str:
    """Return the element id of citation ``n`` of the conversation's answer number ``turn`` (both count from 1).

    >>> anchor(2, 1)
    'source-2-1'
    """
    return f"source-{turn}-{n}"


def render_citation(citation: Citation, *, turn: int) -> str:
    """Return one citation: its number, town and plan, the heading path, the table cell and the quote word for word.

    >>> card = render_citation(
    ...     Citation(1, "x", "甲町", "000000", "甲町計画", ("第1章",), None, "<b>期間</b>は5年", 10, 20, True), turn=1
    ... )
    >>> "<b>" in card, "計画期間終了" in card, 'id="source-1-1"' in card
    (False, True, True)
    """
    mark = expired_mark(citation.expired)
    link = inert(quote_link(citation.plan_id, citation.start, citation.end))
    return (
        f'<li class="source" id="{anchor(turn, citation.n)}" tabindex="-1" data-plan="{inert(citation.plan_id)}" '
        f'data-start="{citation.start}" data-end="{citation.end}">'
        f'<p class="source-head"><span class="source-number">[{citation.n}]</span> '
        f'<span class="source-town">{steady(citation.municipality)}</span>{mark}</p>'
        f'<p class="source-title">{steady(citation.title)}</p>'
        f"{_place(citation)}"
        f'<blockquote class="source-quote">{_quoted(citation.quote)}</blockquote>'
        f'<a class="source-open" href="{link}">計画の中で読む</a></li>'
    )


def _quoted(quote: str) -> str:
    """Return a quote with every character, mark-up that an OCR step left in the plan set smaller than the plan's words.

    >>> _quoted("計画</td><td>5年")
    '計画<span class="source-markup">&#60;&#47;td&#62;&#60;td&#62;</span>5年'
    """
    pieces = _MARKUP.split(quote)
    return "".join(
        f'<span class="source-markup">{steady(piece)}</span>' if at % 2 else steady(piece)
        for at, piece in enumerate(pieces)
    )


def _place(citation: Citation) -> str:
    """Return where the quote stands: headings, page and table cell, as far as each is known."""
    lines = []
    if citation.heading_path:
        lines.append(" › ".join(steady(heading) for heading in citation.heading_path))
    if citation.page is not None:
        lines.append(f"{citation.page}ページ")
    if citation.cell is not None:
        names = (("表", citation.cell.table), ("行", citation.cell.row), ("列", citation.cell.column))
        lines.append("　".join(f"{kind}：{steady(name)}" for kind, name in names if name))
    return "".join(f'<p class="source-place">{line}</p>' for line in lines if line)


def render_sources(answers: Sequence[Answer]) -> str:
    """Return the panel of a conversation: the newest answer's citations, then earlier ones folded away.

    >>> render_sources([]) == NOTHING_YET
    True
    """
    if not answers:
        return NOTHING_YET
    newest = len(answers)
    parts = [_newest(answers[-1], turn=newest) if answers[-1].citations else NO_SOURCE]
    earlier = [(turn, answer) for turn, answer in enumerate(answers[:-1], start=1) if answer.citations]
    if earlier:
        groups = "".join(
            f'<h3 class="source-question">「{steady(answer.question)}」</h3>{_citations(answer, turn=turn)}'
            for turn, answer in reversed(earlier)
        )
        parts.append(f'<details class="sources-earlier"><summary>前の回答の根拠を見る</summary>{groups}</details>')
    return "".join(parts)


def _newest(answer: Answer, *, turn: int) -> str:
    """Return the newest answer's citations, folded: a wide window opens them (static/22-viewer.js), paper too."""
    asked = f'<h3 class="source-question source-newest">「{steady(answer.question)}」</h3>'
    return (
        f'<details class="sources-now"><summary><h2 class="sources-title">{TITLE}{len(answer.citations)}件</h2></summary>'
        f"{VERBATIM}{asked}{_citations(answer, turn=turn)}</details>"
    )


def _citations(answer: Answer, *, turn: int) -> str:
    if not answer.citations:
        return ""
    cards = "".join(render_citation(citation, turn=turn) for citation in answer.citations)
    return f'<ol class="sources">{cards}</ol>'
