"""The parts of a table on one page or more -> rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.pdf_layout import TableBlock
from ingest.extract.table_text import GridCell, header_rows, split_caption, table_lines

_NEAR = 4.0  # points; edges of two parts nearer than this are one


def goes_on(part: TableBlock, other: TableBlock) -> bool:
    """Return whether ``other``, at the top of the next page, has the columns of ``part`` but not its header again.

    A part whose columns are merged differently is one too, if one part's edges are all found in the other.
    """
    few, many = sorted((part.edges, other.edges), key=len)
    if abs(few[0] - many[0]) > _NEAR or abs(few[-1] - many[-1]) > _NEAR:
        return False
    if not all(any(abs(x - edge) <= _NEAR for edge in many) for x in few):
        return False
    return _first_row(part) != _first_row(other)


def table_rows(parts: Sequence[TableBlock]) -> tuple[str, list[list[str]]]:
    """Return a table's title ("" without) and the rows of each of its parts, all of one width."""
    edges: list[float] = []
    for x in sorted(x for part in parts for x in part.edges):
        if not edges or x - edges[-1] > _NEAR:
            edges.append(x)
    cells: list[GridCell] = []
    begins: list[int] = []
    shift = 0
    for part in parts:
        begins.append(shift)
        for box in part.boxes:
            column, end = _nearest(edges, box.x0), _nearest(edges, box.x1)
            cells.append(GridCell(box.text, box.row + shift, column, box.rows, max(end - column, 1)))
        shift += part.height
    title, rest = split_caption(cells)
    if title:
        begins = [max(begin - 1, 0) for begin in begins]
    lines = table_lines(rest, max(header_rows(rest), _split_header(rest)))
    starts = sorted({cell.row for cell in rest})
    rows: list[list[str]] = [[] for _ in parts]
    for start, line in zip(starts, lines, strict=True):
        if line.strip("\t〃"):
            rows[max(i for i, begin in enumerate(begins) if begin <= start)].append(line)
    return title, rows


def _first_row(part: TableBlock) -> list[str]:
    return ["".join(box.text.split()) for box in sorted(part.boxes, key=lambda box: box.x0) if box.row == 0]


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))


def _split_header(cells: Sequence[GridCell]) -> int:
    """Return 2 where a cell of the first row spans columns that are parted right below it, with a name each, else 0."""
    for top in cells:
        if top.row == 0 and top.columns > 1 and top.text:
            below = [
                cell for cell in cells if cell.row == top.rows and top.column <= cell.column < top.column + top.columns
            ]
            if len(below) == top.columns and all(cell.text for cell in below):
                return top.rows + 1
    return 0
