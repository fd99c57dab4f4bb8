"""Which municipalities' plans hold a question's words: so that a question to a whole country is put to the few that may answer.

Looking into a municipality takes hundredths of a second, and memory for its files. That is nothing for some dozens, and
a minute for all of a country's. Here stands only which words occur in which municipality, read once from the shards' word lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from index.lexical import Asked
from index.postings import idf

MOST_LOOKED_INTO = 24
"""Municipalities of which each is looked into; of more, those whose plans hold most of the question's words."""


@dataclass(frozen=True, slots=True)
class TownWords:
    """Word i occurs in the municipalities ``towns[starts[i]:starts[i + 1]]``, each by its place in ``codes``."""

    codes: tuple[str, ...]
    words: dict[str, int]
    starts: NDArray[np.int64]
    towns: NDArray[np.int32]

    @staticmethod
    def of(vocabularies: Iterable[tuple[str, Iterable[str]]]) -> TownWords:
        """Return the table of some municipalities' codes, each once, with the words of their plans.

        >>> TownWords.of([("1", ["計画"]), ("2", ["計画", "教室"])]).best(Asked.of("教室の計画"), ["1", "2"], 1)
        ('2',)
        """
        codes: list[str] = []
        words: dict[str, int] = {}
        held = [np.zeros(0, np.int32)]
        for code, vocabulary in vocabularies:
            codes.append(code)
            held.append(np.array([words.setdefault(word, len(words)) for word in vocabulary], np.int32))
        all_held = np.concatenate(held)
        holders = np.repeat(np.arange(len(codes), dtype=np.int32), list(map(len, held[1:])))
        starts = np.concatenate([[0], np.cumsum(np.bincount(all_held, minlength=len(words)))])
        return TownWords(tuple(codes), words, starts, holders[np.argsort(all_held, kind="stable")])

    def best(self, asked: Asked, codes: Collection[str], count: int) -> tuple[str, ...]:
        """Return the ``count`` of some municipalities whose plans hold most of what is asked, in the order of ``codes``.

        A word weighs what it is rare among municipalities; one that stands for it weighs as much less as it is worth.
        """
        holders = [self._holders([word]) for word in asked.words]
        rarity = np.array([idf(len(towns), len(self.codes)) for towns in holders])
        held = np.zeros((len(holders), len(self.codes)))
        for at, towns in enumerate(holders):
            held[at, towns] = 1.0
        for other in asked.alternatives:
            towns, words = self._holders(other.phrase), slice(other.start, other.end)
            held[words, towns] = np.maximum(held[words, towns], other.weight)
        place = {code: at for at, code in enumerate(self.codes)}
        known = [code for code in codes if code in place]
        scores = (rarity @ held)[[place[code] for code in known]]
        return tuple(known[at] for at in sorted(np.argsort(-scores, kind="stable")[:count].tolist()))

    def _holders(self, phrase: Sequence[str]) -> NDArray[np.int32]:
        """Return the places of the municipalities that hold every word of a phrase."""
        found = [self._holders_of(word) for word in phrase]
        return reduce(partial(np.intersect1d, assume_unique=True), found)

    def _holders_of(self, word: str) -> NDArray[np.int32]:
        at = self.words.get(word)
        return self.towns[:0] if at is None else self.towns[self.starts[at] : self.starts[at + 1]]
