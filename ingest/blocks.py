"""The blocks of a plan in reading order: paragraphs, lists, tables, glossary entries, each under its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ingest.document import Span
from ingest.figures import SOURCE_STYLE
from ingest.headings import nest
from ingest.lines import Line, LineKind, heading_text, inline_heading, is_html_table
from ingest.read_lines import read_lines
from ingest.search_text import normalise


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    ``kind`` is that of its lines (HEADING, TEXT, ITEM, ROW, ENTRY, FOOTNOTE, FIGURE); ``cover`` says that it stands on the cover
    or in the colophon. A heading's path ends with itself.
    """

    kind: LineKind
    lines: tuple[Line, ...]
    heading_path: tuple[str, ...]
    cover: bool = False

    @property
    def span(self) -> Span:
        """Return the span from the first line to the last."""
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


# A paragraph goes on after a page break when its first half stops without 。 and its second starts with a particle.
_CONTINUES = re.compile(r"(?:を|の|に|は|が|と|で|も|へ|や|から|まで|する|した|して|し、|ます|こと)")
_OPEN = re.compile(r"[をにはがのとでもへやて、]$")
_SENTENCE = 15  # letters; a shorter line on a particle may be a slogan
_STOPS = re.compile(r"[。：:」』）)!？?！]$")
COVER_LINE = 100  # characters; a longer line before the first heading is a preface
COLOPHON_LINES = 12  # lines with words after the title at a plan's end; a colophon has fewer


def read_blocks(text: str, title: str) -> list[Block]:
    """Return the blocks of ``text``. ``title`` is the plan's: where it stands alone, it opens the cover or the colophon."""
    lines = _cover_is_text([line for line in read_lines(text) if line.kind is not LineKind.FURNITURE])
    lines = _footnotes_after_paragraphs(_bodies_apart(_without_running_heads(lines, title)))
    headings = [line for line in lines if _is_section(line, title)]
    paths = iter(nest(headings))
    blocks: list[Block] = []
    path: tuple[str, ...] = ()
    cover = True
    for group in _groups(lines, title):
        first = group[0]
        if first.kind is LineKind.HEADING:
            if _is_section(first, title):
                path, cover = next(paths), False
                blocks.append(Block(LineKind.HEADING, (first,), path))
            continue
        if _is_title(first, title) and first.kind is LineKind.TEXT:
            path, cover = (), True
        cover = cover and len(first.text) <= COVER_LINE
        blocks.append(Block(first.kind, tuple(group), path, cover))
    return blocks


def _bodies_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a heading and the running text on its own line (■見出し 本文が続く。) as two."""
    out: list[Line] = []
    for line in lines:
        out += inline_heading(line) or (line,) if line.kind is LineKind.HEADING else (line,)
    return out


def _cover_is_text(lines: list[Line]) -> list[Line]:
    """Return the lines with what looks like headings before the contents page, but for a preface, as the cover's text."""
    contents = next((i for i, line in enumerate(lines) if line.kind is LineKind.CONTENTS), 0)
    cover = [
        replace(line, kind=LineKind.TEXT) if line.kind is LineKind.HEADING and line.style != "章外" else line
        for line in lines[:contents]
    ]
    return cover + lines[contents:]


def _without_running_heads(lines: list[Line], title: str) -> list[Line]:
    """Return the lines without the plan's title at the head of every page; on the cover and in the colophon it stays."""
    body = next((i for i, line in enumerate(lines) if _is_section(line, title)), len(lines))
    total = sum(line.kind is not LineKind.BLANK for line in lines)
    upto = accumulate(line.kind is not LineKind.BLANK for line in lines)
    return [
        line
        for i, (line, seen) in enumerate(zip(lines, upto, strict=True))
        if i < body or total - seen <= COLOPHON_LINES or not _is_title(line, title)
    ]


def _footnotes_after_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the footnotes of a page that stand in the middle of a sentence behind its second half."""
    out: list[Line] = []
    waiting: list[Line] = []  # blank lines and footnotes since the last line of ``out``
    notes = False
    for line in lines:
        if line.kind in (LineKind.BLANK, LineKind.FOOTNOTE):
            waiting.append(line)
            notes = notes or line.kind is LineKind.FOOTNOTE
            continue
        text = line.kind is LineKind.TEXT and bool(out) and out[-1].kind is LineKind.TEXT
        if not (notes and text and stops_short(out[-1])):
            out += waiting
            waiting, notes = [], False
        out.append(line)
    return out + waiting


def _is_title(line: Line, title: str) -> bool:
    return bool(title) and normalise(heading_text(line.text)) == normalise(title)


def _is_section(line: Line, title: str) -> bool:
    return line.kind is LineKind.HEADING and not _is_title(line, title)


def _groups(lines: Sequence[Line], title: str) -> Iterator[list[Line]]:
    """Yield the lines that make one block, in order; contents pages are left out."""
    group: list[Line] = []
    blank = False
    for line in lines:
        if line.kind in (LineKind.BLANK, LineKind.CONTENTS):
            blank = True
            continue
        if group and not _belongs(group, line, blank, title):
            yield group
            group = []
        group.append(line)
        blank = False
    if group:
        yield group


def _belongs(group: list[Line], line: Line, blank: bool, title: str) -> bool:
    first, last = group[0], group[-1]
    if first.kind is LineKind.HEADING or line.kind in (LineKind.HEADING, LineKind.ENTRY, LineKind.FOOTNOTE):
        return False
    if LineKind.FIGURE in (first.kind, line.kind):
        return first.kind is line.kind and line.style == SOURCE_STYLE
    if first.kind is LineKind.ENTRY:  # a definition runs to the next entry, table or heading
        return line.kind in (LineKind.TEXT, LineKind.ITEM) and not _is_title(line, title)
    if first.kind is LineKind.FOOTNOTE or _is_title(line, title):
        return False
    if line.kind is LineKind.TEXT and line.indented and last.text.endswith("。") and not blank:
        return False  # a paragraph of its own, in a text that parts paragraphs by their first letter's place alone
    if first.kind is LineKind.ITEM:  # an unmarked line right under an item goes on with it
        return (
            line.kind is LineKind.ITEM and line.style == first.style
            if blank
            else line.kind in (LineKind.ITEM, LineKind.TEXT)
        )
    if first.kind is not line.kind:
        return False
    if line.kind is LineKind.ROW:
        return not blank and not is_html_table(line) and not is_html_table(last)
    return not blank or _runs_on(last, line)


def _runs_on(last: Line, line: Line) -> bool:
    """Return whether a paragraph goes on after a blank line."""
    if last.text.endswith("、"):
        return True
    same_paragraph = _CONTINUES.match(line.text) is not None or (last.measured and not line.indented)
    return stops_short(last) and same_paragraph


def stops_short(line: Line) -> bool:
    """Return whether a line ends before its sentence does: because the line was full, or on a particle."""
    open_end = len(line.text) >= _SENTENCE and _OPEN.search(line.text) is not None
    return (line.full or open_end) and not _STOPS.search(line.text)


def wrapped(last: Line, line: Line, *, blank: bool) -> bool:
    """Return whether the layout, not the author, parted two lines of a paragraph; ``blank``: by a blank line."""
    return _runs_on(last, line) or (not blank and stops_short(last))
