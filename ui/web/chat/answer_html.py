"""An answer as HTML in which only our own links, tables and headings are markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.answer import Answer, Reason
from ingest.document import Plan
from ui.web.chat.citations import anchor
from ui.web.chat.way_on import render_way_on
from ui.web.inert import inert, steady

REASONS = {
    Reason.NOT_IN_PLANS: "計画の中に記載が見つかりませんでした",
    Reason.MUNICIPALITY_NOT_COVERED: "その市町村の計画は、まだ収録していません",
    Reason.AMBIGUOUS_MUNICIPALITY: "どの市町村についてのご質問か、お選びください",
    Reason.OUT_OF_SCOPE: "市町村の計画についてのご質問ではないようです",
}
"""Why there is no answer, as a resident reads it."""

_TABLE_ROW = re.compile(r"^\| .* \|$")
_TABLE_RULE = re.compile(r"^\|(?: -{3} \|)+$")
_CELL = re.compile(r"(?:\\.|[^|\\])+")  # a bar behind a backslash is a letter of the cell
_ESCAPED = re.compile(r"\\([\\|])")
_PART = re.compile(r"【([^】\[]+)】")  # the town that the lines below speak of
_MARKER = re.compile(r"\[(\d{1,3})\]")


def mark_up(text: str, *, turn: int) -> str:
    """Return an answer's text as paragraphs and tables, each marker a link to its citation.

    >>> mark_up("期間は4年です。[1]", turn=2)
    '<p>期間は4年です。<a class="marker" href="#source-2-1" aria-label="[1] の原文を開く">[1]</a></p>'
    >>> mark_up("| 自治体 | 計画の記載 |\\n| --- | --- |\\n| 甲町 | 4年 |", turn=2).count("<th scope")
    3
    """
    parts = []
    for is_table, lines in groupby(text.split("\n"), key=lambda line: bool(_TABLE_ROW.match(line))):
        if is_table:
            parts.append(_table(list(lines), turn=turn))
        else:
            parts += [_paragraph(line, turn=turn) for line in lines if line.strip()]
    return "".join(parts)


def render_answer(answer: Answer, *, turn: int, plans: Sequence[Plan] = ()) -> str:
    """Return an answer: the reason where there is none, the text, the notices, and the way on."""
    notices = "".join(
        f'<p class="notice"><strong>ご注意</strong>　{steady(" ".join(notice.split()))}</p>'
        for notice in answer.notices
    )
    text = mark_up(answer.answer, turn=turn)
    if answer.reason is None:
        return text + notices
    return f'<h3 class="reason">{inert(REASONS[answer.reason])}</h3>{text}{notices}{render_way_on(answer, plans)}'


def _paragraph(line: str, *, turn: int) -> str:
    if part := _PART.fullmatch(line):
        return f'<h3 class="part">{steady(part[1])}</h3>'
    return f"<p>{_line(line, turn=turn)}</p>"


def _table(lines: list[str], *, turn: int) -> str:
    """Return our own table (see ``assistant.comparison_table``): its first row is the head, its first cells name the rows."""
    rows = [_cells(line) for line in lines if not _TABLE_RULE.match(line)]
    head = "".join(f'<th scope="col">{_line(cell, turn=turn)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{_line(first, turn=turn)}</th>'
        + "".join(f"<td>{_line(cell, turn=turn)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(line: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", cell.strip()) for cell in _CELL.findall(line[1:-1])]


def _line(text: str, *, turn: int) -> str:
    pieces = _MARKER.split(text)
    for place in range(1, len(pieces), 2):
        n = int(pieces[place])
        pieces[place] = f'<a class="marker" href="#{anchor(turn, n)}" aria-label="[{n}] の原文を開く">[{n}]</a>'
    for place in range(0, len(pieces), 2):
        pieces[place] = steady(pieces[place])
    return "".join(pieces)
