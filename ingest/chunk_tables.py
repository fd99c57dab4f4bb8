"""Tables and record cards -> chunks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block
from ingest.chunk_writer import QUOTE_LIMIT, Writer
from ingest.document import Chunk, Kind, Row, Span
from ingest.glossary import is_glossary_title
from ingest.headings import clean_heading
from ingest.lines import LineKind, is_html_table
from ingest.search_text import normalise, readable
from ingest.sentences import split_sentences
from ingest.tables.card_words import opens_card
from ingest.tables.cards import Card, card_of_heading, goes_on_in_card, read_cards
from ingest.tables.grid import Grid, text_grids
from ingest.tables.headers import column_names, goes_on_without_header, header_depth, same_header
from ingest.tables.html_grid import html_grids
from ingest.tables.rows import body_rows, definitions, list_cells, read_rows

# A line that only says that the table above goes on, what it counts in, or that titles are left out.
_GOES_ON = re.compile(
    r"[(（【\[]?\s*(?:(?:図?表|別表)\s*[0-9０-９\-－‐.．]*の?)?\s*(?:続き|つづき|続)\s*[)）】\]]?|.{1,60}[(（【\[](?:続き|つづき|続)[)）】\]]"
)
_REMARK = re.compile(r"[(（【\[]?\s*(?:単位\s*[:：]|敬称略|順不同).{0,50}")
_NOTE_NUMBER = re.compile(
    r"^(?:[※＊*]|注)\s?[0-9０-９]{1,3}[\s　.)）]*(?=\S)"
)  # 「※3 BPR」 in a glossary in two columns
_MOST_PAGES = 5  # pages over which one card goes
_MARKDOWN = "*#_ \t　"


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table as far as it has been read: its grid, the last row that a blank cell can inherit from, its lead-in and place."""

    grid: Grid
    row: Row
    lead_words: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a table: the sentence that leads into it, and the heading it stands under, where there is one."""

    words: str
    heading: Span | None


def only_says_go_on(words: str) -> bool:
    """Return whether lines between two tables say no more than that the first goes on, and in which unit.

    >>> only_says_go_on("（表２の続き）"), only_says_go_on("**表2 歳出（つづき）**\\n（単位：千円）"), only_says_go_on("表３　歳出")
    (True, True, False)
    """
    lines = [line.strip(_MARKDOWN) for line in words.splitlines() if line.strip()]
    return all(_GOES_ON.fullmatch(line) or only_remarks(line) for line in lines)


def only_remarks(words: str) -> bool:
    """Return whether a line between a table and its title only states the unit, or that titles are left out.

    >>> only_remarks("（単位：千円、△は減）"), only_remarks("（敬称略・順不同）"), only_remarks("表１　歳入")
    (True, True, False)
    """
    return _REMARK.fullmatch(words.strip()) is not None


def cards_joined(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with a record card that a page break cuts made one block again."""
    held: Block | None = None
    pages = 1
    for block in blocks:
        if held is not None and pages < _MOST_PAGES and _card_goes_on(text, held, block):
            held, pages = replace(held, lines=(*held.lines, *block.lines)), pages + 1
            continue
        if held is not None:
            yield held
        held, pages = block, 1
    if held is not None:
        yield held


def _card_goes_on(text: str, block: Block, after: Block) -> bool:
    if not (block.kind is after.kind is LineKind.ROW) or block.heading_path != after.heading_path:
        return False
    if any(is_html_table(line) for line in (block.lines[0], after.lines[0])):
        return False
    first = next(text_grids(text, block.lines[:1]))
    if not opens_card(first.texts[0][0]):
        return False
    grid, other = next(text_grids(text, block.lines)), next(text_grids(text, after.lines))
    if not goes_on_in_card(text, grid, other):
        return False
    return bool(read_cards(text, next(text_grids(text, (*block.lines, *after.lines)))))


def card_titles(chunks: Sequence[Chunk], path: tuple[str, ...]) -> list[Span]:
    """Return where the titles of the record cards among a table's chunks stand; nothing where the heading is the title."""
    cards = [chunk for chunk in chunks if chunk.kind is Kind.CARD]
    if any(card.heading_path == path for card in cards):
        return []
    return [card.span for card in cards if len(card.heading_path) == len(path) + 1]


