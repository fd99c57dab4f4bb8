"""The conversation as the chat shows it: Markdown in which only our own links and quotes are markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from gradio.components.chatbot import Message, MessageDict

from assistant.answer import Answer, Reason
from ui.web.chat.citations import anchor
from ui.web.inert import inert

REASONS = {
    Reason.NOT_IN_PLANS: "計画の中に記載が見つかりませんでした",
    Reason.MUNICIPALITY_NOT_COVERED: "その市町村の計画は、まだ収録していません",
    Reason.AMBIGUOUS_MUNICIPALITY: "どの市町村についてのご質問か、お選びください",
    Reason.OUT_OF_SCOPE: "市町村の計画についてのご質問ではないようです",
}
"""Why there is no answer, as a resident reads it."""

SEARCHING = "計画を調べています…"

Messages = list[MessageDict | Message]

_TABLE_ROW = re.compile(r"^\| .* \|$")
_TABLE_RULE = re.compile(r"^\|(?: -{3} \|)+$")
_CELL = re.compile(r"(?:\\.|[^|\\])+")  # a bar behind a backslash is a letter of the cell
_ESCAPED = re.compile(r"\\([\\|])")
_MARKER = re.compile(r"\[(\d{1,3})\]")


def mark_up(text: str, *, turn: int) -> str:
    """Return an answer's text as Markdown whose only markup is a link from each marker to its citation, and our own tables.

    >>> mark_up("期間は4年です。[1]", turn=2)
    '期間は4年です。[&#91;1&#93;](#source-2-1)'
    >>> mark_up("| 甲町 | 「4年間」[1] |", turn=2)
    '| 甲町 | 「4年間」[&#91;1&#93;](#source-2-1) |'
    """
    return "\n".join(
        _row(line, turn=turn) if _TABLE_ROW.match(line) else _line(line, turn=turn) for line in text.split("\n")
    )


def _row(line: str, *, turn: int) -> str:
    """Return a line of a table (see ``assistant.comparison_table``) with its cells inert and its bars standing."""
    if _TABLE_RULE.match(line):
        return line
    cells = (_ESCAPED.sub(r"\1", cell.strip()) for cell in _CELL.findall(line[1:-1]))
    return f"| {' | '.join(_line(cell, turn=turn) for cell in cells)} |"


def _line(text: str, *, turn: int) -> str:
    pieces = _MARKER.split(text)
    for place in range(1, len(pieces), 2):
        n = int(pieces[place])
        pieces[place] = f"[&#91;{n}&#93;](#{anchor(turn, n)})"
    for place in range(0, len(pieces), 2):
        pieces[place] = inert(pieces[place])
    return "".join(pieces)


def render_answer(answer: Answer, *, turn: int) -> str:
    """Return an answer as Markdown: the reason where there is no answer, the text, then the notices."""
    parts = [mark_up(answer.answer, turn=turn)]
    if answer.reason is not None:
        parts.insert(0, f"**{inert(REASONS[answer.reason])}**")
    parts += [f"> **ご注意**　{inert(' '.join(notice.split()))}" for notice in answer.notices]
    return "\n\n".join(parts)


def render_chat(answers: Sequence[Answer]) -> Messages:
    """Return the finished turns as chat messages, oldest first."""
    messages: Messages = []
    for turn, answer in enumerate(answers, start=1):
        messages += [_said("user", inert(answer.question)), _said("assistant", render_answer(answer, turn=turn))]
    return messages


def render_pending(answers: Sequence[Answer], question: str, so_far: str) -> Messages:
    """Return the chat while ``question`` is being answered, with the answer's text so far."""
    text = mark_up(so_far, turn=len(answers) + 1) if so_far else SEARCHING
    return [*render_chat(answers), _said("user", inert(question)), _said("assistant", text)]


def _said(role: Literal["user", "assistant"], content: str) -> MessageDict:
    return {"role": role, "content": content}
