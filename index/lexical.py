"""The Japanese lexical index of a shard: which chunks hold the question's words, and how rare those words are.

A chunk's lexical score is the share of the question's content that it covers, weighted by rarity::

    coverage = sum of BM25(word, chunk) / sum of idf(word)     over the question's different words

BM25 in Lucene's form never exceeds the idf, so a share lies in [0, 1) and means the same in every shard. A word that the
shard does not hold counts in the divisor with the highest idf: a shard that lacks the question's rarest word does not win
by its common ones. There are three such fields: the content words of the body, those of the headings, and the pairs of
neighbouring characters of both, which find a word however a dictionary parts it, and its near variants::

    score = WORDS_WEIGHT * (BODY_WEIGHT * body + HEADING_WEIGHT * headings) + PAIRS_WEIGHT * pairs

A word is covered by what stands for it, too (see ``index.thesaurus``), for that entry's share of its worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings, open_postings, open_vocabulary, save_postings
from index.thesaurus import Alternative, alternatives
from index.tokens import terms

LEXICAL_VERSION = "2"  # change it whenever the same chunks would give other files

WORDS_WEIGHT = 0.5
PAIRS_WEIGHT = 0.5

# A heading says what a whole chunk is about, but a heading alone proves nothing.
BODY_WEIGHT = 0.7
HEADING_WEIGHT = 0.3

# Lucene's and bm25s's usual constants. Headings differ in length for no reason that matters: length counts half.
K1 = 1.5
BODY_B = 0.75
HEADING_B = 0.375


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as every shard is asked it: its content words in order, what stands for them, its character pairs."""

    words: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    pairs: tuple[str, ...]

    @staticmethod
    def of(text: str) -> Asked:
        """Return what ``text`` asks for; without a content word it asks for nothing.

        >>> Asked.of("計画の期間は?").words
        ('計画', '期間')
        """
        words = tuple(terms(text))
        return Asked(words, alternatives(words), tuple(dict.fromkeys(character_pairs(text.casefold()))))


@dataclass(frozen=True)
class Lexical:
    """The lexical index of a shard of ``size`` chunks. Safe for threads; each file is read when first needed."""

    folder: Path
    size: int

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """Return the lexical score of every chunk for a question, shape (size,), each in [0, 1)."""
        if not asked.words or not self.size:
            return np.zeros(self.size, np.float32)
        words = BODY_WEIGHT * _words_covered(self._body, asked) + HEADING_WEIGHT * _words_covered(self._headings, asked)
        return np.asarray(WORDS_WEIGHT * words + PAIRS_WEIGHT * _pairs_covered(self._pairs, asked.pairs), np.float32)

    @cached_property
    def _body(self) -> Postings:
        return open_postings(self.folder / "body", self.size)

    @cached_property
    def _headings(self) -> Postings:
        return open_postings(self.folder / "headings", self.size)

    @cached_property
    def _pairs(self) -> Postings:
        return open_postings(self.folder / "pairs", self.size)


def build_lexical(bodies: Sequence[str], headings: Sequence[str], folder: Path) -> None:
    """Save the lexical index of a shard: one body and one line of headings a chunk, in the same order."""
    whole = [f"{heading} {body}".casefold() for heading, body in zip(headings, bodies, strict=True)]
    save_postings([terms(body) for body in bodies], folder / "body", k1=K1, b=BODY_B)
    save_postings([terms(heading) for heading in headings], folder / "headings", k1=K1, b=HEADING_B)
    save_postings([character_pairs(text) for text in whole], folder / "pairs", k1=K1, b=BODY_B)


def read_vocabulary(folder: Path) -> tuple[str, ...]:
    """Return the words of all bodies of a saved lexical index."""
    return tuple(open_vocabulary(folder / "body"))


def character_pairs(text: str) -> list[str]:
    """Return the neighbouring characters of ``text``, white space and marks left out.

    >>> character_pairs("デバイド、対策")
    ['デバ', 'バイ', 'イド', '対策']
    """
    return [a + b for a, b in pairwise(text) if _is_letter(a) and _is_letter(b)]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "ー"


def _words_covered(field: Postings, asked: Asked) -> NDArray[np.float32]:
    """Return the share of the words' rarity that each chunk's field covers, shape (size,)."""
    rarity = {word: field.idf(word) for word in asked.words}
    covered = {word: field.column(word) for word in rarity}
    for other in asked.alternatives:
        share = other.weight * _share(field, other.phrase)
        if share.any():
            for word in asked.words[other.start : other.end]:
                covered[word] = np.maximum(covered[word], share * np.float32(rarity[word]))
    total: NDArray[np.float32] = sum(covered.values(), np.zeros(field.size, np.float32))
    return total / np.float32(sum(rarity.values()))


def _share(field: Postings, phrase: Sequence[str]) -> NDArray[np.float32]:
    """Return how far each chunk's field covers a phrase, shape (size,), [0, 1): as far as its least covered word."""
    if not all(word in field for word in phrase):
        return np.zeros(field.size, np.float32)
    shares = np.stack([field.column(word) / np.float32(field.idf(word)) for word in phrase])
    return np.asarray(shares.min(axis=0), np.float32)


def _pairs_covered(field: Postings, pairs: Sequence[str]) -> NDArray[np.float32]:
    covered = np.zeros(field.size, np.float32)
    for pair in pairs:
        field.add(pair, covered)
    return covered / np.float32(sum(map(field.idf, pairs)) or 1.0)
