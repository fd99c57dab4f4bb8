"""The source of HTML tables inside a plan's text: which cells there are, and where their words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Span
from ingest.extract.table_text import MAX_ROW_SPAN

_ATTRIBUTES = r"(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>]+))?)*"
_TAG = re.compile(
    rf"<!--|-->|<(?P<close>/?)(?P<name>table|caption|thead|tbody|tfoot|tr|td|th)(?![A-Za-z0-9])(?P<with>{_ATTRIBUTES})\s*/?>?",
    re.IGNORECASE | re.ASCII,
)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:\s|&nbsp;|&#160;|</?(?!su[bp]\b)[A-Za-z][^<>]*>)+", re.IGNORECASE
)  # what may stand before a cell's words
_LAST_TAG = re.compile(r"</?(?!su[bp]\b)[A-Za-z][^<>]*>|&nbsp;|&#160;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as it stands in the text: its words' span and what its tag says."""

    span: Span
    rows: int
    columns: int
    header: bool


def source_rows(text: str, span: Span) -> Iterator[tuple[list[SourceCell] | None, Span | None]]:
    """Yield the rows of the outer tables, each with the caption that stands before it; ``None`` where the next table begins."""
    row: list[SourceCell] | None = None
    cell: re.Match[str] | None = None
    caption: Span | None = None
    in_head = False
    for tag in _structure(text, span):
        name, opens = tag["name"].lower(), not tag["close"]
        if cell is not None:  # whatever comes next, the cell is over
            words = _words(text, cell.end(), tag.start())
            if cell["name"].lower() == "caption":
                caption = words
            elif row is not None:
                row.append(_cell(cell, words, in_head))
            cell = None
        if name in ("td", "th", "caption"):
            cell = tag if opens else None
            row = [] if row is None and opens and name != "caption" else row
            continue
        if row is not None:
            yield row, caption
            row, caption = None, None
        if name == "tr":
            row = [] if opens else None
        elif name == "table" and opens:
            yield None, caption
        in_head = opens if name == "thead" else in_head and name == "tr"
    if cell is not None and row is not None:
        row.append(_cell(cell, _words(text, cell.end(), span.end), in_head))
    yield row or [], caption


def _structure(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Yield the tags that make the outer tables; what stands in comments and in tables inside a cell makes nothing."""
    depth, comment = 0, False
    for tag in _TAG.finditer(text, span.start, span.end):
        if tag["name"] is None:
            comment = tag[0] == "<!--"
        elif not comment:
            if tag["name"].lower() == "table":
                depth += -1 if tag["close"] else 1
                if depth == (0 if tag["close"] else 1):
                    yield tag
                depth = max(depth, 0)
            elif depth <= 1:
                yield tag


def _cell(tag: re.Match[str], words: Span, in_head: bool) -> SourceCell:
    spans = {name.lower(): int(number) for name, number in _SPAN.findall(tag["with"])}
    rows = spans.get("row", 1) or MAX_ROW_SPAN  # 0 means: down to the end
    header = tag["name"].lower() == "th" or in_head
    return SourceCell(words, rows, spans.get("col", 1), header)


def _words(text: str, start: int, end: int) -> Span:
    """Return the span of a cell's words, without the white space and tags at its ends; a raised or lowered part stays whole."""
    opening = _NOTHING.match(text, start, end)
    start = opening.end() if opening else start
    while start < end:
        if text[end - 1].isspace():
            end -= 1
            continue
        at = text.rfind("<" if text[end - 1] == ">" else "&", start, end) if text[end - 1] in ">;" else -1
        if at < 0 or not _LAST_TAG.fullmatch(text, at, end):
            break
        end = at
    return Span(start, max(start, end))
