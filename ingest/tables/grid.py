"""The cells of a table as spans of the text: tab-separated rows and Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.document import Span
from ingest.lines import Line
from ingest.search_text import readable
from ingest.sentences import trim
from ingest.tables.aligned import ALIGNED, aligned_rows

MAX_GRID = 50_000  # places in a grid; one that is larger and mostly padding is read without it
PER_CELL = 20  # places for each real cell: more are mostly padding

_Of = TypeVar("_Of")
_Cell = TypeVar("_Cell")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as cells: ``texts[r][c]`` (readable), ``raw[r][c]`` and ``spans[r][c]`` (trimmed) of row ``r``.

    ``lines[r]`` spans the whole row. A cell that goes on from above is 〃; one that goes on from the left is blank in a header and
    repeats the value in the body, with the very span of the cell it repeats. Where the table's own mark-up says so, ``head`` is the
    number of header rows and ``names`` the column names; ``None`` and () where they are to be told from the words.
    """

    texts: tuple[tuple[str, ...], ...]
    raw: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[Span, ...], ...]
    lines: tuple[Span, ...]
    head: int | None = None
    names: tuple[str, ...] = ()
    caption: Span | None = None

    def rows(self, start: int, end: int | None = None) -> Grid:
        """Return some of the rows as a grid of their own."""
        part = slice(start, end)
        return Grid(self.texts[part], self.raw[part], self.spans[part], self.lines[part])


def text_grids(text: str, lines: Sequence[Line]) -> Iterator[Grid]:
    """Yield the cells of consecutive table lines, every row padded to the widest; more than one grid only without end of padding."""
    rows: list[tuple[Line, Sequence[Span]]] = []
    if lines[0].style == ALIGNED:
        rows += aligned_rows(text, lines)
    for line in lines if not rows else ():
        row: list[Span] = []
        last = line.span.start
        for mark in _edges(line):
            row.append(_bare(text, trim(text, last, mark)))
            last = mark + 1
        rows.append((line, row))
    for run in even_runs(rows):
        width = max(len(row) for _, row in run)
        spans = tuple((*row, *[Span(line.span.end, line.span.end)] * (width - len(row))) for line, row in run)
        raw = tuple(tuple(span.of(text) for span in row) for row in spans)
        texts = tuple(tuple(map(readable, row)) for row in raw)
        yield Grid(texts, raw, spans, tuple(trim(text, line.span.start, line.span.end) for line, _ in run))


def even_runs(rows: Sequence[tuple[_Of, Sequence[_Cell]]]) -> Iterator[Sequence[tuple[_Of, Sequence[_Cell]]]]:
    """Yield the rows together, or where padding them would make mostly holes, in runs of rows that are equally wide."""
    cells = sum(len(row) for _, row in rows)
    area = len(rows) * max((len(row) for _, row in rows), default=0)
    if area <= max(MAX_GRID, cells * PER_CELL):
        yield rows
        return
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or len(rows[end][1]) != len(rows[start][1]):
            yield rows[start:end]
            start = end


def _edges(line: Line) -> list[int]:
    """Return where each cell of a row ends: at a tab, or at a Markdown table's bar; one that opens a row is skipped."""
    if "\t" in line.text:
        return [line.span.start + i for i, c in enumerate(line.text) if c == "\t"] + [line.span.end]
    return [line.span.start + i for i, c in enumerate(line.text) if c == "|" and i > 0 and line.text[i - 1] != "\\"]


def _bare(text: str, span: Span) -> Span:
    """Return a cell's span without the bar before it and the asterisks of Markdown around it."""
    start, end = span.start, span.end
    while start < end and text[start] in "| ":
        start += 1
    for mark in ("**", "*"):
        if end - start > 2 * len(mark) and text.startswith(mark, start) and text.endswith(mark, start, end):
            start, end = start + len(mark), end - len(mark)
    return trim(text, start, end)
