"""How headings nest, when a plan mixes numbered styles, marks and Markdown levels that OCR set at random.

Rules: a style seen above is a sibling of its last use; a new style is a child of what stands above it; a chapter starts
over. Markdown levels count only for headings without a number, and never close a numbered section that goes on later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line, heading_number, heading_text
from ingest.search_text import FOOTNOTE_MARK

_LONGEST = 200  # characters of a heading in the paths of what stands under it
_OUTER = ("第n編", "第n章", "第n節")  # each within the one before; what stands outside the chapters closes them all
_MARKS = re.compile(r"^[■◆▼□●◎○〇◯★☆◇]\s*|</?[A-Za-z][^<>]*>|\*\*")


@dataclass(frozen=True, slots=True)
class _Open:
    style: str
    level: int
    number: int
    title: str


def nest(headings: Sequence[Line]) -> list[tuple[str, ...]]:
    """Return the heading path of each heading, itself last, outermost first.

    >>> from ingest.read_lines import read_lines
    >>> text = "第1章 総論\\n\\n1.目的\\n\\n■背景\\n\\n2.期間\\n\\n第2章 各論"
    >>> nest([line for line in read_lines(text) if line.text])
    [('第1章 総論',), ('第1章 総論', '1.目的'), ('第1章 総論', '1.目的', '背景'), ('第1章 総論', '2.期間'), ('第2章 各論',)]
    """
    stack: list[_Open] = []
    paths: list[tuple[str, ...]] = []
    for i, line in enumerate(headings):
        if line.style in ("用語", "章外"):
            stack = []
        elif line.style.startswith("#"):
            while stack and _closes(line, stack) and not _goes_on(stack, headings[i + 1 :]):
                stack.pop()
        elif any(entry.style == line.style for entry in stack):
            while stack.pop().style != line.style:
                pass
        elif line.style in _OUTER:
            stack = [entry for entry in stack if entry.style in _OUTER[: _OUTER.index(line.style)]]
        elif line.style.startswith("n"):  # a numbered section never belongs to a mere mark (★, 【】) above it
            while stack and not stack[-1].number and stack[-1].style not in ("章外", "第n章"):
                stack.pop()
        stack.append(_Open(line.style, line.level, heading_number(line), clean_heading(line.text)[:_LONGEST]))
        paths.append(tuple(entry.title for entry in stack))
    return paths


def _closes(line: Line, stack: Sequence[_Open]) -> bool:
    """Return whether a heading known by its level alone ends the innermost open one: one as high, or within such a one."""
    inner = stack[-1]
    return inner.level >= line.level or (not inner.level and any(entry.style == line.style for entry in stack))


def clean_heading(text: str) -> str:
    """Return a heading's words as shown to users: without Markdown, footnote marks and decorative marks.

    >>> clean_heading("### 【デジタル・インクルージョン<sup>※18</sup>】"), clean_heading("■計画期間")
    ('【デジタル・インクルージョン】', '計画期間')
    """
    return " ".join(_MARKS.sub("", FOOTNOTE_MARK.sub("", heading_text(text))).split())


def _goes_on(stack: Sequence[_Open], later: Sequence[Line]) -> bool:
    """Return whether a numbered section that is open now is followed by its next number later on."""
    for entry in stack:
        if entry.number and not entry.style.startswith("名"):
            following = next((line for line in later if line.style == entry.style), None)
            if following is not None and heading_number(following) == entry.number + 1 and entry is stack[-1]:
                return True
    return False
