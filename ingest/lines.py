"""A line of a plan and what it is by its own words: heading, list item, table row, glossary entry, page furniture or text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import normalize

from ingest.document import Span
from ingest.heading_styles import heading_style, style_number


class LineKind(StrEnum):
    """What a line is."""

    BLANK = "blank"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    ENTRY = "entry"  # a glossary term on a line of its own
    FOOTNOTE = "footnote"  # a whole definition: mark, term, definition
    FIGURE = "figure"  # caption and source of a figure
    FURNITURE = "furniture"  # page numbers, rules
    CONTENTS = "contents"  # the contents page
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding white space. ``style`` names the heading or list style; ``level`` counts its #.

    ``full`` says that it is as long as lines get before the layout breaks them, ``measured`` that this is known of the text and
    not just likely for so long a line; ``indented``, that it opens a paragraph
    as Japanese print does, with an ideographic space.
    """

    span: Span
    text: str
    kind: LineKind
    style: str = ""
    level: int = 0
    full: bool = False
    measured: bool = False
    indented: bool = False


_HASHES = re.compile(r"(#{1,6})\s+")
# \uf020 to \uf0ff: bullets of symbol fonts as PDF text layers hand them on.
_BULLET = re.compile(r"(?:[-*+]\s*)?[・･•‣◦▪▫∙✓✔✅☑☐☒➢➤►▶\uf020-\uf0ff]\s*(?=\S)|[-*+]\s+(?=\S)")
_SIGN = re.compile(r"[○〇◯★☆◇]\s*(?=\S)")
_DASH = r"[-–—－―‐~～\s]*"  # what a page number stands between
_FURNITURE = re.compile(
    rf"[-–—－―‐_=*#\s■◆▼□●◎○〇◯★☆◇・]*|{_DASH}(?:[pPｐＰ][.．]?\s?)?[0-9０-９]{{1,3}}(?:\s?ページ)?{_DASH}"
    r"|[0-9]{1,3}\s?/\s?[0-9]{1,3}|[-–—－―]\s?\S{1,4}\s?[-–—－―]"  # OCR reads － 11 － as － ll －
    r"|!\[[^\]\n]*\]\([^)\n]*\)|<!--.*?-->|</?(?:div|center|p|br|figure|img)\b[^<>]*>|`{3}\w*"  # around pages and pictures
)
_ENTRY = re.compile(r"(?:\*\*)?[※＊*]\s?[0-9０-９]{1,3}[\s　]+(?P<term>[^。]{1,60}?)(?:\*\*)?")
_N = r"[0-9０-９]{1,3}"
_NOTE_MARK = (
    rf"(?:<sup>[^<\d]{{0,3}}{_N}[)）]?</sup>|[※＊*]\s?{_N}|(?:脚注|注)\s?{_N}\s?[)）]?|[\[［]\^?{_N}[\]］][:：]?)"
)
_FOOTNOTE = re.compile(
    rf"{_NOTE_MARK}\s*(?P<term>(?:[^。：:（(\s]|[（(][^）)]*[）)]|[\s　](?![\s　])){{1,60}}?)"
    r"(?:\s?[：:]\s?|[\s　]{2,}|　(?=\S{10}))(?=\S)"
)
# A note that is a sentence and does not name what it explains: the word that its mark hangs on does.
_NOTE = re.compile(
    rf"(?:<sup>[^<\d]{{0,3}}(?P<a>{_N})[)）]?</sup>|[※＊*]\s?(?P<b>{_N})(?=\s)|(?:脚注|注)\s?(?P<c>{_N})\s?[)）]"
    rf"|[\[［]\^?(?P<d>{_N})[\]］])\s*(?=\S.*。)",
    re.DOTALL,
)
# Inside a glossary no mark need stand before a term: 「用語　説明。」, 「用語：説明。」, 「【用語】説明。」.
TERM = re.compile(
    r"(?!出典|出所|資料|注|発\s*行|編\s*集|問い?合わせ|電話|所在地|住所|〒)(?:[・●○■◆＊※*]\s?)?\**(?P<box>[【〔［])?"
    r"(?P<term>[^。、：:\s*][^。：:*\n]{0,39}?)\**"
    r"(?(box)[】〕］]\s*|(?:[\s　]+[／/｜|…―–—]{1,2}[\s　]+|[\s　]{2,}|　(?=[^\n]*。)|\s?[：:]\s?\**\s?))(?=\S.{9,})",
    re.DOTALL,
)
NUMBERED_TERM = re.compile(r"[0-9０-９]{1,3}[\s　.．]+(?P<term>[^。、]{1,40})")
_PIPE_RULE = frozenset(" \t:|-")  # letters of the rule under a Markdown table's header
_SECOND_NUMBER = re.compile(r"[①-⑳]")  # ①…、②… on one line is a sentence that counts
# 1 計画の目的: a number and a space. Before a unit the number counts something.
BARE_NUMBER = re.compile(
    r"[0-9０-９]{1,2}[\s　]+(?![0-9０-９]|(?:年|月|日|人|名|歳|件|つ|か所|箇所|回|世帯|円|億|万|千|割|倍|[%％～~]))\S.{0,38}[^。、]"
)
# ■見出し 本文が続く。 or **見出し** 本文が続く。: a heading whose body stands on its own line
_INLINE = re.compile(
    r"(?P<title>[■◆▼□●◎○〇◯★☆◇][^\s。]{1,40}|\*\*[^*\n]{2,40}\*\*|【(?!図|表)[^】]{1,8}[0-9０-９①-⑳]】[^\s。]{1,60})"
    r"[\s　]+(?P<body>.{20,})",
    re.DOTALL,
)
HEADING_LIMIT = 70  # characters; the longest heading in municipal plans seen is 52, a sentence is longer
_SENTENCE_END = re.compile(r"[。、]$")


