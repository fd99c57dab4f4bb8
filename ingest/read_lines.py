"""The lines of a plan, each with what it is, told from its own words and from the lines around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from ingest.contents import mark_contents
from ingest.document import Span
from ingest.figures import mark_figures
from ingest.furniture import mark_running_heads
from ingest.glossary import join_broken_notes, mark_glossary_terms
from ingest.heading_styles import heading_style
from ingest.lines import BARE_NUMBER, Line, LineKind, classify, heading_number, inline_heading
from ingest.sentences import trim
from ingest.tables.aligned import columns, mark_aligned_tables

_RUNS = frozenset({"n.", "n", "(n)", "n)", "ア", "(ア)", "①", "●", "○", "★", "■", "□"})
_SENTENCE_MARKS = frozenset({"○", "★"})
_LABEL = re.compile(r"[^。、：:\d０-９\s　]{2,12}")  # 施策の方向
_VALUED = re.compile(r"[：:]\s*\S")
_OFTEN = 3  # times that a label comes
_RUNNING_TEXT = (LineKind.TEXT, LineKind.ITEM, LineKind.ENTRY)
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_LONG = 35  # letters of a line that may have been broken, where the page's width is not known
_KINSOKU = 4  # columns by which a line is shorter so that no mark opens the next one
_PARTED = 5  # one in so many lines is blank where blank lines part paragraphs
_RUNNING = 8  # lines that go on in the next one; of fewer the width of the page cannot be told
_GAP = re.compile("[ 　]{2,}")  # what running text has none of


@lru_cache(maxsize=1)  # a plan's lines are read for its metadata and for its chunks
def read_lines(text: str) -> tuple[Line, ...]:
    """Return every line of ``text`` with its kind; an HTML table is one line, whatever its source lines."""
    lines = _mark_full([replace(classify(text, span), indented=_indented(text, span)) for span in _line_spans(text)])
    lines = mark_aligned_tables(text, join_broken_notes(text, mark_running_heads(text, lines)))
    for look_around in (
        mark_contents,
        _mark_bare_numbers,
        _mark_labels,
        _marked_sentences_are_items,
        _broken_lines_are_no_headings,
        _runs_are_lists,
        _marked_paragraphs_are_lists,
        mark_figures,
        mark_glossary_terms,
    ):
        lines = look_around(lines)
    return tuple(join_broken_notes(text, lines))


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    tables = _html_tables(text)
    begin, table = 0, 0  # where an HTML table ends that has begun
    for raw in text.splitlines(keepends=True):
        end = begin + len(raw)
        if table <= begin:
            # tabs at the ends are empty table cells, not white space
            whole = Span(begin, begin + len(raw.rstrip("\r\n\f")))
            span = whole if "\t" in raw else trim(text, whole.start, whole.end)
            if span.start in tables:
                span = trim(text, span.start, tables[span.start])
                table = span.end
            spans.append(span)
        if begin < table < end:  # what stands behind a table on its last line
            rest = trim(text, table, end)
            spans += [rest] if rest.start < rest.end else []
        begin = end
    return spans


def _html_tables(text: str) -> dict[int, int]:
    """Return where each HTML table begins and ends; one that never ends is none."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            begun.append(tag.start())
        elif begun:
            end = text.find(">", tag.end())
            ends[begun.pop()] = len(text) if end < 0 else end + 1
    return ends


def _indented(text: str, span: Span) -> bool:
    return span.start > 0 and text[span.start - 1] == "　"


def _mark_full(lines: Sequence[Line]) -> list[Line]:
    """Mark the lines that are as long as the page is wide, where the layout broke the lines, and else the long ones."""
    width = _page_width(lines)
    if not width:
        return [replace(line, full=len(line.text) >= _LONG) for line in lines]
    return [replace(line, full=(full := columns(line.text) >= width - _KINSOKU), measured=full) for line in lines]


def _page_width(lines: Sequence[Line]) -> int:
    """Return how many columns a line of running text has in a text whose layout broke its lines, 0 in any other."""
    running = Counter(
        columns(line.text) + 2 * line.indented
        for line, below in pairwise(lines)
        if line.kind is below.kind is LineKind.TEXT
        and not below.indented
        and line.text[-1] not in "。：:）)」"
        and not _GAP.search(line.text)
    )
    if running.total() < _RUNNING:
        return 0
    near = {width: sum(running[width - less] for less in range(_KINSOKU + 1)) for width in running}
    width = max(near, key=lambda width: (near[width], width))
    return width if near[width] * 3 >= running.total() * 2 else 0


def _mark_bare_numbers(lines: Sequence[Line]) -> list[Line]:
    """Turn a short line that opens with a number and a space into a heading where it does not go on with text above."""
    out = list(lines)
    above: Line | None = None
    last = 0  # the number of the heading of this style before
    for i, line in enumerate(lines):
        if line.kind is LineKind.TEXT and BARE_NUMBER.fullmatch(line.text):
            heading = replace(line, kind=LineKind.HEADING, style="n")
            apart = above is None or above.kind not in _RUNNING_TEXT or above.text.endswith("。")
            broken = line.full and i + 1 < len(lines) and lines[i + 1].kind is LineKind.TEXT
            goes_on = above is not None and not above.full and heading_number(heading) == last + 1 > 1
            if (apart or goes_on) and not broken:
                out[i] = heading
        above = out[i]
        last = heading_number(above) if above.style == "n" else last
    return out


