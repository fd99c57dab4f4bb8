"""Blocks -> chunks: units of meaning that can be found and quoted, each with its smallest provable pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import Block, read_blocks, stops_short, wrapped
from ingest.chunk_tables import Above, OpenTable, card_titles, cards_joined, only_remarks, only_says_go_on, table_chunks
from ingest.chunk_writer import QUOTE_LIMIT, Writer
from ingest.document import Chunk, Kind, Plan, Span, Unit
from ingest.figures import figure_units
from ingest.footnotes import marked_word
from ingest.headings import clean_heading
from ingest.lines import Line, LineKind, footnote_definition, footnote_term, item_text, note_mark
from ingest.search_text import normalise
from ingest.sentences import split_sentences, trim
from ingest.tables.aligned import columns
from ingest.variants import variants

CHUNKER_VERSION = "7"  # part of the index manifest: raise it whenever chunks come out differently
COVER_WORDS = (
    "表紙 計画名 策定 年月 作成 改定 発行"  # what people call the facts that a cover states without naming them
)


_NESTED = 2  # columns by which an item stands further in than the list that it belongs to
_TITLE_LINE = re.compile(r"[「『【〈《][^」』】〉》]+[」』】〉》]")  # a line that only names what the next line says


def chunk(plan: Plan, text: str) -> tuple[Chunk, ...]:
    """Return the chunks of a plan's text in reading order."""
    writer = Writer(plan, text, variants(text))
    chunks: list[Chunk] = []
    entry: tuple[str, ...] = ()  # the glossary entry whose tables follow
    lead: Block | None = None
    table: OpenTable | None = None  # the table that may go on after a page break
    parts: dict[tuple[str, ...], list[Span]] = {}  # heading path -> the headings right under it
    for block in cards_joined(text, read_blocks(text, plan.title)):
        if block.kind is not LineKind.ROW and not only_says_go_on(block.span.of(text)):
            table = None
        if block.kind is LineKind.HEADING:
            parts.setdefault(block.heading_path[:-1], []).append(_title(text, block.lines[0]))
            continue
        if block.kind is not LineKind.ROW:
            entry = (_term(text, block),) if block.kind is LineKind.ENTRY else ()
        path = block.heading_path + entry
        if block.kind is LineKind.ROW:
            above = parts[path[:-1]][-1] if path and not entry else None
            new, table = table_chunks(writer, block, path, Above(_lead_words(text, path, lead), above), table)
            chunks += new
            parts.setdefault(path, []).extend(card_titles(new, path))
        elif block.kind in (LineKind.ENTRY, LineKind.FOOTNOTE):
            chunks.append(_entry(writer, block))
        elif block.kind is LineKind.ITEM:
            chunks.append(_list(writer, block, path, lead))
        elif block.kind is LineKind.FIGURE:
            chunks.append(writer.chunk(Kind.FIGURE, block.span, path, figure_units(block.lines)))
        else:
            chunks.append(_paragraph(writer, block))
        lead = _lead(text, block, lead)
    chunks += [_outline(writer, path, titles) for path, titles in parts.items() if len(titles) > 1]
    # what stands at one place under one heading in the same words is one chunk: a title above several cards is read for each
    return tuple({chunk.chunk_id: chunk for chunk in chunks if chunk.units}.values())


def _lead(text: str, block: Block, before: Block | None) -> Block | None:
    """Return what may lead into the next block; a remark such as （単位：千円） goes with the title above it."""
    if block.kind is not LineKind.TEXT:
        return None
    if before is not None and before.heading_path == block.heading_path and only_remarks(block.span.of(text)):
        return replace(before, lines=(*before.lines, *block.lines))
    return block


def _title(text: str, line: Line) -> Span:
    """Return the span of a heading's words as they can be quoted: without leading marks."""
    title = clean_heading(line.text)
    start = text.find(title[:1], line.span.start, line.span.end)
    return trim(text, max(start, line.span.start), line.span.end)


def _outline(writer: Writer, path: tuple[str, ...], titles: Sequence[Span]) -> Chunk:
    return writer.chunk(Kind.OUTLINE, Span(titles[0].start, titles[-1].end), path, titles)


def _paragraph(writer: Writer, block: Block) -> Chunk:
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
    return tuple(unit for unit in joined if unit.search_text)  # halves of a tag are no words once they are joined


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


def _list(writer: Writer, block: Block, path: tuple[str, ...], lead: Block | None) -> Chunk:
    items: list[Span] = []
    margin = _margin(writer.text, block.lines[0])
    for line in block.lines:
        nested = _margin(writer.text, line) >= margin + _NESTED
        if not items or (line.kind is LineKind.ITEM and not nested):
            items.append(item_text(line))
        else:  # the item goes on in the next line, or with items of its own
            items[-1] = Span(items[-1].start, line.span.end)
    return writer.chunk(Kind.LIST, block.span, path, items, also=_lead_words(writer.text, path, lead))


def _margin(text: str, line: Line) -> int:
    """Return how many columns stand before a line's first letter."""
    return columns(text[text.rfind("\n", 0, line.span.start) + 1 : line.span.start])


def _lead_words(text: str, path: tuple[str, ...], lead: Block | None) -> str:
    """Return the last sentence before a list or table under the same headings: it says what the list is of."""
    if lead is None or lead.heading_path != path[: len(lead.heading_path)]:
        return ""
    sentences = split_sentences(text, lead.span)
    return normalise(sentences[-1].of(text))[-QUOTE_LIMIT:] if sentences else ""


def _term(text: str, block: Block) -> str:
    """Return the word that a definition is of, or "" where neither the definition nor its mark in the text names one."""
    if mark := note_mark(block.lines[0]):
        return marked_word(text, mark)
    return clean_heading(footnote_term(block.lines[0]).of(text)).strip("【】")


def _entry(writer: Writer, block: Block) -> Chunk:
    term = _term(writer.text, block)
    if not term:
        return _paragraph(writer, block)
    if block.kind is LineKind.FOOTNOTE:
        body = [footnote_definition(block.lines[0])]
    else:
        body = _logical_lines(writer.text, block.lines[1:])[0] if len(block.lines) > 1 else [block.lines[0].span]
    units = [s for span in body for s in split_sentences(writer.text, span)]
    return writer.chunk(Kind.ENTRY, block.span, block.heading_path, units, term=term)
