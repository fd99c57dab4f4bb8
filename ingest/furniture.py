"""What the layout puts around the text of every page: running heads and feet beside the page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from os.path import commonprefix

from ingest.contents import mark_contents
from ingest.heading_styles import heading_style
from ingest.lines import Line, LineKind, heading_text
from ingest.search_text import normalise

_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:[pPｐＰ][.．]?)?[0-9０-９]{1,3}(?:ページ)?[^\w]*|[-–—－―]\s*\w{1,4}\s*[-–—－―]|<!--.*-->"
)
# The same behind or before the plan's or the chapter's title, on one line: 見本町計画（改定版）　p.12, 12　第2章 現状.
_NUMBER = r"[0-9０-９]{1,3}(?:[-－–][0-9０-９]{1,2})?"
_NUMBERED = (
    re.compile(
        rf"(?P<words>.*\S)[\s　]+[-–—－―]?\s?(?P<page>[pPｐＰ][.．]\s?)?(?P<n>{_NUMBER})(?:\s?ページ)?\s?[-–—－―]?"
    ),
    re.compile(
        rf"[-–—－―]?\s?(?P<page>[pPｐＰ][.．]\s?)?(?P<n>{_NUMBER})(?:\s?ページ)?\s?[-–—－―]?[\s　]+(?P<words>\S.*)"
    ),
)
_PAGE = "page"  # the style of such a line
_PART = 6  # letters at the end of a line that name a numbered part
_PAGES = 3  # from so many on, lines of one text with rising numbers are those of pages
_LONGEST = 60  # characters of a running head
_REACH = 2  # lines with words, before and after a page's end, among which its heads and feet are
_HEADS = 50  # different running heads of one plan
_TITLE = 10  # letters that the heads of different chapters have in common; fewer may be chance
_ALIKE = 0.85  # of a running head that OCR misread on one page, this share is as on the others


def mark_running_heads(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the short ones that come again and again at the pages' ends and beginnings as furniture.

    A heading that a head repeats stays where it stands first.
    """
    lines = _without_numbered_heads(lines)
    out = list(lines)
    edges = sorted(set(_beside_page_ends(text, lines)))
    words = {i: normalise(heading_text(lines[i].text)) for i in edges}
    repeated = {head for head, count in Counter(words.values()).most_common(_HEADS) if count > 1}
    if not repeated:
        return out
    contents = {i for i, line in enumerate(mark_contents(lines)) if line.kind is LineKind.CONTENTS}
    apart = (line.text for i, line in enumerate(lines) if line.text and i not in words and i not in contents)
    elsewhere = {normalise(heading_text(text)) for text in apart}
    alike = repeated | {start for head in repeated for other in repeated if (start := _same_start(head, other))}
    seen: set[str] = set()
    for i in edges:
        first = words[i] not in seen and words[i] not in elsewhere
        seen.add(words[i])
        if lines[i].kind is LineKind.HEADING and first:
            continue
        if words[i] in repeated or any(_alike(words[i], head) for head in alike):
            out[i] = replace(lines[i], kind=LineKind.FURNITURE)
    return out


def _without_numbered_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those that are the same but for a page's number, which rises, as furniture.

    Without p. before the number the words have to be as long as a title, for 施策１, 施策２ are numbered parts.
    """
    pages: dict[str, list[tuple[int, int]]] = {}  # words -> the index and the number of each line
    for i, line in enumerate(lines):
        if line.kind in (LineKind.TEXT, LineKind.HEADING) and len(line.text) <= _LONGEST:
            for match in filter(None, (pattern.fullmatch(line.text) for pattern in _NUMBERED)):
                part = heading_style(f"{match['words'][-_PART:]} 1 {_PART}")  # 窓口の改善に関する施策 1
                if match["page"] or (len(match["words"]) >= _TITLE and not part):
                    number = int(normalise(match["n"]).split("-")[0])
                    pages.setdefault(match["words"], []).append((i, number))
    out = list(lines)
    for found in pages.values():
        numbers = [number for _, number in found]
        if len(set(numbers)) >= _PAGES and numbers == sorted(numbers):
            for i, _ in found:
                out[i] = replace(lines[i], kind=LineKind.FURNITURE, style=_PAGE)
    return out


def _beside_page_ends(text: str, lines: Sequence[Line]) -> Iterator[int]:
    """Yield the indexes of the short lines beside page numbers and form feeds."""
    for i, line in enumerate(lines):
        fed = i > 0 and "\f" in text[lines[i - 1].span.end : line.span.start]
        page = line.style == _PAGE or _PAGE_NUMBER.fullmatch(line.text) is not None
        numbered = line.kind is LineKind.FURNITURE and page
        if fed or numbered:
            yield from _short(lines, range(i - 1, -1, -1))
            yield from _short(lines, range(i if fed else i + 1, len(lines)))


def _short(lines: Sequence[Line], indexes: range) -> Iterator[int]:
    near = 0
    for i in indexes:
        if near == _REACH:
            return
        if lines[i].kind in (LineKind.BLANK, LineKind.FURNITURE):
            continue
        near += 1
        if lines[i].kind in (LineKind.TEXT, LineKind.HEADING) and len(lines[i].text) <= _LONGEST:
            yield i


def _same_start(head: str, other: str) -> str:
    """Return the words with which two heads begin, which is the plan's title where each also names its chapter."""
    start = commonprefix([head, other])  # noqa: RUF071 - letters are what is compared
    return start if head != other and len(start) >= _TITLE else ""


def _alike(words: str, head: str) -> bool:
    """Return whether a line is a running head that OCR misread, or begins as the heads of other chapters do."""
    start = words[: len(head)] if len(head) >= _TITLE else words
    return len(head) > 5 and SequenceMatcher(None, start, head).ratio() >= _ALIKE
