"""The lines of a plan, each with what it is: heading, list item, table row, glossary entry, page furniture or text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.document import Span
from ingest.search_text import normalise
from ingest.sentences import trim


class LineKind(StrEnum):
    """What a line is."""

    BLANK = "blank"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    ENTRY = "entry"  # a glossary term on a line of its own
    FOOTNOTE = "footnote"  # a whole definition: mark, term, definition
    FURNITURE = "furniture"  # page numbers, rules
    CONTENTS = "contents"  # the contents page
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding white space. ``style`` names the heading or list style; ``level`` counts its #."""

    span: Span
    text: str
    kind: LineKind
    style: str = ""
    level: int = 0


# Marks that number or open a heading. The order matters: the first that matches names the style.
HEADING_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第n章", re.compile(r"第\s?[0-9０-９一二三四五六七八九十]+\s?[章編部]")),
    ("第n節", re.compile(r"第\s?[0-9０-９一二三四五六七八九十]+\s?節")),
    ("n-n-n", re.compile(r"[0-9０-９]+[-－‐.．][0-9０-９]+[-－‐.．][0-9０-９]+[\s　]")),
    ("n-n", re.compile(r"[0-9０-９]+[-－‐][0-9０-９]+[\s　]")),
    ("n.n", re.compile(r"[0-9０-９]+[.．][0-9０-９]+[\s　]")),
    ("n.", re.compile(r"[0-9０-９]+\s?[.．、](?![0-9０-９])")),
    ("(n)", re.compile(r"[(（][0-9０-９一二三四五六七八九十]+[)）]")),
    ("n)", re.compile(r"[0-9０-９]+[)）]")),
    ("名n", re.compile(r"[\u4e00-\u9fff]{2,6}\s?[0-9０-９]{1,2}\s?[：:.．]")),  # 基本目標 1：
    ("①", re.compile(r"[①-⑳]")),
    ("■", re.compile(r"[■◆▼□]")),
    ("●", re.compile(r"[●◎]")),
    ("○", re.compile(r"[○〇◯]")),
    ("★", re.compile(r"[★☆◇]")),
    ("【】", re.compile(r"【[^】]+】$")),
    ("〔〕", re.compile(r"〔[^〕]+〕$")),
    ("〈〉", re.compile(r"[〈《≪<＜][^〉》≫>＞]{2,}[〉》≫>＞]$")),
    ("『』", re.compile(r"『[^』]+』$")),
)
_HASHES = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"(?:[-*+]\s*)?[・･✓✔➢]\s*(?=\S)|[-*+]\s+(?=\S)")
_RULE_OR_NUMBER = re.compile(r"[-–—_=*\s]*|[-–—\s]*[0-9０-９]{1,3}[-–—\s]*|[0-9]{1,3}\s?/\s?[0-9]{1,3}")
_ENTRY = re.compile(r"(?:\*\*)?[※＊*]\s?[0-9０-９]{1,3}[\s　]+(?P<term>[^。]{1,60}?)(?:\*\*)?")
_FOOTNOTE = re.compile(r"(?:<sup>[^<\d]{0,3}[0-9]{1,3}</sup>|[※＊*]\s?[0-9]{1,3}|\[\^?[0-9]{1,3}\]:?)\s*(?P<term>(?:[^。：:（(]|[（(][^）)]*[）)]){1,60})[：:]\s?(?=\S)")
_NUMBERED_TERM = re.compile(r"[0-9０-９]{1,3}[\s　.．]+(?P<term>[^。、]{1,40})")
_CONTENTS_TITLE = re.compile(r"(?:#+\s*)?目\s*次|(?:#+\s*)?contents", re.IGNORECASE)
_LEADER = re.compile(r"[\s.．…・‥\t]+[0-9０-９]{0,3}\s*$")
_GLOSSARY_TITLE = re.compile(r"(?:[【〔(]?)(?:用語の?(?:解説|説明|集|定義)|後注|脚注|注釈|語句の説明|資料編?用語.*)(?:[】〕)]?)$")
_SECOND_NUMBER = re.compile(r"[①-⑳]")  # ①…、②… on one line is a sentence that counts
HEADING_LIMIT = 70  # characters; the longest heading in municipal plans seen is 52, a sentence is longer
_SENTENCE_END = re.compile(r"[。、]$")


def read_lines(text: str) -> list[Line]:
    """Return every line of ``text`` with its kind."""
    spans = _line_spans(text)
    lines = [_classify(text, span) for span in spans]
    lines = _mark_contents(lines)
    lines = _runs_are_lists(lines)
    return _mark_glossary_terms(lines)


def is_glossary_title(text: str) -> bool:
    """Return whether a heading opens a glossary.

    >>> is_glossary_title("用語の解説"), is_glossary_title("【脚注】"), is_glossary_title("計画の期間")
    (True, True, False)
    """
    return _GLOSSARY_TITLE.match(normalise(heading_text(text))) is not None


