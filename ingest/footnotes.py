"""Footnote marks in the running text: which word a note hangs on."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

# <sup>※1</sup>, $^{※1}$, [※1], 注1), ※1: a sign and a number that are a mark, behind a word.
_MARK = r"(?:[※*＊]|注|脚注)?\s?[0-9０-９]{1,3}"
_USE = re.compile(
    rf"(?P<before>[^\n]{{1,40}}?)(?:<sup>[\[(（\\]?(?P<a>{_MARK})[\])）]?</sup>|\$?\^\{{[\[(（\\]?(?P<b>{_MARK})[\])）]?\}}\$?"
    rf"|[\[［](?P<c>{_MARK})[\]］]|(?P<d>(?:注|脚注)\s?[0-9０-９]{{1,3}})[)）]|(?<=\S)(?P<e>※\s?[0-9０-９]{{1,3}}))"
)
_NOTE = re.compile(rf"^[ 　]*{_MARK}", re.MULTILINE)
# The word at the end of what stands before a mark: one run of katakana, Latin letters or kanji, or what stands in quotes.
_WORD = re.compile(
    r"(?:「(?P<quoted>[^「」]{1,30})」|(?P<latin>[A-Za-z][A-Za-z0-9.&/-]*(?: [A-Za-z0-9.&/-]+)*[（(]?[^（()）]*[)）]?)"
    r"|(?<![0-9.,])(?P<word>[ァ-ヺー・]*[一-龥々]*[ァ-ヺー・一-龥々]+))$"
)
_CELL_EDGE = re.compile(r"</?t[dhr]>|[|\t]")  # before a mark: what follows the last one is a cell of a table
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]$")
_CELL = 30  # characters of a cell that names something
_SHORTEST = 2  # characters of a word on which a note may hang


def marked_word(text: str, mark: str) -> str:
    """Return the word on which a text's first mark like this one hangs, or "" where there is none.

    A mark is a sign with a number, ※3 or 注3; another sign with the same number is another note, unless a mark has none.

    >>> marked_word("窓口でＲＰＡ<sup>※1</sup>とクラウドサービス[※2]を使います。", "※2")
    'クラウドサービス'
    """
    sign, number = _parts(mark)
    words = _marked_words(text)
    if sign and (sign, number) in words:
        return words[sign, number]
    return next(
        (word for (other, n), word in words.items() if n == number and _same_sign(text, sign, other, number)), ""
    )


def _same_sign(text: str, sign: str, other: str, number: str) -> bool:
    """Return whether two signs may be one: one is lost, or OCR took ※ for * and no note of the other sign stands by itself."""
    return "" in (sign, other) or ({sign, other} == {"※", "*"} and (other, number) not in _own_notes(text))


@lru_cache(maxsize=4)
def _own_notes(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(_parts(note[0]) for note in _NOTE.finditer(text))


def _parts(mark: str) -> tuple[str, str]:
    """Return the sign of a mark, "" where it is a number alone, and its number."""
    plain = normalize("NFKC", mark)
    sign = re.search(r"[※*]|注", plain)
    return sign[0] if sign else "", "".join(re.findall(r"[0-9]", plain))


@lru_cache(maxsize=4)
def _marked_words(text: str) -> dict[tuple[str, str], str]:
    words: dict[tuple[str, str], str] = {}
    for use in _USE.finditer(text):
        mark = next(filter(None, (use[group] for group in "abcde")))
        if word := _word_before(normalize("NFKC", use["before"]).rstrip("$ ")):
            words.setdefault(_parts(mark), word)
    return words


def _word_before(text: str) -> str:
    """Return the word at a text's end, in a table the whole cell without its brackets; "" where there is none.

    >>> _word_before("<tr><td>予約システム"), _word_before("2,100\\t発生量(t/年)"), _word_before("現状は40世帯")
    ('予約システム', '発生量', '')
    """
    if _CELL_EDGE.search(text) or _IN_BRACKETS.search(text):
        cell = _IN_BRACKETS.sub("", _CELL_EDGE.split(text)[-1]).strip()
        if _CELL_EDGE.search(text) and len(cell) <= _CELL and "。" not in cell and not cell[:1].isdigit():
            return cell
        text = cell
    found = _WORD.search(text)
    word = (found["quoted"] or found["latin"] or found["word"]).strip("・ー ") if found is not None else ""
    return word if len(word) >= _SHORTEST else ""
