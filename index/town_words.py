"""Which municipalities' plans hold a question's words: so that a question to a whole country is put to the few that may answer.

Looking into a municipality takes hundredths of a second, and memory for its files. That is nothing for some dozens, and
a minute for all of a country's. Here stands only which words occur in which municipality, read once from the shards' word lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

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
        """Return the table of some municipalities' codes with the words of their plans; a code may come several times.

        >>> TownWords.of([("1", ["計画"]), ("2", ["計画", "教室"])]).best(Asked.of("教室の計画"), ["1", "2"], 1)
        ('2',)
        """
        codes: dict[str, int] = {}
        words: dict[str, int] = {}
        held: list[NDArray[np.int32]] = []
        holders: list[NDArray[np.int32]] = []
        for code, vocabulary in vocabularies:
            numbers = np.array([words.setdefault(word, len(words)) for word in vocabulary], np.int32)
            held.append(numbers)
            holders.append(np.full(len(numbers), codes.setdefault(code, len(codes)), np.int32))
        all_held = np.concatenate([np.zeros(0, np.int32), *held])
        order = np.argsort(all_held, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(all_held, minlength=len(words)))])
        return TownWords(tuple(codes), words, starts, np.concatenate([np.zeros(0, np.int32), *holders])[order])

    def best(self, asked: Asked, codes: Collection[str], count: int) -> tuple[str, ...]:
        """Return the ``count`` of some municipalities whose plans hold most of what is asked, in the order of ``codes``.

        A word weighs what it is rare among municipalities; one that stands for it weighs as much less as it is worth.
        """
        rarity = np.array([idf(len(self._holders([word])), len(self.codes)) for word in asked.words])
        held = np.zeros((len(asked.words), len(self.codes)))
        for at, word in enumerate(asked.words):
            held[at, self._holders([word])] = 1.0
        for other in asked.alternatives:
            holders = self._holders(other.phrase)
            words = slice(other.start, other.end)
            held[words, holders] = np.maximum(held[words, holders], other.weight)
        place = {code: at for at, code in enumerate(self.codes)}
        known = [code for code in codes if code in place]
        scores = (rarity @ held)[[place[code] for code in known]]
        return tuple(known[at] for at in sorted(np.argsort(-scores, kind="stable")[:count].tolist()))

    def _holders(self, phrase: Sequence[str]) -> NDArray[np.int32]:
        """Return the places of the municipalities that hold every word of a phrase."""
        found: NDArray[np.int32] | None = None
        for word in phrase:
            at = self.words.get(word)
            own = self.towns[:0] if at is None else np.unique(self.towns[self.starts[at] : self.starts[at + 1]])
            found = own if found is None else np.intersect1d(found, own, assume_unique=True)
        return self.towns[:0] if found is None else found
