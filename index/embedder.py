"""Texts to unit vectors: what every embedding model looks like to the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DEFAULT = "default"


class Embedder(Protocol):
    """An embedding model. ``digest`` changes whenever the same text would get another vector."""

    @property
    def name(self) -> str:
        """Return the name by which the model was asked for."""
        ...

    @property
    def digest(self) -> str:
        """Return the hexadecimal digest of everything that decides a vector."""
        ...

    @property
    def dimensions(self) -> int:
        """Return the length d of a vector."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages, shape (n, d): unit length, or zero for a text without a known word."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (d,): unit length, or zero for a text without a known word."""
        ...


def open_embedder(name: str) -> Embedder:
    """Return the embedder called ``name``.

    ``"default"`` is the project's own word vectors, read with NumPy; anything else is the name or the folder of a
    sentence-transformers model.

    Raises:
        EmbedderMissingError: the model is not there, or cannot be read.
    """
    if name == DEFAULT:
        from index.static_embedder import StaticEmbedder, word_vectors_folder

        return StaticEmbedder.open(word_vectors_folder())
    from index.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder.open(name)
