"""Blocks -> chunks: units of meaning that can be found and quoted, each with its smallest provable pieces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, inline_body, read_blocks, stops_short, wrapped
from ingest.cards import Card, read_card
from ingest.document import Chunk, Kind, Plan, Row, Span, Unit
from ingest.footnotes import marked_word
from ingest.headings import clean_heading
from ingest.lines import Line, LineKind, footnote_definition, footnote_term, item_text, note_number
from ingest.read_lines import is_glossary_title
from ingest.search_text import normalise
from ingest.sentences import split_sentences, trim
from ingest.tables import (
    Grid,
    definitions,
    header_depth,
    list_cells,
    read_grid,
    read_rows,
    same_header,
)

CHUNKER_VERSION = "4"  # part of the index manifest: raise it whenever chunks come out differently
QUOTE_LIMIT = 300  # characters of one quote (the contract's limit)
COVER_WORDS = (
    "表紙 計画名 策定 年月 作成 改定 発行"  # what people call the facts that a cover states without naming them
)


_TITLE_LINE = re.compile(r"[「『【〈《][^」』】〉》]+[」』】〉》]")  # a line that only names what the next line says


@dataclass(frozen=True, slots=True)
class _Writer:
    plan: Plan
    text: str

    def chunk(
        self,
        kind: Kind,
        span: Span,
        heading_path: tuple[str, ...],
        units: Sequence[Span],
        *,
        row: Row | None = None,
        term: str = "",
        also: str = "",
    ) -> Chunk:
        """Return a chunk of the plan; ``also`` is search text that stands elsewhere (a lead-in, a header)."""
        read = (Unit(s, normalise(s.of(self.text))) for s in self._bounded(units))
        quotable = tuple(unit for unit in read if unit.search_text)
        body = " ".join(unit.search_text for unit in quotable) if row is None else _row_text(row)
        words = " ".join(part for part in (also, term, body) if part)
        key = f"{self.plan.plan_id}|{span.start}|{span.end}|{kind}|{'|'.join(heading_path)}|{words}"
        return Chunk(
            chunk_id=hashlib.sha256(key.encode()).hexdigest()[:32],
            plan_id=self.plan.plan_id,
            municipality=self.plan.municipality,
            municipality_code=self.plan.municipality_code,
            kind=kind,
            span=span,
            heading_path=heading_path,
            search_text=words,
            units=quotable,
            row=row,
            term=term,
        )

    def _bounded(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield spans of at most QUOTE_LIMIT characters: a longer one is parted evenly, at a 、 wherever it has one."""
        for span in spans:
            while (length := span.end - span.start) > QUOTE_LIMIT:
                wish = length // -(-length // QUOTE_LIMIT)
                window = self.text[span.start : span.start + QUOTE_LIMIT]
                cuts = [i + 1 for i, c in enumerate(window) if c in "、\t"] or [QUOTE_LIMIT]
                cut = min(cuts, key=lambda at: abs(at - wish))
                yield trim(self.text, span.start, span.start + cut)
                span = trim(self.text, span.start + cut, span.end)
            if span.start < span.end:
                yield span


def chunk(plan: Plan, text: str) -> tuple[Chunk, ...]:
    """Return the chunks of a plan's text in reading order."""
    writer = _Writer(plan, text)
    chunks: list[Chunk] = []
    entry: tuple[str, ...] = ()  # the glossary entry whose tables follow
    lead: Block | None = None
    table: _Table | None = None  # the table that may go on after a page break
    parts: dict[tuple[str, ...], list[Span]] = {}  # heading path -> the headings right under it
    for block in read_blocks(text, plan.title):
        if block.kind is not LineKind.ROW:
            table = None
        if block.kind is LineKind.HEADING:
            parts.setdefault(block.heading_path[:-1], []).append(_title(text, block.lines[0]))
            continue
        if block.kind is not LineKind.ROW:
            entry = (_term(text, block),) if block.kind is LineKind.ENTRY else ()
        path = block.heading_path + entry
        if block.kind is LineKind.ROW:
            new, table = _table(writer, block, path, lead, table)
            chunks += new
            if new and new[0].kind is Kind.CARD:
                parts.setdefault(path, []).append(new[0].span)
        elif block.kind in (LineKind.ENTRY, LineKind.FOOTNOTE):
            chunks.append(_entry(writer, block))
        elif block.kind is LineKind.ITEM:
            chunks.append(_list(writer, block, path, lead))
        else:
            chunks.append(_paragraph(writer, block))
        lead = block if block.kind is LineKind.TEXT else None
    chunks += [_outline(writer, path, titles) for path, titles in parts.items() if len(titles) > 1]
    return tuple(chunk for chunk in chunks if chunk.units)


