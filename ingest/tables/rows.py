"""Tables: rows that read on their own, merged cells filled in, plain grids, glossaries set as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Cell, Row, Span
from ingest.tables.grid import Grid
from ingest.tables.headers import DITTO, column_names, header_depth
from ingest.tables.row_words import (
    LABEL_LIMIT,
    NUMERIC,
    is_part,
    is_subtotal,
    is_total,
    label,
    row_unit,
    unit_note,
)

# What every row repeats is cut, or a hostile file would grow with its length times its rows.
LONGEST_NAME = 120  # characters of a column's name
LONGEST_VALUE = 300  # characters of a merged cell's value in the rows below
LONG = 15  # characters; a value of this length or more is prose, not a code
_NAME = 10  # characters of a name beside what it means, in a table that names no columns


def read_rows(grid: Grid, *, name: str, before: Row | None = None, lead: str = "") -> list[Row]:
    """Return the data rows of a grid with column names, merged first cells filled in from above.

    ``before`` is the last row of the page before, when the table goes on; ``lead`` is what stands above the table and may state
    its unit.
    """
    depth = header_depth(grid)
    header = Span(grid.lines[0].start, grid.lines[max(depth, 1) - 1].end)
    table = before.table_span if before else Span(grid.lines[0].start, grid.lines[-1].end)
    of_table = unit_note(lead) or (before.unit if before else "")
    return body_rows(grid, depth, column_names(grid, depth), Row(name, table, header, "", (), unit=of_table), before)


def body_rows(grid: Grid, depth: int, columns: Sequence[str], like: Row, before: Row | None) -> list[Row]:
    """Return the rows below a header; ``like`` has what they share: the table's name, its span, its header's and its unit.

    A page that goes on may be wider or narrower than ``columns``: a column that the header lacks has no name.
    """
    names = [name[:LONGEST_NAME] for name in columns] + [""] * (len(grid.texts[0]) - len(columns))
    rows: list[Row] = []
    above, last = before, before
    for texts, raw, spans in zip(grid.texts[depth:], grid.raw[depth:], grid.spans[depth:], strict=True):
        if not any(text and not DITTO.fullmatch(text) for text in texts):
            continue
        total = is_total(raw)
        source = last if _goes_on_from_total(texts, last) else above
        cells = [
            _as_above(Cell(c, v, s, inherited=at > 0 and bool(v) and s == spans[at - 1]), source, at)
            for at, (c, v, s) in enumerate(zip(names, texts, spans, strict=False))
        ]
        if not cells[0].value and source is not None and (not total or is_subtotal(raw[1])):
            first = source.cells[0]
            cells[0] = replace(first, value=first.value[:LONGEST_VALUE], column=names[0], inherited=True)
        total = total or (source is last and source is not above)
        part = not total and last is not None and is_part(raw, texts, [cell.value for cell in last.cells])
        row = replace(
            like, label=label(cells), cells=tuple(cells), total=total, part=part, unit=row_unit(cells, like.unit)
        )
        rows.append(row)
        above, last = (above if total else row), row
    return rows


def _goes_on_from_total(texts: Sequence[str], last: Row | None) -> bool:
    """Return whether a row with a blank first cell is of the total above it: 合計 over 実数 and 構成比."""
    if last is None or not last.total or texts[0] or len(texts) < 2 or len(last.cells) < 2:
        return False
    own, beside = last.cells[:2]
    labels = [value for value in (beside.value, texts[1]) if value and not NUMERIC.fullmatch(value)]
    return len(labels) == 2 and not own.inherited and is_total([own.value]) and not is_total([texts[1]])


def _as_above(cell: Cell, above: Row | None, at: int) -> Cell:
    """Return a cell that only says "as above" with the value of the cell above it, others as they are."""
    if not DITTO.fullmatch(cell.value):
        return cell
    if above is None or at >= len(above.cells):
        return replace(cell, value="")  # what is above is the column's name
    return replace(above.cells[at], value=above.cells[at].value[:LONGEST_VALUE], column=cell.column, inherited=True)


def definitions(grid: Grid) -> list[tuple[Span, Span]]:
    """Return term and definition of each row when a glossary is set as a table of two columns, else nothing."""
    pairs = []
    for texts, spans in zip(grid.texts, grid.spans, strict=True):
        filled = [(text, span) for text, span in zip(texts, spans, strict=True) if text]
        if len(filled) != 2 or len(filled[0][0]) > LABEL_LIMIT:
            return []
        pairs.append((filled[0][1], filled[1][1], len(filled[1][0])))
    long = [pair for pair in pairs if pair[2] >= LONG]
    return (
        [(term, body) for term, body, _ in pairs[1 if pairs[0] not in long else 0 :]]
        if len(long) * 2 > len(pairs)
        else []
    )


def _are_records(grid: Grid) -> bool:
    if len(grid.texts) < 2 or not all(map(all, grid.texts)):
        return False
    named = all(len(row) == 2 and len(row[0]) <= _NAME < len(row[1]) for row in grid.texts)
    counted = all(len(row) > 1 and NUMERIC.fullmatch(row[-1]) and not NUMERIC.fullmatch(row[0]) for row in grid.texts)
    return named or counted


def list_cells(grid: Grid) -> list[tuple[Span | None, list[Span]]]:
    """Return a grid without column names as lists: each with its caption row (or ``None``) and its filled cells.

    Where every row is a short name and what it means, or ends with its figure, a row is one item.
    """
    if _are_records(grid):
        return [(None, [Span(spans[0].start, spans[-1].end) for spans in grid.spans])]
    lists: list[tuple[Span | None, list[Span]]] = []
    for r, texts in enumerate(grid.texts):
        spans = grid.spans[r]
        filled = [
            spans[c]
            for c, text in enumerate(texts)
            if text and not DITTO.fullmatch(text) and not (c and spans[c] == spans[c - 1])
        ]
        opens = len(filled) == 1 and r + 1 < len(grid.texts) and not (lists and not lists[-1][1])
        if opens:
            lists.append((filled[0], []))
        elif filled:
            if not lists:
                lists.append((None, []))
            lists[-1][1].extend(filled)
    return lists
