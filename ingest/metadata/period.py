"""The plan's own period, as its sentences, tables, headings, title or cover state it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Span
from ingest.eras import find_years
from ingest.lines import HEADING_LIMIT, Line, LineKind, heading_text
from ingest.metadata.plan_lines import PlanLine, row_cells
from ingest.metadata.stated import Stated
from ingest.metadata.title import same_title
from ingest.metadata.whose_period import KINDS, OWN_WORDS, is_own
from ingest.metadata.year_spans import YearSpan, find_year_spans
from ingest.search_text import normalise, read
from ingest.sentences import split_sentences

_HEADING = re.compile(
    rf"{KINDS}(?:の|[^、。「」]{{0,8}}(?:と|及び|・|、))?[^、。「」]{{0,6}}期間|(?:対象|推進)期間|^\W*(?:[0-9IVX]+[-.])?[0-9ア-コ.()]*\s*期\s?間$|いつからいつまで"
)
_HEADING_ALONE = re.compile(rf"(?:第?[0-9IVX]+[章節.、)]?\s?)?(?:本|この)?{KINDS}の?(?:対象|推進)?期間(?:について)?")
_HEADING_LINES = 8  # lines of text that a heading without a mark governs
_LABEL = re.compile(rf"(?:{KINDS}の?)?(?:対象|推進|実施)?(?:期間|年度|年次)")
_COVER_REST = re.compile(
    rf"(?:.*{KINDS}.*[(\[【〔~].*|[\s():【】〔〕\[\]~自-]*(?:(?:{KINDS}の?)?(?:対象|推進|実施)?(?:期間|年度))?[\s():【】〔〕\[\]~-]*)"
    r"(?:まで)?(?:の?[0-9一二三四五六七八九十]+(?:年間|[かヶケカヵ箇]年))?(?:計画)?[\s()【】〔〕\[\]~-]*"
)
_MAYBE = re.compile(r"[年RＲHＨ]|20\d\d|２０")
_WIDE = 20  # letters from which a line without 。 may be one that the page's width broke
_EXTENDED = re.compile(r"まで(?:の?[^、。]{1,4}年間)?[^、。]{0,6}延長")
_SHORT = 2  # letters of a cell that names no plan
_READ = frozenset({LineKind.BLANK, LineKind.TEXT, LineKind.ITEM, LineKind.HEADING, LineKind.ROW})


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a plan. ``miscounted`` says that the text gives another length than that of the years."""

    first: date | None
    last: date
    miscounted: bool = False


def read_periods(text: str, lines: Sequence[Line], front: Sequence[PlanLine], title: str) -> list[Stated[Period]]:
    """Return the plan's own periods as the text states them, the one that counts first.

    What names the period in words (a sentence, a table's cell) counts before years under the heading 計画期間, these before the
    title and the cover, these before the colophon; of equals the first. A later sentence that extends the period moves its end.
    """
    covered = {line.span.start for line in front if not line.row}
    body = [line for line in lines if line.kind in _READ and line.span.start not in covered]
    said: list[Stated[Period]] = []
    under: list[Stated[Period]] = []
    extended: list[Stated[Period]] = []
    for piece in _pieces(body, title):
        if piece.line.kind is LineKind.ROW:
            said += _in_row(text, piece, title)
            continue
        written = piece.span.of(text)
        if not _MAYBE.search(written) or not (piece.governed or "期" in written or "計画" in written):
            continue
        for sentence in split_sentences(text, piece.span):
            named, years = _in_sentence(sentence.of(text), title, governed=piece.governed)
            (said if named else under).extend(_stated(found, sentence) for found in years)
            extended += _extension(normalise(sentence.of(text)), sentence)
    return _extend([*said, *under[:1], *_on_cover(front, title)], extended)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line with the span of what it goes on to say below, whether it stands under 計画期間, and the first row of its table."""

    line: Line
    span: Span
    governed: bool
    header: str


def _pieces(lines: Sequence[Line], title: str) -> Iterator[_Piece]:
    """Yield the lines with words; a line that only the page's width broke goes on."""
    governed, left, header = False, 0, ""
    at = 0
    while at < len(lines):
        line, span = lines[at], lines[at].span
        at += 1
        if line.kind is LineKind.BLANK:
            continue
        while at < len(lines) and _goes_on(lines[at - 1], lines[at]):
            span = Span(span.start, lines[at].span.end)
            at += 1
        words = normalise(heading_text(line.text)) if len(line.text) <= HEADING_LIMIT else ""
        if line.kind is LineKind.HEADING or _HEADING_ALONE.fullmatch(words):
            governed = _HEADING.search(words) is not None and is_own(f"{words} ", len(words), len(words), title)
            left = len(lines) if line.kind is LineKind.HEADING else _HEADING_LINES
        else:
            left -= 1
        header = (header or line.text) if line.kind is LineKind.ROW else ""
        yield _Piece(line, span, governed and left >= 0, header)


