"""A line of a plan and what it is by its own words: heading, list item, table row, glossary entry, page furniture or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize, numeric

from ingest.document import Span
from ingest.eras import kanji_number


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
    ("第n", re.compile(r"第\s?[0-9０-９一二三四五六七八九十]+[\s　]")),
    ("Ⅰ", re.compile(r"[Ⅰ-Ⅻ][\s　.．、]")),
    ("n-n-n", re.compile(r"[0-9０-９]+[-－‐.．][0-9０-９]+[-－‐.．][0-9０-９]+[\s　]")),
    ("n-n", re.compile(r"[0-9０-９]+[-－‐][0-9０-９]+[\s　]")),
    ("n.n", re.compile(r"[0-9０-９]+[.．][0-9０-９]+[\s　]")),
    ("n.", re.compile(r"[0-9０-９]+\s?[.．、](?![0-9０-９])")),
    ("(n)", re.compile(r"[(（][0-9０-９一二三四五六七八九十]+[)）]")),
    ("n)", re.compile(r"[0-9０-９]+[)）]")),
    ("名n", re.compile(r"[\u4e00-\u9fff]{2,6}\s?[0-9０-９]{1,2}\s?[：:.．]")),  # 基本目標 1：
    ("ア", re.compile(r"[アイウエオカキクケコ][\s　.．、)）]")),
    ("(ア)", re.compile(r"[(（][アイウエオカキクケコ][)）]")),
    ("①", re.compile(r"[①-⑳]")),
    ("■", re.compile(r"[■◆▼]")),
    ("□", re.compile(r"□")),
    ("●", re.compile(r"[●◎]")),
    ("○", re.compile(r"[○〇◯]")),
    ("★", re.compile(r"[★☆◇]")),
    ("【】", re.compile(r"【[^】]+】$")),
    ("〔〕", re.compile(r"〔[^〕]+〕$")),
    ("〈〉", re.compile(r"[〈《≪<＜][^〉》≫>＞]{2,}[〉》≫>＞]$")),
    ("『』", re.compile(r"『[^』]+』$")),
)
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_NUMBER = re.compile(rf"[0-9０-９]+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|[{_ROMAN}]")
_HASHES = re.compile(r"(#{1,6})\s+")
# \uf020 to \uf0ff: bullets of symbol fonts as PDF text layers hand them on.
_BULLET = re.compile(r"(?:[-*+]\s*)?[・･•‣◦▪▫∙✓✔✅➢➤►▶\uf020-\uf0ff]\s*(?=\S)|[-*+]\s+(?=\S)")
_RULE_OR_NUMBER = re.compile(r"[-–—_=*#\s■◆▼□●◎○〇◯★☆◇・]*|[-–—\s]*[0-9０-９]{1,3}[-–—\s]*|[0-9]{1,3}\s?/\s?[0-9]{1,3}")
_ENTRY = re.compile(r"(?:\*\*)?[※＊*]\s?[0-9０-９]{1,3}[\s　]+(?P<term>[^。]{1,60}?)(?:\*\*)?")
_FOOTNOTE = re.compile(
    r"(?:<sup>[^<\d]{0,3}[0-9]{1,3}</sup>|[※＊*]\s?[0-9０-９]{1,3}|注\s?[0-9０-９]{1,3}[)）]?|\[\^?[0-9]{1,3}\]:?)\s*"
    r"(?P<term>(?:[^。：:（(]|[（(][^）)]*[）)]){1,60})[：:]\s?(?=\S)"
)
# A note that is a sentence and does not name what it explains: the word that its mark hangs on does.
_NOTE = re.compile(r"(?:<sup>[^<\d]{0,3}(?P<a>[0-9]{1,3})</sup>|[※＊*]\s?(?P<b>[0-9０-９]{1,3}))[\s　]+(?=\S.*。)")
NUMBERED_TERM = re.compile(r"[0-9０-９]{1,3}[\s　.．]+(?P<term>[^。、]{1,40})")
_PIPE_ROW = re.compile(r"\|.*\|.*\|", re.DOTALL)  # a row of a Markdown table
_PIPE_RULE = re.compile(r"\|[\s:|-]*-[\s:|-]*\|")  # the rule under its header
_SECOND_NUMBER = re.compile(r"[①-⑳]")  # ①…、②… on one line is a sentence that counts
HEADING_LIMIT = 70  # characters; the longest heading in municipal plans seen is 52, a sentence is longer
_SENTENCE_END = re.compile(r"[。、]$")


def heading_text(text: str) -> str:
    """Return a heading's words without its Markdown marks.

    >>> heading_text("### (1) Society 5.0")
    '(1) Society 5.0'
    """
    return _HASHES.sub("", text, count=1).strip("* ")


def heading_number(line: Line) -> int:
    """Return the first number in a heading's mark; 0 for an unnumbered heading.

    >>> [heading_number(classify(text, Span(0, len(text)))) for text in ("第二章 各論", "Ⅳ 体制", "2-1 現状", "■2040年")]
    [2, 4, 2, 0]
    """
    pattern = dict(HEADING_STYLES).get(line.style, _NUMBER if line.style == "n" else None)
    mark = pattern.match(heading_text(line.text)) if pattern else None
    number = _NUMBER.search(mark[0]) if mark else None
    if number is None:
        return 0
    return int(numeric(number[0])) if number[0] in _ROMAN else kanji_number(number[0])


def footnote_term(line: Line) -> Span:
    """Return the span of the defined term of an ENTRY or FOOTNOTE line."""
    patterns = (_FOOTNOTE,) if line.kind is LineKind.FOOTNOTE else (_ENTRY, NUMBERED_TERM)
    for pattern in patterns:
        match = pattern.match(line.text) if line.kind is LineKind.FOOTNOTE else pattern.fullmatch(line.text)
        if match is not None:
            return Span(line.span.start + match.start("term"), line.span.start + match.end("term"))
    return line.span


def note_number(line: Line) -> str:
    """Return the number of a footnote that does not name its term, or "" for any other line.

    >>> note_number(classify(text := "※3 定型の作業を自動で行う仕組み。", Span(0, len(text))))
    '3'
    """
    match = _NOTE.match(line.text)
    return normalize("NFKC", match["a"] or match["b"]) if match and not _FOOTNOTE.match(line.text) else ""


def footnote_definition(line: Line) -> Span:
    """Return the span of the definition on a FOOTNOTE line."""
    match = _FOOTNOTE.match(line.text) or _NOTE.match(line.text)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def item_text(line: Line) -> Span:
    """Return the span of a list item without its bullet (a number stays: it can be asked for)."""
    match = _BULLET.match(line.text)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def classify(text: str, span: Span) -> Line:
    """Return the line of ``text`` at ``span``, classified by its own words alone (see ``ingest.read_lines`` for the rest)."""
    words = span.of(text)
    if not words.strip():
        return Line(span, "", LineKind.BLANK)
    if "\t" not in words and (_PIPE_RULE.fullmatch(words) or _RULE_OR_NUMBER.fullmatch(words)):
        return Line(span, words, LineKind.FURNITURE)
    if "\t" in words or _PIPE_ROW.fullmatch(words):
        return Line(span, words, LineKind.ROW)
    if _FOOTNOTE.match(words) or _NOTE.match(words):
        return Line(span, words, LineKind.FOOTNOTE)
    if _ENTRY.fullmatch(words):
        return Line(span, words, LineKind.ENTRY)
    if (hashes := _HASHES.match(words)) is not None:
        body = words[hashes.end() :]
        return Line(span, words, LineKind.HEADING, _style(body) or "#" * len(hashes[1]), len(hashes[1]))
    if _BULLET.match(words):
        return Line(span, words, LineKind.ITEM, words[0])
    style = _style(words[2:-2] if words.startswith("**") and words.endswith("**") else words)
    if style and (_is_heading(words) or style in "■□●"):
        return Line(span, words, LineKind.HEADING, style)
    if style in ("(n)", "①", "n)", "ア", "(ア)") and not _SECOND_NUMBER.search(words, 1):
        return Line(span, words, LineKind.ITEM, style)
    return Line(span, words, LineKind.TEXT)


def _style(words: str) -> str:
    return next((name for name, pattern in HEADING_STYLES if pattern.match(words)), "")


def _is_heading(words: str) -> bool:
    return len(words) <= HEADING_LIMIT and not _SENTENCE_END.search(words)
