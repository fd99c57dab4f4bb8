"""Texts to unit vectors: what every embedding model looks like to the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DEFAULT = "default"
WORDS = "words"

# Sentences about nothing in common: how near a model puts them is its zero.
UNRELATED = (
    "明日の午後は雨が降るそうです。",
    "ギターの弦を張り替えました。",
    "この数式は二次方程式に変形できます。",
    "カレーには玉ねぎを多めに入れます。",
    "新幹線は三番線から発車します。",
    "猫が屋根の上で眠っています。",
    "選手は後半に得点を決めました。",
    "印鑑登録には本人確認の書類が必要です。",
    "銀河の中心には巨大な天体があります。",
    "庭の梅の木に花が咲きました。",
    "部品の納期が一週間遅れています。",
    "昔、あるところに木こりが住んでいました。",
)


class Embedder(Protocol):
    """An embedding model. ``digest`` changes whenever the same text would get another vector.

    ``floor`` is the cosine of texts that have nothing in common. It differs widely between models, and what it counts as
    near does too, so scores are counted from it (see ``index.retrieve``).
    """

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

    @property
    def floor(self) -> float:
        """Return the cosine of a question and a passage that have nothing in common, in [0, 1)."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages, shape (n, d): unit length, or zero for a text without a known word."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (d,): unit length, or zero for a text without a known word."""
        ...


class _Encoder(Protocol):
    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def embed_query(self, text: str) -> NDArray[np.float32]: ...


def background(model: _Encoder) -> float:
    """Return a model's floor: the mean cosine of questions and passages that have nothing in common, at least 0."""
    passages = model.embed_documents(UNRELATED)
    questions = np.stack([model.embed_query(text) for text in UNRELATED])
    cosines = questions @ passages.T
    return max(0.0, float(cosines[~np.eye(len(cosines), dtype=bool)].mean()))


def open_embedder(name: str, backend: str = "torch") -> Embedder:
    """Return the embedder called ``name``.

    ``"default"`` is the project's own sentence model, ``"words"`` its word vectors: faster by a factor of ten, and far
    weaker. Anything else is the name or the folder of a sentence-transformers model, which ``backend`` computes:
    ``"torch"``, ``"onnx"`` or ``"openvino"``.

    Raises:
        EmbedderMissingError: the model is not there, or cannot be read.
    """
    if name == DEFAULT:
        from index.sentence_embedder import SentenceEmbedder, sentence_model_folder

        return SentenceEmbedder.open(sentence_model_folder())
    if name == WORDS:
        from index.static_embedder import open_words

        return open_words()
    from index.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder.open(name, backend)
