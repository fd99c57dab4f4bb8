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
from functools import lru_cache

from ingest import eras
from ingest.formulas import FORMULAS, without_formulas
from ingest.look_alikes import LOOK_ALIKES

# CJK Radicals Supplement characters that PDF text layers put for whole letters; NFKC leaves them alone
# (source: Unicode EquivalentUnifiedIdeograph, those that occur as letters of their own).
RADICALS = str.maketrans("⺠⻑⻘⻄⻁⻤⻝⻲⻩⻫⻭⻯⻰⺟⻆⻨⻌⺼⻣⻱", "民長青西虎鬼食亀黄斉歯竜龍母角麦辶肉骨亀")
# What NFKC or RADICALS may change, with what composes with it: half-width kana with their sound marks, a letter with
# combining sound marks. ASCII, kana and the common ideographs change only before a combining mark.
_LETTERS = re.compile("[ｦ-ﾝ][ﾞﾟ]*|[^\n -~、-〟ぁ-ゖァ-ヾ一-鿿][\u3099\u309a]*|.[\u3099\u309a]+", re.DOTALL)

# A footnote mark: <sup>※1</sup>, ^{*1}, $^{※1}$, ^{**}, [※], [1], （注1）, 注1), ※12 and a lone ※, each right behind a word.
# A ※ that opens a line is a note; an exponent behind m is an area.
FOOTNOTE_MARK = re.compile(
    r"<sup>[^<]{0,12}</sup>|(?<![mMｍ])(?<![mMｍ]\$)(?:\$\s?)?\^\{[^}]{0,12}\}\$?"
    r"|[\[［][※*＊]\d*[\]］]|(?<=\S)[\[［]\^?\d{1,2}[\]］]"
    r"|(?<=[^\s(（])(?:[(（](?:脚注|注)\s?\d{0,2}|(?:脚注|注)\s?\d{1,2})[)）]"
    r"|(?<=[^\s※])※\s?\d{0,3}|(?<=\S)[†‡]+"
)
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
_SPACES = re.compile(r"\s{2,}|[^\S ]")
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
    text, origins = source, list(range(len(source)))
    if not _plain(text):
        text, origins = _substitute(text, origins, _LETTERS, _letter)
    for trigger, pattern, replace in _STEPS:
        if trigger.search(text):
            text, origins = _substitute(text, origins, pattern, replace)
    return SearchText(text, tuple(origins))


def normalise(source: str) -> str:
    """Return the search text of ``source`` alone, trimmed; questions are read by the same rules as plans.

    >>> normalise("ﾃﾞｼﾞﾀﾙ化は Ｒ７ 年度末")
    'デジタル化は2025年度末'
    """
    return _remembered(source) if len(source) <= _SHORT else _clean(source)


def _clean(source: str) -> str:
    """Return what ``read`` does, without the map, which costs most of the time."""
    text = source if _plain(source) else _LETTERS.sub(_letter, source)
    for trigger, pattern, replace in _STEPS:
        if trigger.search(text):
            text = pattern.sub(replace, text)
    return text.strip()


_remembered = lru_cache(maxsize=1 << 13)(_clean)  # a line is read as a line, as a unit, and as a part of its chunk


def _plain(text: str) -> bool:
    """Return whether NFKC and RADICALS leave a text as it is."""
    return unicodedata.is_normalized("NFKC", text) and not _RADICAL.search(text)


def readable(source: str) -> str:
    """Return plan text as people read it: its own words, without mark-up, footnote marks and layout's line breaks.

    >>> readable("AI^{*2}・<b>RPA</b>の\\n利用は令和 7 年度")
    'AI・RPAの利用は令和7年度'
    """
    plain = _MARKDOWN.sub("", html.unescape(_TAG.sub(" ", without_formulas(FOOTNOTE_MARK.sub("", source)))))
    return _SPELT.sub("", _SPACE.sub("", " ".join(plain.split())))


def _letter(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).translate(RADICALS)


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


_SHORT = 400  # characters; what is longer is read once
_RADICAL = re.compile(f"[{''.join(map(chr, RADICALS))}]")
# Each step: a letter without which its pattern has nothing to do (quick to look for), the pattern, the replacement.
_STEPS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[<^\[※注]"), FOOTNOTE_MARK, _nothing),
    *((re.compile(r"[\\$]"), pattern, replace) for pattern, replace in FORMULAS),
    (re.compile("<"), _TAG, _space),
    (re.compile("&"), _ENTITY, _unescape),
    (re.compile(r"\*\*|#|__"), _MARKDOWN, _nothing),
    (_SPACES, _SPACES, _space),
    *LOOK_ALIKES,  # while spaces still part an item's letter from its words (エ 事業)
    (re.compile(" "), _SPACE, _nothing),
    (re.compile(" "), _SPELT, _nothing),
    (re.compile("[‐‑–—―─−～〜]"), _DASHES, _dash),
    (re.compile("年|[.][0-9]"), eras.YEAR, eras.canonical),
)
