"""The search text: a cleaned reading of a stretch of plan, with a map back to the untouched characters.

Cleaning never touches the stored text. It undoes what printing and OCR did: full-width letters, Kangxi radicals, spaces
inside words, footnote marks, HTML and Markdown marks; and it writes every year in one form (see ``ingest.eras``).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ingest import eras

# CJK Radicals Supplement characters that PDF text layers put for whole letters; NFKC leaves them alone
# (source: Unicode EquivalentUnifiedIdeograph, those that occur as letters of their own).
RADICALS = str.maketrans("⺠⻑⻘⻄⻁⻤⻝⻲⻩⻫⻭⻯⻰⺟⻆⻨⻌⺼⻣⻱", "民長青西虎鬼食亀黄斉歯竜龍母角麦辶肉骨亀")
# What composes with its neighbours: half-width kana with their sound marks, a letter with combining sound marks.
_LETTERS = re.compile("[ｦ-ﾟ]+|.[\u3099\u309a]*", re.DOTALL)

# A footnote mark: <sup>※1</sup>, ^{*1}, ^{**}, [※], [*], ※12 and a lone ※ right after a word. A ※ that opens a line is a note.
FOOTNOTE_MARK = re.compile(r"<sup>[^<]{0,12}</sup>|\^\{[^}]{0,12}\}|\[[※*＊]\d*\]|(?<=[^\s※])※\s?\d{0,3}")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,5});")
_MARKDOWN = re.compile(r"\*\*|^\s*#{1,6}\s+|__", re.MULTILINE)
_JAPANESE = r"[\u3001-\u30ff\u3400-\u9fff()（）：；！？，．・※]"
# Spaces that layout put inside a Japanese text: beside a Japanese letter or a mark, or between spelt-out capitals (D X).
_SPACE = re.compile(rf"(?<={_JAPANESE})[ \u00a0]+(?=\S)|(?<=\S)[ \u00a0]+(?={_JAPANESE})")
# Those of them that nobody would miss when reading: between two Japanese letters, and inside dates.
_LAYOUT_SPACE = re.compile(
    rf"(?<={_JAPANESE}) (?={_JAPANESE})|(?<=[和成治正]) (?=[0-9０-９元])|(?<=[0-9０-９元]) (?=[年月日人件])"
)
_SPELT = re.compile(r"(?<=(?<![A-Za-z])[A-Z]) (?=[A-Z](?![A-Za-z]))")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[‐‑–—―─−]+(?=[^\s>▶\-])|[～〜](?=.)")


@dataclass(frozen=True, slots=True)
class SearchText:
    """Cleaned text and, for each of its characters, the position of the source character that it comes from."""

    text: str
    origins: tuple[int, ...]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range ``[start, end)`` behind the cleaned range ``[start, end)`` (``start < end``)."""
        return self.origins[start], self.origins[end - 1] + 1


def read(source: str) -> SearchText:
    """Return the search text of ``source`` with its map back.

    >>> read("D X 推進<sup>※1</sup>は令和 ５ 年度").text
    'DX推進は2023年度'
    """
    text, origins = _normalise_letters(source)
    for pattern, replace in (
        (FOOTNOTE_MARK, _nothing),
        (_TAG, _space),
        (_ENTITY, _unescape),
        (_MARKDOWN, _nothing),
        (_SPACES, _space),
        (_SPACE, _nothing),
        (_SPELT, _nothing),
        (_DASHES, _dash),
        (eras.YEAR, eras.canonical),
    ):
        text, origins = _substitute(text, origins, pattern, replace)
    return SearchText(text, tuple(origins))


def normalise(source: str) -> str:
    """Return the search text of ``source`` alone, trimmed; questions are read by the same rules as plans.

    >>> normalise("ﾃﾞｼﾞﾀﾙ化は Ｒ７ 年度末")
    'デジタル化は2025年度末'
    """
    return read(source).text.strip()


def readable(source: str) -> str:
    """Return plan text as people read it: its own words, without mark-up, footnote marks and layout's line breaks.

    >>> readable("AI^{*2}・<b>RPA</b>の\\n利用は令和 7 年度")
    'AI・RPAの利用は令和7年度'
    """
    plain = _MARKDOWN.sub("", html.unescape(_TAG.sub(" ", FOOTNOTE_MARK.sub("", source))))
    return _SPELT.sub("", _SPACE.sub("", " ".join(plain.split())))


def _normalise_letters(source: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    origins: list[int] = []
    for match in _LETTERS.finditer(source):
        piece = unicodedata.normalize("NFKC", match[0]).translate(RADICALS)
        at = match.start()
        width = len(match[0])
        for i, letter in enumerate(piece):
            letters.append(letter)
            origins.append(at + min(i * width // max(len(piece), 1), width - 1))
    return "".join(letters), origins


def _substitute(
    text: str, origins: list[int], pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> tuple[str, list[int]]:
    out: list[str] = []
    out_origins: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = replace(match)
        out.append(text[last:start])
        out_origins += origins[last:start]
        out.append(new)
        # spread the new letters over the replaced ones so that first and last point at the ends of what they stand for
        width = end - start
        out_origins += [
            origins[end - 1 if i == len(new) - 1 else start + i * width // len(new)] for i in range(len(new))
        ]
        last = end
    return "".join([*out, text[last:]]), out_origins + origins[last:]


def _nothing(match: re.Match[str]) -> str:
    return ""


def _space(match: re.Match[str]) -> str:
    return " "


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _dash(match: re.Match[str]) -> str:
    return "~" if match[0] in "～〜" else "-"
