"""The weighted mean of word vectors, read with NumPy alone: the embedder ``"words"``, and how near two words are.

The weights (smooth inverse frequency) and the removal of the common direction are already part of the saved vectors
(see ``index.make_word_vectors``), so a text's vector is the plain mean of its words' rows, brought to unit length.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.derive import CONFIG
from index.embedder import WORDS
from index.errors import EmbedderMissingError
from index.tokens import is_content, tokenize, tokens_version
from index.word_hash import word_hash

VECTORS = "vectors.npy"  # float32 (words, dimensions)
KEYS = "keys.npy"  # uint64, sorted: the hash of every known spelling
ROWS = "rows.npy"  # uint16, beside KEYS: its row in VECTORS

# Shorter than this a text's mean vector is rounding noise, and only its absence can be told.
TINY = 1e-12

# Longer pieces are not looked up: an unknown run of hundreds of characters would cost a look-up for every pair of ends.
LONGEST_PIECE = 12


def word_vectors_folder() -> Path:
    """Return the folder that ``make setup`` derives the word vectors into."""
    return Path(__file__).parent / "word_vectors"


def open_words() -> StaticEmbedder:
    """Return the word vectors that ``make setup`` has derived. Raises ``EmbedderMissingError`` where it has not."""
    return StaticEmbedder.open(word_vectors_folder())


@dataclass(frozen=True, slots=True)
class WordRows:
    """Which rows of the word vectors a text's words have. ``keys`` is sorted; ``rows`` stands beside it."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.uint16]

    @staticmethod
    def open(folder: Path) -> WordRows:
        """Return the rows of a saved folder, mapped into memory."""
        return WordRows(np.load(folder / KEYS, mmap_mode="r"), np.load(folder / ROWS, mmap_mode="r"))

    def of_text(self, text: str) -> list[int]:
        """Return the rows of the content words of ``text``; an unknown word gives the rows of its known pieces."""
        rows: list[int] = []
        for token in tokenize(text):
            if is_content(token):
                rows.extend(self._of_word(token.surface, token.norm))
        return rows

    def _of_word(self, surface: str, norm: str) -> list[int]:
        for spelling in (surface, norm, surface.lower(), norm.lower()):
            row = self._row(spelling)
            if row >= 0:
                return [row]
        return self._of_pieces(surface)

    def _of_pieces(self, word: str) -> list[int]:
        """Cover an unknown word from its start with the longest known spellings; what has none is passed over."""
        rows: list[int] = []
        start = 0
        while start < len(word):
            longest = min(len(word), start + LONGEST_PIECE)
            found = next((end for end in range(longest, start, -1) if self._row(word[start:end]) >= 0), 0)
            if found:
                rows.append(self._row(word[start:found]))
            start = found or start + 1
        return rows

    def _row(self, spelling: str) -> int:
        """Return the row of a spelling, or -1."""
        key = np.uint64(word_hash(spelling))
        at = int(np.searchsorted(self.keys, key))
        return int(self.rows[at]) if at < len(self.keys) and self.keys[at] == key else -1


@dataclass(frozen=True, slots=True)
class StaticEmbedder:
    """Mean word vectors. Safe for threads; opening it maps the files and reads nothing else."""

    name: str
    digest: str
    dimensions: int
    vectors: NDArray[np.float32]
    words: WordRows
    folder: Path
    floor: float = 0.0  # the direction that all texts share has been removed

    @staticmethod
    def open(folder: Path) -> StaticEmbedder:
        """Return the embedder saved in ``folder``.

        Raises:
            EmbedderMissingError: ``make setup`` has not been run.
        """
        try:
            config = json.loads((folder / CONFIG).read_text("utf-8"))
            vectors = np.load(folder / VECTORS, mmap_mode="r")
            words = WordRows.open(folder)
        except (OSError, ValueError) as error:
            raise EmbedderMissingError(
                WORDS, f"単語ベクトル({folder})がありません。「make setup」を実行してください。"
            ) from error
        digest = hashlib.sha256(f"{config['digest']} {tokens_version()}".encode()).hexdigest()
        return StaticEmbedder(WORDS, digest, int(vectors.shape[1]), vectors, words, folder)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as a folder: another process maps its files there."""
        return StaticEmbedder.open, (self.folder,)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), d); zero for a text without a known word."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text, shape (d,); zero without a known word."""
        rows = self.words.of_text(text)
        if not rows:
            return np.zeros(self.dimensions, np.float32)
        mean: NDArray[np.float32] = self.vectors[rows].mean(axis=0, dtype=np.float32)
        return mean / np.float32(max(float(np.linalg.norm(mean)), TINY))