def heading_text(text: str) -> str:
    """Return a heading's words without its Markdown marks.

    >>> heading_text("### (1) Society 5.0")
    '(1) Society 5.0'
    """
    return _HASHES.sub("", text, count=1).strip("* ")


def footnote_term(line: Line) -> Span:
    """Return the span of the defined term of an ENTRY or FOOTNOTE line."""
    patterns = (_FOOTNOTE,) if line.kind is LineKind.FOOTNOTE else (_ENTRY, _NUMBERED_TERM)
    for pattern in patterns:
        match = pattern.match(line.text) if line.kind is LineKind.FOOTNOTE else pattern.fullmatch(line.text)
        if match is not None:
            return Span(line.span.start + match.start("term"), line.span.start + match.end("term"))
    return line.span


def footnote_definition(line: Line) -> Span:
    """Return the span of the definition on a FOOTNOTE line."""
    match = _FOOTNOTE.match(line.text)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def item_text(line: Line) -> Span:
    """Return the span of a list item without its bullet (a number stays: it can be asked for)."""
    match = _BULLET.match(line.text)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        # tabs at the ends are empty table cells, not white space
        start, end = at, at + len(raw.rstrip("\r\n"))
        spans.append(Span(start, end) if "\t" in raw else trim(text, start, end))
        at += len(raw)
    return spans


def _classify(text: str, span: Span) -> Line:
    words = span.of(text)
    if not words.strip():
        return Line(span, "", LineKind.BLANK)
    if "\t" in words:
        return Line(span, words, LineKind.ROW)
    if _FOOTNOTE.match(words):
        return Line(span, words, LineKind.FOOTNOTE)
    if _ENTRY.fullmatch(words):
        return Line(span, words, LineKind.ENTRY)
    if (hashes := _HASHES.match(words)) is not None:
        body = words[hashes.end() :]
        return Line(span, words, LineKind.HEADING, _style(body) or "#" * len(hashes[1]), len(hashes[1]))
    if _RULE_OR_NUMBER.fullmatch(words):
        return Line(span, words, LineKind.FURNITURE)
    if _BULLET.match(words):
        return Line(span, words, LineKind.ITEM, words[0])
    style = _style(words)
    if style and (_is_heading(words) or style in "■●"):
        return Line(span, words, LineKind.HEADING, style)
    if style in ("(n)", "①", "n)") and not _SECOND_NUMBER.search(words, 1):
        return Line(span, words, LineKind.ITEM, style)
    return Line(span, words, LineKind.TEXT)


def _style(words: str) -> str:
    return next((name for name, pattern in HEADING_STYLES if pattern.match(words)), "")


def _is_heading(words: str) -> bool:
    return len(words) <= HEADING_LIMIT and not _SENTENCE_END.search(words)


def _mark_contents(lines: list[Line]) -> list[Line]:
    """Mark the contents page: from its title until one of its entries comes again, or running text begins."""
    out = list(lines)
    for start, line in enumerate(lines):
        if not _CONTENTS_TITLE.fullmatch(line.text):
            continue
        seen: set[str] = set()
        for i in range(start, len(lines)):
            title = normalise(_LEADER.sub("", heading_text(lines[i].text)))
            repeated = i > start and any(title.startswith(entry) for entry in seen if len(entry) >= 4)
            if repeated or len(lines[i].text) > HEADING_LIMIT and not re.search(r"[.．…]{4}", lines[i].text):
                break
            seen.add(title)
            out[i] = replace(lines[i], kind=LineKind.CONTENTS)
    return out


def _runs_are_lists(lines: list[Line]) -> list[Line]:
    """Turn numbered headings that follow each other line on line into list items."""
    out = list(lines)
    runnable = {"n.", "(n)", "n)", "①", "●", "○", "★"}
    for i, line in enumerate(lines):
        if line.kind is LineKind.HEADING and not line.level and line.style in runnable:
            neighbours = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
            if any(n.style == line.style and n.kind in (LineKind.HEADING, LineKind.ITEM) for n in neighbours):
                out[i] = replace(line, kind=LineKind.ITEM)
    return out


def _mark_glossary_terms(lines: list[Line]) -> list[Line]:
    """Inside a glossary, a numbered short line is a term; a short unmarked line may open the glossary itself."""
    out = list(lines)
    inside = False
    for i, line in enumerate(lines):
        if line.kind in (LineKind.TEXT, LineKind.HEADING) and is_glossary_title(line.text):
            inside = True
            out[i] = replace(line, kind=LineKind.HEADING, style=line.style or "用語")
        elif inside and line.kind is LineKind.HEADING and line.level and not _NUMBERED_TERM.fullmatch(heading_text(line.text)):
            inside = False
        elif inside and line.kind in (LineKind.TEXT, LineKind.HEADING) and _NUMBERED_TERM.fullmatch(line.text):
            out[i] = replace(line, kind=LineKind.ENTRY)
    return out
