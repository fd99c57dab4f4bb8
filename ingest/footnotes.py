"""Footnote marks in the running text: which word a note hangs on."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

# <sup>※1</sup>, ^{*1}, [※1], ※1: a number that is a mark, behind a word.
_USE = re.compile(
    r"(?P<before>[^\n]{1,40}?)(?:<sup>[^<\d]{0,3}(?P<a>[0-9]{1,3})</sup>|\^\{[^}\d]{0,3}(?P<b>[0-9]{1,3})\}"
    r"|\[[※*＊](?P<c>[0-9]{1,3})\]|(?<=\S)※\s?(?P<d>[0-9]{1,3}))"
)
# The word at the end of what stands before a mark: one run of katakana, Latin letters or kanji, or what stands in quotes.
_WORD = re.compile(
    r"(?:「(?P<quoted>[^「」]{1,30})」|(?P<latin>[A-Za-z][A-Za-z0-9.&/-]*(?: [A-Za-z0-9.&/-]+)*[（(]?[^（()）]*[)）]?)"
    r"|(?P<word>[ァ-ヺー・]*[一-龥々]*[ァ-ヺー・一-龥々]+))$"
)


def marked_word(text: str, number: str) -> str:
    """Return the word on which a text's first mark with this number hangs, or "" where there is none.

    >>> marked_word("窓口でＲＰＡ<sup>※1</sup>とクラウドサービス[※2]を使います。", "2")
    'クラウドサービス'
    """
    return _marked_words(text).get(number, "")


@lru_cache(maxsize=4)
def _marked_words(text: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for use in _USE.finditer(text):
        number = use["a"] or use["b"] or use["c"] or use["d"]
        found = _WORD.search(normalize("NFKC", use["before"]).rstrip())
        if found is not None:
            words.setdefault(number, (found["quoted"] or found["latin"] or found["word"]).strip("・ー "))
    return words