def _title(text: str, line: Line) -> Span:
    """Return the span of a heading's words as they can be quoted: without leading marks and inline body."""
    title = clean_heading(line.text)
    start = text.find(title[:1], line.span.start, line.span.end)
    body = inline_body(line)
    end = body.span.start if body else line.span.end
    return trim(text, max(start, line.span.start), end)


def _outline(writer: _Writer, path: tuple[str, ...], titles: Sequence[Span]) -> Chunk:
    return writer.chunk(Kind.OUTLINE, Span(titles[0].start, titles[-1].end), path, titles)


def _paragraph(writer: _Writer, block: Block) -> Chunk:
    lines, cuts = _logical_lines(writer.text, block.lines)
    units = [s for span in lines for s in split_sentences(writer.text, span)]
    also = f"{writer.plan.municipality} {COVER_WORDS}" if block.cover else ""
    chunk = writer.chunk(Kind.PARAGRAPH, block.span, block.heading_path, units, also=also)
    return replace(chunk, units=_halves_joined(writer.text, chunk.units, cuts)) if cuts else chunk


def _halves_joined(text: str, units: Sequence[Unit], cuts: Sequence[int]) -> tuple[Unit, ...]:
    """Return the units with those that begin at a cut made the rest of the one before, whose sentence they end."""
    joined: list[Unit] = []
    for unit in units:
        if joined and unit.span.start in cuts:
            first = joined[-1].span
            joined[-1] = Unit(first, normalise(first.of(text) + unit.span.of(text)), unit.span)
        else:
            joined.append(unit)
    return tuple(joined)


def _logical_lines(text: str, lines: Sequence[Line]) -> tuple[list[Span], list[int]]:
    """Return the author's lines of a paragraph, breaks that only the layout made healed, and the starts of second halves.

    A second half is what goes on with the line above although a page's footnotes or its number stand between them.
    """
    spans, cuts = [lines[0].span], []
    for last, line in pairwise(lines):
        between = text[last.span.end : line.span.start]
        goes_on = (
            wrapped(last, line, blank=len(between.splitlines()) > 1) or _TITLE_LINE.fullmatch(last.text) is not None
        )
        if between.strip() and (goes_on or stops_short(last)):
            spans.append(line.span)
            cuts.append(line.span.start)
        elif goes_on:
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
    return spans, cuts


def _list(writer: _Writer, block: Block, path: tuple[str, ...], lead: Block | None) -> Chunk:
    items: list[Span] = []
    for line in block.lines:
        if line.kind is LineKind.ITEM or not items:
            items.append(item_text(line))
        else:  # the item goes on in the next line
            items[-1] = Span(items[-1].start, line.span.end)
    return writer.chunk(Kind.LIST, block.span, path, items, also=_lead_words(writer.text, path, lead))


def _lead_words(text: str, path: tuple[str, ...], lead: Block | None) -> str:
    """Return the last sentence before a list or table under the same headings: it says what the list is of."""
    if lead is None or lead.heading_path != path[: len(lead.heading_path)]:
        return ""
    sentences = split_sentences(text, lead.span)
    return normalise(sentences[-1].of(text)) if sentences else ""


