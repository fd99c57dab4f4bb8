"""A table row -> a statement: the cells asked for, each with its row's and its column's name."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CellRef
from assistant.cells_asked import columns_asked
from assistant.statement import Quote, Statement
from assistant.table_rows import TableRow, has_figures, is_number, spoken_column, spoken_name, under_year
from assistant.understand import Understanding
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Cell, Span
from ingest.search_text import readable
from ingest.tables.row_words import is_arrow

ARROW_STARTS = "に始まります（矢印の終わりは、元の資料の文字から読み取れません）"  # said of a cell that holds an arrow


def state_row(asked: Understanding, found: TableRow) -> Statement:
    """Return what a row says in the columns asked for, quoted with its cells."""
    row, cells = found.row, columns_asked(asked, found.row)
    only_words = len(cells) == 1 and not is_number(cells[0].value) and len(cells[0].value) > len(cells[0].column)
    only_words = only_words and not under_year(cells[0])
    facts = readable(cells[0].value) if only_words and not is_arrow(cells[0].value) else "、".join(map(_fact, cells))
    name = spoken_name(row)
    said = f"{name}の{facts}です。" if has_figures(row) else f"{name}：{facts}" if name else facts
    return Statement(said, proof(found, cells, facts))


def proof(found: TableRow, cells: Sequence[Cell], said: str) -> tuple[Quote, ...]:
    """Return the quotes that prove cells of a row: the row, merged cells that stand elsewhere, the header that ``said`` names."""
    row, name = found.row, spoken_name(found.row)
    where = CellRef(row.table, row.label, "、".join(c.column for c in cells))
    quotes = [Quote(found.chunk, _row_span(found, cells), where)]
    # a merged cell's value stands in another row, where it is quoted
    merged = (c.span for c in row.cells if c.inherited and c.value and (c in cells or readable(c.value) in name))
    quotes += [Quote(found.chunk, span, where) for span in dict.fromkeys(merged) if not quotes[0].span.covers(span)]
    if (
        any(spoken_column(c.column) in said for c in cells if c.column)
        and row.header.end - row.header.start <= QUOTE_LIMIT
    ):
        quotes.append(Quote(found.chunk, row.header, where))  # the column's name stands there
    return tuple(quotes)


def _fact(cell: Cell) -> str:
    column = spoken_column(cell.column)
    if is_arrow(cell.value):
        return f"{column}{ARROW_STARTS}"
    value = cell.value or "（記載なし）"
    return f"{column}は{readable(value)}" if column else readable(value)


def _row_span(found: TableRow, cells: Sequence[Cell]) -> Span:
    """Return the row's whole span when it is short enough to quote, else from its label to the last cell asked for."""
    span = found.chunk.span
    if span.end - span.start <= QUOTE_LIMIT:
        return span
    own = [c.span for c in cells if c.span.start < c.span.end]
    return own[0] if own and own[0].end - own[0].start <= QUOTE_LIMIT else found.chunk.units[0].span