def table_chunks(
    writer: Writer, block: Block, path: tuple[str, ...], above: Above, before: OpenTable | None
) -> tuple[list[Chunk], OpenTable | None]:
    """Return the chunks of a table, and the table where it may go on after a page break."""
    chunks: list[Chunk] = []
    for grid in _grids(writer.text, block):
        caption = readable(grid.caption.of(writer.text)) if grid.caption else ""
        lead = f"{above.words} {normalise(caption)}".strip()
        new, before = _table(writer, grid, path, (caption, lead), before, above.heading)
        chunks += new
    return chunks, before


def _grids(text: str, block: Block) -> Iterator[Grid]:
    if is_html_table(block.lines[0]):
        for line in block.lines:
            yield from html_grids(text, line.span)
    else:
        yield from text_grids(text, block.lines)


def _table(
    writer: Writer,
    grid: Grid,
    path: tuple[str, ...],
    said: tuple[str, str],
    before: OpenTable | None,
    heading: Span | None,
) -> tuple[list[Chunk], OpenTable | None]:
    """Return the chunks of one grid; ``said`` is its caption, and all that leads into it."""
    caption, lead = said
    if cards := read_cards(writer.text, grid):
        return [chunk for card in cards for chunk in _card(writer, card, path)], None
    if heading is not None and (card := card_of_heading(grid, path[-1], heading)) is not None:
        return list(_card(writer, card, path[:-1])), None
    if any(map(is_glossary_title, path)) and (pairs := definitions(grid)):
        return [_defined(writer, path, term, body) for term, body in pairs], None
    if before is not None and before.path == path and not caption and (rows := _more_rows(grid, before)):
        lead = before.lead_words
    elif header_depth(grid) == 0:
        return _cell_lists(writer, grid, path, lead), None
    else:
        before = None
        rows = read_rows(grid, name=caption or (path[-1] if path else writer.plan.title), lead=lead)
    last = next((row for row in reversed(rows) if not row.total), before.row if before else None)
    base = before.grid if before else grid
    chunks = [chunk for row in rows for chunk in _row(writer, row, path, lead)]
    return chunks, OpenTable(base, last, lead, path) if last else None


def _more_rows(grid: Grid, before: OpenTable) -> list[Row]:
    """Return the rows with which a table goes on behind a page break, or nothing where the grid is another table."""
    depth = header_depth(before.grid)
    names = column_names(before.grid, depth)
    if same_header(before.grid, grid):
        like = replace(before.row, header=Span(grid.lines[0].start, grid.lines[depth - 1].end))
        return body_rows(grid, depth, names, like, before.row)
    if goes_on_without_header(before.grid, grid):
        return body_rows(grid, 0, names, before.row, before.row)
    return []


def _row(writer: Writer, row: Row, path: tuple[str, ...], also: str = "") -> list[Chunk]:
    """Return the chunk of a row, or nothing where all that it shows stands in other rows."""
    own = [cell.span for cell in row.cells if not cell.inherited and cell.span.start < cell.span.end]
    if not own:
        return []
    span = Span(own[0].start, own[-1].end)
    if span.end - span.start <= QUOTE_LIMIT:
        units = [span]
    else:
        units = [s for cell in own for s in split_sentences(writer.text, cell)]
    return [writer.chunk(Kind.ROW, span, path, units, row=row, also=also)]


def _card(writer: Writer, card: Card, path: tuple[str, ...]) -> Iterator[Chunk]:
    under = (*path, card.title)
    yield writer.chunk(Kind.CARD, card.title_span, under, [card.title_span], also=card.title)
    for field in card.fields:
        units = [unit for value in field.values for unit in split_sentences(writer.text, value) or [value]]
        if units:
            yield writer.chunk(Kind.CARD, Span(units[0].start, units[-1].end), (*under, field.label), units)
    for row in card.schedule:
        label = row.cells[0].column or "工程"
        yield from _row(writer, replace(row, table=card.title), (*under, label))


def _cell_lists(writer: Writer, grid: Grid, path: tuple[str, ...], also: str) -> list[Chunk]:
    chunks = []
    for caption, cells in list_cells(grid):
        if not cells:
            continue
        under = (*path, clean_heading(caption.of(writer.text))) if caption else path
        chunks.append(writer.chunk(Kind.LIST, Span(cells[0].start, cells[-1].end), under, cells, also=also))
    return chunks


def _defined(writer: Writer, path: tuple[str, ...], term: Span, body: Span) -> Chunk:
    """Return a glossary entry that is a table row: a term's cell and its definition's."""
    units = split_sentences(writer.text, body) or [body]
    word = _NOTE_NUMBER.sub("", clean_heading(term.of(writer.text)))
    return writer.chunk(Kind.ENTRY, Span(term.start, body.end), path, units, term=word)
