"""Lines of a PDF in reading order -> paragraphs, put together over line, column and page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document import Span
from ingest.extract.pdf_columns import Column, Placed
from ingest.extract.pdf_layout import TextLine, join
from ingest.lines import LineKind, classify

_BULLET = re.compile(r"[・･•‣◦▪▫∙➢➤►▶✓✔\uf020-\uf0ff■◆▼□●◎○★☆◇※]|[-*+]\s")
_ENDS = re.compile(r"[。！？!?：:」』）)】]$")
_INDENT = 0.6  # of the type size; what begins further right is indented
_LONG = 15  # letters; a shorter line says nothing of where the column ends


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make up one paragraph, heading, caption or list item. ``apart``: a gap or a break stands above it."""

    lines: tuple[Placed, ...]
    apart: bool

    @property
    def first(self) -> TextLine:
        """Return the first line."""
        line = self.lines[0].piece
        assert isinstance(line, TextLine)
        return line

    def parts(self) -> list[tuple[int, str]]:
        """Return the paragraph's words as (page, words), joined to one when read in a row."""
        out: list[tuple[int, str]] = []
        text = ""
        for placed in self.lines:
            assert isinstance(placed.piece, TextLine)
            longer = join(text, placed.piece.text) if text else placed.piece.text
            out.append((placed.page, longer[len(text) :]))
            text = longer
        return out

    @property
    def text(self) -> str:
        """Return the paragraph's words."""
        return "".join(words for _, words in self.parts())


@dataclass(frozen=True, slots=True)
class Setting:
    """How the file is set: the body's size, the gap between two lines of a paragraph, and where columns begin and end."""

    size: float
    gap: float
    lefts: dict[tuple[int, Column], float]
    rights: dict[tuple[int, Column], float]


def measure(placed: Sequence[Placed], widths: dict[int, float], size: float) -> Setting:
    """Return the setting of pages in reading order; ``widths`` are the pages' widths by number."""
    lines = [(item, item.piece) for item in placed if isinstance(item.piece, TextLine)]
    gaps = [
        after.top - before.bottom
        for (one, before), (other, after) in pairwise(lines)
        if (one.page, one.column) == (other.page, other.column)
        and abs(before.size - size) < 1
        and abs(after.size - size) < 1
        if -before.size < after.top - before.bottom < 2 * size
    ]
    rights: dict[tuple[int, Column], float] = {}
    lefts: dict[tuple[int, Column], float] = {}
    alike: dict[float, list[float]] = {}  # width of page -> where its long lines over the whole width end
    for item, line in lines:
        place = (item.page, item.column)
        rights[place] = max(rights.get(place, 0.0), line.x1)
        lefts[place] = min(lefts.get(place, line.x0), line.x0)
        if item.column is Column.WHOLE and len(line.text) >= _LONG and abs(line.size - size) < 1:
            alike.setdefault(widths[item.page], []).append(line.x1)
    for page, column in rights:
        if column is Column.WHOLE and (ends := sorted(alike.get(widths[page], []))):
            rights[page, column] = ends[int(0.95 * (len(ends) - 1))]
    return Setting(size, min(median(gaps), 1.2 * size) if gaps else 0.7 * size, lefts, rights)


def paragraphs(placed: Sequence[Placed], setting: Setting) -> list[Paragraph | Placed]:
    """Return the paragraphs of pages in reading order; tables stand between them as they are."""
    ends = _local_ends(placed, setting)
    out: list[Paragraph | Placed] = []
    group: list[Placed] = []
    apart = True
    for i, item in enumerate(placed):
        if not isinstance(item.piece, TextLine):
            out += [Paragraph(tuple(group), apart)] if group else []
            out.append(item)
            group = []
            continue
        if group and not _goes_on(group, item, ends[i - 1], setting):
            out.append(Paragraph(tuple(group), apart))
            apart = not _is_tight(group[-1], item, setting)
            group = []
        elif not group:
            apart = True
        group.append(item)
    return out + ([Paragraph(tuple(group), apart)] if group else [])


def _local_ends(placed: Sequence[Placed], setting: Setting) -> list[float]:
    """Return for each line where it has to end to be full: its column's end, or the end that lines around it share.

    Text in a frame is narrower than its column; two long lines of it or more end at one place.
    """
    ends = [setting.rights.get((item.page, item.column), 0.0) for item in placed]
    start = 0
    for i in range(1, len(placed) + 1):
        if i < len(placed) and _is_tight(placed[i - 1], placed[i], setting):
            continue
        run = [item.piece for item in placed[start:i] if isinstance(item.piece, TextLine)]
        furthest = max((line.x1 for line in run), default=0.0)
        there = [line for line in run if line.x1 >= furthest - line.size and len(line.text) >= _LONG]
        if len(there) >= 2 and len(run) >= 3:
            ends[start:i] = [min(end, furthest) for end in ends[start:i]]
        start = i
    return ends


