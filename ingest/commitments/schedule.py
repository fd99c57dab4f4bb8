"""When a measure is carried out: from the columns of a table, from a labelled text, from the sentences of a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.commitments.commitment import END_LOST, WHEN_LOST, Passage, Stage
from ingest.commitments.words import Role, is_time, role_of
from ingest.document import Cell, Plan, Row, Span
from ingest.eras import western_year
from ingest.search_text import read, readable
from ingest.tables.row_words import is_arrow

_MARK = re.compile(r"[○●◎◯〇■□△☆★✓✔・]")  # says "in this year" and nothing else
_NOTHING = re.compile(
    r"[-－―—ー‐–]?"
)  # a blank cell, or the dash that stands for one; an arrow is longer or has a head
_YEARS = r"\d{4}年度?(?:\d{1,2}月)?"
# 令和7年度：対象の選定 令和8年度～令和9年度：導入, as the search text has it
_DATED = re.compile(rf"(?P<when>{_YEARS}(?:末|以降)?(?:[~-](?:{_YEARS})?)?)\s?[::]\s?")
# A year in a sentence that says until or from when, or in which year; a year in a law's name or of something past says neither.
_PART = r"(?:末|中|当初|上半期|下半期)?"
_ANY_YEAR = rf"(?:{_YEARS}|(?:令和|平成|[RHS])\d{{1,2}}(?:年度?)?)"
_SET = re.compile(
    rf"(?P<range>{_ANY_YEAR}[~-](?:{_ANY_YEAR}|\d{{1,2}}年度)(?:まで)?(?:の間)?)"
    rf"|(?P<bound>{_YEARS}{_PART}(?:まで|から|以降)(?:の間)?)"
    rf"|(?P<within>{_YEARS}{_PART})(?=に(?!は?(?:おける|おいて|対|関|比|定|策定|決定|閣議|施行|改正|基づ))|より|を(?:目途|目標|めど))"
    r"|(?P<often>毎年度?(?!の)|毎[月週](?:\d{1,2}回)?|(?<![\d計間])[年月]に?\d{1,2}回(?!分|以上|数|目)(?:程度)?)"
)
_ERA = re.compile(r"(?P<western>\d{4})|(?P<era>令和|平成|[RHS])(?P<n>\d{1,2})")
_PAST = re.compile(r"た(?:もの|ところ|こと)?(?:です)?[。)]?$")
Legend = Mapping[str, tuple[str, Span]]  # a mark of a schedule -> its words and where the plan explains it


def row_stages(row: Row, what: str, what_spans: tuple[Span, ...], legend: Legend | None = None) -> tuple[Stage, ...]:
    """Return the entries that a table row makes: one for each stated time, or for each stretch of equal cells under years.

    A lone arrow says when something begins; where it ended is lost with the drawing, unless the arrows of this table stand
    for a year each: ``legend`` explains them, or several stand in the row.
    """
    stated = [c for c in row.cells if role_of(c.column) is Role.WHEN and not is_time(c.column)]
    stated = [c for c in stated if not _NOTHING.fullmatch(c.value) and c.value != what]
    entries = [Stage(what, cell.value, "", (*what_spans, cell.span)) for cell in stated]
    years = [cell for cell in row.cells if is_time(cell.column)]
    filled = [cell.value for cell in years if not _NOTHING.fullmatch(cell.value)]
    yearly = sum(map(is_arrow, filled)) > 1 or any(map(is_arrow, legend or ()))
    marks = {value for value in filled if _MARK.fullmatch(value)}
    legend = legend or dict.fromkeys(marks if len(marks) > 1 else (), ("", row.header))
    for cells in _stretches(years):
        stage = _stretch(row, (what, what_spans), cells, legend)
        lost = is_arrow(cells[0].value) and len(cells) == 1 and not yearly and cells[0] is not years[-1]
        entries.append(replace(stage, doubt=END_LOST if lost else ""))
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


def _stretch(row: Row, said: tuple[str, tuple[Span, ...]], cells: Sequence[Cell], legend: Legend) -> Stage:
    """Return the entry of a stretch of cells; ``said`` is what is done and where that stands."""
    what, what_spans = said
    first, last = cells[0], cells[-1]
    words = "" if is_arrow(first.value) or _MARK.fullmatch(first.value) else first.value
    explained: tuple[Span, ...] = ()
    if not words and first.value in legend:
        meaning, place = legend[first.value]
        words = f"{first.value}（{meaning}）" if meaning else first.value
        explained = (place,) if meaning else ()
    return Stage(
        what="：".join(filter(None, (what, words))),
        when=first.column,
        until=last.column if last is not first else "",
        spans=tuple(dict.fromkeys((row.header, *what_spans, *(cell.span for cell in cells), *explained))),
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
    """Return the times that a summary's sentences set: from or until when, in which year, how often.

    A year before the plan itself tells of the past, and so does a sentence that ends in it.
    """
    earliest = plan.valid_from or plan.established
    stages = []
    for span in summary.spans:
        search = read(span.of(text))
        past = _PAST.search(search.text) is not None
        for match in _SET.finditer(search.text):
            year = _year(match)
            if match["often"] is None and (earliest is None or year < earliest.year or (past and match["within"])):
                continue
            when = _source(span, search.source_range(*match.span(match.lastgroup or 0)))
            stages.append(Stage("", readable(when.of(text)), "", (span,)))
    return tuple(dict.fromkeys(stages))


def _year(match: re.Match[str]) -> int:
    """Return the first year of a time, 0 where it names none."""
    found = _ERA.search(match[0])
    if found is None:
        return 0
    return int(found["western"]) if found["western"] else western_year(found["era"], found["n"])


def _source(span: Span, found: tuple[int, int]) -> Span:
    return Span(span.start + found[0], span.start + found[1])
