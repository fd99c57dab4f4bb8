"""The default embedder: multilingual-e5-small in 4 bits, run by ONNX Runtime (see ``index.make_sentence_model``).

It needs neither torch nor the network. A text is one run of its own on one processor: without padding a vector depends on
its text alone, and a server's questions do not wait for each other's steps.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.derive import CONFIG
from index.embedder import DEFAULT
from index.errors import EmbedderMissingError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ENCODER = "encoder.onnx"
TOKENIZER = "tokenizer.json"
PIECES = "pieces.npy"  # uint8 (pieces, dimensions / 32 * 18): blocks of a 16-bit scale and 32 weights of 4 bits
POSITIONS = "positions.npy"  # float32 (512, dimensions): the embedding of each place, that of the token type added

BLOCK = 32  # weights that share a scale

# How the model was trained to tell a question from what answers it (source: its model card).
QUERY = "query: "
DOCUMENT = "passage: "

ASKED_LATELY = 64  # questions whose vectors are remembered: one that is put to five towns, or in parts, is embedded again and again

EDGES = 2  # pieces that mark the start and the end


def sentence_model_folder() -> Path:
    """Return the folder that ``make setup`` derives the default embedder into."""
    return Path(__file__).parent / "sentence_model"


@dataclass(frozen=True)
class SentenceEmbedder:
    """The default embedder. Safe for threads; its files are read when the first text is embedded."""

    name: str
    digest: str
    dimensions: int
    floor: float
    folder: Path
    threads: int

    @staticmethod
    def open(folder: Path, threads: int = os.cpu_count() or 1) -> SentenceEmbedder:
        """Return the embedder saved in ``folder``, which embeds so many texts at once.

        Raises:
            EmbedderMissingError: ``make setup`` has not been run.
        """
        try:
            config = json.loads((folder / CONFIG).read_text("utf-8"))
            missing = [name for name in (ENCODER, TOKENIZER, PIECES, POSITIONS) if not (folder / name).is_file()]
            if missing:
                raise FileNotFoundError(missing[0])
        except (OSError, ValueError) as error:
            raise EmbedderMissingError(
                DEFAULT, f"文ベクトルのモデル({folder})がありません。「make setup」を実行してください。"
            ) from error
        digest = hashlib.sha256(f"{config['digest']} tokenizers {version('tokenizers')}".encode()).hexdigest()
        return SentenceEmbedder(DEFAULT, digest, int(config["dimensions"]), float(config["floor"]), folder, threads)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as a folder: another process reads it there, and leaves the other processors to others of its kind."""
        return SentenceEmbedder.open, (self.folder, 1)

    @property
    def _tokenizer(self) -> Tokenizer:
        return _read_tokenizer(self.folder / TOKENIZER, self.digest)

    @property
    def _encoder(self) -> InferenceSession:
        return _read_encoder(self.folder / ENCODER, self.digest)

    @cached_property
    def _pieces(self) -> NDArray[np.uint8]:
        return np.asarray(np.load(self.folder / PIECES, mmap_mode="r"))

    @cached_property
    def _positions(self) -> NDArray[np.float32]:
        return np.asarray(np.load(self.folder / POSITIONS), np.float32)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), d); zero for a text without a letter."""
        with ThreadPoolExecutor(self.threads) as pool:
            vectors = list(pool.map(lambda text: self._prompted(DOCUMENT, text), texts))
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (d,); zero without a letter."""
        return _embedded_question(self, text)

    def embed(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text that carries its prompt, shape (d,)."""
        total = np.zeros(self.dimensions, np.float32)
        for embedded in self.windows(text):
            total += self._encoder.run(None, {"embedded": embedded[None]})[0][0].sum(axis=0)
        return total / np.float32(np.linalg.norm(total))

    def windows(self, text: str) -> Iterator[NDArray[np.float32]]:
        """Yield what the encoder reads of a text at once: its word pieces in their places, shape (t, d), t at most 512."""
        readable = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text
        for window in _windows(self._tokenizer.encode(readable).ids, len(self._positions)):
            yield self._rows(window) + self._positions[: len(window)]

    def _prompted(self, prompt: str, text: str) -> NDArray[np.float32]:
        if any(character.isalnum() for character in text):
            return self.embed(prompt + text)
        return np.zeros(self.dimensions, np.float32)

    def _rows(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """Return the embeddings of word pieces, shape (len(pieces), d)."""
        packed = self._pieces[pieces].reshape(-1, 2 + BLOCK // 2)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32)
        weights = np.concatenate([packed[:, 2:] & 15, packed[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return (weights * scales).reshape(len(pieces), self.dimensions)


@lru_cache(ASKED_LATELY)
def _embedded_question(embedder: SentenceEmbedder, text: str) -> NDArray[np.float32]:
    vector = embedder._prompted(QUERY, text)
    vector.flags.writeable = False  # whoever asks next is given the same
    return vector


def _windows(pieces: Sequence[int], longest: int) -> list[list[int]]:
    """Return a text's pieces in windows that the model can read, each between the marks of start and end.

    >>> _windows([0, 7, 8, 9, 2], 4)
    [[0, 7, 8, 2], [0, 9, 2]]
    """
    start, *inner, end = pieces
    room = longest - EDGES
    return [[start, *inner[at : at + room], end] for at in range(0, max(len(inner), 1), room)]


# A vocabulary of 250,000 pieces takes some 300 MB: whoever opens the embedder again in a process shares it.
@lru_cache(maxsize=1)
def _read_tokenizer(path: Path, digest: str) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(path.read_text("utf-8"))


@lru_cache(maxsize=1)
def _read_encoder(path: Path, digest: str) -> InferenceSession:
    # Unless told otherwise before it is imported, it names this machine in a file and reports every session to its maker.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)  # on some machines it warns about the lack of a graphics card
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts share the processors better than the small steps of one text
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
