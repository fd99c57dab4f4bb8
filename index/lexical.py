"""The Japanese lexical index of a shard: which chunks hold the question's words, and how rare those words are.

A chunk's lexical score is the share of the question's content that it covers, weighted by rarity::

    score = sum of BM25(word, chunk) / sum of idf(word)     over the question's different content words

BM25 in Lucene's form never exceeds the idf, so a score lies in [0, 1) and means the same in every shard. A word that
the shard does not hold counts in the divisor with the highest idf: a shard that lacks the question's rarest word does
not win by its common ones. Body and headings are two such fields, added with fixed weights.

A word that no chunk of the shard holds is looked for by its character pairs, so that a misspelling, or a word that was
cut otherwise, still finds its near variant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings, open_postings, save_postings
from index.tokens import is_content, terms, tokenize

LEXICAL_VERSION = "1"  # change it whenever the same chunks would give other files

# A heading says what a whole chunk is about, but a heading alone proves nothing.
BODY_WEIGHT = 0.7
HEADING_WEIGHT = 0.3

# Lucene's and bm25s's usual constants. Headings differ in length for no reason that matters: length counts half.
K1 = 1.5
BODY_B = 0.75
HEADING_B = 0.375

# A near variant shares at least this much of the unknown word's character pairs, weighted by rarity. It is worth at
# most NEAR_WEIGHT of the word itself: what a word that stands once in a chunk of average length is worth in BM25.
NEAR_SHARE = 0.5
NEAR_WEIGHT = 1 / (1 + K1)


@dataclass(frozen=True)
class Lexical:
    """The lexical index of a shard of ``size`` chunks. Safe for threads; each file is read when first needed."""

    folder: Path
    size: int

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the lexical score of every chunk for a question, shape (size,), each in [0, 1)."""
        words = {token.norm.casefold(): token.surface.casefold() for token in tokenize(text) if is_content(token)}
        if not words or not self.size:
            return np.zeros(self.size, np.float32)
        near = {term: self._near(surface) for term, surface in words.items() if not self._holds(term)}
        body = _coverage(self._body, words, near)
        headings = _coverage(self._headings, words, {})
        return np.asarray(BODY_WEIGHT * body + HEADING_WEIGHT * headings, np.float32)

    def _holds(self, term: str) -> bool:
        return term in self._body or term in self._headings

    def _near(self, surface: str) -> NDArray[np.float32]:
        """Return how much of an unknown word each chunk holds by character pairs, shape (size,): 0 or above half."""
        pairs = set(character_pairs(surface))
        shares = np.zeros(self.size, np.float32)
        if not pairs:
            return shares
        for pair in pairs:
            self._pairs.add(pair, shares)
        shares /= sum(self._pairs.idf(pair) for pair in pairs)
        shares[shares < NEAR_SHARE] = 0
        return shares

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
    save_postings([terms(body) for body in bodies], folder / "body", k1=K1, b=BODY_B)
    save_postings([terms(heading) for heading in headings], folder / "headings", k1=K1, b=HEADING_B)
    # k1 = 0 leaves the bare idf: a pair is there or it is not.
    save_postings([character_pairs(body.casefold()) for body in bodies], folder / "pairs", k1=0.0, b=0.0)


def character_pairs(text: str) -> list[str]:
    """Return the neighbouring characters of ``text``, white space and marks left out.

    >>> character_pairs("デバイド、対策")
    ['デバ', 'バイ', 'イド', '対策']
    """
    return [a + b for a, b in pairwise(text) if _is_letter(a) and _is_letter(b)]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "ー"


def _coverage(field: Postings, words: dict[str, str], near: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the share of the words' rarity that each chunk's field covers, shape (size,)."""
    scores = np.zeros(field.size, np.float32)
    whole = 0.0
    for term in words:
        rarity = field.idf(term)
        whole += rarity
        field.add(term, scores)
        if term in near:
            scores += np.float32(rarity * NEAR_WEIGHT) * near[term]
    return scores / np.float32(whole)
