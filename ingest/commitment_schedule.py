"""When a measure is carried out: from the columns of a table, from a labelled text, from the sentences of a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.commitment import END_LOST, WHEN_LOST, Passage, Stage
from ingest.commitment_words import Role, is_time, role_of
from ingest.document import Cell, Plan, Row, Span
from ingest.search_text import read, readable
from ingest.tables import is_arrow

_MARK = re.compile(r"[○●◎◯〇■□△☆★✓✔・]")  # says "in this year" and nothing else
_NOTHING = re.compile(
    r"[-－―—ー‐–]?"
)  # a blank cell, or the dash that stands for one; an arrow is longer or has a head
_YEARS = r"\d{4}年度?(?:\d{1,2}月)?"
# 令和7年度：対象の選定 令和8年度～令和9年度：導入, as the search text has it
_DATED = re.compile(rf"(?P<when>{_YEARS}(?:末|以降)?(?:[~-](?:{_YEARS})?)?)\s?[::]\s?")
# A year in a sentence that says until or from when; a year in a law's name or of something past says neither
_BOUND = re.compile(rf"{_YEARS}(?:末|中|当初|上半期|下半期)?(?:まで|から|以降)(?:の間)?")


def row_stages(row: Row, what: str, what_spans: tuple[Span, ...]) -> tuple[Stage, ...]:
    """Return the entries that a table row makes: one for each stated time, or for each stretch of equal cells under years.

    A lone arrow says when something begins; where it ended is lost with the drawing.
    """
    stated = [c for c in row.cells if role_of(c.column) is Role.WHEN and not is_time(c.column)]
    stated = [c for c in stated if not _NOTHING.fullmatch(c.value) and c.value != what]
    entries = [Stage(what, cell.value, "", (*what_spans, cell.span)) for cell in stated]
    years = [cell for cell in row.cells if is_time(cell.column)]
    entries += [_stretch(row, what, what_spans, cells) for cells in _stretches(years)]
    if not entries and years and what:
        entries.append(Stage(what, "", "", what_spans, WHEN_LOST))
    return tuple(entries)


def _stretches(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Return the filled cells, neighbours of equal words together."""
    stretches: list[list[Cell]] = []
    last = ""
    for cell in cells:
        if _NOTHING.fullmatch(cell.value):
            last = ""
            continue
        if cell.value == last:
            stretches[-1].append(cell)
        else:
            stretches.append([cell])
        last = cell.value
    return stretches


def _stretch(row: Row, what: str, what_spans: tuple[Span, ...], cells: Sequence[Cell]) -> Stage:
    first, last = cells[0], cells[-1]
    arrow = is_arrow(first.value)
    words = "" if arrow or _MARK.fullmatch(first.value) else first.value
    return Stage(
        what="：".join(filter(None, (what, words))),
        when=first.column,
        until=last.column if last is not first else "",
        spans=tuple(dict.fromkeys((row.header, *what_spans, *(cell.span for cell in cells)))),
        doubt=END_LOST if arrow and last is first else "",
    )


def text_stages(text: str, spans: Sequence[Span]) -> tuple[Stage, ...]:
    """Return the entries of a field that writes its schedule as text: 令和7年度：選定 令和8年度：導入.

    Where it is not written so, the whole is what the plan says about when.
    """
    return tuple(stage for span in spans for stage in _dated(text, span))


def _dated(text: str, span: Span) -> Iterator[Stage]:
    search = read(span.of(text))
    found = list(_DATED.finditer(search.text))
    if not found:
        yield Stage("", readable(span.of(text)), "", (span,))
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(search.text)
        when = _source(span, search.source_range(*match.span("when")))
        words = search.text[match.end() : end].rstrip(" 、,")
        if not words:
            yield Stage("", readable(when.of(text)), "", (when,))
            continue
        what = _source(span, search.source_range(match.end(), match.end() + len(words)))
        yield Stage(readable(what.of(text)), readable(when.of(text)), "", (Span(when.start, what.end),))


def sentence_stages(plan: Plan, text: str, summary: Passage) -> tuple[Stage, ...]:
    """Return the times that a summary's sentences set: a year with まで, から or 以降, not before the plan itself."""
    earliest = plan.valid_from or plan.established
    if earliest is None:
        return ()
    stages = []
    for span in summary.spans:
        search = read(span.of(text))
        for match in _BOUND.finditer(search.text):
            when = _source(span, search.source_range(*match.span()))
            if int(match[0][:4]) >= earliest.year:
                stages.append(Stage("", readable(when.of(text)), "", (span,)))
    return tuple(stages)


def _source(span: Span, found: tuple[int, int]) -> Span:
    return Span(span.start + found[0], span.start + found[1])
