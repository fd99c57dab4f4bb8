"""The one door to sentence-transformers: any of its models as an embedder, and the default embedder as its module.

Importing this file imports torch, so it is imported only where such a model was asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index.errors import EmbedderMissingError
from index.static_embedder import VECTORS, WordRows, word_vectors_folder

BATCH = 32  # texts a forward pass


@dataclass(frozen=True, slots=True)
class SentenceTransformerEmbedder:
    """A sentence-transformers model. Its own prompts are used where its configuration names any."""

    name: str
    digest: str
    dimensions: int
    model: SentenceTransformer

    @staticmethod
    def open(name: str) -> SentenceTransformerEmbedder:
        """Return the model called ``name``, a folder or a name that sentence-transformers knows.

        Code that comes with a model is not run; the project's own word vectors are the one exception.

        Raises:
            EmbedderMissingError: the model is not there, or cannot be read.
        """
        ours = Path(name).resolve() == word_vectors_folder().resolve()
        try:
            model = SentenceTransformer(name, trust_remote_code=ours)
        except (OSError, ValueError, ImportError) as error:
            raise EmbedderMissingError(
                name, "フォルダーの場所かモデルの名前、およびネットワークの接続を確かめてください。"
            ) from error
        model.eval()
        dimensions = model.get_embedding_dimension()
        if dimensions is None:
            raise EmbedderMissingError(name, "文をベクトルにするモデルではありません。別のモデルを指定してください。")
        return SentenceTransformerEmbedder(name, _digest(model), dimensions, model)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), d), with the model's document prompt."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors = self.model.encode_document(
            list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
        )
        return _finite(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (d,), with the model's query prompt."""
        vectors = self.model.encode_query([text], show_progress_bar=False, normalize_embeddings=True)
        return cast("NDArray[np.float32]", _finite(vectors)[0])


class WordVectors(InputModule):
    """The mean of word vectors: the reader of the default embedder's folder for ``SentenceTransformer(folder)``.

    The folder names this class as a module, so it is read with ``trust_remote_code=True``.
    """

    def __init__(self, folder: Path) -> None:
        """Read the word vectors saved in ``folder``."""
        super().__init__()  # type: ignore[no-untyped-call]  # the library leaves its signature open
        self.words = WordRows.open(folder)
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(np.load(folder / VECTORS)), mode="mean")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """Return the rows of all texts in one line, and where each text's rows begin."""
        rows = [self.words.of_text((prompt or "") + text) for text in inputs]
        starts = np.cumsum([0, *(len(text_rows) for text_rows in rows[:-1])])
        flat = [row for text_rows in rows for row in text_rows]
        return {"input_ids": torch.tensor(flat, dtype=torch.long), "offsets": torch.from_numpy(starts)}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Add ``sentence_embedding``, shape (texts, d); a text without a known word gets zeros."""
        features["sentence_embedding"] = self.embedding(features["input_ids"], features["offsets"])
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self.embedding.embedding_dim

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Refuse: the folder is made by ``make setup`` alone."""
        raise NotImplementedError(f"{output_path} was not written: `python -m index.make_embedder` makes this model.")

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> WordVectors:
        """Return the module read from a local folder."""
        return cls(Path(model_name_or_path) / subfolder)


def _finite(vectors: Any) -> NDArray[np.float32]:
    """Return float32 vectors in which nothing is NaN or infinite; such a model would poison every score."""
    array = np.asarray(vectors, np.float32)
    if not np.isfinite(array).all():
        raise ValueError("The embedding model returned NaN or infinity; use another model.")
    return array


def _digest(model: SentenceTransformer) -> str:
    """Return the digest of the weights, the structure and the prompts: what decides a vector."""
    digest = hashlib.sha256(repr((str(model), model.prompts, model.max_seq_length)).encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(f"{name} {weights.dtype} {tuple(weights.shape)}".encode())
        digest.update(weights.detach().cpu().contiguous().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
