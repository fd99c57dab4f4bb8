"""An answer with its citations as plain text and as Markdown: to copy, to keep, to send on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|&~])")


def place_of(citation: Citation) -> str:
    """Return where a quote stands, in one line.

    >>> place_of(Citation(1, "x", "甲町", "000000", "甲町計画", ("第1章", "期間"), 3, "5年", 10, 12, False))
    '甲町「甲町計画」 第1章 › 期間　3ページ'
    """
    path = " › ".join(citation.heading_path)
    page = f"　{citation.page}ページ" if citation.page is not None else ""
    return f"{citation.municipality}「{citation.title}」 {path}{page}".rstrip()


def citation_text(citation: Citation) -> str:
    """Return a citation to copy: the quote to the letter, then where it stands."""
    return f"「{citation.quote}」\n（{place_of(citation)}）"


def answer_text(answer: Answer) -> str:
    """Return an answer as plain text; quotes keep every character."""
    parts = [f"質問：{answer.question}", f"回答：\n{answer.answer}"]
    parts += [f"ご注意：{notice}" for notice in answer.notices]
    if answer.citations:
        cited = [f"[{citation.n}] {place_of(citation)}\n「{citation.quote}」" for citation in answer.citations]
        parts.append("根拠（計画の原文）：\n" + "\n".join(cited))
    return "\n\n".join(parts)


def answer_markdown(answer: Answer) -> str:
    """Return an answer as Markdown; what came from a plan or a person reads the same there and is no markup.

    >>> answer = Answer("id", "<b>期間は?", "5年です。[1]", False, None, (), (), (), "extractive", 0.1)
    >>> print(answer_markdown(answer))
    ## \\<b\\>期間は?
    <BLANKLINE>
    5年です。\\[1\\]
    """
    parts = [f"## {_inline(answer.question)}", "\n\n".join(_lines(answer.answer))]
    parts += [f"**ご注意**　{_inline(notice)}" for notice in answer.notices]
    for citation in answer.citations:
        quote = "\n".join(f"> {_literal(line)}  " for line in citation.quote.splitlines())
        parts.append(f"**\\[{citation.n}\\]** {_inline(place_of(citation))}\n\n{quote}")
    return "\n\n".join(parts)


def conversation_markdown(answers: Sequence[Answer]) -> str:
    """Return a conversation as one Markdown document."""
    return "\n\n".join(["# まちプランへの質問と回答", *(answer_markdown(answer) for answer in answers)]) + "\n"


def _lines(text: str) -> list[str]:
    return [_literal(line) for line in text.splitlines() if line.strip()]


def _inline(text: str) -> str:
    return _literal(" ".join(text.split()))


def _literal(line: str) -> str:
    """Return a line in which no mark has a meaning for Markdown, list numbers and dashes at its head included.

    >>> _literal("1. *計画*"), _literal("- 一覧")
    ('1\\\\. \\\\*計画\\\\*', '\\\\- 一覧')
    """
    escaped = _ACTIVE.sub(r"\\\1", line.strip(" \t"))
    return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))
