"""The column names of tables: how many rows they take, what each column is called, whether they come again on the next page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.search_text import normalise
from ingest.tables.grid import Grid
from ingest.tables.row_words import NUMERIC, is_arrow

_YEAR = re.compile(r"(?:19|20)\d{2}")  # a number that names a column
DITTO = re.compile(r"[〃″〞]|同上")
# A name of a lower header row whatever stands over and under it: 令和６年度, R6, 2024年度.
_PERIOD = re.compile(r"(?:令和|平成|昭和|[RHＲＨ])\s?[0-9０-９元]{1,2}|(?:19|20)\d{2}")
_AMOUNT = re.compile(r"約?[0-9０-９][0-9０-９,，.．]+[^\s0-9０-９歳]{1,2}")  # ０歳 and 65歳 name columns
_COUNTED = re.compile(r"(?P<of>[A-ZＡ-Ｚ]?)(?P<n>[0-9０-９]{1,4})")
_COUNT = 3  # rows that count from the top, where no chance made two numbers follow each other
_CLAUSE = re.compile(r"[^、]{8,}、.{6,}")  # what no column is called
_DEEPEST = 4  # header rows
_ALIKE = 0.8  # share of column names that are equal in a header come again: OCR misreads one now and then


def header_depth(grid: Grid) -> int:
    """Return how many rows at the top are column names: 0 for a grid without names, 1, or more for a header of several rows."""
    if grid.head is not None:
        return grid.head
    top = grid.texts[0]
    if len(grid.texts) == 1 or sum(map(bool, top)) < 2 or any(_is_figure(cell) for cell in top):
        return 0
    if _counts_from_the_top(grid) or any(_CLAUSE.fullmatch(cell) for cell in top):
        return 0
    if len(grid.texts) == 2:
        return 1
    second = _under(grid, 1)
    under_span = all(not cell or not top[c] or (c + 1 < len(top) and not top[c + 1]) for c, cell in enumerate(second))
    named = [cell for cell in second if cell]
    named_over_figures = all(NUMERIC.fullmatch(grid.texts[2][c]) for c, cell in enumerate(second) if cell)
    below = under_span or named_over_figures or all(map(_PERIOD.match, named))
    two = not second[0] and len(named) >= 2 and below and not any(_is_amount(cell) for cell in named)
    depth = 2 if two else 1
    while 1 < depth < min(_DEEPEST, len(grid.texts) - 1) and _names_under(grid, depth):
        depth += 1
    return depth


def _counts_from_the_top(grid: Grid) -> bool:
    """Return whether the first cells are numbered one after the other, the top one as well: P1, P2, P3; 2024年, 2025年."""
    marks = [_COUNTED.match(row[0]) for row in grid.texts]
    if len(marks) < _COUNT or not all(marks):
        return False
    found = [(mark["of"], int(mark["n"])) for mark in marks if mark]
    return all(a[0] == b[0] and b[1] == a[1] + 1 for a, b in pairwise(found))


def _names_under(grid: Grid, at: int) -> bool:
    """Return whether a row goes on with the header: it has names under cells of the row above that span several columns."""
    above, row = _under(grid, at - 1), _under(grid, at)
    if row[0] or any(_is_figure(cell) or is_arrow(cell) for cell in row):
        return False
    wide = [c for c, (one, beside) in enumerate(pairwise(above)) if one and not beside and row[c] and row[c + 1]]
    return bool(wide) and all(not cell or above[c] or any(above[:c]) for c, cell in enumerate(row))


def _under(grid: Grid, at: int) -> tuple[str, ...]:
    """Return a lower header row's texts; a cell that goes on from the one above it says nothing new."""
    return tuple("" if DITTO.fullmatch(cell) else cell for cell in grid.texts[at])


def column_names(grid: Grid, depth: int) -> tuple[str, ...]:
    """Return one name for each column; a merged upper cell is inherited sideways by the names below it.

    A blank name beside another is the same merged cell where both columns hold words, or both hold figures.
    """
    width = len(grid.texts[0])
    if grid.names or not depth:
        return grid.names or ("",) * width
    header = [_under(grid, r) for r in range(depth)]
    over: list[list[str]] = [[] for _ in range(width)]
    for r, row in enumerate(header):
        carried = ""
        for c, cell in enumerate(row):
            carried = cell or (carried if any(lower[c] for lower in header[r + 1 :]) else "")
            over[c].append(carried)
    names = [" ".join(filter(None, parts)) for parts in over]
    for c in range(1, width):
        if not names[c] and names[c - 1] and _alike(grid, depth, c - 1, c):
            names[c] = names[c - 1]
    return tuple(names)


def _alike(grid: Grid, depth: int, one: int, other: int) -> bool:
    """Return whether two columns hold values of one kind, words or figures; a column of blanks is like none."""

    def figures(column: int) -> list[bool]:
        return [
            NUMERIC.fullmatch(row[column]) is not None
            for row in grid.texts[depth:]
            if row[column] and not DITTO.fullmatch(row[column])
        ]

    first, second = figures(one), figures(other)
    return bool(first and second) and (sum(first) * 2 > len(first)) == (sum(second) * 2 > len(second))


def same_header(grid: Grid, other: Grid) -> bool:
    """Return whether a table opens with the header of another, so that it goes on where that one stopped."""
    depth = header_depth(grid)
    if depth == 0 or len(other.texts) <= depth or other.head not in (None, depth):
        return False
    names = [_plain(cell) for row in grid.texts[:depth] for cell in _without_tail(row)]
    again = [_plain(cell) for row in other.texts[:depth] for cell in _without_tail(row)]
    same = sum(one == two for one, two in zip(names, again, strict=False))
    return len(names) == len(again) and same >= max(len(names) * _ALIKE, len(names) - 2)


def _plain(name: str) -> str:
    return "".join(normalise(name).split()).removesuffix("(続き)").removesuffix("(つづき)")


def _without_tail(row: Sequence[str]) -> Sequence[str]:
    """Return a row without the blank cells that pad it at the end."""
    end = max((i + 1 for i, cell in enumerate(row) if cell), default=0)
    return row[:end]


def goes_on_without_header(grid: Grid, other: Grid) -> bool:
    """Return whether a table's rows go on in another one that has no header of its own: as wide, figures under its figures."""
    depth = header_depth(grid)
    if other.head or len(grid.texts[0]) != len(other.texts[0]) or len(grid.texts) <= depth:
        return False
    figures = [c for c, cell in enumerate(grid.texts[-1]) if _is_figure(cell)]
    return bool(figures) and any(_is_figure(other.texts[0][c]) for c in figures)


def _is_amount(cell: str) -> bool:
    """Return whether a cell holds a figure, with its unit or without: 1,860人."""
    return _is_figure(cell) or (_AMOUNT.fullmatch(cell) is not None and _PERIOD.match(cell) is None)


def _is_figure(cell: str) -> bool:
    return NUMERIC.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None
