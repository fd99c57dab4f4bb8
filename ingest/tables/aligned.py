"""Tables whose columns are set apart by blanks alone, as a PDF's text or an OCR step may hand them on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, LineKind

ALIGNED = "aligned"
"""The style of a table row whose cells are parted by blanks."""

_NARROW = re.compile(r"[ \u00a0]{2,}")
_ANY = re.compile(r"[ 　\u00a0]{2,}")
_COLUMNS = 3  # two columns may be a term and its definition, or a page set in two columns
_ROWS = 3
_FIGURE = re.compile(r"[\d０-９,，.．%％△▲―\-]+")


def cell_gaps(words: str) -> list[re.Match[str]]:
    """Return the blanks that part the cells of a line: spaces, or where they part nothing ideographic ones as well.

    A column's name may be set with ideographic spaces between its letters.

    >>> [gap.start() for gap in cell_gaps("年　　度    令和４年度    令和５年度")]
    [4, 13]
    """
    narrow = list(_NARROW.finditer(words))
    return narrow if len(narrow) + 1 >= _COLUMNS else list(_ANY.finditer(words))


def mark_aligned_tables(lines: Sequence[Line]) -> list[Line]:
    """Turn lines that blanks part into equally many cells, under a line of column names, into table rows."""
    out = list(lines)
    start = 0
    while start < len(lines):
        end = start + 1
        width = _width(lines[start])
        while width and end < len(lines) and _width(lines[end]) == width:
            end += 1
        if width and end - start >= _ROWS and not any(map(_FIGURE.fullmatch, _cells(lines[start].text))):
            out[start:end] = [replace(line, kind=LineKind.ROW, style=ALIGNED) for line in lines[start:end]]
        start = end
    return out


def _width(line: Line) -> int:
    """Return into how many cells blanks part a line of text; 0 for a sentence, and where there are too few for a table."""
    if line.kind is not LineKind.TEXT or line.text.endswith("。"):
        return 0
    cells = len(cell_gaps(line.text)) + 1
    return cells if cells >= _COLUMNS else 0


def _cells(words: str) -> list[str]:
    gaps = cell_gaps(words)
    starts, ends = [0, *(gap.end() for gap in gaps)], [*(gap.start() for gap in gaps), len(words)]
    return [words[start:end] for start, end in zip(starts, ends, strict=True)]
