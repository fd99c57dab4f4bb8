"""Words that stand for other words, as a documented table (``thesaurus.txt``) read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path

from index.tokens import is_content, tokenize

_TABLE = Path(__file__).with_name("thesaurus.txt")

# What finding the other word is worth of finding the word itself; tuned on development questions (.5 to .9 tried).
SAME = 0.9
RELATED = 0.7

_HIRAGANA = re.compile(r"[ぁ-んー]+")

LONGEST = 4  # terms of the longest entry that is looked up

Phrase = tuple[str, ...]
"""Normalised terms that stand side by side."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else may stand where a question says its terms ``start`` to ``end``: all of ``phrase``, worth ``weight``."""

    start: int
    end: int
    phrase: Phrase
    weight: float


def alternatives(words: Sequence[str]) -> tuple[Alternative, ...]:
    """Return every alternative to the normalised terms of a question and to runs of them, in their order.

    >>> [a.phrase for a in alternatives(["スマホ"])][:2]
    [('スマートフォン',), ('携帯', '電話')]
    """
    found = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            others = _table().get(tuple(words[start:end]), {})
            found += [Alternative(start, end, phrase, weight) for phrase, weight in others.items()]
    return tuple(found)


def synonyms(word: str) -> frozenset[str]:
    """Return the single terms that may stand for a single one.

    >>> "高齢" in synonyms("年寄り"), synonyms("存在しない語")
    (True, frozenset())
    """
    return frozenset(phrase[0] for phrase in _table().get((word,), {}) if len(phrase) == 1)


@cache
def _table() -> dict[Phrase, dict[Phrase, float]]:
    table: dict[Phrase, dict[Phrase, float]] = {}
    same: dict[Phrase, tuple[_Entry, ...]] = {}  # the whole group of a word of a "=" line
    asked: list[tuple[_Entry, _Entry]] = []
    for kind, words in _lines():
        if kind == ">":
            asked += [(words[0], other) for other in words[1:]]
        else:
            for word, other in permutations(words, 2):
                _add(table, word, other, SAME if kind == "=" else RELATED)
            if kind == "=":
                same.update({word.phrase: words for word in words})
    for word, other in asked:  # whoever says another word for the first one may mean the same
        for spoken in same.get(word.phrase, (word,)):
            _add(table, spoken, other, RELATED)
    return table


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: Phrase
    spoken_only: bool  # in hiragana, as beginners write: asked, but cut into words that mean something else in a text


def _add(table: dict[Phrase, dict[Phrase, float]], word: _Entry, other: _Entry, weight: float) -> None:
    if word.phrase != other.phrase and not other.spoken_only:
        others = table.setdefault(word.phrase, {})
        others[other.phrase] = max(weight, others.get(other.phrase, 0.0))


def _lines() -> Iterator[tuple[str, tuple[_Entry, ...]]]:
    """Yield every line's kind and its words; a word without content is left out."""
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, *words = line.split()
            yield kind, tuple(entry for entry in map(_entry, words) if entry.phrase)


def _entry(word: str) -> _Entry:
    found = [token for token in tokenize(word) if is_content(token)]
    whole = len(found) == 1 and found[0].surface == word
    return _Entry(tuple(token.norm.casefold() for token in found), not whole and _HIRAGANA.fullmatch(word) is not None)
