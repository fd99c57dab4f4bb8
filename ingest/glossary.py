"""Glossaries and notes: which lines define a word, when no mark says so or the layout broke them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import Span
from ingest.lines import NUMBERED_TERM, TERM, Line, LineKind, heading_number, heading_text
from ingest.search_text import normalise

# In normalised text, after a number or a mark.
_TITLE = re.compile(
    r"(?:第?[0-9IVX一二三四五六七八九十]+[章編節部.、)|]?|\([0-9]+\)|[■◆▼□●◎○〇◯]|(?:参考)?資料編?[0-9]*[.:|]?)?\s*"
    r"[【〔(]?(?:(?:用語|語句|言葉|ことば|キーワード)の?(?:解説|説明|集|定義|意味)|後注|脚注|注釈)集?[】〕)]?"
)
_ALONE = re.compile(r"\*\*[^*\n。]{1,40}\*\*|【[^】\n]{1,40}】")  # a term above its definition
_TERM_ALONE = re.compile(r"[^。、：:]{1,30}")
_LAST_LINES = 4  # lines of a note, and the page number below them
_CHAPTERS = frozenset({"第n編", "第n章", "章外", "第n節", "第n", "Ⅰ"})
_LETTERS = re.compile(r".{0,4}[あかさたなはまやらわ]行.{0,16}")  # a glossary in the order of the syllabary


def is_glossary_title(text: str) -> bool:
    """Return whether a heading opens a glossary.

    >>> [is_glossary_title(title) for title in ("用語の解説", "【脚注】", "第5章 用語集", "計画の期間")]
    [True, True, True, False]
    """
    return _TITLE.fullmatch(normalise(heading_text(text))) is not None


def mark_glossary_terms(lines: Sequence[Line]) -> list[Line]:
    """Inside a glossary, a numbered short line is a term, and 用語　　説明。 a definition; a short unmarked line may open one."""
    out = list(lines)
    inside, term = False, ("", 0)  # the style and number of the last term
    last: dict[str, int] = {}  # heading style -> the plan's last number in it
    for i, line in enumerate(lines):
        if line.kind not in (LineKind.TEXT, LineKind.HEADING, LineKind.ITEM):
            continue
        if is_glossary_title(line.text):
            inside, term = True, ("", 0)
            out[i] = replace(line, kind=LineKind.HEADING, style="用語" if line.style in ("", "目次") else line.style)
        elif inside and _ALONE.fullmatch(line.text) and i + 1 < len(lines) and lines[i + 1].kind is LineKind.TEXT:
            out[i] = replace(line, kind=LineKind.ENTRY)
        elif inside and _ends(line, term, last):
            inside = False
        elif inside and NUMBERED_TERM.fullmatch(line.text) and line.kind is not LineKind.ITEM:
            out[i] = replace(line, kind=LineKind.ENTRY)
            term = (line.style, heading_number(line))
        elif inside and _is_term_above(lines, i):
            out[i] = replace(line, kind=LineKind.ENTRY)
        elif inside and TERM.match(line.text):
            out[i] = replace(line, kind=LineKind.FOOTNOTE)
        if out[i].kind is LineKind.HEADING:
            last[line.style] = heading_number(line)
    return out


def _is_term_above(lines: Sequence[Line], at: int) -> bool:
    """Return whether a short line stands right above an indented definition."""
    below = lines[at + 1] if at + 1 < len(lines) else lines[at]
    short = lines[at].kind is LineKind.TEXT and not lines[at].indented and _TERM_ALONE.fullmatch(lines[at].text)
    return bool(short) and below.kind is LineKind.TEXT and below.indented


def _ends(line: Line, term: tuple[str, int], last: Mapping[str, int]) -> bool:
    """Return whether a line is the heading after a glossary: a chapter, or where the plan's own numbers go on."""
    if line.kind is not LineKind.HEADING or _LETTERS.fullmatch(heading_text(line.text)):
        return False
    if line.style in _CHAPTERS or (line.level and not NUMBERED_TERM.fullmatch(heading_text(line.text))):
        return True
    number = heading_number(line)
    if number == term[1] + 1 and line.style == (term[0] or line.style):
        return False
    return line.style in last and number == last[line.style] + 1


def join_broken_notes(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a note that the layout broke as one line, up to its last word.

    What stands right under a note that fills its line goes on with it until its sentence ends, and at a page's end up to there.
    """
    out: list[Line] = []
    for i, line in enumerate(lines):
        note = out[-1] if out and out[-1].kind is LineKind.FOOTNOTE else None
        if note and line.kind is LineKind.TEXT and _note_goes_on(note, line, lines[i : i + _LAST_LINES]):
            whole = Span(note.span.start, line.span.end)
            out[-1] = replace(note, span=whole, text=whole.of(text), full=line.full)
        else:
            out.append(line)
    return out


def _note_goes_on(note: Line, line: Line, below: Sequence[Line]) -> bool:
    """Return whether the line under a note is its next one: the sentence is open, or the page ends below."""
    if not note.text.endswith("。"):
        return note.full or line.indented
    return note.full and _ends_page(below)


def _ends_page(lines: Sequence[Line]) -> bool:
    """Return whether nothing but a few lines of text stands between here and a page's number."""
    return next((line.kind for line in lines if line.kind is not LineKind.TEXT), LineKind.TEXT) is LineKind.FURNITURE
