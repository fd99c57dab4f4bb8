"""HTML tables inside a plan's text -> their cells as spans of the text, merged ones resolved by rowspan and colspan."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.document import Span
from ingest.extract.table_text import FROM_ABOVE, GridCell, header_rows, place_cells
from ingest.search_text import readable
from ingest.tables.grid import MAX_GRID, PER_CELL, Grid, even_runs
from ingest.tables.html_cells import SourceCell, source_rows

_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SHORT = 40  # characters of a value that holds for each of its columns; longer, it is prose set across the table


def html_grids(text: str, span: Span) -> Iterator[Grid]:
    """Yield the grid of the HTML table that a span holds, or of each, where there are several; tables inside a cell are its words."""
    rows: list[list[SourceCell]] = []
    caption: Span | None = None
    for row, title in source_rows(text, span):
        if row is None:
            yield from _grids(text, rows, caption)
            rows, caption = [], None
        else:
            rows.append(row)
        caption = title or caption
    yield from _grids(text, rows, caption)


def _grids(text: str, rows: Sequence[Sequence[SourceCell]], caption: Span | None) -> Iterator[Grid]:
    sources = [cell for row in rows for cell in row]
    if not sources:
        return
    placed = place_cells(_cells(text, row) for row in rows)
    tops, lefts = sorted({cell.row for cell in placed}), sorted({cell.column for cell in placed})
    if len(tops) * len(lefts) > max(MAX_GRID, len(placed) * PER_CELL):
        for run in even_runs([(row, row) for row in rows if row]):
            yield from _plain_grid(text, [row for row, _ in run], caption)
        return
    placed = [_packed(cell, tops, lefts) for cell in placed]
    yield _grid(text, placed, [source.span for source in sources], caption)


def _cells(text: str, row: Sequence[SourceCell]) -> list[GridCell]:
    """Return a row's cells; a blank corner among header cells is one of them."""
    cells = [GridCell(readable(s.span.of(text)), 0, 0, s.rows, s.columns, s.header) for s in row]
    named = sum(cell.header and bool(cell.text) for cell in cells)
    return [replace(cell, header=True) for cell in cells] if named > 1 and _blank_but(cells) else cells


def _blank_but(cells: Sequence[GridCell]) -> bool:
    return all(cell.header or not cell.text for cell in cells)


def _plain_grid(text: str, rows: Sequence[Sequence[SourceCell]], caption: Span | None) -> Iterator[Grid]:
    """Yield the cells of equally wide rows just as they come, where spans would make mostly holes."""
    spans = tuple(tuple(cell.span for cell in row) for row in rows)
    raw = tuple(tuple(_raw(text, span) for span in row) for row in spans)
    texts = tuple(tuple(readable(span.of(text)) for span in row) for row in spans)
    yield Grid(texts, raw, spans, tuple(Span(row[0].start, row[-1].end) for row in spans), caption=caption)


def _packed(cell: GridCell, tops: Sequence[int], lefts: Sequence[int]) -> GridCell:
    """Return a cell counted in the rows and columns in which cells begin."""
    top, left = bisect_left(tops, cell.row), bisect_left(lefts, cell.column)
    bottom, right = bisect_left(tops, cell.row + cell.rows), bisect_left(lefts, cell.column + cell.columns)
    return GridCell(cell.text, top, left, bottom - top, right - left, cell.header)


def _grid(text: str, placed: Sequence[GridCell], spans: Sequence[Span], caption: Span | None) -> Grid:
    width = max(cell.column + cell.columns for cell in placed)
    first = [i for i, cell in enumerate(placed) if cell.row == 0]
    if len(first) == 1 and placed[0].columns == width > 1 and placed[0].rows == 1 and len(placed) > 1:
        below = [replace(cell, row=cell.row - 1) for cell in placed[1:]]
        if _head(below):  # the first row is the table's title
            return _grid(text, below, spans[1:], caption or spans[0])
    depth = max(cell.row for cell in placed) + 1
    owner = [[-1] * width for _ in range(depth)]
    for i, cell in enumerate(placed):
        for row in range(cell.row, min(cell.row + cell.rows, depth)):
            owner[row][cell.column : cell.column + cell.columns] = [i] * cell.columns
    head = _head(placed)
    empty = Span(spans[-1].end, spans[-1].end)
    return Grid(
        texts=tuple(
            tuple(_shown(placed, i, r, c, head or 0) for c, i in enumerate(row)) for r, row in enumerate(owner)
        ),
        raw=tuple(tuple(_raw(text, spans[i]) if i >= 0 else "" for i in row) for row in owner),
        spans=tuple(tuple(spans[i] if i >= 0 else empty for i in row) for row in owner),
        lines=tuple(_line(placed, spans, row, r) for r, row in enumerate(owner)),
        head=head,
        names=_names(placed, owner[:head], width) if head else (),
        caption=caption,
    )


def _shown(placed: Sequence[GridCell], i: int, row: int, column: int, head: int) -> str:
    """Return what a place of the grid shows: the cell that begins there, or how it goes on from another place."""
    if i < 0:
        return ""
    cell = placed[i]
    if row > cell.row:
        return FROM_ABOVE if cell.text else ""
    if column > cell.column and (row < head or len(cell.text) > _SHORT):
        return ""
    return cell.text


def _line(placed: Sequence[GridCell], spans: Sequence[Span], row: Sequence[int], at: int) -> Span:
    own = [spans[i] for i in row if i >= 0 and placed[i].row == at]
    return Span(own[0].start, own[-1].end) if own else Span(spans[-1].end, spans[-1].end)


def _names(placed: Sequence[GridCell], header: Sequence[Sequence[int]], width: int) -> tuple[str, ...]:
    """Return the name of each column: the words of every header cell over it, from the top down."""
    over = (dict.fromkeys(row[c] for row in header if row[c] >= 0) for c in range(width))
    return tuple(" ".join(filter(None, (placed[i].text for i in cells))) for cells in over)


def _head(placed: Sequence[GridCell]) -> int | None:
    """Return how many rows at the top are column names by the table's own mark-up, ``None`` where it does not say."""
    rows = max(cell.row for cell in placed) + 1
    marked = any(cell.header and cell.text for cell in placed)
    first = [cell for cell in placed if cell.row == 0]
    if marked and not all(cell.header for cell in first):
        return 0 if _labelled_rows(placed) else None
    spread = any(cell.columns > 1 for cell in first) and any(cell.rows > 1 for cell in first)
    if not marked and not spread:
        return None
    depth = header_rows(placed)
    return depth if depth < rows else min(1, rows - 1)


def _labelled_rows(placed: Sequence[GridCell]) -> bool:
    """Return whether every row begins with a header cell and goes on with others: labels down the side, no column names."""
    side = {cell.row for cell in placed if cell.column == 0 and cell.header}
    return all(cell.row in side and cell.header == (cell.column == 0) for cell in placed if cell.text)


def _raw(text: str, span: Span) -> str:
    return _ANY_TAG.sub(" ", span.of(text))
