"""A table's cells with their row and column spans -> the tab-separated rows that the text parser reads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.extract.clean import one_line

FROM_ABOVE = "〃"
MAX_COLUMN_SPAN = 1_000  # what HTML allows; Word allows 63 columns
MAX_ROW_SPAN = 65_534  # what HTML allows
_MAX_GRID = 50_000  # places in a grid; a table that is larger and mostly holes is written without them
_FREE_STEPS = 10_000  # of placing, for any table
_PER_CELL = 20  # places of a grid, or steps of placing, for each real cell: more are mostly holes
_SHORT = 40  # characters of a value that holds for each of its columns; longer, it is prose set across the table
_REPEATED = 4  # times a table's own characters: how much text repeated cells may add


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its top left ``row`` and ``column`` (from 0), over ``rows`` × ``columns``. ``header`` says it is one."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


def place_cells(rows: Iterable[Sequence[GridCell]]) -> list[GridCell]:
    """Return the cells of each row at the columns that spans from above leave free; their own positions are ignored.

    Spans are clamped, and end where a cell from above stands. When placing takes far more steps than there are cells,
    spans are ignored from there on.
    """
    placed: list[GridCell] = []
    busy: list[int] = []  # for each column, the first row that is free again
    steps = -_FREE_STEPS
    for r, cells in enumerate(rows):
        column = 0
        for cell in cells:
            steps -= _PER_CELL
            if steps > 0:
                placed.append(GridCell(cell.text, r, column, header=cell.header))
                column += 1
                continue
            first = column
            while column < len(busy) and busy[column] > r:
                column += 1
            end = column + min(max(cell.columns, 1), MAX_COLUMN_SPAN)
            end = next((c for c in range(column, min(end, len(busy))) if busy[c] > r), end)
            deep = min(max(cell.rows, 1), MAX_ROW_SPAN)
            busy.extend([0] * (end - len(busy)))
            busy[column:end] = [r + deep] * (end - column)
            placed.append(GridCell(cell.text, r, column, deep, end - column, cell.header))
            steps += end - first
            column = end
    return placed


def table_lines(cells: Sequence[GridCell], header_rows: int) -> list[str]:
    r"""Return one line for each row, its cells parted by tabs; the first ``header_rows`` rows are column names.

    What goes on from above is ``〃``; what goes on from the left is empty in a header, and in the body the value again unless it
    is prose.
    Rows and columns in which no cell begins are left out. A large table that is mostly holes comes without them.

    >>> names = [GridCell("部署", 0, 0, rows=2), GridCell("使用\nシステム", 0, 1, columns=2)]
    >>> names += [GridCell("基幹系", 1, 1), GridCell("その他", 1, 2)]
    >>> body = [GridCell("総務課", 2, 0), GridCell("なし", 2, 1, columns=2)]
    >>> table_lines(names + body, 2)
    ['部署\t使用 システム\t', '〃\t基幹系\tその他', '総務課\tなし\tなし']
    """
    if not cells:
        return []
    row_starts = sorted({cell.row for cell in cells})
    column_starts = sorted({cell.column for cell in cells})
    header = bisect_left(row_starts, header_rows)
    area = len(row_starts) * len(column_starts)
    if area > max(_MAX_GRID, len(cells) * _PER_CELL):
        return _without_holes(cells)
    grid = [[""] * len(column_starts) for _ in row_starts]
    budget = sum(len(cell.text) for cell in cells) * _REPEATED + area
    for cell in cells:
        top, left = bisect_left(row_starts, cell.row), bisect_left(column_starts, cell.column)
        bottom = bisect_left(row_starts, cell.row + cell.rows)
        right = bisect_left(column_starts, cell.column + cell.columns)
        text = one_line(cell.text)
        short = len(text) <= _SHORT and len(text) * (right - left - 1) <= budget
        beside = text if top >= header and short else ""
        budget -= len(beside) * (right - left - 1)
        grid[top][left:right] = [text] + [beside] * (right - left - 1)
        for row in range(top + 1, bottom):
            grid[row][left:right] = [FROM_ABOVE] * (right - left)
    return ["\t".join(row) for row in grid]


def header_rows(cells: Sequence[GridCell]) -> int:
    """Return how many rows at the top are column names: those marked so, else the first; and what they reach down to.

    A first row of one cell, or of nothing but numbers, names no columns.

    >>> header_rows([GridCell("課", 0, 0, rows=2), GridCell("件数", 0, 1, columns=2), GridCell("計", 1, 1)])
    2
    """
    if not cells:
        return 0
    in_row = Counter(cell.row for cell in cells)
    marked = Counter(cell.row for cell in cells if cell.header)
    depth = 0
    while in_row[depth] and marked[depth] == in_row[depth]:
        depth += 1
    if not depth and in_row[0] > 1:
        depth = 1
    spread: dict[int, tuple[int, bool]] = {}  # row -> how far its cells reach down, and whether one goes sideways
    for cell in cells:
        reach, wide = spread.get(cell.row, (0, False))
        spread[cell.row] = (max(reach, cell.row + cell.rows), wide or cell.columns > 1)
    row = 0
    while row < depth:
        reach, wide = spread.get(row, (0, False))
        if wide and row + 1 < reach <= row + 4:  # a header of more than four rows is a label down the side
            depth = max(depth, reach)
        row += 1
    return min(depth, len(in_row))


def split_caption(cells: Sequence[GridCell]) -> tuple[str, list[GridCell]]:
    """Return the table's title where its first row is one cell over all columns, else ""; and the other cells.

    >>> title, rest = split_caption([GridCell("表1", 0, 0, columns=2), GridCell("課", 1, 0), GridCell("件数", 1, 1)])
    >>> title, [cell.row for cell in rest]
    ('表1', [0, 0])
    """
    first = [cell for cell in cells if cell.row == 0]
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if len(first) != 1 or width < 2 or first[0].columns < width or first[0].rows > 1 or len(cells) == 1:
        return "", list(cells)
    return one_line(first[0].text), [replace(cell, row=cell.row - 1) for cell in cells if cell.row]


def _without_holes(cells: Sequence[GridCell]) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(one_line(cell.text))
    return ["\t".join(row) for row in rows.values()]
