"""The lines of a plan that speak of the plan itself: its cover, its colophon, its running head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Span
from ingest.glossary import is_glossary_title
from ingest.lines import Line, LineKind
from ingest.search_text import normalise
from ingest.sentences import trim

_COVER_LINES = 12  # lines with words; a cover has fewer
_COLOPHON_LINES = 12
_LONGEST = 100  # characters of a cover's line; running text is longer
_COLOPHON_WIDTH = 60
_HEAD_TIMES = 3  # what stands so often alone on a line is at the head of pages
# Marks at the sides of a line: those of headings, and ornaments.
_OPENING = re.compile(r"(?:#{1,6}\s+|\*\*|[■□◆◇●○◎★☆▲△▼▽\s])+")
_CLOSING = re.compile(r"(?:\*\*|[■□◆◇●○◎★☆▲△▼▽\s])+$")
_NUMBERED = re.compile(r"[0-9０-９]{1,2}[\s　.．]+(?![0-9０-９\s　年月]).")  # a heading that the lines around it hide
_LABELLED_ROW = re.compile(r"\s*(?:発行|策定|制定|改[定訂正]|編集|作成)")  # the rows of a colophon that is a table


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line about the plan itself: its normalised words, its span without heading marks, and where it stands.

    Of a table's row (``row``) with two cells the words are ``label:value``; other rows have none.
    """

    words: str
    span: Span
    cover: bool
    row: bool = False


def cover_lines(text: str, lines: Sequence[Line]) -> list[PlanLine]:
    """Return the lines with words before the contents page or the first numbered heading."""
    found: list[PlanLine] = []
    for line in lines:
        numbered = line.kind is LineKind.HEADING and not line.style.startswith("#") and line.style not in "■□●○★"
        numbered = numbered and line.style not in ("【】", "〔〕", "〈〉", "『』")
        if line.kind is LineKind.CONTENTS or numbered or len(found) == _COVER_LINES or len(line.text) > _LONGEST:
            break
        if "。" in line.text or _NUMBERED.match(line.text):
            break
        if line.kind not in (LineKind.BLANK, LineKind.FURNITURE):
            found.append(_plan_line(text, line, cover=True))
    return found


def colophon_lines(text: str, lines: Sequence[Line]) -> list[PlanLine]:
    """Return the short lines at the end of the text, in reading order; they may be a colophon, or be none."""
    found: list[PlanLine] = []
    for line in reversed(lines):
        if line.kind in (LineKind.BLANK, LineKind.FURNITURE):
            continue
        running = line.text.endswith(("。", "、")) or len(line.text) > _COLOPHON_WIDTH
        row = line.kind is LineKind.ROW and not _LABELLED_ROW.match(line.text)
        other = (
            row or line.kind in (LineKind.ENTRY, LineKind.FOOTNOTE, LineKind.CONTENTS) or is_glossary_title(line.text)
        )
        if running or other or len(found) == _COLOPHON_LINES:
            break
        found.append(_plan_line(text, line, cover=False))
        if line.kind is LineKind.HEADING:
            break
    return found[::-1]


def running_heads(text: str, lines: Sequence[Line]) -> list[PlanLine]:
    """Return the lines that stand alone again and again, at the head of pages, each once."""
    times = Counter(line.text for line in lines if line.kind in (LineKind.TEXT, LineKind.HEADING))
    firsts = {line.text: line for line in reversed(lines)}
    return [
        _plan_line(text, firsts[words], cover=False)
        for words, n in times.items()
        if n >= _HEAD_TIMES and len(words) <= _COLOPHON_WIDTH and not words.endswith("。")
    ]


def _plan_line(text: str, line: Line, *, cover: bool) -> PlanLine:
    if line.kind is LineKind.ROW:
        return PlanLine(_label_and_value(line.text), trim(text, line.span.start, line.span.end), cover, row=True)
    words = line.span.of(text)
    opening, closing = _OPENING.match(words), _CLOSING.search(words)
    start = line.span.start + (opening.end() if opening else 0)
    span = trim(text, start, line.span.start + (closing.start() if closing else len(words)))
    return PlanLine(normalise(span.of(text)), span if span.start < span.end else line.span, cover)


def _label_and_value(row: str) -> str:
    match [normalise(cell) for cell in row_cells(row)]:
        case [label, value] if label and value:
            return f"{label}:{value}"
    return ""


def row_cells(row: str) -> list[str]:
    """Return the cells of a table's row, parted by tabs or pipes.

    >>> row_cells("| 名称 | DX推進計画 |")
    ['名称', 'DX推進計画']
    """
    return [cell.strip() for cell in (row.split("\t") if "\t" in row else row.strip("|").split("|"))]