def _is_tight(above: Placed, below: Placed, setting: Setting) -> bool:
    """Return whether two lines of one size follow each other at the distance of a paragraph's lines."""
    one, other = above.piece, below.piece
    if not isinstance(one, TextLine) or not isinstance(other, TextLine):
        return False
    same_place = (above.page, above.column) == (below.page, below.column)
    same_size = abs(one.size - other.size) <= 0.08 * one.size
    scale = max(1.0, one.size / setting.size)
    return (
        same_place and same_size and -one.size < other.top - one.bottom <= (setting.gap + 0.35 * setting.size) * scale
    )


def _goes_on(group: Sequence[Placed], item: Placed, end: float, setting: Setting) -> bool:
    """Return whether ``item`` is the next line of the paragraph ``group``."""
    last, line = group[-1].piece, item.piece
    assert isinstance(last, TextLine)
    assert isinstance(line, TextLine)
    stops = _ENDS.search(last.text) is not None
    if abs(last.size - line.size) > 0.08 * last.size or (last.weight != line.weight and stops):
        return False
    if not stops and _hangs(group, item, end, setting):
        return not _opens_its_own(line.text, group, stops=stops)
    if last.x1 + line.first_word <= end + 0.1 * last.size:  # the next word had room: the author broke the line
        return False
    if _opens_its_own(line.text, group, stops=stops):
        return False
    if (group[-1].page, group[-1].column) != (item.page, item.column):
        return _goes_on_elsewhere(group[-1], item, stops=stops, setting=setting)
    return _is_tight(group[-1], item, setting) and (_in_line(group, line) or line.size > 1.1 * setting.size)


def _hangs(group: Sequence[Placed], item: Placed, end: float, setting: Setting) -> bool:
    """Return whether a line is set under the words of a list item, to the right of its mark.

    Under a short item it is a new paragraph's indent.
    """
    first = group[0].piece
    assert isinstance(first, TextLine)
    listed = classify(first.text, Span(0, len(first.text))).kind is LineKind.ITEM
    inside = 0.7 * first.size <= item.piece.x0 - first.x0 <= 3.5 * first.size
    long = group[-1].piece.x1 - first.x0 >= 0.6 * (end - first.x0)
    return listed and inside and long and _is_tight(group[-1], item, setting)


def _opens_its_own(text: str, group: Sequence[Placed], *, stops: bool) -> bool:
    """Return whether a line opens a block by its own mark; in the middle of a sentence only a bullet or a further item does."""
    if _BULLET.match(text):
        return True
    kind = classify(text, Span(0, len(text)))
    if kind.kind not in (LineKind.HEADING, LineKind.ITEM, LineKind.ENTRY, LineKind.FOOTNOTE):
        return False
    first = group[0].piece
    assert isinstance(first, TextLine)
    return stops or classify(first.text, Span(0, len(first.text))).style == kind.style


def _goes_on_elsewhere(last: Placed, item: Placed, *, stops: bool, setting: Setting) -> bool:
    """Return whether a paragraph goes on at the top of the next column or page."""
    next_column = item.page == last.page and (last.column, item.column) == (Column.LEFT, Column.RIGHT)
    if not (next_column or item.page > last.page) or stops:
        return False
    return item.piece.x0 <= setting.lefts[item.page, item.column] + _INDENT * setting.size + 1


def _in_line(group: Sequence[Placed], line: TextLine) -> bool:
    """Return whether a line begins where a further line of ``group`` has to: an indent opens a new paragraph."""
    first, size = group[0].piece, line.size
    assert isinstance(first, TextLine)
    if len(group) > 1 and (group[-1].page, group[-1].column) == (group[0].page, group[0].column):
        return abs(line.x0 - group[-1].piece.x0) <= _INDENT * size
    if len(group) > 1:  # the paragraph began elsewhere
        return line.x0 <= group[-1].piece.x0 + _INDENT * size
    hanging = _BULLET.match(first.text) or classify(first.text, Span(0, len(first.text))).kind is not LineKind.TEXT
    return line.x0 <= first.x0 + (8 * size if hanging else _INDENT * size)