def heading_text(text: str) -> str:
    """Return a heading's words without its Markdown marks.

    >>> heading_text("### (1) Society 5.0")
    '(1) Society 5.0'
    """
    return _HASHES.sub("", text, count=1).strip("* ")


def inline_heading(line: Line) -> tuple[Line, Line] | None:
    """Return a heading and the running text that follows it on its own line as two lines, or ``None`` for any other line.

    >>> text = "■計画の期間　本計画の期間は、令和５年度から令和９年度までとします。"
    >>> [line.text for line in inline_heading(classify(text, Span(0, len(text))))]
    ['■計画の期間', '本計画の期間は、令和５年度から令和９年度までとします。']
    """
    match = _INLINE.fullmatch(line.text)
    if match is None:
        return None
    start = line.span.start
    title = replace(line, span=Span(start, start + match.end("title")), text=match["title"], full=False)
    body = Line(Span(start + match.start("body"), line.span.end), match["body"], LineKind.TEXT, full=line.full)
    return title, body


def heading_number(line: Line) -> int:
    """Return the first number in a heading's mark; 0 for an unnumbered heading.

    >>> [heading_number(classify(text, Span(0, len(text)))) for text in ("第二章 各論", "Ⅳ 体制", "2-1 現状", "■2040年")]
    [2, 4, 2, 0]
    """
    return style_number(heading_text(line.text), line.style)


def footnote_term(line: Line) -> Span:
    """Return the span of the defined term of an ENTRY or FOOTNOTE line."""
    patterns = (_FOOTNOTE, TERM) if line.kind is LineKind.FOOTNOTE else (_ENTRY, NUMBERED_TERM)
    for pattern in patterns:
        match = pattern.match(line.text) if line.kind is LineKind.FOOTNOTE else pattern.fullmatch(line.text)
        if match is not None:
            return Span(line.span.start + match.start("term"), line.span.start + match.end("term"))
    return line.span


def note_mark(line: Line) -> str:
    """Return the sign and number of a footnote that does not name its term, or "" for any other line.

    >>> note_mark(classify(text := "※３ 定型の作業を自動で行う仕組み。", Span(0, len(text))))
    '※3'
    """
    match = _NOTE.match(line.text)
    return normalize("NFKC", "".join(match[0].split())) if match and not _FOOTNOTE.match(line.text) else ""


def footnote_definition(line: Line) -> Span:
    """Return the span of the definition on a FOOTNOTE line."""
    match = _FOOTNOTE.match(line.text) or _NOTE.match(line.text) or TERM.match(line.text)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def item_text(line: Line) -> Span:
    """Return the span of a list item without its bullet (a number stays: it can be asked for)."""
    match = _BULLET.match(line.text) or (_SIGN.match(line.text) if line.style in ("○", "★") else None)
    return Span(line.span.start + match.end(), line.span.end) if match else line.span


def classify(text: str, span: Span) -> Line:
    """Return the line of ``text`` at ``span``, classified by its own words alone (see ``ingest.read_lines`` for the rest)."""
    words = span.of(text)
    if not words.strip():
        return Line(span, "", LineKind.BLANK)
    if "\t" not in words and (_is_pipe_rule(words) or _FURNITURE.fullmatch(words)):
        return Line(span, words, LineKind.FURNITURE)
    if "\t" in words or _is_pipe_row(words) or _opens_html_table(words):
        return Line(span, words, LineKind.ROW)
    if _FOOTNOTE.match(words) or _NOTE.match(words):
        return Line(span, words, LineKind.FOOTNOTE)
    if _ENTRY.fullmatch(words):
        return Line(span, words, LineKind.ENTRY)
    if (hashes := _HASHES.match(words)) is not None:
        body = words[hashes.end() :]
        style = heading_style(body) or ("n" if BARE_NUMBER.fullmatch(body) else "#" * len(hashes[1]))
        return Line(span, words, LineKind.HEADING, style, len(hashes[1]))
    if _BULLET.match(words):
        return Line(span, words, LineKind.ITEM, "☐" if words[0] in "☑☒" else words[0])
    inline = _INLINE.fullmatch(words) if words.startswith(("**", "【")) else None
    title = inline["title"] if inline else words
    style = heading_style(title[2:-2] if title.startswith("**") and title.endswith("**") else title)
    if style and style != "ⅰ" and (_is_heading(title) or style in "■□●"):
        return Line(span, words, LineKind.HEADING, style)
    if style in ("(n)", "①", "n)", "n.", "ア", "(ア)", "ⅰ") and not _SECOND_NUMBER.search(words, 1):
        return Line(span, words, LineKind.ITEM, style)
    return Line(span, words, LineKind.TEXT)


def is_html_table(line: Line) -> bool:
    """Return whether a line is a whole HTML table (``ingest.read_lines`` makes one line of it)."""
    return line.kind is LineKind.ROW and _opens_html_table(line.text)


def _opens_html_table(words: str) -> bool:
    return words[:6].lower() == "<table"


def _is_pipe_row(words: str) -> bool:
    return words[0] == words[-1] == "|" and words.count("|") > 2


def _is_pipe_rule(words: str) -> bool:
    return words[0] == words[-1] == "|" and "-" in words and _PIPE_RULE.issuperset(words)


def _is_heading(words: str) -> bool:
    return len(words) <= HEADING_LIMIT and not _SENTENCE_END.search(words)
