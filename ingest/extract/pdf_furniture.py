"""Running heads and page numbers of a PDF, told by what comes again at the same height."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.pdf_layout import PageLayout, TextLine, body_size

_MARGIN = 0.12  # of the page's height, at its top and at its foot
_NUMBER = re.compile(
    r"[-–—‐－ー~～\s　]*(?:[Pp](?:age|\.)?\s?)?(?:[0-9０-９]{1,4}|[ivxlcⅠ-ⅻ]{1,5})(?:\s*[/／]\s*[0-9０-９]{1,4}|\s*(?:ページ|頁))?"
    r"[-–—‐－ー~～\s　]*"
)
_DIGITS = re.compile(r"[0-9０-９]+|\s+")
_MOST = 0.5  # of the pages


def without_furniture(pages: Sequence[PageLayout]) -> tuple[PageLayout, ...]:
    """Return the pages without running heads and page numbers."""
    body = body_size(tuple(pages))
    outer = [_outer_lines(page) for page in pages]
    seen: dict[tuple[str, int], set[int]] = {}
    for page, lines in zip(pages, outer, strict=True):
        for line in lines:
            for key in _keys(line):
                seen.setdefault(key, set()).add(page.number)
    out = []
    for page, lines in zip(pages, outer, strict=True):
        drop = {
            id(line)
            for line in lines
            if _is_page_number(line, page, above=line.top < page.height / 2)
            or _is_running(line, max(len(seen[key]) for key in _keys(line)), len(pages), body)
        }
        out.append(replace(page, pieces=tuple(piece for piece in page.pieces if id(piece) not in drop)))
    return tuple(out)


def _outer_lines(page: PageLayout) -> list[TextLine]:
    """Return the lines in the margins, nothing of the page's body above or below them."""
    found = []
    for line in page.lines:
        above = line.bottom <= _MARGIN * page.height
        below = line.top >= (1 - _MARGIN) * page.height
        if above or below:
            gaps = [
                piece.top - line.bottom if above else line.top - piece.bottom
                for piece in page.pieces
                if piece is not line and abs(piece.top - line.top) > line.size
            ]
            between = [gap for gap in gaps if gap > -line.size]
            if not between or min(between) >= 0.8 * line.size or _is_page_number(line, page, above=above):
                found.append(line)
    return found


def _is_page_number(line: TextLine, page: PageLayout, *, above: bool) -> bool:
    """Return whether a line is a bare number that stands by itself or has nothing further out; else it is a figure."""
    if _NUMBER.fullmatch(line.text) is None:
        return False
    others = [piece for piece in page.pieces if piece is not line]
    outermost = all(piece.top >= line.bottom - 1 if above else piece.bottom <= line.top + 1 for piece in others)
    return outermost or not any(
        piece.top < line.bottom + line.size and piece.bottom > line.top - line.size for piece in others
    )


def _keys(line: TextLine) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return the words without digits at the line's height, rounded both ways, so that 3 points of drift do no harm."""
    words = _DIGITS.sub("", line.text)
    return (words, int(line.top // 6)), (words, -1 - int((line.top + 3) // 6))


def _is_running(line: TextLine, pages_with_it: int, pages: int, body: float) -> bool:
    if pages_with_it < 2:
        return False
    if pages_with_it >= _MOST * pages and pages_with_it >= min(3, pages):
        return True
    return pages_with_it >= 3 and line.size <= body  # the head of a chapter runs over its own pages alone
