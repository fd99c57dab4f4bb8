"""The one door to sentence-transformers: any of its models as an embedder or a reranker, and the default one as its module.

Importing this file imports torch, so it is imported only where such a model was asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import torch
from huggingface_hub import constants, get_session, snapshot_download
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index.embedder import UNRELATED, background
from index.errors import EmbedderMissingError, RerankerMissingError
from index.model_backends import TORCH, backend_missing, first_line, remedy
from index.model_prompts import NO_PROMPTS, Prompts, family_prompts, own_prompts
from index.sentence_embedder import SentenceEmbedder, sentence_model_folder
from index.static_embedder import TINY

BATCH = 32  # texts or pairs a forward pass
HUB_TIMEOUT = 10.0  # seconds

# What a model raises whose files do not belong together, or whose numbers are NaN.
CANNOT_COMPUTE = (ValueError, TypeError, IndexError, RuntimeError)

_Model = TypeVar("_Model", SentenceTransformer, CrossEncoder)


@dataclass(frozen=True, slots=True)
class SentenceTransformerEmbedder:
    """A sentence-transformers model with the prompts of its configuration or, where it names none, of its family."""

    name: str
    digest: str
    dimensions: int
    floor: float
    prompts: Prompts
    model: SentenceTransformer
    backend: str

    @staticmethod
    def open(name: str, backend: str = TORCH) -> SentenceTransformerEmbedder:
        """Return the model called ``name``, a folder or a name that sentence-transformers knows.

        ``backend`` is what computes it: ``"torch"``, ``"onnx"`` or ``"openvino"``. Code that comes with a model is not
        run; the project's own model is the one exception.

        Raises:
            EmbedderMissingError: the model is not there, cannot be read, or makes no vectors.
        """
        ours = Path(name).resolve() == sentence_model_folder().resolve()
        model = _load(SentenceTransformer, name, backend, EmbedderMissingError, trust_remote_code=ours)
        dimensions = model.get_embedding_dimension()
        if dimensions is None or _architecture(model).endswith("ForSequenceClassification"):
            raise EmbedderMissingError(name, "文をベクトルにするモデルではありません。別のモデルを指定してください。")
        prompts = own_prompts(model.prompts)
        if prompts == NO_PROMPTS:
            prompts = family_prompts(name)
        digest = _digest(model, name, prompts)
        opened = SentenceTransformerEmbedder(name, digest, dimensions, 0.0, prompts, model, backend)
        try:
            return replace(opened, floor=background(opened))
        except CANNOT_COMPUTE as error:
            raise EmbedderMissingError(name, _trial_failed(error)) from error

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as a name: another process loads the model once."""
        return _loaded_once, (self.name, self.backend)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), d), with the model's document prompt."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors = self.model.encode_document(
            _readable(texts), prompt=self.prompts.document, batch_size=BATCH, show_progress_bar=False
        )
        return _unit(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (d,), with the model's query prompt."""
        vectors = self.model.encode_query(_readable([text]), prompt=self.prompts.query, show_progress_bar=False)
        return cast("NDArray[np.float32]", _unit(vectors)[0])


@lru_cache(maxsize=1)
def _loaded_once(name: str, backend: str) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.open(name, backend)


@dataclass(frozen=True, slots=True)
class CrossEncoderReranker:
    """A cross-encoder that gives a pair one score. It runs on the processor, where the same pair always gets the same."""

    name: str
    digest: str
    model: CrossEncoder

    @staticmethod
    def open(name: str, backend: str = TORCH) -> CrossEncoderReranker:
        """Return the model called ``name``, a folder or a name that sentence-transformers knows.

        ``backend`` is what computes it: ``"torch"``, ``"onnx"`` or ``"openvino"``. Code that comes with a model is not run.

        Raises:
            RerankerMissingError: the model is not there, cannot be read, or gives no single score to a pair.
        """
        model = _load(CrossEncoder, name, backend, RerankerMissingError, device="cpu")
        # The library gives a model without a scoring layer one of random numbers.
        scoring = len(model) > 1 or _architecture(model).endswith("ForSequenceClassification")
        if model.num_labels != 1 or not scoring:
            raise RerankerMissingError(
                name, "質問と文章の組に点数を一つ付けるモデルではありません。別のモデルを指定してください。"
            )
        opened = CrossEncoderReranker(name, _digest(model, name), model)
        try:
            opened.scores(UNRELATED[0], UNRELATED[1:])
        except CANNOT_COMPUTE as error:
            raise RerankerMissingError(name, _trial_failed(error)) from error
        return opened

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the score of each passage, shape (len(passages),), in [0, 1].

        Some models bring a sigmoid and some leave it to their user, so it takes the place of what the model brings.
        """
        if not passages:
            return np.zeros(0, np.float32)
        pairs = list(zip(_readable([question] * len(passages)), _readable(passages), strict=True))
        scores = self.model.predict(pairs, activation_fn=torch.nn.Sigmoid(), batch_size=BATCH, show_progress_bar=False)
        return _finite(scores)


class DefaultModel(InputModule):
    """The default embedder: the reader of its folder for ``SentenceTransformer(folder)``.

    The folder names this class as a module, so it is read with ``trust_remote_code=True``.
    """

    def __init__(self, folder: Path) -> None:
        """Open the embedder saved in ``folder``."""
        super().__init__()  # type: ignore[no-untyped-call]  # the library leaves its signature open
        self.embedder = SentenceEmbedder.open(folder)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Return the texts as the model reads them, each behind the prompt."""
        return {"texts": [(prompt or "") + text for text in inputs]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``, shape (texts, d)."""
        vectors = [self.embedder.embed(text) for text in features["texts"]]
        features["sentence_embedding"] = torch.from_numpy(np.stack(vectors))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self.embedder.dimensions

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Refuse: the folder is made by ``make setup`` alone."""
        raise NotImplementedError(f"{output_path} was not written: `make setup` makes this model.")

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> DefaultModel:
        """Return the module read from a local folder."""
        return cls(Path(model_name_or_path) / subfolder)


def _load(
    kind: type[_Model], name: str, backend: str, missing: Callable[[str, str], Exception], **options: Any
) -> _Model:
    """Return a model. What the files of a layer do not hold is random in the library's hands: here, always the same.

    Raises:
        Exception: what ``missing`` makes of the name and of what to do; nothing else.
    """
    if reason := backend_missing(backend):
        raise missing(name, reason)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            model = _read(kind, name, backend=backend, **options)
    except Exception as error:  # what the libraries raise over a damaged file is as varied as the damage
        raise missing(name, remedy(name, error)) from error
    return model.eval()


def _read(kind: type[_Model], name: str, **options: Any) -> _Model:
    """Return a model of this machine, and only where it has none, of Hugging Face."""
    try:
        model: _Model = kind(name, local_files_only=True, **options)
    except (OSError, ValueError):
        if Path(name).is_dir() or Path(name).is_absolute():
            raise
        # Without a network the library would try again for more than a minute; this ends it at once.
        get_session().head(constants.ENDPOINT, timeout=HUB_TIMEOUT)
        model = kind(name, **options)
    return model


def _trial_failed(error: Exception) -> str:
    """Return the Japanese sentences that say that a model could be read but not used."""
    return f"モデルを試したところ、計算できませんでした（{first_line(error)}）。別のモデルを指定してください。"


def _architecture(model: SentenceTransformer | CrossEncoder) -> str:
    """Return the class that the model's files were saved from, empty where they do not say it."""
    return str(next(iter(getattr(model.config, "architectures", None) or ()), ""))


def _readable(texts: Sequence[str]) -> list[str]:
    """Return texts without lone surrogates, which are no text and which no tokenizer takes."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _finite(numbers: Any) -> NDArray[np.float32]:
    """Return float32 numbers of which none is NaN or infinite; such a model would poison every score."""
    array = np.asarray(numbers, np.float32)
    if not np.isfinite(array).all():
        raise ValueError("The model returned NaN or infinity; use another model.")
    return array


def _unit(vectors: Any) -> NDArray[np.float32]:
    """Return rows of unit length, zero rows left as they are. A model of 16 bits is too coarse to do it itself."""
    array = _finite(vectors)
    lengths = np.maximum(np.linalg.norm(array, axis=1, keepdims=True), TINY)
    unit: NDArray[np.float32] = (array / lengths).astype(np.float32)
    return unit


def _digest(model: SentenceTransformer | CrossEncoder, name: str, prompts: Prompts = NO_PROMPTS) -> str:
    """Return the digest of the weights, the structure, the words and the prompts: what decides a number."""
    vocabulary: dict[str, int] = getattr(getattr(model, "tokenizer", None), "get_vocab", dict)()
    facts = (str(model), model.backend, model.max_seq_length, prompts, sorted(vocabulary.items()))
    digest = hashlib.sha256(repr(facts).encode())
    for layer, weights in sorted(model.state_dict().items()):
        digest.update(f"{layer} {weights.dtype} {tuple(weights.shape)}".encode())
        digest.update(weights.detach().cpu().contiguous().view(torch.uint8).numpy().tobytes())
    if model.backend != TORCH:  # such a model keeps its weights to itself
        for path, content in _files(model, name):
            digest.update(f"{path} {len(content)}".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(model: SentenceTransformer | CrossEncoder, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a model was read from, in order of their places below its folder."""
    folder = Path(name)
    if not folder.is_dir():
        folder = Path(snapshot_download(str(getattr(model.config, "name_or_path", name)), local_files_only=True))
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_file() and not place.parts[0].startswith("."):  # a download leaves notes of its own in .cache
            yield place.as_posix(), path.read_bytes()