def _term(text: str, block: Block) -> str:
    """Return the word that a definition is of, or "" where neither the definition nor its mark in the text names one."""
    if number := note_number(block.lines[0]):
        return marked_word(text, number)
    return clean_heading(footnote_term(block.lines[0]).of(text))


def _entry(writer: _Writer, block: Block) -> Chunk:
    term = _term(writer.text, block)
    if not term:
        return _paragraph(writer, block)
    if block.kind is LineKind.FOOTNOTE:
        body = [footnote_definition(block.lines[0])]
    else:
        body = _logical_lines(writer.text, block.lines[1:])[0] if len(block.lines) > 1 else [block.lines[0].span]
    units = [s for span in body for s in split_sentences(writer.text, span)]
    return writer.chunk(Kind.ENTRY, block.span, block.heading_path, units, term=term)


def _defined(writer: _Writer, path: tuple[str, ...], term: Span, body: Span) -> Chunk:
    """Return a glossary entry that is a table row: a term's cell and its definition's."""
    units = split_sentences(writer.text, body) or [body]
    word = clean_heading(term.of(writer.text))
    return writer.chunk(Kind.ENTRY, Span(term.start, body.end), path, units, term=word)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as far as it has been read: its grid, the last row that a blank cell can inherit from, its lead-in."""

    grid: Grid
    row: Row
    lead_words: str


def _table(
    writer: _Writer, block: Block, path: tuple[str, ...], lead: Block | None, before: _Table | None
) -> tuple[list[Chunk], _Table | None]:
    grid = read_grid(writer.text, block.lines)
    name = path[-1] if path else writer.plan.title
    if (card := read_card(writer.text, grid)) is not None:
        return _card(writer, card, path), None
    if any(map(is_glossary_title, path)) and (pairs := definitions(grid)):
        return [_defined(writer, path, term, body) for term, body in pairs], None
    also = _lead_words(writer.text, path, lead)
    if header_depth(grid) == 0:
        return _cell_lists(writer, grid, path, also), None
    if before is not None and not (before.row.table == name and same_header(before.grid, grid)):
        before = None
    if before is not None:
        also = before.lead_words
    rows = read_rows(grid, name=name, before=before.row if before else None)
    last = next((row for row in reversed(rows) if not row.total), before.row if before else None)
    return [_row(writer, row, path, also) for row in rows], _Table(grid, last, also) if last else None


def _row(writer: _Writer, row: Row, path: tuple[str, ...], also: str = "") -> Chunk:
    own = [cell.span for cell in row.cells if not cell.inherited and cell.span.start < cell.span.end]
    span = Span(own[0].start, own[-1].end)
    if span.end - span.start <= QUOTE_LIMIT:
        units = [span]
    else:
        units = [s for cell in own for s in split_sentences(writer.text, cell)]
    return writer.chunk(Kind.ROW, span, path, units, row=row, also=also)


def _row_text(row: Row) -> str:
    """Return a row that reads on its own: every filled cell after its column's name."""
    return normalise("。".join(f"{cell.column} {cell.value}".strip() for cell in row.cells if cell.value))


def _card(writer: _Writer, card: Card, path: tuple[str, ...]) -> list[Chunk]:
    under = (*path, card.title)
    chunks = [writer.chunk(Kind.CARD, card.title_span, under, [card.title_span], also=card.title)]
    for field in card.fields:
        units = split_sentences(writer.text, field.value) or [field.value]
        chunks.append(writer.chunk(Kind.CARD, Span(units[0].start, units[-1].end), (*under, field.label), units))
    for row in card.schedule:
        label = row.cells[0].column or "工程"
        chunks.append(_row(writer, replace(row, table=card.title), (*under, label)))
    return chunks


def _cell_lists(writer: _Writer, grid: Grid, path: tuple[str, ...], also: str) -> list[Chunk]:
    chunks = []
    for caption, cells in list_cells(grid):
        if not cells:
            continue
        under = (*path, clean_heading(caption.of(writer.text))) if caption else path
        chunks.append(writer.chunk(Kind.LIST, Span(cells[0].start, cells[-1].end), under, cells, also=also))
    return chunks
