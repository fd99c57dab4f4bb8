"""How far the pieces of a chunk cover a question's words: exactly, by a synonym, or by a near word vector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.weighted_words import TopicWord
from index.plan_words import ChunkTerms, head_text, stem
from index.thesaurus import Alternative, alternatives
from ingest.document import Chunk, Kind

SYNONYM_CREDIT = 0.85  # of a word that stands for another, times what the thesaurus says it is worth
STEM_CREDIT = 0.9  # 取りまとめる and 取りまとめ: the same kanji, another ending
NEAR = 0.58  # cosine from which two words are taken for related; below, word vectors join mere neighbours
NEAR_FROM = 0.4  # the credit of related words rises from 0 at this cosine to 1 at cosine 1
HEADING_CREDIT = 0.9  # a word that stands in the headings or the table's column names, not in the sentence itself
CHUNK_CREDIT = 0.6  # a word that stands elsewhere in the same paragraph or list
QUOTED_HELD = 0.8  # of ``Reader.coverage``: how far a piece must cover a quoted word to hold it
TOPIC_HELD = 0.35  # the same for a word that a piece must somehow speak of
CHUNK_HELD = 0.5  # the same for its passage to hold the word
QUESTIONS = 4_096  # of which the words' alternatives are kept: each is compared with dozens of passages


@dataclass(frozen=True, slots=True)
class ReadChunk:
    """A chunk's words by their places. ``vectors`` has one unit row for each; ``units`` and ``heads`` hold places."""

    words: dict[str, int]
    stems: tuple[str, ...]
    vectors: NDArray[np.float32]
    units: tuple[frozenset[int], ...]
    heads: frozenset[int]
    texts: tuple[str, ...]
    head_text: str


@dataclass(frozen=True, slots=True)
class _Credit:
    """What a chunk's words are worth for a question's: by pairs, shape (question words, chunk words), and by phrases."""

    pairs: NDArray[np.float64]
    phrases: tuple[tuple[Alternative, frozenset[int]], ...]  # those that the chunk holds whole, with their places

    def best(self, places: frozenset[int]) -> NDArray[np.float64]:
        """Return each question word's best credit over some of the chunk's words, shape (question words,)."""
        if not places or not self.pairs.size:
            return np.zeros(len(self.pairs))
        best: NDArray[np.float64] = self.pairs[:, sorted(places)].max(axis=1)
        for other, held in self.phrases:
            if held <= places:
                words = slice(other.start, other.end)
                best[words] = np.maximum(best[words], SYNONYM_CREDIT * other.weight)
        return best


def read_chunk(chunk: Chunk, meaning: Callable[[str], NDArray[np.float32]]) -> ReadChunk:
    """Return a chunk's words, each with the unit vector that ``meaning`` gives it."""
    found = ChunkTerms.of(chunk)
    words = {word: at for at, word in enumerate(found.words)}
    return ReadChunk(
        words=words,
        stems=tuple(map(stem, words)),
        vectors=np.array([meaning(word) for word in words], np.float32),
        units=tuple(frozenset(words[term] for term in piece) for piece in found.pieces),
        heads=frozenset(words[term] for term in found.above),
        texts=tuple(unit.search_text.casefold() for unit in chunk.units),
        head_text=head_text(chunk).casefold(),
    )


def coverage(
    kind: Kind, read: ReadChunk, words: Sequence[TopicWord], meaning: Callable[[str], NDArray[np.float32]]
) -> NDArray[np.float64]:
    """Return how far each unit of a chunk of some kind covers each word, shape (units, words), 0 to 1.

    ``meaning`` gives a word's unit vector, in the space of ``read.vectors``.
    """
    credit = _credit(read, words, meaning)
    heads = credit.best(read.heads)
    if kind is Kind.OUTLINE:  # headings stand for what they are the headings of
        return np.tile(heads, (len(read.units), 1))
    whole = credit.best(frozenset(read.words.values()))
    heads[_standing(words, read.head_text)] = 1.0
    rows = []
    for places, text in zip(read.units, read.texts, strict=True):
        own = credit.best(places)
        own[_standing(words, text)] = 1.0
        rows.append(np.maximum(own, np.maximum(HEADING_CREDIT * heads, CHUNK_CREDIT * whole)))
    return np.stack(rows) if rows else np.zeros((0, len(words)))


def _credit(read: ReadChunk, words: Sequence[TopicWord], meaning: Callable[[str], NDArray[np.float32]]) -> _Credit:
    if not read.words or not words:
        return _Credit(np.zeros((len(words), len(read.words))), ())
    vectors = np.stack([meaning(word.term) for word in words])
    cosines = (vectors @ read.vectors.T).astype(np.float64)
    credit = np.where(cosines >= NEAR, (cosines - NEAR_FROM) / (1 - NEAR_FROM), 0.0)
    for i, word in enumerate(words):
        if (
            any(c.isdigit() for c in word.term) or word.term.isascii()
        ):  # a number or an abbreviation is only ever itself
            credit[i] = 0.0
        if root := stem(word.term):
            credit[i, [at for at, other in enumerate(read.stems) if other == root]] = STEM_CREDIT
        if word.term in read.words:
            credit[i, read.words[word.term]] = 1.0
    phrases = tuple(
        (other, frozenset(read.words[term] for term in other.phrase))
        for other in _others(tuple(word.term for word in words))
        if all(term in read.words for term in other.phrase)
    )
    return _Credit(credit, phrases)


def _standing(words: Sequence[TopicWord], text: str) -> list[int]:
    """Return the places of the words that stand in a text as they were written, wherever the dictionary parts it."""
    return [i for i, word in enumerate(words) if len(word.surface) > 1 and word.surface.casefold() in text]


_others = lru_cache(QUESTIONS)(alternatives)  # of a question, for each of its dozens of passages
