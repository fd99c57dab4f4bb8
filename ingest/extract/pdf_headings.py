"""Which paragraphs of a PDF are headings, told by size and weight of their type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.document import Span
from ingest.extract.pdf_paragraphs import Paragraph
from ingest.lines import HEADING_LIMIT, LineKind, classify

_LARGER = 1.12  # times the body's size
_LEVELS = 4
_SENTENCE = re.compile(r"[。、，]$")
_NUMBERED = re.compile(r"[0-9０-９]{1,2}[\s　]+\S")  # 1 計画の目的
_CAPTION = re.compile(
    r"[(（【\[]?(?:[図表]表?\s?[0-9０-９\-－.．]|[図表][:：]|写真\s?[0-9０-９]|資料[:：]|出典|出所|[※＊*])|[(（].*[)）]$"
)
_WORDS = re.compile(r"[\u3040-\u9fffA-Za-z]{2}")
_BOLD_LIMIT = 40  # characters; longer bold lines are emphasis


def heading_levels(found: Sequence[Paragraph], body: float) -> dict[int, int]:
    """Return the level (1 to 4) of each paragraph, by its place in ``found``, that only its type makes a heading.

    Lines that a number or mark makes a heading are left to the parser, but their sizes count among the levels.
    """
    weight = _body_weight(found, body)
    covers = _covers(found, body)
    large = [i for i, paragraph in enumerate(found) if _is_large(paragraph, body, covers)]
    sizes = sorted({_size(found[i]) for i in large}, reverse=True)
    bold = [
        i
        for i, paragraph in enumerate(found)
        if paragraph.first.weight > weight
        and abs(paragraph.first.size - body) <= (_LARGER - 1) * body
        and len(paragraph.lines) == 1
        and len(paragraph.text) <= _BOLD_LIMIT
        and _is_title(paragraph)
    ]
    levels = {i: min(sizes.index(_size(found[i])) + 1, _LEVELS) for i in large}
    levels |= {i: min(len(sizes) + 1, _LEVELS) for i in bold}
    return {i: level for i, level in levels.items() if not _is_marked(found[i].text)}


def _body_weight(found: Sequence[Paragraph], body: float) -> int:
    counts: Counter[int] = Counter()
    for paragraph in found:
        if abs(paragraph.first.size - body) < 1:
            counts[paragraph.first.weight] += len(paragraph.text)
    return counts.most_common(1)[0][0] if counts else 4


def _size(paragraph: Paragraph) -> float:
    return round(paragraph.first.size * 2) / 2


def _covers(found: Sequence[Paragraph], body: float) -> dict[int, float]:
    """Return the largest size on each page that has no running text: a cover, on which only the title is a heading."""
    largest: dict[int, float] = {}
    running: set[int] = set()
    for paragraph in found:
        page = paragraph.lines[0].page
        largest[page] = max(largest.get(page, 0.0), _size(paragraph))
        if paragraph.first.size <= _LARGER * body and _SENTENCE.search(paragraph.text):
            running |= {placed.page for placed in paragraph.lines}
    return {page: size for page, size in largest.items() if page == 1 and page not in running}


def _is_large(paragraph: Paragraph, body: float, covers: dict[int, float]) -> bool:
    page, size = paragraph.lines[0].page, _size(paragraph)
    return paragraph.first.size > _LARGER * body and size >= covers.get(page, 0.0) and _is_title(paragraph)


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        len(text) <= HEADING_LIMIT
        and _WORDS.search(text) is not None
        and _SENTENCE.search(text) is None
        and _CAPTION.match(text) is None
    )


def _is_marked(text: str) -> bool:
    """Return whether the parser knows a line by its own mark."""
    return classify(text, Span(0, len(text))).kind is not LineKind.TEXT or _NUMBERED.match(text) is not None
