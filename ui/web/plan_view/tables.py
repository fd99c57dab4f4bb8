"""Tables of a plan as HTML tables: HTML, Markdown, tab-separated and aligned ones alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Span
from ingest.lines import Line, is_html_table
from ingest.tables.grid import Grid, text_grids
from ingest.tables.headers import header_depth
from ingest.tables.html_cells import SourceCell, source_rows
from ingest.tables.html_grid import html_grids
from ingest.tables.row_words import NUMERIC, is_arrow
from ui.web.plan_view.parts import Part
from ui.web.plan_view.writer import Writer

MOST_SPANNED = 1000  # columns or rows that a cell may cover, as browsers limit it


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is written. ``header``: it names its column ("col") or its row ("row"); "" for a value."""

    span: Span
    columns: int = 1
    rows: int = 1
    header: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it is written; ``caption`` is its title where its own mark-up has one."""

    rows: tuple[tuple[ShownCell, ...], ...]
    caption: Span | None = None


def read_tables(text: str, part: Part) -> tuple[ShownTable, ...]:
    """Return the tables of a part made of rows; one without any cell gives none."""
    if is_html_table(part.lines[0]):
        return tuple(table for line in part.lines for table in _html_tables(text, line))
    return tuple(_text_table(grid) for grid in text_grids(text, part.lines))


def write_table(writer: Writer, table: ShownTable, end: int, names: dict[int, str]) -> None:
    """Write a table and what stands behind its last cell up to ``end``; ``names`` are ids of the rows that begin there."""
    writer.add('<div class="plan-table"><table>')
    if table.caption is not None:
        writer.add("<caption>")
        writer.edge(table.caption.start)
        writer.words(table.caption.end)
        writer.add("</caption>")
    for at, row in enumerate(table.rows):
        named = next((names[cell.span.start] for cell in row if cell.span.start in names and _filled(cell)), "")
        writer.add(f'<tr id="{named}" tabindex="-1">' if named else "<tr>")
        for column, cell in enumerate(row):
            last = at == len(table.rows) - 1 and column == len(row) - 1
            _write_cell(writer, cell, end if last else None)
        writer.add("</tr>")
    writer.add("</table></div>")


def _write_cell(writer: Writer, cell: ShownCell, end: int | None) -> None:
    element = "th" if cell.header else "td"
    scope = f' scope="{cell.header}"' if cell.header else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    writer.add(f"<{element}{scope}{columns}{rows}>")
    if _filled(cell):
        writer.edge(cell.span.start)
        writer.words(cell.span.end)
    if end is not None:
        writer.edge(end)
    writer.add(f"</{element}>")


def _filled(cell: ShownCell) -> bool:
    return cell.span.start < cell.span.end


def _html_tables(text: str, line: Line) -> Iterator[ShownTable]:
    heads = [header_depth(grid) for grid in html_grids(text, line.span)]
    rows: list[Sequence[SourceCell]] = []
    caption: Span | None = None
    for row, title in (*source_rows(text, line.span), (None, None)):
        if row is None:
            if any(rows):
                yield _html_table(rows, caption, heads.pop(0) if heads else 0)
            rows, caption = [], None
        elif row:
            rows.append(row)
        caption = title or caption


def _html_table(rows: Sequence[Sequence[SourceCell]], caption: Span | None, head: int) -> ShownTable:
    marked = any(cell.header for row in rows for cell in row)
    shown = []
    for at, row in enumerate(rows):
        left = min(len(rows) - at, MOST_SPANNED)
        shown.append(
            tuple(
                ShownCell(
                    cell.span,
                    min(max(cell.columns, 1), MOST_SPANNED),
                    min(cell.rows, left),
                    _scope(at, column, marked=cell.header if marked else at < head, row=row),
                )
                for column, cell in enumerate(row)
            )
        )
    return ShownTable(tuple(shown), caption)


def _scope(at: int, column: int, *, marked: bool, row: Sequence[SourceCell]) -> str:
    if not marked or row[column].span.start == row[column].span.end:
        return ""
    beside = any(not cell.header for cell in row)
    return "row" if column == 0 and at > 0 and beside else "col"


def _text_table(grid: Grid) -> ShownTable:
    depth = header_depth(grid)
    width = len(grid.texts[0])
    named = [any(grid.texts[r][c] for r in range(depth)) for c in range(width)]
    return ShownTable(tuple(_text_row(grid, at, depth, named) for at in range(len(grid.texts))))


def _text_row(grid: Grid, at: int, depth: int, named: Sequence[bool]) -> tuple[ShownCell, ...]:
    """Return a row; blank cells at its end that have no column name belong to the words before them."""
    texts, spans = grid.texts[at], grid.spans[at]
    width = len(texts)
    last = max((c for c in range(width) if texts[c]), default=0)
    bare = last + 1 < width and (at < depth or not any(named[last + 1 :]))
    words = not NUMERIC.fullmatch(texts[last]) and not is_arrow(texts[last])
    wide = width - last if bare and words else 1
    cells = []
    for column in range(last + 1 if wide > 1 else width):
        label = column == 0 and width > 1 and bool(texts[0]) and last > 0
        header = "col" if at < depth and texts[column] else "row" if at >= depth and label else ""
        cells.append(ShownCell(spans[column], wide if column == last else 1, header=header))
    return tuple(cells)
