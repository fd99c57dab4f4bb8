"""Tables: header rows, merged cells, tables that go on over a page, plain grids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Cell, Row, Span
from ingest.lines import Line
from ingest.search_text import readable
from ingest.sentences import trim

_NUMERIC = re.compile(r"[\d,.%△▲\-]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")  # a number that names a column
# In the untouched text, where a space tells 総務課 計 from 会計.
_TOTAL = re.compile(r"(?:.*[\s　])?(?:小|合|総)?[\s　]?計(?:[\s　]?[(（].*)?")
_SUBTOTAL = re.compile(r"小[\s　]?計(?:[\s　]?[(（].*)?")  # beside a merged cell it belongs to that cell
_ARROW = re.compile(r"[-–—―ー=\s]*[>▶→⇒▷＞]+|[-–—―]{2,}")  # a schedule's arrow, whatever it was drawn with
DITTO = re.compile(r"[〃″〞]|同上")
LONG = 15  # characters; a value of this length or more is prose, not a code
_LABEL_LIMIT = 60  # characters of a cell that may serve as a row's label


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as cells: ``texts[r][c]`` (readable), ``raw[r][c]`` and ``spans[r][c]`` (trimmed) of row ``r``.

    ``lines[r]`` spans the whole row.
    """

    texts: tuple[tuple[str, ...], ...]
    raw: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[Span, ...], ...]
    lines: tuple[Span, ...]


def read_grid(text: str, lines: Sequence[Line]) -> Grid:
    """Return the cells of consecutive table lines, every row padded to the widest."""
    spans: list[list[Span]] = []
    for line in lines:
        row, last = [], line.span.start
        for mark in _edges(line):
            row.append(_bare(text, trim(text, last, mark)))
            last = mark + 1
        spans.append(row)
    width = max(len(row) for row in spans)
    for row, line in zip(spans, lines, strict=True):
        row.extend([Span(line.span.end, line.span.end)] * (width - len(row)))
    texts = tuple(tuple(readable(span.of(text)) for span in row) for row in spans)
    raw = tuple(tuple(span.of(text) for span in row) for row in spans)
    whole = tuple(trim(text, line.span.start, line.span.end) for line in lines)
    return Grid(texts, raw, tuple(tuple(row) for row in spans), whole)


def _edges(line: Line) -> list[int]:
    """Return where each cell of a row ends: at a tab or at a Markdown table's bar; the bar that opens a row is skipped."""
    if "\t" in line.text:
        return [line.span.start + i for i, c in enumerate(line.text) if c == "\t"] + [line.span.end]
    return [line.span.start + i for i, c in enumerate(line.text) if c == "|" and i > 0]


def _bare(text: str, span: Span) -> Span:
    """Return a cell's span without the bar before it and the asterisks of Markdown around it."""
    start, end = span.start, span.end
    while start < end and text[start] in "|* ":
        start += 1
    while end > start and text[end - 1] in "* ":
        end -= 1
    return Span(start, end)


def header_depth(grid: Grid) -> int:
    """Return how many rows at the top are column names: 0 for a grid without names, 1, or 2 for a two-row header."""
    top = grid.texts[0]
    if len(grid.texts) == 1 or sum(map(bool, top)) < 2 or any(_is_figure(cell) for cell in top):
        return 0
    if len(grid.texts) == 2:
        return 1
    second = _under(grid)
    under_span = all(not cell or not top[c] or (c + 1 < len(top) and not top[c + 1]) for c, cell in enumerate(second))
    named = [cell for cell in second if cell]
    named_over_figures = all(_NUMERIC.fullmatch(grid.texts[2][c]) for c, cell in enumerate(second) if cell)
    below = under_span or named_over_figures
    two = not second[0] and len(named) >= 2 and below and not any(_is_figure(cell) for cell in named)
    return 2 if two else 1


def _under(grid: Grid) -> tuple[str, ...]:
    """Return the second row's texts; a cell that goes on from the one above it says nothing new."""
    return tuple("" if DITTO.fullmatch(cell) else cell for cell in grid.texts[1])


def column_names(grid: Grid, depth: int) -> tuple[str, ...]:
    """Return one name for each column; a merged upper cell is inherited sideways by the names below it."""
    if depth < 2:
        return grid.texts[0] if depth else ("",) * len(grid.texts[0])
    names, upper = [], ""
    for top, below in zip(grid.texts[0], _under(grid), strict=True):
        upper = top or (upper if below else "")
        names.append(f"{upper} {below}".strip())
    return tuple(names)


