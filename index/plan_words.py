"""The words of a plan, counted when it is indexed: in how many of its chunks each stands, and how the plan's words are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from index.tokens import is_content, terms, tokenize
from ingest.document import Chunk, Document

_KATAKANA = re.compile(r"[ァ-ヶー]+")
_KANA = re.compile(r"[ぁ-ん]+")
_ENDING = (
    "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとど"
    "なにぬねのはばひびふぶへべほぼまみむめもゃやゅゆょよらりるれろわをん"
)
_SIDE_BY_SIDE = 3  # words that are read together at most
_SHORTEST = 3  # kana of a reading


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What ``of`` counts in a plan: ``counts`` says in how many of its ``chunks`` a word, or a word's stem, stands.

    ``readings`` holds words, alone and two or three together, as they are read (katakana), as they are written, and how often.
    """

    plan_id: str
    chunks: int
    counts: dict[str, int]
    readings: tuple[tuple[str, str, int], ...]

    @staticmethod
    def of(document: Document) -> PlanWords:
        """Return the words of a document."""
        counts: Counter[str] = Counter()
        readings: Counter[tuple[str, str]] = Counter()
        for chunk in document.chunks:
            words = ChunkTerms.of(chunk).words
            counts.update(
                dict.fromkeys([*words, *map(stem, words)], 1)
            )  # in the text's order: a set's differs by process
            readings.update(_readings(chunk.search_text))
        return PlanWords(
            document.plan.plan_id, len(document.chunks), dict(counts), tuple((*pair, n) for pair, n in readings.items())
        )


@dataclass(frozen=True, slots=True)
class ChunkTerms:
    """The content words of a chunk: of what stands above it, of its text, and of its pieces as they are parted alone."""

    above: list[str]
    text: list[str]
    pieces: list[list[str]]

    @staticmethod
    def of(chunk: Chunk) -> ChunkTerms:
        """Return the words of a chunk."""
        pieces = [terms(unit.search_text) for unit in chunk.units]
        return ChunkTerms(terms(head_text(chunk)), terms(chunk.search_text), pieces)

    @property
    def words(self) -> list[str]:
        """All of them, each once."""
        return list(dict.fromkeys(chain(self.above, self.text, *self.pieces)))


def head_text(chunk: Chunk) -> str:
    """Return what stands above a chunk: its headings, its term, the name, the rows' and the columns' heads of its table."""
    columns: list[str] = []
    if chunk.row is not None:
        inherited = [cell.value for cell in chunk.row.cells if cell.inherited]
        columns = [chunk.row.table, *inherited, *(cell.column for cell in chunk.row.cells)]
    return " ".join([*chunk.heading_path, chunk.term, *columns])


def stem(word: str) -> str:
    """Return a word without its kana ending, "" when nothing else is left.

    >>> stem("取りまとめる"), stem("計画"), stem("まとめる")
    ('取', '計画', '')
    """
    root = word.rstrip(_ENDING)
    return root if root != word else (word if len(word) > 1 else "")


def _readings(text: str) -> Iterator[tuple[str, str]]:
    tokens = tokenize(text)
    for i, first in enumerate(tokens):
        reading = word = ""
        for token in tokens[i : i + _SIDE_BY_SIDE]:
            if not is_content(token) or not _KATAKANA.fullmatch(token.reading):
                break
            reading, word = reading + token.reading, word + token.surface
            if len(reading) >= _SHORTEST and not (token is first and _KANA.fullmatch(word)):
                yield reading, word
