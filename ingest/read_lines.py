"""The lines of a plan, each with what it is, told from its own words and from the lines around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import Span
from ingest.lines import HEADING_LIMIT, NUMBERED_TERM, Line, LineKind, classify, heading_number, heading_text
from ingest.search_text import normalise
from ingest.sentences import trim

_CONTENTS_TITLE = re.compile(r"[\W_]*(?:目\s*次|もくじ|contents)[\W_]*", re.IGNORECASE)
_LEADER = re.compile(r"[\s.．…・‥]+[0-9０-９]{0,3}\s*$")
_PAGE_NUMBER = re.compile(
    r"(?:[.．…・‥]{2,}\s*|\s+)[0-9０-９]{1,3}\s*$"
)  # what an entry ends with and a heading does not
_LEADERS = re.compile(r"[.．…]{4}")
# In normalised text, after a number or a mark.
_GLOSSARY_TITLE = re.compile(
    r"(?:第?[0-9IVX一二三四五六七八九十]+[章編節部.、)]?|\([0-9]+\)|[■◆▼□●◎○〇◯]|(?:参考)?資料編?[0-9]*[.:]?)?\s*"
    r"[【〔(]?(?:用語の?(?:解説|説明|集|定義)|後注|脚注|注釈|語句の説明)集?[】〕)]?"
)
# 1 計画の目的: a number and a space. Before a unit the number counts something.
_BARE_NUMBER = re.compile(
    r"[0-9０-９]{1,2}[\s　]+(?![0-9０-９]|(?:年|月|日|人|名|歳|件|つ|か所|箇所|回|世帯|円|億|万|千|割|倍|[%％～~]))\S.{0,38}[^。、]"
)
# What a figure shows, and what stands under one.
_FIGURE = re.compile(
    r"[【〔〈《].{2,40}(?:推移|予測|見通し|推計|内訳|割合|比率|構成比?|分布|比較|グラフ|図|イメージ|フロー)[】〕〉》]"
)
_SOURCE = re.compile(r"[(（]?(?:資料|出典|出所)[:：)）]|※")
_GAP = 2  # lines from a heading to its text, the blank one between them counted
_RUNS = frozenset({"n.", "n", "(n)", "n)", "ア", "(ア)", "①", "●", "○", "★", "■", "□"})
_CHAPTERS = frozenset({"第n章", "第n節", "第n", "Ⅰ"})


def read_lines(text: str) -> list[Line]:
    """Return every line of ``text`` with its kind."""
    lines = [classify(text, span) for span in _line_spans(text)]
    for look_around in (
        _mark_contents,
        _mark_captions,
        _mark_bare_numbers,
        _runs_are_lists,
        _mark_glossary_terms,
    ):
        lines = look_around(lines)
    return lines


def is_glossary_title(text: str) -> bool:
    """Return whether a heading opens a glossary.

    >>> [is_glossary_title(title) for title in ("用語の解説", "【脚注】", "第5章 用語集", "計画の期間")]
    [True, True, True, False]
    """
    return _GLOSSARY_TITLE.fullmatch(normalise(heading_text(text))) is not None


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        # tabs at the ends are empty table cells, not white space
        start, end = at, at + len(raw.rstrip("\r\n\f"))
        spans.append(Span(start, end) if "\t" in raw else trim(text, start, end))
        at += len(raw)
    return spans


def _mark_contents(lines: Sequence[Line]) -> list[Line]:
    """Mark the contents page: from its title until one of its entries comes again, or running text begins."""
    out = list(lines)
    for start, line in enumerate(lines):
        if not _CONTENTS_TITLE.fullmatch(line.text):
            continue
        seen: set[str] = set()
        for i in range(start, len(lines)):
            words = lines[i].text
            title = normalise(_LEADER.sub("", heading_text(words)))
            again = i > start and _said_before(title, seen)
            if again and not _PAGE_NUMBER.search(words):
                break
            if words.endswith("。") or (len(words) > HEADING_LIMIT and not _LEADERS.search(words)):
                break
            seen.add(title)
            out[i] = replace(lines[i], kind=LineKind.CONTENTS)
    return out


def _said_before(title: str, entries: set[str]) -> bool:
    """Return whether a line is an entry of the contents page come again; an entry may be shorter, or carry a number of its own."""
    return any(
        len(entry) >= 4 and (title.startswith(entry) or (len(title) >= 4 and entry.endswith(title)))
        for entry in entries
    )


def _mark_captions(lines: Sequence[Line]) -> list[Line]:
    """Turn a bracketed line that names a figure into text where the figure itself, or its source, stands below it.

    Of a figure that OCR lost only blank lines are left.
    """
    out = list(lines)
    for i, line in enumerate(lines):
        if line.kind is LineKind.HEADING and not line.level and _FIGURE.fullmatch(line.text):
            below = next((j for j in range(i + 1, len(lines)) if lines[j].text), len(lines))
            if below - i > _GAP or (below < len(lines) and _SOURCE.match(lines[below].text)):
                out[i] = replace(line, kind=LineKind.TEXT, style="")
    return out


def _mark_bare_numbers(lines: Sequence[Line]) -> list[Line]:
    """Turn a short line that opens with a number and a space into a heading where it does not go on with text above."""
    out = list(lines)
    above = LineKind.BLANK
    for i, line in enumerate(lines):
        apart = above not in (LineKind.TEXT, LineKind.ITEM, LineKind.ENTRY)
        if line.kind is LineKind.TEXT and apart and _BARE_NUMBER.fullmatch(line.text):
            out[i] = replace(line, kind=LineKind.HEADING, style="n")
        above = out[i].kind
    return out


def _runs_are_lists(lines: Sequence[Line]) -> list[Line]:
    """Turn numbered headings that follow each other line on line into list items; boxes to tick (□) also over blank lines."""
    out = list(lines)
    for i, line in enumerate(lines):
        if line.kind is LineKind.HEADING and not line.level and line.style in _RUNS:
            neighbours = [lines[j] for step in (-1, 1) if 0 <= (j := _neighbour(lines, i, step)) < len(lines)]
            if any(n.style == line.style and n.kind in (LineKind.HEADING, LineKind.ITEM) for n in neighbours):
                out[i] = replace(line, kind=LineKind.ITEM)
    return out


def _neighbour(lines: Sequence[Line], at: int, step: int) -> int:
    """Return the index of the line beside one; of a box, the next one with words, for nobody puts a heading to be ticked."""
    beside = at + step
    while lines[at].style == "□" and 0 <= beside < len(lines) and lines[beside].kind is LineKind.BLANK:
        beside += step
    return beside


def _mark_glossary_terms(lines: Sequence[Line]) -> list[Line]:
    """Inside a glossary, a numbered short line is a term; a short unmarked line may open the glossary itself."""
    out = list(lines)
    inside, term = False, ("", 0)  # the style and number of the last term
    last: dict[str, int] = {}  # heading style -> the plan's last number in it
    for i, line in enumerate(lines):
        if line.kind not in (LineKind.TEXT, LineKind.HEADING):
            continue
        if is_glossary_title(line.text):
            inside, term = True, ("", 0)
            out[i] = replace(line, kind=LineKind.HEADING, style=line.style or "用語")
        elif inside and _ends_glossary(line, term, last):
            inside = False
        elif inside and NUMBERED_TERM.fullmatch(line.text):
            out[i] = replace(line, kind=LineKind.ENTRY)
            term = (line.style, heading_number(line))
        if out[i].kind is LineKind.HEADING:
            last[line.style] = heading_number(line)
    return out


def _ends_glossary(line: Line, term: tuple[str, int], last: Mapping[str, int]) -> bool:
    """Return whether a line is the heading after a glossary: a chapter, or where the plan's own numbers go on."""
    if line.kind is not LineKind.HEADING:
        return False
    if line.style in _CHAPTERS or (line.level and not NUMBERED_TERM.fullmatch(heading_text(line.text))):
        return True
    number = heading_number(line)
    if number == term[1] + 1 and line.style == (term[0] or line.style):
        return False
    return line.style in last and number == last[line.style] + 1
