"""Passages against a question, one score a pair: what every reranking model looks like to the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Reranker(Protocol):
    """A reranking model. ``digest`` changes whenever the same pair would get another score."""

    @property
    def name(self) -> str:
        """Return the name by which the model was asked for."""
        ...

    @property
    def digest(self) -> str:
        """Return the hexadecimal digest of everything that decides a score."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers the question, shape (len(passages),), in the order given, in [0, 1]."""
        ...


def open_reranker(name: str, backend: str = "torch") -> Reranker:
    """Return the cross-encoder called ``name``, a folder or a name that sentence-transformers knows.

    ``backend`` is what computes it: ``"torch"``, ``"onnx"`` or ``"openvino"``.

    Raises:
        RerankerMissingError: the model is not there, cannot be read, or gives no single score to a pair.
    """
    from index.sentence_transformer import CrossEncoderReranker

    return CrossEncoderReranker.open(name, backend)