def read_rows(grid: Grid, *, name: str, before: Row | None = None) -> list[Row]:
    """Return the data rows of a grid with column names, merged first cells filled in from above.

    ``before`` is the last row of the page before, when the table goes on.
    """
    depth = header_depth(grid)
    columns = column_names(grid, depth)
    header = Span(grid.lines[0].start, grid.lines[depth - 1].end)
    table = before.table_span if before else Span(grid.lines[0].start, grid.lines[-1].end)
    rows: list[Row] = []
    above = before
    for texts, raw, spans in zip(grid.texts[depth:], grid.raw[depth:], grid.spans[depth:], strict=True):
        if not any(texts):
            continue
        cells = [Cell(c, v, s) for c, v, s in zip(columns, texts, spans, strict=True)]
        cells = [_as_above(cell, above, at) for at, cell in enumerate(cells)]
        total = any(_TOTAL.fullmatch(cell) for cell in raw[:2])
        if not cells[0].value and above is not None and (not total or _SUBTOTAL.fullmatch(raw[1])):
            cells[0] = replace(above.cells[0], column=columns[0], inherited=True)
        row = Row(name, table, header, _label(cells), tuple(cells), total)
        rows.append(row)
        above = above if total else row
    return rows


def _as_above(cell: Cell, above: Row | None, at: int) -> Cell:
    """Return a cell that only says "as above" with the value of the cell above it, others as they are."""
    if not DITTO.fullmatch(cell.value):
        return cell
    if above is None or at >= len(above.cells):
        return replace(cell, value="")  # what is above is the column's name
    return replace(above.cells[at], column=cell.column, inherited=True)


def same_header(grid: Grid, other: Grid) -> bool:
    """Return whether two grids carry the same column names, so that the second goes on where the first stopped."""
    depth = header_depth(grid)

    def names(g: Grid) -> list[str]:
        return ["".join(name.split()) for name in column_names(g, depth)]

    return depth > 0 and depth == header_depth(other) and names(grid) == names(other)


def definitions(grid: Grid) -> list[tuple[Span, Span]]:
    """Return term and definition of each row when a glossary is set as a table of two columns, else nothing."""
    pairs = []
    for texts, spans in zip(grid.texts, grid.spans, strict=True):
        filled = [(text, span) for text, span in zip(texts, spans, strict=True) if text]
        if len(filled) != 2 or len(filled[0][0]) > _LABEL_LIMIT:
            return []
        pairs.append((filled[0][1], filled[1][1], len(filled[1][0])))
    long = [pair for pair in pairs if pair[2] >= LONG]
    return (
        [(term, body) for term, body, _ in pairs[1 if pairs[0] not in long else 0 :]]
        if len(long) * 2 > len(pairs)
        else []
    )


def list_cells(grid: Grid) -> list[tuple[Span | None, list[Span]]]:
    """Return a grid without column names as lists: each with its caption row (or ``None``) and its filled cells."""
    lists: list[tuple[Span | None, list[Span]]] = []
    for r, texts in enumerate(grid.texts):
        filled = [span for text, span in zip(texts, grid.spans[r], strict=True) if text]
        opens = len(filled) == 1 and r + 1 < len(grid.texts) and not (lists and not lists[-1][1])
        if opens:
            lists.append((filled[0], []))
        elif filled:
            if not lists:
                lists.append((None, []))
            lists[-1][1].extend(filled)
    return lists


def _is_figure(cell: str) -> bool:
    return _NUMERIC.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None


def is_arrow(value: str) -> bool:
    """Return whether a cell holds nothing but a schedule's arrow.

    >>> is_arrow("----->"), is_arrow("—————▶"), is_arrow("令和5年度")
    (True, True, False)
    """
    return _ARROW.fullmatch(value) is not None


def _is_value(value: str) -> bool:
    return _NUMERIC.fullmatch(value) is not None or is_arrow(value) or len(value) > _LABEL_LIMIT


def _label(cells: Sequence[Cell]) -> str:
    words: list[str] = []
    for cell in cells:
        if words and (not cell.value or _is_value(cell.value)):
            break
        if cell.value and not (words and words[-1] == cell.value):
            words.append(cell.value)
        if len([word for word in words if not _NUMERIC.fullmatch(word)]) == 2:
            break
    return " ".join(words)[: 2 * _LABEL_LIMIT]