def _mark_labels(lines: Sequence[Line]) -> list[Line]:
    """Turn a short line that stands alone between blank lines again and again (施策の方向, 主な取組) into a heading."""
    alone = [
        i
        for i, line in enumerate(lines)
        if line.kind is LineKind.TEXT and _LABEL.fullmatch(line.text) and _stands_alone(lines, i)
    ]
    often = Counter(lines[i].text for i in alone)
    out = list(lines)
    for i in alone:
        if often[lines[i].text] >= _OFTEN:
            out[i] = replace(lines[i], kind=LineKind.HEADING, style="label")
    return out


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line has blank lines around it, and text, a list or a table, not another short line, below."""
    beside = [lines[i].kind for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    below = lines[at + 2] if at + 2 < len(lines) else lines[at]
    return beside == [LineKind.BLANK] * 2 and below.kind is not LineKind.BLANK and not _LABEL.fullmatch(below.text)


def _broken_lines_are_no_headings(lines: Sequence[Line]) -> list[Line]:
    """Turn a marked line that goes on in the next one, because the page ended, into an item or text: no heading is so long."""
    out = list(lines)
    if not _page_width(lines):
        return out
    for i, (line, below) in enumerate(pairwise(lines)):
        goes_on = line.full and below.kind is LineKind.TEXT and not below.indented and not line.text.endswith("。")
        if goes_on and line.kind is LineKind.HEADING and not line.level and inline_heading(line) is None:
            out[i] = replace(line, kind=LineKind.ITEM if line.style in _RUNS else LineKind.TEXT)
    return out


def _runs_are_lists(lines: Sequence[Line]) -> list[Line]:
    """Turn numbered headings that follow each other line on line into list items; boxes to tick (□) also over blank lines."""
    out = list(lines)
    for i, line in enumerate(lines):
        if line.kind is LineKind.HEADING and not line.level and _may_run(line) and not _opens_text(lines, i):
            neighbours = [lines[j] for step in (-1, 1) if 0 <= (j := _neighbour(lines, i, step)) < len(lines)]
            if any(n.style == line.style and n.kind in (LineKind.HEADING, LineKind.ITEM) for n in neighbours):
                out[i] = replace(line, kind=LineKind.ITEM)
    return out


def _marked_sentences_are_items(lines: Sequence[Line]) -> list[Line]:
    """Turn sentences behind the same mark (○, ◇) line on line into list items."""
    styles = [heading_style(line.text) if line.kind is LineKind.TEXT else "" for line in lines]
    out = list(lines)
    for i, style in enumerate(styles):
        if style in _SENTENCE_MARKS and style in (
            styles[i - 1] if i else "",
            styles[i + 1] if i + 1 < len(styles) else "",
        ):
            out[i] = replace(lines[i], kind=LineKind.ITEM, style=style)
    return out


def _opens_text(lines: Sequence[Line], at: int) -> bool:
    """Return whether a marked line names the running text below, right under one that names its value: ◆担当：総務課, ◆内容."""
    if not 0 < at < len(lines) - 1:
        return False
    above, line, below = lines[at - 1 : at + 2]
    valued = above.style == line.style and _VALUED.search(above.text) is not None
    return valued and _LABEL.fullmatch(line.text[1:].strip()) is not None and below.kind is LineKind.TEXT


def _may_run(line: Line) -> bool:
    """Return whether a marked line may be one of a list: a number, a sign, or a part with a name (基本目標１)."""
    return line.style in _RUNS or line.style.startswith("名")


def _marked_paragraphs_are_lists(lines: Sequence[Line]) -> list[Line]:
    """Turn ①, ② and the like into items where each has its words in the lines right below and the next follows at once.

    Only a text that parts its paragraphs by blank lines says so.
    """
    out = list(lines)
    blank = sum(line.kind is LineKind.BLANK for line in lines)
    if blank * _PARTED < len(lines) or _page_width(lines):
        return out
    before: int | None = None  # the marked line of the same run
    for i, line in enumerate(lines):
        if _opens_text(lines, i):
            before = None
        elif line.kind in (LineKind.HEADING, LineKind.ITEM) and not line.level and line.style in _RUNS:
            if before is not None and lines[before].style == line.style:
                out[before], out[i] = (replace(lines[at], kind=LineKind.ITEM) for at in (before, i))
            before = i
        elif line.kind is not LineKind.TEXT and not (line.kind is LineKind.ITEM and line.style not in _RUNS):
            before = None
    return out


def _neighbour(lines: Sequence[Line], at: int, step: int) -> int:
    """Return the index of the line beside one; of a box, the next one with words, for nobody puts a heading to be ticked."""
    beside = at + step
    while lines[at].style == "□" and 0 <= beside < len(lines) and lines[beside].kind is LineKind.BLANK:
        beside += step
    return beside