def _goes_on(line: Line, following: Line) -> bool:
    """Return whether only the page's width ended a line."""
    return (
        line.kind in (LineKind.TEXT, LineKind.ITEM)
        and following.kind is LineKind.TEXT
        and len(line.text) >= _WIDE
        and not line.text.endswith("。")
    )


def _in_sentence(sentence: str, title: str, *, governed: bool) -> tuple[bool, list[YearSpan]]:
    """Return whether a sentence speaks of a plan's period, and the first of its years if it is this plan's."""
    words = read(sentence)
    named = OWN_WORDS.search(words.text) is not None
    years = find_year_spans(sentence, words)[:1] if named or governed else []
    return named, [found for found in years if is_own(words.text, found.start, found.end, title)]


def _in_row(text: str, row: _Piece, title: str) -> Iterator[Stated[Period]]:
    """Yield the years of a table's row: beside the label 計画期間, or in its column on the plan's own row."""
    cells = row_cells(row.line.text)
    years = [find_year_spans(cell, read(cell))[:1] if _MAYBE.search(cell) else [] for cell in cells]
    dated = [i for i, found in enumerate(years) if found]
    columns = [normalise(cell) for cell in row_cells(row.header)] if dated else []
    own_row = re.fullmatch(rf"(?:本|この|当){KINDS}", normalise(cells[0])) is not None
    own_row = own_row or (len(cells[0]) > _SHORT and bool(title) and same_title(cells[0], title))
    for i in dated:
        [found] = years[i]
        labelled = len(dated) == 1 and i > 0 and _LABEL.fullmatch(normalise(cells[i - 1])) is not None
        in_column = own_row and 0 < i < len(columns) and _LABEL.fullmatch(columns[i]) is not None
        if in_column or (labelled and is_own(normalise(cells[i]), found.start, found.end, title)):
            start = text.index(cells[i], row.line.span.start)
            yield _stated(found, Span(start, start + len(cells[i])))
            return


def _on_cover(front: Sequence[PlanLine], title: str) -> Iterator[Stated[Period]]:
    """Yield the years that stand alone on a line of the cover or the colophon, or behind the title."""
    for line in (line for line in front if not line.row):
        words = read(line.words)
        for found in find_year_spans(line.words, words)[:1]:
            rest = words.text[: found.start] + words.text[found.end :]
            before = words.text[: found.start].rstrip(" (~[【〔")
            titled = bool(before) and bool(title) and same_title(before, title)
            if _COVER_REST.fullmatch(rest) and (titled or is_own(words.text, found.start, found.end, title)):
                yield _stated(found, line.span)


def _stated(found: YearSpan, span: Span) -> Stated[Period]:
    return Stated(Period(found.first, found.last, found.miscounted), span)


def _extension(words: str, sentence: Span) -> Iterator[Stated[Period]]:
    """Yield the new end of 計画期間を令和9年度まで延長."""
    if "延長" in words and OWN_WORDS.search(words):
        for year in find_years(words):
            if _EXTENDED.match(words, year.end):
                yield Stated(Period(None, year.last_day), sentence)


def _extend(found: list[Stated[Period]], extended: Sequence[Stated[Period]]) -> list[Stated[Period]]:
    """Return the periods; where a sentence moves the end, first the one that it makes of them."""
    later = [moved for moved in extended if found and moved.value.last > found[0].value.last]
    if not later:
        return found
    moved = max(later, key=lambda statement: statement.value.last)
    whole = Stated(Period(found[0].value.first, moved.value.last), moved.span)
    return [whole, *(statement for statement in found if statement.value.first != whole.value.first)]
